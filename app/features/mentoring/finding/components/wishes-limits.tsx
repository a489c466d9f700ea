import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'
import { Choice, ChoiceGroup, Field, TextArea } from '~/ui/form'
import { useField } from '~/ui/form-field'
import { Disclosure } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { CountrySelect } from '../../components/form-parts'
import { LIMITS } from '../../mentoring.limits'

export interface Organisation {
	id: string
	name: Said | string
	about: Said | null
}

/** Of her limits only that they are there. */
export interface KnownLimits {
	hasTown: boolean
	hasCommunity: boolean
	/** Organisations she trusts. */
	organisations: string[]
	/** How many people she never wants to meet. */
	noMatch: number
}

interface WishesLimitsProps {
	known: KnownLimits
	organisations: Organisation[]
}

const FIELDS = ['town', 'community', 'organisations', 'names'] as const

/** The fold is open where something in it has to be written anew. */
function useFault() {
	return FIELDS.map(useField).some(({ error }) => error !== undefined)
}

/** Whom she does not want. What she writes here is compared and never shown, not to her either. */
export function WishesLimits({ known, organisations }: WishesLimitsProps) {
	const { t } = useTranslation()
	return (
		<Disclosure icon="lock" summary={t('mentoring:limits.title')} open={useFault()}>
			<div className="stack">
				<p>{t('mentoring:limits.why')}</p>
				<Field
					name="town"
					label={t('mentoring:limits.town')}
					hint={known.hasTown ? t('mentoring:limits.known') : t('mentoring:limits.townHint')}
					maxLength={LIMITS.town}
					autoComplete="off"
					dir="auto"
					optional
				/>
				{known.hasTown ? <Forget name="forgetTown" label={t('mentoring:limits.forgetTown')} /> : null}
				<CountrySelect
					name="community"
					label={t('mentoring:limits.community')}
					hint={t(known.hasCommunity ? 'mentoring:limits.known' : 'mentoring:limits.communityHint')}
					none={t('mentoring:limits.noCountry')}
				/>
				{known.hasCommunity ? (
					<Forget name="forgetCommunity" label={t('mentoring:limits.forgetCommunity')} />
				) : null}
				<Names noMatch={known.noMatch} />
				<Trusted organisations={organisations} trusted={known.organisations} />
			</div>
		</Disclosure>
	)
}

const Forget = ({ name, label }: { name: string; label: string }) => (
	<Choice type="checkbox" name={name} value="yes" label={label} />
)

/** People she never wants to meet: how many are kept, and room for more. */
function Names({ noMatch }: { noMatch: number }) {
	const { t } = useTranslation()
	return (
		<>
			<TextArea
				name="names"
				label={t('mentoring:limits.names')}
				hint={t('mentoring:limits.namesHint')}
				rows={3}
				optional
			/>
			{noMatch > 0 ? (
				<>
					<p>{t('mentoring:limits.noMatch', { count: noMatch })}</p>
					<Forget name="forgetNames" label={t('mentoring:limits.forgetNames')} />
				</>
			) : null}
		</>
	)
}

function Trusted({ organisations, trusted }: { organisations: Organisation[]; trusted: string[] }) {
	const { t } = useTranslation()
	if (organisations.length === 0) return null
	return (
		<ChoiceGroup
			name="organisations"
			legend={t('mentoring:limits.organisations')}
			hint={t('mentoring:limits.organisationsHint')}
			optional
		>
			{organisations.map(({ id, name, about }) => (
				<Choice
					key={id}
					type="checkbox"
					name="organisations"
					value={id}
					label={<SaidText said={name} />}
					hint={about ? <SaidText said={about} /> : undefined}
					defaultChecked={trusted.includes(id)}
				/>
			))}
		</ChoiceGroup>
	)
}

import { useTranslation } from 'react-i18next'
import type { Need } from '~/features/members/needs'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { Form, type FormResult, Select, Submit } from '~/ui/form'
import { Disclosure, Notice, PageHead } from '~/ui/page'
import { LANGUAGE_ROWS, LEVELS, type Level, LIMITS } from '../mentoring.limits'
import type { OfferStatus } from '../mentoring.policy'
import { languageOptions, NeedBoxes, WordsFields, type Writing } from './form-parts'

export interface OwnOffer {
	languages: Record<string, Level>
	needs: Need[]
	words: string
	wordsLang: string
	capacity: number
	status: OfferStatus
	hidden: boolean
}

interface OfferPageProps {
	offer: OwnOffer | null
	writing: Writing
	/** What the rows start with while there is no offer: the languages she says she speaks. */
	speaks: readonly string[]
	result?: FormResult
}

const FIRST_CAPACITY = 1

/** The page on which she offers to mentor, and later changes her offer. */
export function OfferPage({ offer, writing, speaks, result }: OfferPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t(offer ? 'mentoring:offer.titleYours' : 'mentoring:offer.title')}
				lead={t('mentoring:offer.lead')}
				back={{ to: '/mentoring', label: t('mentoring:overview.title') }}
			/>
			<Form result={result}>
				{offer ? <OfferState offer={offer} /> : null}
				<LanguageRows known={knownOf(offer, speaks)} />
				<NeedBoxes legend={t('mentoring:offer.needs')} ticked={offer?.needs} />
				<WordsFields
					label={t('mentoring:offer.words')}
					hint={t('mentoring:offer.wordsHint')}
					writing={{ ...writing, language: offer?.wordsLang ?? writing.language }}
					text={offer?.words}
				/>
				<Capacity capacity={offer?.capacity ?? FIRST_CAPACITY} />
				<Submit icon={offer ? 'check' : 'send'}>
					{t(offer ? 'mentoring:offer.save' : 'mentoring:offer.send')}
				</Submit>
			</Form>
		</>
	)
}

function OfferState({ offer }: { offer: OwnOffer }) {
	const { t } = useTranslation()
	return (
		<Notice
			kind={offer.status === 'vetted' ? 'good' : 'info'}
			title={t(`mentoring:offerState.${offer.status}`)}
		>
			<p>{t(`mentoring:offerText.${offer.status}`)}</p>
			{offer.hidden ? <p>{t('mentoring:offer.hidden')}</p> : null}
		</Notice>
	)
}

type Known = { tag: string; level: Level }

function knownOf(offer: OwnOffer | null, speaks: readonly string[]): Known[] {
	if (offer) return Object.entries(offer.languages).map(([tag, level]) => ({ tag, level }))
	return speaks.slice(0, LANGUAGE_ROWS.length).map((tag) => ({ tag, level: 'talk' }))
}

/** Two rows to see, the others in a fold that is open once they are used. */
function LanguageRows({ known }: { known: Known[] }) {
	const { t } = useTranslation()
	const [first, second, ...rest] = LANGUAGE_ROWS
	return (
		<fieldset className="field">
			<legend>{t('mentoring:offer.languages')}</legend>
			<p className="hint">{t('mentoring:offer.languagesHint')}</p>
			<div className="stack">
				<LanguageRow row={first} known={known[0]} />
				<LanguageRow row={second} known={known[1]} />
				<Disclosure summary={t('mentoring:offer.moreLanguages')} icon="plus" open={known.length > 2}>
					<div className="stack">
						{rest.map((row) => (
							<LanguageRow key={row} row={row} known={known[row - 1]} />
						))}
					</div>
				</Disclosure>
			</div>
		</fieldset>
	)
}

function LanguageRow({ row, known }: { row: number; known?: Known }) {
	const { t } = useTranslation()
	const options = [{ value: '', label: t('mentoring:offer.noLanguage') }, ...languageOptions(LANGUAGE_TAGS)]
	const levels = LEVELS.map((level) => ({ value: level, label: t(`mentoring:levelOwn.${level}`) }))
	return (
		<div className="grid grid-cols-2 items-start gap-3">
			<Select
				name={`language${row}`}
				label={t('mentoring:offer.language', { n: row })}
				options={options}
				defaultValue={known?.tag ?? ''}
			/>
			<Select
				name={`level${row}`}
				label={t('mentoring:offer.level', { n: row })}
				options={levels}
				defaultValue={known?.level ?? 'talk'}
			/>
		</div>
	)
}

function Capacity({ capacity }: { capacity: number }) {
	const { t } = useTranslation()
	const options = Array.from({ length: LIMITS.capacity + 1 }, (_, count) => ({
		value: String(count),
		label: count === 0 ? t('mentoring:offer.capacityNone') : t('mentoring:offer.capacitySome', { count }),
	}))
	return (
		<Select
			name="capacity"
			label={t('mentoring:offer.capacity')}
			hint={t('mentoring:offer.capacityHint')}
			options={options}
			defaultValue={String(capacity)}
		/>
	)
}

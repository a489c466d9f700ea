import { useTranslation } from 'react-i18next'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { Choice, Field, Form, type FormResult, Select, Submit } from '~/ui/form'
import { useField } from '~/ui/form-field'
import { Icon } from '~/ui/icon'
import { Disclosure, PageHead } from '~/ui/page'
import {
	CountrySelect,
	HowBoxes,
	languageOptions,
	NeedBoxes,
	WordsFields,
	type Writing,
} from '../../components/form-parts'
import { LANGUAGE_ROWS, LEVELS, type Level, LIMITS } from '../../mentoring.limits'
import type { Need } from '../../needs'
import { WeekGrid } from '../../times/components/week-grid'
import { CODE_POINTS } from '../code'
import { type OfferStanding, OfferState, type TrainingStanding, TrainingState } from './offer-state'

export interface OwnOffer extends OfferStanding {
	languages: Record<string, Level>
	needs: Need[]
	how: string[]
	hours: number[]
	zone: string | null
	words: string
	wordsLang: string
	capacity: number
	/** Whether she has agreed to the code as it is now. */
	agreed: boolean
	/** Whether a town and a country are kept of her; which, nobody can say. */
	townKnown: boolean
	communityKnown: boolean
}

interface OfferPageProps {
	offer: OwnOffer | null
	training: TrainingStanding
	writing: Writing
	/** The zone a new offer's hours start in. */
	zone: string
	/** What the rows start with while there is no offer: the languages she says she speaks. */
	speaks: readonly string[]
	result?: FormResult
}

const FIRST_CAPACITY = 1

/** The page on which she offers to mentor, and later changes her offer. */
export function OfferPage({ offer, training, writing, zone, speaks, result }: OfferPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t(offer ? 'mentoring:offer.titleYours' : 'mentoring:offer.title')}
				lead={t('mentoring:offer.lead')}
				back={{ to: '/mentoring', label: t('mentoring:overview.title') }}
			/>
			<div className="stack mb-8">
				{offer ? <OfferState offer={offer} /> : null}
				<TrainingState training={training} />
			</div>
			<Form result={result}>
				<LanguageRows known={knownOf(offer, speaks)} />
				<NeedBoxes
					legend={t('mentoring:offer.needs')}
					hint={t('mentoring:offer.needsHint')}
					ticked={offer?.needs}
				/>
				<HowBoxes legend={t('mentoring:offer.how')} ticked={offer?.how} />
				<WeekGrid
					legend={t('mentoring:offer.hours')}
					hint={t('mentoring:offer.hoursHint')}
					hours={offer?.hours}
					zone={offer?.zone ?? zone}
				/>
				<Capacity capacity={offer?.capacity ?? FIRST_CAPACITY} />
				<WordsFields
					label={t('mentoring:offer.words')}
					hint={t('mentoring:offer.wordsHint')}
					writing={{ ...writing, language: offer?.wordsLang ?? writing.language }}
					text={offer?.words}
				/>
				<Origin townKnown={offer?.townKnown ?? false} communityKnown={offer?.communityKnown ?? false} />
				<Code agreed={offer?.agreed ?? false} />
				<Submit icon={offer ? 'check' : 'send'}>
					{t(offer ? 'mentoring:offer.save' : 'mentoring:offer.send')}
				</Submit>
			</Form>
		</>
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

/** Where she comes from and lives: kept only to be compared with what other women do not want, and never shown. */
function Origin({ townKnown, communityKnown }: { townKnown: boolean; communityKnown: boolean }) {
	const { t } = useTranslation()
	return (
		<Disclosure icon="lock" summary={t('mentoring:origin.title')} open={useOriginFault()}>
			<div className="stack">
				<p>{t('mentoring:origin.why')}</p>
				{/* Where both are kept, an empty line keeps them: the sentence would not be true. */}
				{townKnown && communityKnown ? null : <p>{t('mentoring:origin.empty')}</p>}
				<Field
					name="town"
					label={t('mentoring:origin.town')}
					hint={townKnown ? t('mentoring:origin.known') : undefined}
					maxLength={LIMITS.town}
					autoComplete="off"
					dir="auto"
					optional
				/>
				{townKnown ? (
					<Choice type="checkbox" name="forgetTown" value="yes" label={t('mentoring:origin.forgetTown')} />
				) : null}
				<CountrySelect
					name="community"
					label={t('mentoring:origin.country')}
					hint={communityKnown ? t('mentoring:origin.known') : undefined}
					none={t('mentoring:origin.none')}
				/>
				{communityKnown ? (
					<Choice
						type="checkbox"
						name="forgetCommunity"
						value="yes"
						label={t('mentoring:origin.forgetCountry')}
					/>
				) : null}
			</div>
		</Disclosure>
	)
}

/** The fold is open where something in it has to be written anew. */
function useOriginFault() {
	const [town, community] = [useField('town'), useField('community')]
	return Boolean(town.error ?? community.error)
}

/** What a mentor promises, in a few sentences; agreed to once for each version. */
function Code({ agreed }: { agreed: boolean }) {
	const { t } = useTranslation()
	const points = (
		<ul className="points">
			{CODE_POINTS.map((point) => (
				<li key={point}>
					<Icon name="check" />
					<span>{t(`training:code.${point}`)}</span>
				</li>
			))}
		</ul>
	)
	if (agreed) {
		return (
			<Disclosure icon="handshake" summary={t('mentoring:offer.codeAgreed')}>
				{points}
			</Disclosure>
		)
	}
	return (
		<section className="stack">
			<h2>{t('mentoring:offer.code')}</h2>
			{points}
			<Choice type="checkbox" name="agree" value="yes" label={t('mentoring:offer.agree')} />
		</section>
	)
}

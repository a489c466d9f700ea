import { useTranslation } from 'react-i18next'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { Choice, Form, type FormResult, Select, Submit } from '~/ui/form'
import { Disclosure, Notice, PageHead } from '~/ui/page'
import { HowBoxes, languageOptions, NeedBoxes, WordsFields, type Writing } from '../../components/form-parts'
import { LANGUAGE_ROWS, LEVELS, type Level } from '../../mentoring.limits'
import { NEEDS, type Need } from '../../needs'
import { WeekGrid } from '../../times/components/week-grid'
import { type KnownLimits, type Organisation, WishesLimits } from './wishes-limits'

export interface Wishes extends KnownLimits {
	/** The most important first. */
	needs: Need[]
	/** The dearest first. */
	languages: string[]
	level: Level
	how: string[]
	hours: number[]
	zone: string
	words: string
	wordsLang: string
	inRounds: boolean
	waiting: boolean
	/** She has written them before. */
	saved: boolean
}

interface WishesPageProps {
	wishes: Wishes
	/** Organisations that stand behind mentors. */
	organisations: Organisation[]
	writing: Writing
	result?: FormResult
}

/** What she would like of a mentor. Nothing has to be answered, and everything can be changed at any time. */
export function WishesPage({ wishes, organisations, writing, result }: WishesPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t(wishes.saved ? 'mentoring:wishes.titleYours' : 'mentoring:wishes.title')}
				lead={t('mentoring:wishes.lead')}
				back={{ to: '/mentoring', label: t('mentoring:overview.title') }}
			/>
			{wishes.saved && !wishes.waiting ? (
				<Notice kind="info" title={t('mentoring:wishes.notWaiting')} />
			) : null}
			<Form result={result}>
				<NeedBoxes
					legend={t('mentoring:wishes.needs')}
					hint={t('mentoring:wishes.needsHint')}
					ticked={wishes.needs}
					optional
				/>
				<Importance needs={wishes.needs} />
				<Languages languages={wishes.languages} level={wishes.level} own={writing.languages} />
				<HowBoxes legend={t('mentoring:wishes.how')} ticked={wishes.how} />
				<WeekGrid
					legend={t('mentoring:wishes.hours')}
					hint={t('mentoring:wishes.hoursHint')}
					hours={wishes.hours}
					zone={wishes.zone}
				/>
				<WordsFields
					label={t('mentoring:wishes.words')}
					hint={t('mentoring:wishes.wordsHint')}
					writing={{ ...writing, language: wishes.saved ? wishes.wordsLang : writing.language }}
					text={wishes.words}
				/>
				<WishesLimits known={wishes} organisations={organisations} />
				<Choice
					type="checkbox"
					name="inRounds"
					value="yes"
					label={t('mentoring:wishes.inRounds')}
					hint={t('mentoring:wishes.inRoundsHint')}
					defaultChecked={wishes.inRounds}
				/>
				<Submit icon="check">{t('mentoring:wishes.save')}</Submit>
			</Form>
			{wishes.saved && wishes.waiting ? (
				<div className="section">
					<Stop />
				</div>
			) : null}
		</>
	)
}

/** The way to be looked for by nobody any more. */
function Stop() {
	const { t } = useTranslation()
	return (
		<Disclosure summary={t('mentoring:wishes.stop')} icon="x">
			<form method="post" className="stack">
				<p>{t('mentoring:wishes.stopHint')}</p>
				<div className="row">
					<Button kind="quiet" icon="x" name="intent" value="stop">
						{t('mentoring:wishes.stop')}
					</Button>
				</div>
			</form>
		</Disclosure>
	)
}

const ORDER = ['first', 'second', 'third'] as const

/** What of it matters most: three lists, each of which may stay empty. */
function Importance({ needs }: { needs: Need[] }) {
	const { t } = useTranslation()
	const options = [
		{ value: '', label: t('mentoring:wishes.noNeed') },
		...NEEDS.map((need) => ({ value: need as string, label: t(`mentoring:need.${need}`) })),
	]
	return (
		<Disclosure icon="list-checks" summary={t('mentoring:wishes.importance')} open={needs.length > 0}>
			<div className="stack">
				{ORDER.map((place, at) => (
					<Select
						key={place}
						name={place}
						label={t(`mentoring:wishes.${place}`)}
						options={options}
						defaultValue={needs[at] ?? ''}
					/>
				))}
			</div>
		</Disclosure>
	)
}

interface LanguagesProps {
	languages: string[]
	level: Level
	/** Tags she may choose, hers first. */
	own: string[]
}

/** The languages she can talk in, the dearest first, and how well a mentor must know one of them. */
function Languages({ languages, level, own }: LanguagesProps) {
	const { t } = useTranslation()
	const options = [
		{ value: '', label: t('mentoring:offer.noLanguage') },
		...languageOptions([...new Set([...own, ...LANGUAGE_TAGS])]),
	]
	const [first, second, ...rest] = LANGUAGE_ROWS
	const select = (row: (typeof LANGUAGE_ROWS)[number]) => (
		<Select
			key={row}
			name={`language${row}`}
			label={t('mentoring:offer.language', { n: row })}
			options={options}
			defaultValue={languages[row - 1] ?? ''}
		/>
	)
	return (
		<fieldset className="field">
			<legend>{t('mentoring:wishes.languages')}</legend>
			<p className="hint">{t('mentoring:wishes.languagesHint')}</p>
			<div className="stack">
				{[first, second].map(select)}
				<Disclosure summary={t('mentoring:offer.moreLanguages')} icon="plus" open={languages.length > 2}>
					<div className="stack">{rest.map(select)}</div>
				</Disclosure>
				<Select
					name="level"
					label={t('mentoring:wishes.level')}
					options={LEVELS.map((value) => ({ value, label: t(`mentoring:wishes.levels.${value}`) }))}
					defaultValue={level}
				/>
			</div>
		</fieldset>
	)
}

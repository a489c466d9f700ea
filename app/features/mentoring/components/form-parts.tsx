import { useTranslation } from 'react-i18next'
import { AREA_ICON, AREAS } from '~/features/members/areas'
import { compareWords, formatCountry } from '~/platform/i18n/format-names'
import { endonym } from '~/platform/i18n/languages'
import { Choice, ChoiceGroup, Select, TextArea } from '~/ui/form'
import type { IconName } from '~/ui/icons'
import { Disclosure } from '~/ui/page'
import { HOME_COUNTRIES } from '../finding/home-countries'
import { WAYS, type Way } from '../matching/people'
import { LIMITS } from '../mentoring.limits'
import { needIcon, needsIn } from '../needs'

/** What a form to write in starts with. */
export interface Writing {
	/** The form's own key: sent twice, it is still one request. */
	key: string
	/** Tags she may choose, hers first. */
	languages: string[]
	language: string
}

export const languageOptions = (tags: readonly string[]) =>
	tags.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))

interface NeedBoxesProps {
	legend: string
	hint?: string
	optional?: boolean
	ticked?: readonly string[]
}

/**
 * A box for each kind of help, in a fold for each area, with what it means. All folds are closed at first: forty boxes
 * are a wall. The summary of one with a ticked box has a mark (form.css).
 */
export function NeedBoxes({ legend, hint, optional, ticked = [] }: NeedBoxesProps) {
	const { t } = useTranslation()
	return (
		<ChoiceGroup name="needs" legend={legend} hint={hint} optional={optional}>
			{AREAS.map((area) => (
				<Disclosure key={area} icon={AREA_ICON[area]} summary={t(`mentoring:area.${area}`)}>
					<div className="choices">
						{needsIn(area).map((need) => (
							<Choice
								key={need}
								type="checkbox"
								name="needs"
								value={need}
								icon={needIcon(need)}
								label={t(`mentoring:need.${need}`)}
								hint={t(`mentoring:needText.${need}`)}
								defaultChecked={ticked.includes(need)}
							/>
						))}
					</div>
				</Disclosure>
			))}
		</ChoiceGroup>
	)
}

export const WAY_ICON = { write: 'message-circle', voice: 'mic', meet: 'coffee' } as const satisfies Record<
	Way,
	IconName
>

/** How the two would be in touch: in writing, by voice, at a centre. */
export function HowBoxes({ legend, ticked = [] }: { legend: string; ticked?: readonly string[] }) {
	const { t } = useTranslation()
	return (
		<ChoiceGroup name="how" legend={legend} optional>
			{WAYS.map((way) => (
				<Choice
					key={way}
					type="checkbox"
					name="how"
					value={way}
					icon={WAY_ICON[way]}
					label={t(`mentoring:way.${way}`)}
					hint={t(`mentoring:wayText.${way}`)}
					defaultChecked={ticked.includes(way)}
				/>
			))}
		</ChoiceGroup>
	)
}

interface CountrySelectProps {
	name: string
	label: string
	hint?: string
	/** What stands for no answer. */
	none: string
}

/** A country, by its name in the language of the page. It starts empty: what was chosen before is shown to nobody. */
export function CountrySelect({ name, label, hint, none }: CountrySelectProps) {
	const { i18n } = useTranslation()
	const compare = compareWords(i18n.language)
	const countries = HOME_COUNTRIES.map((value) => ({ value, label: formatCountry(i18n.language, value) }))
	const options = [{ value: '', label: none }, ...countries.sort((a, b) => compare(a.label, b.label))]
	return <Select name={name} label={label} hint={hint} optional options={options} defaultValue="" />
}

interface WordsFieldsProps {
	label: string
	hint: string
	writing: Pick<Writing, 'languages' | 'language'>
	text?: string
}

/** Her own words, which she may leave out, and the language they are in. */
export function WordsFields({ label, hint, writing, text }: WordsFieldsProps) {
	const { t } = useTranslation()
	return (
		<>
			<TextArea
				name="words"
				label={label}
				hint={hint}
				optional
				counter={LIMITS.words.graphemes}
				defaultValue={text}
				rows={5}
			/>
			<Select
				name="language"
				label={t('mentoring:words.language')}
				options={languageOptions(writing.languages)}
				defaultValue={writing.language}
			/>
		</>
	)
}

import { useTranslation } from 'react-i18next'
import { NEEDS, type Need } from '~/features/members/needs'
import { endonym } from '~/platform/i18n/languages'
import { Choice, ChoiceGroup, Select, TextArea } from '~/ui/form'
import { LIMITS } from '../mentoring.limits'
import { needIcon } from '../needs'

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
	optional?: boolean
	ticked?: readonly Need[]
}

/** A box for each kind of help, with what it means. */
export function NeedBoxes({ legend, optional, ticked = [] }: NeedBoxesProps) {
	const { t } = useTranslation()
	return (
		<ChoiceGroup name="needs" legend={legend} optional={optional}>
			{NEEDS.map((need) => (
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
		</ChoiceGroup>
	)
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

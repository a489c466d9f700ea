import { endonym } from '~/platform/i18n/languages'
import { Choice } from './form'

interface LanguageChoiceProps {
	/** The field of the form. */
	name: string
	/** BCP 47. */
	tag: string
	chosen?: boolean
}

/** One language to tick, under its own name. */
export const LanguageChoice = ({ name, tag, chosen }: LanguageChoiceProps) => (
	<Choice
		type="checkbox"
		name={name}
		value={tag}
		lang={tag}
		label={<bdi>{endonym(tag)}</bdi>}
		defaultChecked={chosen}
	/>
)

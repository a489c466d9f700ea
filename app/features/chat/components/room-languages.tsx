import { useTranslation } from 'react-i18next'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { ChoiceGroup } from '~/ui/form'
import { LanguageChoice } from '~/ui/language-choice'
import { Disclosure } from '~/ui/page'
import { SESSION } from '../led/session.limits'

interface RoomLanguagesProps {
	chosen: readonly string[]
	/** Offered first, after those chosen; all others stand folded below. */
	near: readonly string[]
}

/** Which languages are spoken in a room. */
export function RoomLanguages({ chosen, near }: RoomLanguagesProps) {
	const { t } = useTranslation()
	const first = [...new Set([...chosen, ...near])]
	const box = (tag: string) => (
		<LanguageChoice key={tag} name="languages" tag={tag} chosen={chosen.includes(tag)} />
	)
	return (
		<ChoiceGroup
			name="languages"
			legend={t('sessions:plan.languages')}
			hint={t('sessions:plan.languagesHint', { most: SESSION.languages })}
			sideBySide
		>
			{first.map(box)}
			<Disclosure summary={t('sessions:plan.moreLanguages')}>
				<div className="choices side-by-side">
					{LANGUAGE_TAGS.filter((tag) => !first.includes(tag)).map(box)}
				</div>
			</Disclosure>
		</ChoiceGroup>
	)
}

import { useTranslation } from 'react-i18next'
import { TextArea } from '~/ui/form'
import { WORDS } from '../moderation.words'
import { RuleChoice } from './rule-choice'

/** What she reads when her account is paused: the rule it rests on, and a few words. Fields inside the form that pauses. */
export function SuspensionReasons() {
	const { t } = useTranslation()
	return (
		<>
			<RuleChoice legend={t('moderation:suspend.ruleLegend')} />
			<TextArea
				name="words"
				label={t('moderation:suspend.wordsLabel')}
				hint={t('moderation:decide.reviewHint')}
				counter={WORDS.graphemes}
				rows={3}
				optional
			/>
		</>
	)
}

import { useTranslation } from 'react-i18next'
import { Choice, ChoiceGroup } from '~/ui/form'
import { RULES } from '../moderation.words'
import { RULE } from './labels'

/** The rules a decision can rest on, in the words the person will read. */
export function RuleChoice({ legend }: { legend: string }) {
	const { t } = useTranslation()
	return (
		<ChoiceGroup name="rule" legend={legend} hint={t('moderation:decide.ruleHint')}>
			{RULES.map((rule) => (
				<Choice
					key={rule}
					type="radio"
					name="rule"
					value={rule}
					icon={RULE[rule].icon}
					label={t(RULE[rule].label)}
				/>
			))}
		</ChoiceGroup>
	)
}

import { useTranslation } from 'react-i18next'
import { formatNumber } from '~/platform/i18n/format'
import { Notice } from '~/ui/page'
import type { Rule } from '../../matching/rules'
import type { WhyNotAnswer } from '../rounds-answers.server'

interface Why {
	kind: string
	mentors?: number | Record<string, number>
}

/** Why a woman has nobody, in plain words; where rules stood in the way, how many mentors by which. */
export function WhyUnmatched({ why }: { why: Why | null }) {
	const { t, i18n } = useTranslation()
	if (!why) return null
	if (why.kind !== 'rule') return <p>{t(`rounds:whyUnmatched.${why.kind}`)}</p>
	const mentors = Object.entries(why.mentors ?? {}) as [Rule, number][]
	return (
		<>
			<p>{t('rounds:whyUnmatched.rule')}</p>
			<ul className="steps">
				{mentors.map(([rule, count]) => (
					<li key={rule}>
						{t('common:pair', { name: t(`rounds:rule.${rule}`), value: formatNumber(i18n.language, count) })}
					</li>
				))}
			</ul>
		</>
	)
}

function whyNotKey({ answer }: WhyNotAnswer) {
	if (answer.kind === 'rule') return `rounds:rule.${answer.rule}`
	return answer.kind === 'full' ? `rounds:whyFull.${answer.by}` : `rounds:whyNot.${answer.kind}`
}

/** Why two of a round are no pair. */
export function WhyNotNotice({ answer }: { answer: WhyNotAnswer }) {
	const { t } = useTranslation()
	return (
		<Notice kind="info" title={t('rounds:whyNot.title', { woman: answer.woman, mentor: answer.mentor })}>
			<p>{t(whyNotKey(answer), { mentor: answer.dearer ?? '' })}</p>
			{answer.same ? null : <p className="muted">{t('rounds:changed')}</p>}
		</Notice>
	)
}

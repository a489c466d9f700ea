import { useTranslation } from 'react-i18next'
import { IconText } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import { Time } from '~/ui/text'
import type { CaseShown } from '../cases.server'
import { EARLIER_MONTHS } from '../moderation.policy'
import { decisionOf, RULE } from './labels'

/** What was decided about her in the last year, by rule and day: none of her words. */
export function Earlier({ earlier }: Pick<CaseShown, 'earlier'>) {
	const { t } = useTranslation()
	if (earlier.length === 0)
		return <p className="muted">{t('queue:earlier.none', { months: EARLIER_MONTHS })}</p>
	return (
		<Disclosure
			summary={t('queue:earlier.title', { count: earlier.length, months: EARLIER_MONTHS })}
			icon="history"
		>
			<ul className="stack">
				{earlier.map(({ id, action, kind, rule, at, undone }) => {
					const { icon, label } = decisionOf(action, kind)
					return (
						<li key={id}>
							<p className="meta">
								<IconText name={icon}>{t(label)}</IconText>
								<Time at={at} />
								{undone ? <span>{t('queue:earlier.undone')}</span> : null}
							</p>
							<p>{t(RULE[rule].label)}</p>
						</li>
					)
				})}
			</ul>
		</Disclosure>
	)
}

/** What was decided in like cases and by which rule, so that the same is done for the same. */
export function Alike({ alike, kind }: Pick<CaseShown, 'alike' | 'kind'>) {
	const { t } = useTranslation()
	if (alike.length === 0) return null
	return (
		<Disclosure summary={t('queue:alike.title')} icon="scale">
			<ul className="stack">
				{alike.map(({ id, decision, at, rule }) => {
					const { icon, label } = decisionOf(decision!, kind)
					return (
						<li key={id}>
							<p className="meta">
								<IconText name={icon}>{t(label)}</IconText>
								<Time at={at!} />
							</p>
							{rule ? <p>{t(RULE[rule].label)}</p> : null}
						</li>
					)
				})}
			</ul>
		</Disclosure>
	)
}

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '~/platform/i18n/isolate'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Empty } from '~/ui/page'
import type { DayProps } from '../her-day'

interface Step {
	key: string
	icon: IconName
	title: ReactNode
	text?: string
	to: string
	action: string
}

/** What waits, the most pressing first. */
function useSteps(props: DayProps): Step[] {
	const { t } = useTranslation()
	const { secondFactorDue: due, toAnswer, proposed, running, decisions, knowsLanguages, status } = props
	const steps: (Step | false)[] = [
		due !== 'no' && {
			key: 'second',
			icon: 'key-round',
			title: t(due === 'give' ? 'members:day.secondGive' : 'members:day.secondSetUp'),
			text: t('members:day.secondText'),
			to: '/sign-in/second',
			action: t(due === 'give' ? 'members:day.secondGiveGo' : 'members:day.secondSetUpGo'),
		},
		decisions > 0 && {
			key: 'decisions',
			icon: 'scale',
			title: t('members:day.decisions', { count: decisions }),
			to: '/me/decisions',
			action: t('members:day.decisionsGo'),
		},
		toAnswer > 0 && {
			key: 'asked',
			icon: 'heart-handshake',
			title: t('members:day.asked', { count: toAnswer }),
			to: '/mentoring',
			action: t('members:day.askedGo'),
		},
		proposed > 0 && {
			key: 'proposed',
			icon: 'users-round',
			title: t('members:day.proposed', { count: proposed }),
			to: '/mentoring',
			action: t('members:day.proposedGo'),
		},
		...running.map(({ roomId, other }) => ({
			key: roomId,
			icon: 'message-circle' as const,
			title: t('members:day.running', { handle: isolated(other) }),
			to: `/chat/${roomId}`,
			action: t('members:day.runningGo'),
		})),
		status === 'active' &&
			!knowsLanguages && {
				key: 'languages',
				icon: 'languages',
				title: t('members:day.languages'),
				text: t('members:day.languagesText'),
				to: '/me/profile',
				action: t('members:day.languagesGo'),
			},
	]
	return steps.filter((step) => step !== false)
}

/** A card for each thing that waits, or one first step where nothing does. */
export function Waiting(props: DayProps) {
	const steps = useSteps(props)
	if (steps.length === 0)
		return props.status === 'active' ? <NothingWaits bare={props.topics.length === 0} /> : null
	return (
		<CardList>
			{steps.map(({ key, icon, title, text, to, action }) => (
				<Card as="li" key={key} tone="new" item="waiting">
					<div className="day-card">
						<Icon name={icon} />
						<div className="day-words">
							<p className="day-title">{title}</p>
							{text ? <p className="muted">{text}</p> : null}
						</div>
						<ButtonLink to={to}>{action}</ButtonLink>
					</div>
				</Card>
			))}
		</CardList>
	)
}

/** Nothing waits: one first step, large when the whole page would be bare. */
function NothingWaits({ bare }: { bare: boolean }) {
	const { t } = useTranslation()
	const ask = (kind: 'primary' | 'quiet') => (
		<ButtonLink to="/forum" icon="pencil" kind={kind}>
			{t('members:day.emptyGo')}
		</ButtonLink>
	)
	if (bare)
		return (
			<Empty title={t('members:day.empty')} action={ask('primary')}>
				{t('members:day.emptyText')}
			</Empty>
		)
	return (
		<Card tone="quiet">
			<div className="day-card">
				<div className="day-words">
					<p className="day-title">{t('members:day.empty')}</p>
					<p>{t('members:day.emptyText')}</p>
				</div>
				{ask('quiet')}
			</div>
		</Card>
	)
}

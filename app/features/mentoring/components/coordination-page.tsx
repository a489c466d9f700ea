import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { IconText } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { PageHead } from '~/ui/page'

const PARTS = [
	{ key: 'mentors', icon: 'sprout' },
	{ key: 'rounds', icon: 'shuffle' },
	{ key: 'mentoring', icon: 'chart-bar' },
	{ key: 'people', icon: 'users-round' },
	{ key: 'invitations', icon: 'key-round' },
	{ key: 'recoveries', icon: 'lock' },
	{ key: 'spaces', icon: 'messages-square' },
	{ key: 'rooms', icon: 'message-circle' },
] as const satisfies { key: string; icon: IconName }[]

/** The first page of coordinators: their parts, and how many offers wait. */
export function CoordinationPage({ waitingOffers }: { waitingOffers: number }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('mentoring:coordination.title')} lead={t('mentoring:coordination.lead')} />
			<CardList>
				{PARTS.map(({ key, icon }) => {
					const waiting = key === 'mentors' && waitingOffers > 0
					return (
						<Card as="li" key={key} tone={waiting ? 'new' : 'plain'}>
							<a className="row-link" href={`/coordination/${key}`}>
								<IconText name={icon}>{t(`mentoring:coordination.${key}`)}</IconText>
							</a>
							<p>{t(`mentoring:coordination.${key}Text`)}</p>
							{waiting ? (
								<p className="meta">{t('mentoring:coordination.mentorsWaiting', { count: waitingOffers })}</p>
							) : null}
						</Card>
					)
				})}
			</CardList>
		</>
	)
}

import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { IconText } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { PageHead } from '~/ui/page'

/** First who is here, then where they meet, then mentoring, then what keeps it safe. */
const PARTS = [
	{ key: 'people', icon: 'users-round' },
	{ key: 'organisations', icon: 'building-2' },
	{ key: 'invitations', icon: 'key-round' },
	{ key: 'recoveries', icon: 'lock' },
	{ key: 'spaces', icon: 'messages-square' },
	{ key: 'rooms', icon: 'message-circle' },
	{ key: 'mentors', icon: 'sprout' },
	{ key: 'rounds', icon: 'shuffle' },
	{ key: 'mentoring', icon: 'chart-bar' },
	{ key: 'rota', icon: 'calendar-days' },
	{ key: 'watch', icon: 'search' },
	{ key: 'translators', icon: 'languages' },
	{ key: 'sentences', icon: 'file-pen-line' },
	{ key: 'moderation', icon: 'chart-column' },
	{ key: 'rules', icon: 'scale' },
	{ key: 'wording', icon: 'globe' },
	{ key: 'settings', icon: 'settings' },
] as const satisfies { key: string; icon: IconName }[]

/** The first page of coordinators: their parts, a line about each, and how many offers wait. */
export function CoordinationPage({ waitingOffers }: { waitingOffers: number }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('coordination:title')} lead={t('coordination:lead')} />
			<CardList>
				{PARTS.map(({ key, icon }) => {
					const waiting = key === 'mentors' && waitingOffers > 0
					return (
						<Card as="li" key={key} tone={waiting ? 'new' : 'plain'}>
							<a className="row-link" href={`/coordination/${key}`}>
								<IconText name={icon}>{t(`coordination:parts.${key}`)}</IconText>
							</a>
							<p>{t(`coordination:parts.${key}Text`)}</p>
							{waiting ? (
								<p className="meta">{t('coordination:parts.mentorsWaiting', { count: waitingOffers })}</p>
							) : null}
						</Card>
					)
				})}
			</CardList>
		</>
	)
}

import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Empty, PageHead } from '~/ui/page'
import { Time } from '~/ui/text'

export interface SpaceRow {
	id: string
	icon: string
	name: string
	description: string
	topics: number
	lastActivityAt: Date | null
}

/** The spaces of the forum, each saying what it is for. */
export function SpaceList({ spaces }: { spaces: SpaceRow[] }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('forum:spaces.title')} lead={t('forum:spaces.lead')} />
			{spaces.length === 0 ? <Empty title={t('forum:spaces.none')} /> : null}
			<CardList>
				{spaces.map((space) => (
					<Card as="li" item="space" key={space.id}>
						<a className="row-link" href={`/forum/${space.id}`}>
							<Icon name={space.icon as IconName} className="row-icon" />
							<span className="row-title">{space.name}</span>
						</a>
						<p>{space.description}</p>
						<p className="meta">
							<span>{t('forum:spaces.questions', { count: space.topics })}</span>
							{space.lastActivityAt ? <Time at={space.lastActivityAt} /> : null}
						</p>
					</Card>
				))}
			</CardList>
		</>
	)
}

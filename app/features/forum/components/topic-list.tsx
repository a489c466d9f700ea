import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Empty, PageHead, Pager } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'

export interface TopicRow {
	id: string
	title: string
	lang: string
	dir: 'ltr' | 'rtl'
	posts: number
	lastPostAt: Date
	author: string | null
}

interface SpacePage {
	space: { id: string; name: string; description: string }
	topics: TopicRow[]
	older: string | null
	first: boolean
	mayWrite: boolean
}

/** One page of a space: its questions, the latest activity first. */
export function TopicList({ space, topics, older, first, mayWrite }: SpacePage) {
	const { t } = useTranslation()
	const ask = mayWrite ? (
		<ButtonLink to={`/forum/${space.id}/new`} icon="pencil">
			{t('forum:ask')}
		</ButtonLink>
	) : null
	return (
		<>
			<PageHead
				title={space.name}
				lead={space.description}
				back={{ to: '/forum', label: t('forum:spaces.title') }}
				actions={ask}
			/>
			{topics.length === 0 ? <Empty title={t('forum:topics.none')}>{t('forum:topics.first')}</Empty> : null}
			<CardList label={t('forum:topics.label')}>
				{topics.map((topic) => (
					<TopicRowCard key={topic.id} spaceId={space.id} topic={topic} />
				))}
			</CardList>
			<Pager
				olderTo={older ? `/forum/${space.id}?before=${older}` : undefined}
				newerTo={first ? undefined : `/forum/${space.id}`}
			/>
		</>
	)
}

function TopicRowCard({ spaceId, topic }: { spaceId: string; topic: TopicRow }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="topic">
			<a className="row-link" href={`/forum/${spaceId}/${topic.id}`}>
				<span className="row-title two-lines" lang={topic.lang} dir={topic.dir}>
					{topic.title}
				</span>
			</a>
			<p className="meta">
				<LanguageTag tag={topic.lang} />
				<Bdi>{topic.author ?? t('forum:formerMember')}</Bdi>
				<span>{t('forum:topics.answers', { count: topic.posts - 1 })}</span>
				<Time at={topic.lastPostAt} />
			</p>
		</Card>
	)
}

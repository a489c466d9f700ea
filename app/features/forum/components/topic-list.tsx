import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Silenced } from '~/features/moderation/measures/components/silenced'
import { Button, ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { IconText } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Empty, PageHead, Pager, Pill, Pills } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import { LISTS, listPath } from '../lists'
import type { HiddenByLanguage, TopicListPage } from '../lists.server'
import type { TopicRow } from '../topic-rows.server'

/** One page of a list of questions: of one space, or of all she may enter. `rooms`: where people of the space talk. */
export function TopicList({
	space,
	list,
	filtered,
	hidden,
	follows,
	topics,
	older,
	newer,
	mayWrite,
	silence,
	rooms,
}: TopicListPage & { rooms?: ReactNode }) {
	const { t } = useTranslation()
	const place = { spaceId: space?.id ?? null, list, everyLanguage: !filtered }
	const first = newer === null
	return (
		<>
			<PageHead
				title={space ? <SaidText said={space.name} /> : t('forum:lists.all')}
				lead={space ? <SaidText said={space.description} /> : t('forum:lists.allLead')}
				back={{ to: '/forum', label: t('forum:spaces.title') }}
				actions={
					<>
						{space ? <SpaceActions spaceId={space.id} mayWrite={mayWrite} follows={follows} /> : null}
						<ButtonLink to={space ? `/search?space=${space.id}` : '/search'} kind="quiet" icon="search">
							{t('common:nav.search')}
						</ButtonLink>
					</>
				}
			/>
			<div className="stack">
				{space && silence ? <Silenced silence={silence} /> : null}
				<Pills label={t('forum:lists.label')} row>
					{LISTS.map((name) => (
						<Pill key={name} to={listPath({ ...place, list: name })} current={name === list}>
							{t(`forum:lists.${name}`)}
						</Pill>
					))}
				</Pills>
				<LanguageFilter place={place} hidden={hidden} />
				{topics.length === 0 ? <NothingHere place={place} /> : null}
				<CardList label={t('forum:topics.label')}>
					{topics.map((topic) => (
						<TopicRowCard key={topic.id} topic={topic} inSpace={space !== null} />
					))}
				</CardList>
			</div>
			<Pager
				olderTo={older ? listPath({ ...place, before: older }) : undefined}
				newerTo={first ? undefined : listPath({ ...place, after: newer })}
			/>
			{rooms}
		</>
	)
}

type Place = Parameters<typeof listPath>[0]

function SpaceActions({
	spaceId,
	mayWrite,
	follows,
}: {
	spaceId: string
	mayWrite: boolean
	follows: boolean
}) {
	const { t } = useTranslation()
	return (
		<>
			{mayWrite ? (
				<ButtonLink to={`/forum/${spaceId}/new`} icon="pencil">
					{t('forum:ask')}
				</ButtonLink>
			) : null}
			<form method="post" action={`/forum/${spaceId}`}>
				<Button kind="quiet" icon="bell" name="intent" value={follows ? 'unfollow' : 'follow'}>
					{t(follows ? 'forum:follow.stopSpace' : 'forum:follow.space')}
				</Button>
			</form>
		</>
	)
}

/** Which questions the languages leave out, and the one tap that shows them. */
function LanguageFilter({ place, hidden }: { place: Place; hidden: HiddenByLanguage | null }) {
	const { t } = useTranslation()
	if (place.everyLanguage && (place.list === 'followed' || place.list === 'mine')) return null
	if (!hidden) {
		return (
			<p className="meta">
				<span>{t('forum:languages.every')}</span>
				<a href={listPath({ ...place, everyLanguage: false })}>{t('forum:languages.onlyMine')}</a>
			</p>
		)
	}
	if (hidden.kind === 'exact' && hidden.count === 0) return null
	return (
		<p className="meta">
			<span>{t(`forum:languages.${hidden.kind}`, { count: hidden.count })}</span>
			<a href={listPath({ ...place, everyLanguage: true })}>{t('forum:languages.showAll')}</a>
		</p>
	)
}

function NothingHere({ place: { list } }: { place: Place }) {
	const { t } = useTranslation()
	if (list === 'activity' || list === 'new')
		return <Empty title={t('forum:topics.none')}>{t('forum:topics.first')}</Empty>
	return <Empty title={t(`forum:nothing.${list}`)} />
}

function TopicRowCard({ topic, inSpace }: { topic: TopicRow; inSpace: boolean }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="topic">
			<a className="row-link" href={`/forum/${topic.spaceId}/${topic.id}`}>
				<Unread count={topic.unread} />
				{topic.deleted ? (
					<span className="row-title muted">{t('forum:topics.deleted')}</span>
				) : (
					<span className="row-title two-lines" lang={topic.lang} dir={topic.dir}>
						{topic.title}
					</span>
				)}
			</a>
			<Marks topic={topic} />
			<p className="meta">
				{inSpace ? null : (
					<span>
						<SaidText said={topic.spaceName} />
					</span>
				)}
				<LanguageTag tag={topic.from ?? topic.lang} />
				<Author topic={topic} />
				<span>{t('forum:topics.answers', { count: topic.answers })}</span>
				<Time at={topic.lastPostAt} />
			</p>
		</Card>
	)
}

/** A mimosa dot and how many posts are new; the words are there to hear. */
function Unread({ count }: { count: number }) {
	const { t } = useTranslation()
	if (count < 1) return null
	return (
		<span className="unread">
			<span className="dot" />
			<span aria-hidden="true">{count}</span>
			<span className="sr-only">{t('common:unread.new', { count })}</span>
		</span>
	)
}

const MARKS = [
	['pinned', 'pin'],
	['answered', 'circle-check'],
	['locked', 'lock'],
] as const satisfies readonly (readonly [keyof TopicRow, IconName])[]

function Marks({ topic }: { topic: TopicRow }) {
	const { t } = useTranslation()
	const marks = MARKS.filter(([name]) => topic[name])
	if (marks.length === 0) return null
	return (
		<p className="meta">
			{marks.map(([name, icon]) => (
				<IconText key={name} name={icon}>
					{t(`forum:marks.${name}`)}
				</IconText>
			))}
		</p>
	)
}

function Author({ topic }: { topic: TopicRow }) {
	const { t } = useTranslation()
	if (topic.alias !== null) return <span>{t(`forum:alias.${topic.alias}`)}</span>
	return <Bdi>{topic.author ?? t('forum:formerMember')}</Bdi>
}

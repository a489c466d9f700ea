import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { alias, type SubqueryWithSelection } from 'drizzle-orm/pg-core'
import { db } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { topicReaders } from '~/db/schema/reading'
import { translations } from '~/db/schema/translation'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { notBlocked } from './access.server'
import { saidTo } from './spaces.server'

/** More unread posts than this are "many" on any page. */
const UNREAD_COUNTED = 100

/** Which topics to read, and the time each is ordered by. */
export type PickedTopics = SubqueryWithSelection<{ id: typeof topics.id; at: SQL.Aliased<Date> }, 'picked'>

const question = alias(posts, 'question')

/** The question's title in her language, the most thanked version first. */
const titleIn = (actor: Actor, locale: string) =>
	db
		.select({ title: translations.title, lang: translations.lang, dir: translations.dir })
		.from(translations)
		.where(
			and(
				eq(translations.postId, question.id),
				eq(translations.lang, locale),
				isNull(translations.hiddenAt),
				isNotNull(translations.title),
				sql`${topics.lang} <> ${locale} and ${locale} = any(${topics.langs})`,
				sql`(${translations.authorId} is null or ${translations.authorId} <> all(${pgArray(actor.blocked)}::uuid[]))`,
			),
		)
		.orderBy(desc(translations.thanks), asc(translations.publishedAt))
		.limit(1)
		.as('translated')

/** Posts since she last read, her own and what blocks omit aside. A topic she never opened is not "unread". */
const unread = (actor: Actor) => sql<number>`case when ${topicReaders.memberId} is null then 0 else (
	select count(*)::int from (select 1 from posts where posts.topic_id = ${topics.id}
		and posts.seq > ${topicReaders.readSeq} and posts.hidden_at is null and posts.deleted_at is null
		and posts.author_id is distinct from ${actor.id}::uuid and ${notBlocked(actor, 'posts') ?? sql`true`}
		limit ${UNREAD_COUNTED}) new) end`

/** Counts and times of a topic say nothing of what blocks omit; without blocks the topic's own columns are enough. */
export function countsFor(actor: Actor) {
	if (actor.blocked.length === 0)
		return { answers: sql<number>`greatest(${topics.visiblePosts} - 1, 0)`, lastPostAt: topics.lastPostAt }
	const seen = sql`posts.topic_id = ${topics.id} and posts.hidden_at is null`
	return {
		answers: sql<number>`greatest(${topics.visiblePosts} - 1 - (
			select count(*)::int from posts where ${seen} and posts.deleted_at is null and not ${notBlocked(actor, 'posts')}), 0)`,
		lastPostAt: sql<Date>`coalesce((select posts.created_at from posts
			where ${seen} and ${notBlocked(actor, 'posts')} order by posts.seq desc limit 1), ${topics.createdAt})`.mapWith(
			topics.lastPostAt,
		),
	}
}

/**
 * A page in the order of the times it shows: where a topic stands must not tell of what blocks omit. Which topics are on
 * the page is decided before, by the index.
 */
export const inShownOrder = <Row extends { lastPostAt: Date }>(actor: Actor, rows: Row[]): Row[] =>
	actor.blocked.length === 0 ? rows : rows.toSorted((a, b) => b.lastPostAt.getTime() - a.lastPostAt.getTime())

/** The rows of a list for one reader, the latest first; one query. */
export async function readRows(actor: Actor, locale: string, picked: PickedTopics) {
	const translated = titleIn(actor, locale)
	const rows = await db
		.select({
			id: topics.id,
			spaceId: topics.spaceId,
			spaceNames: spaces.names,
			title: sql<string>`coalesce(${translated.title}, ${topics.title})`,
			lang: sql<string>`coalesce(${translated.lang}, ${topics.lang})`,
			dir: sql<'ltr' | 'rtl'>`coalesce(${translated.dir}, ${topics.dir})`,
			/** The language she asked in, where the title is a translation. */
			from: sql<string | null>`case when ${translated.title} is not null then ${topics.lang} end`,
			deleted: sql<boolean>`${question.deletedAt} is not null`,
			...countsFor(actor),
			unread: unread(actor),
			pinned: sql<boolean>`${topics.pinnedAt} is not null`,
			locked: sql<boolean>`${topics.lockedAt} is not null`,
			answered: sql<boolean>`${topics.answeredAt} is not null`,
			// Under an alias nothing of her leaves the database.
			author: sql<string | null>`case when ${topics.alias} is null then ${members.handle} end`,
			alias: topics.alias,
			micros: sql<string>`(extract(epoch from ${picked.at}) * 1000000)::bigint::text`,
		})
		.from(picked)
		.innerJoin(topics, eq(topics.id, picked.id))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.leftJoin(members, eq(members.id, topics.authorId))
		.leftJoin(topicReaders, and(eq(topicReaders.topicId, topics.id), eq(topicReaders.memberId, actor.id)))
		.leftJoin(question, and(eq(question.topicId, topics.id), eq(question.seq, 1)))
		.leftJoinLateral(translated, sql`true`)
		.orderBy(desc(picked.at), desc(picked.id))
	return rows.map(({ spaceNames, ...row }) => ({
		...row,
		// The words of a deleted question are gone from every page at once.
		title: row.deleted ? '' : row.title,
		spaceName: saidTo(actor, locale, spaceNames),
	}))
}

export type TopicRow = Awaited<ReturnType<typeof readRows>>[number]

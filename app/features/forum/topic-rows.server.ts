import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { alias, type SubqueryWithSelection } from 'drizzle-orm/pg-core'
import { db, planOnce } from '~/db/client.server'
import { written } from '~/db/kept.server'
import { posts, type Translated, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { topicReaders } from '~/db/schema/reading'
import { translations } from '~/db/schema/translation'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { notBlockedHere } from './access.server'
import { saidTo } from './spaces.server'

/** More unread posts than this are "many" on any page. */
const UNREAD_COUNTED = 100

/** Which topics to read, and the time each is ordered by; what is `first` stands above all others. */
export type PickedTopics = SubqueryWithSelection<
	{ id: typeof topics.id; at: SQL.Aliased<Date>; first: SQL.Aliased<boolean> },
	'picked'
>

const question = alias(posts, 'question')

const hers = sql`${sql.placeholder('member')}::uuid`
const locale = sql`${sql.placeholder('locale')}::text`

/** The question's title in her language, the most thanked version first. */
const titleIn = (blocks: boolean) =>
	db
		.select({ title: translations.title, lang: translations.lang, dir: translations.dir })
		.from(translations)
		.where(
			and(
				eq(translations.postId, question.id),
				sql`${translations.lang} = ${locale}`,
				isNull(translations.hiddenAt),
				isNotNull(translations.title),
				sql`${topics.lang} <> ${locale} and ${locale} = any(${topics.langs})`,
				blocks
					? sql`(${translations.authorId} is null or ${translations.authorId} <> all(${sql.placeholder('blocked')}::uuid[]))`
					: undefined,
			),
		)
		.orderBy(desc(translations.thanks), asc(translations.publishedAt))
		.limit(written(1))
		.as('translated')

/** Posts since she last read, her own and what blocks omit aside. A topic she never opened is not "unread". */
const unread = (blocks: boolean) => sql<number>`case when ${topicReaders.memberId} is null then 0 else (
	select count(*)::int from (select 1 from posts where posts.topic_id = ${topics.id}
		and posts.seq > ${topicReaders.readSeq} and posts.hidden_at is null and posts.deleted_at is null
		and posts.author_id is distinct from ${hers} and ${notBlockedHere(blocks, 'posts') ?? sql`true`}
		limit ${written(UNREAD_COUNTED)}) new) end`

/** Counts and times of a topic say nothing of what blocks omit; without blocks the topic's own columns are enough. */
export function countsFor(blocks: boolean) {
	if (!blocks)
		return { answers: sql<number>`greatest(${topics.visiblePosts} - 1, 0)`, lastPostAt: topics.lastPostAt }
	const seen = sql`posts.topic_id = ${topics.id} and posts.hidden_at is null`
	return {
		answers: sql<number>`greatest(${topics.visiblePosts} - 1 - (
			select count(*)::int from posts where ${seen} and posts.deleted_at is null and not ${notBlockedHere(true, 'posts')}), 0)`,
		lastPostAt: sql<Date>`coalesce((select posts.created_at from posts
			where ${seen} and ${notBlockedHere(true, 'posts')} order by posts.seq desc limit 1), ${topics.createdAt})`.mapWith(
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

export interface RowShape {
	/** She has blocks. */
	blocks: boolean
	/** Each row with the name of its space. */
	named: boolean
}

/** The rows of a list for one reader, what is first and then the latest first; executed with `readerOf`. */
export function rowsOf(picked: PickedTopics, { blocks, named }: RowShape) {
	const translated = titleIn(blocks)
	return planOnce
		.select({
			id: topics.id,
			spaceId: topics.spaceId,
			spaceNames: named
				? sql<Translated | null>`(select spaces.names from spaces where spaces.id = ${topics.spaceId})`
				: sql<Translated | null>`null`,
			title: sql<string>`coalesce(${translated.title}, ${topics.title})`,
			lang: sql<string>`coalesce(${translated.lang}, ${topics.lang})`,
			dir: sql<'ltr' | 'rtl'>`coalesce(${translated.dir}, ${topics.dir})`,
			/** The language she asked in, where the title is a translation. */
			from: sql<string | null>`case when ${translated.title} is not null then ${topics.lang} end`,
			deleted: sql<boolean>`${question.deletedAt} is not null`,
			...countsFor(blocks),
			unread: unread(blocks),
			pinned: sql<boolean>`${topics.pinnedAt} is not null`,
			locked: sql<boolean>`${topics.lockedAt} is not null`,
			answered: sql<boolean>`${topics.answeredAt} is not null`,
			// Under an alias nothing of her leaves the database.
			author: sql<string | null>`case when ${topics.alias} is null then ${members.handle} end`,
			alias: topics.alias,
			micros: sql<string>`(extract(epoch from ${picked.at}) * 1000000)::bigint::text`,
			first: sql<boolean>`${picked.first}`,
		})
		.from(picked)
		.innerJoin(topics, eq(topics.id, picked.id))
		.leftJoin(members, eq(members.id, topics.authorId))
		.leftJoin(topicReaders, and(eq(topicReaders.topicId, topics.id), sql`${topicReaders.memberId} = ${hers}`))
		.leftJoin(question, and(eq(question.topicId, topics.id), sql`${question.seq} = 1`))
		.leftJoinLateral(translated, sql`true`)
		.orderBy(desc(picked.first), desc(picked.at), desc(picked.id))
}

/** What `rowsOf` is executed with, besides what `picked` asks for. */
export const readerOf = (actor: Actor, shown: string) => ({
	member: actor.id,
	locale: shown,
	blocked: pgArray(actor.blocked),
})

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]

/** A row as a page shows it; `spaceName` where all are of one space. */
export const presentRow = (actor: Actor, shown: string, spaceName: ReturnType<typeof saidTo> | null) =>
	function present({ spaceNames, first: _first, ...row }: Row) {
		return {
			...row,
			// The words of a deleted question are gone from every page at once.
			title: row.deleted ? '' : row.title,
			spaceName: spaceName ?? saidTo(actor, shown, spaceNames!),
		}
	}

export type TopicRow = ReturnType<ReturnType<typeof presentRow>>

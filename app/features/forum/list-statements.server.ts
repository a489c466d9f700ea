import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { type PgColumn, unionAll } from 'drizzle-orm/pg-core'
import { db } from '~/db/client.server'
import { byShape, seldomFalse, written } from '~/db/kept.server'
import { spaces, topics } from '~/db/schema/forum'
import { topicReaders } from '~/db/schema/reading'
import { type Entrance, entranceOf, entrancePlaceholders, opensFor } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { notBlockedHere } from './access.server'
import type { TopicListName } from './lists'
import { type PickedTopics, rowsOf } from './topic-rows.server'

export const TOPICS_A_PAGE = 20
/** More pinned topics than this no moderator can make; all of them stand on the first page. */
const PINNED_SHOWN = 20
/**
 * Among how many topics of the list those she can read are looked for, and the others counted, so that both cost the
 * same in any forum.
 */
export const LOOKED_AT = 1_000

/** What decides the text of a list's statement. */
export interface Shape extends Record<string, string | boolean> {
	list: TopicListName
	/** Of one space; else of all she may enter. */
	inSpace: boolean
	/** Only questions she can read. */
	filtered: boolean
	/** She has blocks. */
	blocks: boolean
}

/** In what order a list is; the partial indexes of drizzle/0003 and 0017 are in these orders. */
const orderOf = (list: TopicListName) => (byActivity(list) ? topics.lastPostAt : topics.createdAt)
export const byActivity = (list: TopicListName) => list === 'activity' || list === 'followed'

/** Nothing hidden, nothing merged away, nothing whose words its authors all took back; written out for the indexes. */
export const shownTopics = and(
	isNull(topics.hiddenAt),
	isNull(topics.mergedInto),
	sql`${topics.visiblePosts} > 0`,
)

/** A sub-select and not a join: the list is walked in its own order, whatever spaces she may enter. */
export const inSpacesOf = (by: Entrance) =>
	seldomFalse(sql`topics.space_id = any(array(select spaces.id from spaces where ${opensFor(by)}))`)

export const inHerSpaces = (actor: Actor) => inSpacesOf(entranceOf(actor))

/**
 * Nobody has answered whom she may read: that a question is missing here which has no answer on its page would tell of
 * a block. Those that only the others answered are looked up by their authors, who are few.
 */
function unanswered(blocks: boolean) {
	// Written out for the partial index.
	const byNobody = sql`topics.visible_posts <= 1`
	if (!blocks) return byNobody
	const others = sql`any(${sql.placeholder('blocked')}::uuid[])`
	const shown = sql`a.seq > 1 and a.hidden_at is null and a.deleted_at is null`
	return sql`(${byNobody} or topics.id = any(array(
		select p.topic_id from posts p where p.author_id = ${others} and not exists (
			select 1 from posts a where a.topic_id = p.topic_id and ${shown}
				and (a.aliased or a.author_id is null or not a.author_id = ${others})))))`
}

const hers = sql`${sql.placeholder('member')}::uuid`
const thisSpace = sql`topics.space_id = ${sql.placeholder('space')}::uuid`
/** She can read it in one of the languages asked for. */
export const readable = sql`topics.langs && ${sql.placeholder('languages')}::text[]`

/** What belongs to a list, before the languages. */
function belongs({ list, inSpace, blocks }: Shape): SQL | undefined {
	return and(
		inSpace ? thisSpace : inSpacesOf(entrancePlaceholders),
		shownTopics,
		notBlockedHere(blocks, 'topics'),
		// They stand above the first page.
		list === 'activity' && inSpace ? isNull(topics.pinnedAt) : undefined,
		list === 'unanswered' ? unanswered(blocks) : undefined,
		list === 'mine' ? sql`topics.author_id = ${hers}` : undefined,
	)
}

type Direction = 'older' | 'newer'

export interface PageShape extends Shape {
	/** Which way from a place of the list; from its beginning else. */
	from: Direction | 'beginning'
	/** Looks up what she can read by its languages, where walking along the list found too little. */
	byLanguage: boolean
}

const notFirst = sql<boolean>`false`.as('first')
const turnOf = (from: PageShape['from']) => (from === 'newer' ? asc : desc)

function whereOf(shape: PageShape) {
	const { list, from } = shape
	const place = sql`(${sql.placeholder('time')}::timestamptz, ${sql.placeholder('id')}::uuid)`
	return and(
		belongs(shape),
		from === 'beginning'
			? undefined
			: sql`(${orderOf(list)}, ${topics.id}) ${from === 'newer' ? sql`>` : sql`<`} ${place}`,
	)
}

interface Walk {
	where: SQL | undefined
	order: PgColumn
	turn: typeof desc
	/** How many to pick. */
	atMost: number
}

/**
 * Picks topics in the order of an index, until there are enough.
 * `readable`: only those she can read, picked while walking along that order. Postgres does not know which languages will
 * be asked for when it plans a kept statement, and would rather fetch all questions in them and sort them.
 */
export function walk({ where, order, turn, atMost }: Walk, which: 'all' | 'readable') {
	const at = sql<Date>`${order}`.as('at')
	if (which === 'all')
		return db
			.select({ id: topics.id, at, first: notFirst })
			.from(topics)
			.where(where)
			.orderBy(turn(order), turn(topics.id))
			.limit(written(atMost))
	const walked = db
		.select({ id: topics.id, at, readable: sql<boolean>`${readable}`.as('readable') })
		.from(topics)
		.where(where)
		.orderBy(turn(order), turn(topics.id))
		.limit(written(LOOKED_AT))
		.as('walked')
	return db
		.select({ id: walked.id, at: sql<Date>`${walked.at}`.as('at'), first: notFirst })
		.from(walked)
		.where(sql`${walked.readable}`)
		.orderBy(turn(walked.at), turn(walked.id))
		.limit(written(atMost))
}

/** The ids of one page in the list's order: all that has to be found; the rest is read for these rows only. */
function pick(shape: PageShape) {
	const { list, filtered, from, byLanguage } = shape
	if (list === 'followed') return pickFollowed(shape)
	const where = whereOf(shape)
	const along = { order: orderOf(list), turn: turnOf(from), atMost: TOPICS_A_PAGE + 1 }
	if (byLanguage) return walk({ ...along, where: and(where, readable) }, 'all')
	return walk({ ...along, where }, filtered ? 'readable' : 'all')
}

/** What she follows is hers and few: looked up one by one (`limit` keeps the planner from reading all topics instead). */
function pickFollowed(shape: PageShape) {
	const turn = turnOf(shape.from)
	const topic = db
		.select({ id: topics.id, lastPostAt: topics.lastPostAt })
		.from(topics)
		.where(and(eq(topics.id, topicReaders.topicId), whereOf(shape)))
		.limit(written(1))
		.as('topic')
	return db
		.select({ id: topic.id, at: sql<Date>`${topic.lastPostAt}`.as('at'), first: notFirst })
		.from(topicReaders)
		.innerJoinLateral(topic, sql`true`)
		.where(and(sql`${topicReaders.memberId} = ${hers}`, topicReaders.follows))
		.orderBy(turn(topic.lastPostAt), turn(topic.id))
		.limit(written(TOPICS_A_PAGE + 1))
}

/** What moderators pinned, the latest first: above the first page of a space. */
const pickPinned = (blocks: boolean) =>
	db
		.select({
			id: topics.id,
			at: sql<Date>`${topics.pinnedAt}`.as('at'),
			first: sql<boolean>`true`.as('first'),
		})
		.from(topics)
		.where(and(thisSpace, isNotNull(topics.pinnedAt), shownTopics, notBlockedHere(blocks, 'topics')))
		.orderBy(desc(topics.pinnedAt))
		.limit(written(PINNED_SHOWN))

const hasPinned = ({ list, inSpace, from }: PageShape) =>
	list === 'activity' && inSpace && from === 'beginning'

/** One page of a list, below what is pinned; executed with `readerOf`, `entranceOf`, the space, languages and place. */
export const findPage = byShape((shape: PageShape) => {
	const { blocks, inSpace } = shape
	const page = pick(shape)
	const picked = hasPinned(shape) ? unionAll(pickPinned(blocks), page) : page
	return rowsOf(picked.as('picked') as PickedTopics, { blocks, named: !inSpace }).prepare('list_page')
})

/** The first topics of the list: how many, and how many of them she cannot read. */
const seen = (shape: Shape) => {
	const order = orderOf(shape.list)
	const first = db
		.select({ readable: sql<boolean>`${readable}`.as('readable') })
		.from(topics)
		.where(belongs(shape))
		.orderBy(desc(order), desc(topics.id))
		.limit(written(LOOKED_AT))
	const counted = shape.filtered ? sql`(${first})` : sql`(select true as readable where false)`
	return db
		.select({
			looked: sql<number>`count(*)::int`.as('looked'),
			hidden: sql<number>`(count(*) filter (where not readable))::int`.as('hidden'),
		})
		.from(sql`${counted} first`)
		.as('seen')
}

/** The space, whether she follows it, and how much of the list the languages leave out, as far as it is counted. */
export const findPlace = byShape((shape: Shape) => {
	const counted = seen(shape)
	return db
		.select({
			id: spaces.id,
			icon: spaces.icon,
			aliasAllowed: spaces.aliasAllowed,
			names: spaces.names,
			descriptions: spaces.descriptions,
			follows: sql<boolean>`exists (select 1 from space_followers f
				where f.space_id = ${spaces.id} and f.member_id = ${hers})`,
			looked: counted.looked,
			hidden: counted.hidden,
		})
		.from(spaces)
		.innerJoinLateral(counted, sql`true`)
		.where(and(sql`${spaces.id} = ${sql.placeholder('space')}::uuid`, opensFor(entrancePlaceholders)))
		.prepare('list_place')
})

/** The same where the list is that of all her spaces. */
export const findSeen = byShape((shape: Shape) => {
	const counted = seen(shape)
	return db.select({ looked: counted.looked, hidden: counted.hidden }).from(counted).prepare('list_seen')
})

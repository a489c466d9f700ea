import { and, asc, desc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { topics } from '~/db/schema/forum'
import { topicReaders } from '~/db/schema/reading'
import { mayEnter } from '~/features/members/entrance.server'
import { silenceIn } from '~/features/moderation/measures/restraints'
import type { Actor } from '~/platform/actor'
import { cursorOf, type Place, readCursor, timeOf } from '~/platform/cursor'
import { pgArray } from '~/platform/text'
import { accessSpace, notBlocked } from './access.server'
import { canWrite } from './forum.policy'
import { ALL_SPACES, filtersLanguages, isList, type TopicListName } from './lists'
import { saidTo } from './spaces.server'
import { inShownOrder, type PickedTopics, readRows } from './topic-rows.server'

const TOPICS_A_PAGE = 20
/** More pinned topics than this no moderator can make; all of them stand on the first page. */
const PINNED_SHOWN = 20
/** Questions in other languages are counted to here: on any page, more is "more". */
const HIDDEN_COUNTED = 100
/** Among how many of the list's first topics they are counted, so that the count costs the same in any forum. */
const HIDDEN_LOOKED_AT = 1_000

/** What the address of a list asks for. */
export interface ListAddress {
	/** A space's id, or `all` for every space she may enter. */
	space: string
	list: string | null
	languages: string | null
	before: string | null
	after: string | null
}

interface Wanted {
	actor: Actor
	locale: string
	spaceId: string | null
	list: TopicListName
	/** Only questions she can read in these languages; null: all. */
	languages: string[] | null
}

/** In what order a list is; the partial indexes of drizzle/0003 are in these orders. */
const orderOf = (list: TopicListName) => (byActivity(list) ? topics.lastPostAt : topics.createdAt)
const byActivity = (list: TopicListName) => list === 'activity' || list === 'followed'

/** Nothing hidden, nothing merged away, nothing whose words its authors all took back. */
export const shownTopics = and(isNull(topics.hiddenAt), isNull(topics.mergedInto), gt(topics.visiblePosts, 0))

/** A sub-select and not a join: the list is walked in its own order, whatever spaces she may enter. */
export const inHerSpaces = (actor: Actor) =>
	sql`topics.space_id = any(array(select spaces.id from spaces where ${mayEnter(actor)}))`

/**
 * Nobody has answered whom she may read: that a question is missing here which has no answer on its page would tell of
 * a block. Those that only the others answered are looked up by their authors, who are few.
 */
function unanswered({ blocked }: Actor) {
	// Written out for the partial index.
	const byNobody = sql`topics.visible_posts <= 1`
	if (blocked.length === 0) return byNobody
	const others = sql`any(${pgArray(blocked)}::uuid[])`
	const shown = sql`a.seq > 1 and a.hidden_at is null and a.deleted_at is null`
	return sql`(${byNobody} or topics.id = any(array(
		select p.topic_id from posts p where p.author_id = ${others} and not exists (
			select 1 from posts a where a.topic_id = p.topic_id and ${shown}
				and (a.aliased or a.author_id is null or not a.author_id = ${others})))))`
}

/** What belongs to a list, before the languages. */
function belongs({ actor, spaceId, list }: Wanted): SQL | undefined {
	return and(
		spaceId ? eq(topics.spaceId, spaceId) : inHerSpaces(actor),
		shownTopics,
		notBlocked(actor, 'topics'),
		// They stand above the first page.
		list === 'activity' && spaceId ? isNull(topics.pinnedAt) : undefined,
		list === 'unanswered' ? unanswered(actor) : undefined,
		list === 'mine' ? eq(topics.authorId, actor.id) : undefined,
	)
}

const readable = (languages: string[]) => sql`topics.langs && ${pgArray(languages)}::text[]`

type Direction = 'older' | 'newer'

const beyond = (list: TopicListName, place: Place, direction: Direction) =>
	sql`(${orderOf(list)}, ${topics.id}) ${direction === 'older' ? sql`<` : sql`>`}
		(${timeOf(place)}::timestamptz, ${place.id}::uuid)`

/** The ids of one page in the list's order: all that has to be found; the rest is read for these rows only. */
function pick(wanted: Wanted, place: Place | undefined, direction: Direction): PickedTopics {
	const order = orderOf(wanted.list)
	const turn = direction === 'older' ? desc : asc
	const where = and(
		belongs(wanted),
		wanted.languages ? readable(wanted.languages) : undefined,
		place ? beyond(wanted.list, place, direction) : undefined,
	)
	if (wanted.list === 'followed') return pickFollowed(wanted.actor, where, turn)
	return db
		.select({ id: topics.id, at: sql<Date>`${order}`.as('at') })
		.from(topics)
		.where(where)
		.orderBy(turn(order), turn(topics.id))
		.limit(TOPICS_A_PAGE + 1)
		.as('picked')
}

/** What she follows is hers and few: looked up one by one (`limit` keeps the planner from reading all topics instead). */
function pickFollowed(actor: Actor, where: SQL | undefined, turn: typeof desc): PickedTopics {
	const topic = db
		.select({ id: topics.id, lastPostAt: topics.lastPostAt })
		.from(topics)
		.where(and(eq(topics.id, topicReaders.topicId), where))
		.limit(1)
		.as('topic')
	return db
		.select({ id: topic.id, at: sql<Date>`${topic.lastPostAt}`.as('at') })
		.from(topicReaders)
		.innerJoinLateral(topic, sql`true`)
		.where(and(eq(topicReaders.memberId, actor.id), topicReaders.follows))
		.orderBy(turn(topic.lastPostAt), turn(topic.id))
		.limit(TOPICS_A_PAGE + 1)
		.as('picked')
}

const pickPinned = (actor: Actor, spaceId: string): PickedTopics =>
	db
		.select({ id: topics.id, at: sql<Date>`${topics.pinnedAt}`.as('at') })
		.from(topics)
		.where(
			and(eq(topics.spaceId, spaceId), isNotNull(topics.pinnedAt), shownTopics, notBlocked(actor, 'topics')),
		)
		.orderBy(desc(topics.pinnedAt))
		.limit(PINNED_SHOWN)
		.as('picked')

async function readPage(wanted: Wanted, place: Place | undefined, direction: Direction) {
	const rows = await readRows(wanted.actor, wanted.locale, pick(wanted, place, direction))
	const more = rows.length > TOPICS_A_PAGE
	if (direction === 'older')
		return { rows: rows.slice(0, TOPICS_A_PAGE), older: more, newer: place !== undefined }
	return { rows: more ? rows.slice(1) : rows, older: true, newer: more }
}

/** One page, from either end. What is newer than the first page is the first page, full. */
async function turnTo(wanted: Wanted, { before, after }: ListAddress) {
	const from = readCursor(after)
	const page = from ? await readPage(wanted, from, 'newer') : undefined
	return page?.newer ? page : readPage(wanted, page ? undefined : readCursor(before), 'older')
}

/** How many questions the languages leave out, as far as it is counted, and whether she follows the space; one query. */
async function readSurroundings(wanted: Wanted) {
	const { actor, spaceId, languages } = wanted
	const order = orderOf(wanted.list)
	const first = db
		.select({ langs: topics.langs })
		.from(topics)
		.where(belongs(wanted))
		.orderBy(desc(order), desc(topics.id))
		.limit(HIDDEN_LOOKED_AT)
	const [row] = await db.execute<{ looked: number; hidden: number; follows: boolean }>(sql`
		select seen.looked, seen.hidden, exists (select 1 from space_followers
			where member_id = ${actor.id}::uuid and space_id = ${spaceId}::uuid) as follows
		from (select count(*)::int as looked,
				(count(*) filter (where not (langs && ${pgArray(languages ?? [])}::text[])))::int as hidden
			from ${languages ? sql`(${first})` : sql`(select null::text[] as langs where false)`} first) seen`)
	const { looked, hidden, follows } = row!
	return { follows, hidden: languages ? hiddenAs(looked, hidden) : null }
}

/** `exact` where all were looked at, `more` than a hundred, or `some` where nobody counted to the end. */
function hiddenAs(looked: number, hidden: number) {
	if (hidden > HIDDEN_COUNTED) return { kind: 'more' as const, count: HIDDEN_COUNTED }
	return { kind: looked < HIDDEN_LOOKED_AT ? ('exact' as const) : ('some' as const), count: hidden }
}

export type HiddenByLanguage = ReturnType<typeof hiddenAs>

/** The languages she can read a question in: those she reads or speaks, and that of her pages. */
export const languagesOf = (actor: Actor, locale: string) => [
	...new Set([...actor.reads, ...actor.speaks, locale]),
]

/** A space as its pages name it. Throws `not-found`. */
export async function readSpace(actor: Actor, locale: string, id: string) {
	const space = await accessSpace(actor, id)
	return {
		id: space.id,
		icon: space.icon,
		aliasAllowed: space.aliasAllowed,
		name: saidTo(actor, locale, space.names),
		description: saidTo(actor, locale, space.descriptions),
	}
}

/** One page of a list of topics, of one space or of all she may enter; at most six queries. Throws `not-found`. */
export async function readTopicList(actor: Actor, locale: string, address: ListAddress) {
	const space = address.space === ALL_SPACES ? null : await readSpace(actor, locale, address.space)
	const list = isList(address.list) ? address.list : 'activity'
	const filtered = filtersLanguages(list) && address.languages !== 'all'
	const languages = filtered ? languagesOf(actor, locale) : null
	const wanted = { actor, locale, spaceId: space?.id ?? null, list, languages }
	const [page, { follows, hidden }] = await Promise.all([turnTo(wanted, address), readSurroundings(wanted)])
	const pinned =
		space && list === 'activity' && !page.newer
			? await readRows(actor, locale, pickPinned(actor, space.id))
			: []
	const ends = page.rows.map(({ id, micros }) => cursorOf({ id, micros }))
	return {
		space,
		list,
		filtered,
		hidden,
		follows,
		topics: [...pinned, ...(byActivity(list) ? inShownOrder(actor, page.rows) : page.rows)],
		older: (page.older && ends.at(-1)) || null,
		newer: (page.newer && ends[0]) || null,
		mayWrite: canWrite(actor, space?.id ?? null),
		silence: silenceIn(actor, space?.id ?? null),
	}
}

export type TopicListPage = Awaited<ReturnType<typeof readTopicList>>

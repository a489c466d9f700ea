import { and, inArray, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { mayEnter } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { notBlocked } from './access.server'
import { inHerSpaces, shownTopics } from './list-statements.server'
import { postPath } from './posts.server'
import { saidTo } from './spaces.server'
import { presentRow, readerOf, rowsOf } from './topic-rows.server'

/** A notice as far as the forum needs it. */
interface Told {
	id: string
	kind: string
	subjectId: string
	placeId: string | null
	times: number
}

/** Where a notice leads, and what it is about, as far as she may still see it. */
export interface NoticePlace {
	path: string
	topic?: { title: string; lang: string; dir: 'ltr' | 'rtl' }
	space?: string
	/** The time it is about, in the reader's words. */
	when?: string
}

/** These topics with their titles in her language; those she may not read are not among them. One query. */
export async function titlesFor(actor: Actor, locale: string, ids: string[]) {
	if (ids.length === 0) return new Map<string, never>()
	const picked = db
		.select({
			id: topics.id,
			at: sql<Date>`${topics.createdAt}`.as('at'),
			first: sql<boolean>`false`.as('first'),
		})
		.from(topics)
		.where(and(inArray(topics.id, ids), inHerSpaces(actor), shownTopics, notBlocked(actor, 'topics')))
		.as('picked')
	const found = await rowsOf(picked, { blocks: actor.blocked.length > 0, named: true })
		.prepare('titles')
		.execute(readerOf(actor, locale))
	const rows = found.map(presentRow(actor, locale, null))
	return new Map(rows.map(({ id, spaceId, title, lang, dir }) => [id, { spaceId, title, lang, dir }]))
}

/** The posts that notices lead to, as long as she may read them. */
async function placesFor(actor: Actor, ids: string[]) {
	if (ids.length === 0) return new Map<string, never>()
	const rows = await db
		.select({ id: posts.id, topicId: posts.topicId })
		.from(posts)
		.where(
			and(
				inArray(posts.id, ids),
				isNull(posts.hiddenAt),
				isNull(posts.deletedAt),
				notBlocked(actor, 'posts'),
			),
		)
	return new Map(rows.map((row) => [row.id, row]))
}

/** The names of spaces she may enter or is invited to. */
async function spaceNames(actor: Actor, locale: string, ids: string[]) {
	if (ids.length === 0) return new Map<string, never>()
	const rows = await db
		.select({ id: spaces.id, names: spaces.names })
		.from(spaces)
		.where(
			and(
				inArray(spaces.id, ids),
				sql`(${mayEnter(actor)} or exists (select 1 from space_members sm
					where sm.space_id = spaces.id and sm.member_id = ${actor.id}::uuid))`,
			),
		)
	return new Map(rows.map(({ id, names }) => [id, saidTo(actor, locale, names).text]))
}

const aboutSpace = ({ kind }: Told) => kind.startsWith('space.')

/**
 * Where each of these notices leads, by the notice's id. One whose topic or space she may no longer see, or whose only
 * post is gone, is left out. Three queries at most.
 */
export async function noticePlaces(actor: Actor, locale: string, told: readonly Told[]) {
	const ofSpaces = told.filter(aboutSpace)
	const ofTopics = told.filter((notice) => !aboutSpace(notice))
	const topicIds = [
		...ofTopics.map(({ subjectId }) => subjectId),
		...ofSpaces.flatMap(({ placeId }) => placeId ?? []),
	]
	const [titles, places, names] = await Promise.all([
		titlesFor(actor, locale, [...new Set(topicIds)]),
		placesFor(
			actor,
			ofTopics.flatMap(({ placeId }) => placeId ?? []),
		),
		spaceNames(
			actor,
			locale,
			ofSpaces.map(({ subjectId }) => subjectId),
		),
	])

	function placeInTopic({ subjectId, placeId, times }: Told): NoticePlace | undefined {
		const topic = titles.get(subjectId)
		const post = placeId ? places.get(placeId) : undefined
		if (!topic || (placeId && !post && times === 1)) return undefined
		const path = `/forum/${topic.spaceId}/${subjectId}`
		return { topic, path: post?.topicId === subjectId ? postPath(topic.spaceId, post) : path }
	}

	function placeInSpace({ kind, subjectId, placeId, times }: Told): NoticePlace | undefined {
		const space = names.get(subjectId)
		if (!space) return undefined
		if (kind === 'space.invited') return { space, path: '/forum' }
		if (times > 1) return { space, path: `/forum/${subjectId}?list=new` }
		const topic = placeId ? titles.get(placeId) : undefined
		return topic && { space, topic, path: `/forum/${topic.spaceId}/${placeId}` }
	}

	const found = new Map<string, NoticePlace>()
	for (const notice of told) {
		const place = aboutSpace(notice) ? placeInSpace(notice) : placeInTopic(notice)
		if (place) found.set(notice.id, place)
	}
	return found
}

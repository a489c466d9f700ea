import { and, desc, eq, sql } from 'drizzle-orm'
import { planOnce } from '~/db/client.server'
import { byShape } from '~/db/kept.server'
import { spaces, topics } from '~/db/schema/forum'
import { entranceOf, entrancePlaceholders } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { notBlockedHere } from './access.server'
import { inSpacesOf, readable, shownTopics, walk } from './list-statements.server'
import { languagesOf } from './lists.server'
import { saidTo } from './spaces.server'
import { countsFor, inShownOrder } from './topic-rows.server'

interface Shape extends Record<string, number | boolean> {
	atMost: number
	/** She has blocks. */
	blocks: boolean
	/** Looks up what she can read by its languages, where walking along the list found too little. */
	byLanguage: boolean
}

const findLatest = byShape(({ blocks, byLanguage, atMost }: Shape) => {
	const where = and(
		inSpacesOf(entrancePlaceholders),
		shownTopics,
		notBlockedHere(blocks, 'topics'),
		// A deleted question has no title any more.
		sql`${topics.title} <> ''`,
		byLanguage ? readable : undefined,
	)
	const along = { where, order: topics.lastPostAt, turn: desc, atMost }
	const picked = walk(along, byLanguage ? 'all' : 'readable').as('picked')
	return planOnce
		.select({
			id: topics.id,
			spaceId: topics.spaceId,
			spaceNames: spaces.names,
			title: topics.title,
			lang: topics.lang,
			dir: topics.dir,
			...countsFor(blocks),
		})
		.from(picked)
		.innerJoin(topics, eq(topics.id, picked.id))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.orderBy(desc(picked.at), desc(picked.id))
		.prepare('latest_topics')
})

/**
 * Questions with the latest activity in the languages she reads or speaks, and in that of her pages. One query, or two
 * where there are hardly any.
 */
export async function latestTopics(actor: Actor, locale: string, limit: number) {
	const shape = { blocks: actor.blocked.length > 0, atMost: limit }
	const asked = {
		...entranceOf(actor),
		blocked: pgArray(actor.blocked),
		languages: pgArray(languagesOf(actor, locale)),
	}
	const walked = await findLatest({ ...shape, byLanguage: false }).execute(asked)
	const rows =
		walked.length === limit ? walked : await findLatest({ ...shape, byLanguage: true }).execute(asked)
	return inShownOrder(actor, rows).map(({ spaceNames, ...topic }) => ({
		...topic,
		space: saidTo(actor, locale, spaceNames),
	}))
}

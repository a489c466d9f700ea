import { and, arrayOverlaps, desc, eq, gt, isNull, ne } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaces, topics } from '~/db/schema/forum'
import { mayEnter } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { notBlocked } from './access.server'
import { saidTo } from './spaces.server'
import { countsFor, inShownOrder } from './topic-rows.server'

/** Questions with the latest activity in the languages she reads or speaks, and in that of her pages; one query. */
export async function latestTopics(actor: Actor, locale: string, limit: number) {
	const languages = [...new Set([...actor.reads, ...actor.speaks, locale])]
	const rows = await db
		.select({
			id: topics.id,
			spaceId: topics.spaceId,
			spaceNames: spaces.names,
			title: topics.title,
			lang: topics.lang,
			dir: topics.dir,
			...countsFor(actor),
		})
		.from(topics)
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.where(
			and(
				isNull(topics.hiddenAt),
				isNull(topics.mergedInto),
				// A deleted question has no title any more.
				ne(topics.title, ''),
				gt(topics.visiblePosts, 0),
				arrayOverlaps(topics.langs, languages),
				mayEnter(actor),
				notBlocked(actor, 'topics'),
			),
		)
		.orderBy(desc(topics.lastPostAt), desc(topics.id))
		.limit(limit)
	return inShownOrder(actor, rows).map(({ spaceNames, ...topic }) => ({
		...topic,
		space: saidTo(actor, locale, spaceNames),
	}))
}

import { eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaces, topics } from '~/db/schema/forum'
import { topicReaders } from '~/db/schema/reading'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { herReading, mayRead, reach, topicColumns } from './access.server'
import { draftPlace } from './drafts.server'
import { readPosts } from './posts.server'
import { topicTrace } from './tools/trace.server'
import { type PostTranslations, translationsFor } from './translation/reading.server'
import { begunAt, goOnWriting } from './writing.server'

/** A topic she may read, what she has begun to write in it, and whether moderators did something to it. */
const findHead = db
	.select({
		...topicColumns,
		begun: begunAt(sql`${topics.spaceId}`, sql`${draftPlace.answer('')}::text || ${topics.id}`),
		traced: sql<boolean>`exists (select 1 from topic_events e where e.topic_id = ${topics.id})`,
	})
	.from(topics)
	.innerJoin(spaces, eq(spaces.id, topics.spaceId))
	.leftJoin(topicReaders, herReading)
	.where(mayRead)
	.prepare('topic_head')

const NOTHING_YET: PostTranslations = { versions: [], wishes: [] }

async function readHead(actor: Actor, ids: { space: string; topic: string }) {
	const [head] = isUuid(ids.topic) && isUuid(ids.space) ? await findHead.execute(reach(actor, ids.topic)) : []
	if (!head) throw new AppError('not-found')
	return head
}

/**
 * All that a topic's page shows, in three queries with her session, and one each for translations, what moderators did and
 * the post to answer, where there are any. `asked` is what stands after the address: `from` (the post to begin with),
 * `reply` or `quote` (the post to answer), `told` (what just happened). Throws `not-found`, and leads on where a moderator
 * moved or merged it.
 */
export async function readTopicPage(
	actor: Actor,
	locale: string,
	ids: { space: string; topic: string },
	asked: URLSearchParams,
) {
	const from = asked.get('from') ?? asked.get('after')
	const { begun, traced, ...found } = await readHead(actor, ids)
	const { translated, ...shown } = await readPosts(actor, locale, { found, space: ids.space, from })
	const [spaceId, topicId] = [shown.space.id, shown.topic.id]
	const reply = { topicId, post: asked.get('quote') ?? asked.get('reply'), quote: asked.has('quote') }
	const [writing, translations, trace] = await Promise.all([
		goOnWriting(actor, locale, { place: draftPlace.answer(topicId), spaceId, reply }, begun),
		translationsFor(actor, locale, translated, spaceId),
		traced ? topicTrace(actor, locale, topicId) : [],
	])
	const path = `/forum/${spaceId}/${topicId}`
	// Where there is nothing yet she can ask for it; of a deleted post she cannot.
	const nothingYet = shown.posts.filter(({ deleted }) => !deleted).map(({ id }) => [id, NOTHING_YET])
	return {
		...shown,
		writing,
		translations: { ...translations, of: { ...Object.fromEntries(nothingYet), ...translations.of } },
		trace,
		here: from ? `${path}?from=${encodeURIComponent(from)}` : path,
		told: asked.get('told'),
	}
}

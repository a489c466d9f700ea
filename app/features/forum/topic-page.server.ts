import type { Actor } from '~/platform/actor'
import { draftPlace } from './drafts.server'
import { readTopic } from './posts.server'
import { topicTrace } from './tools/trace.server'
import { translationsFor } from './translation/reading.server'
import { startWriting } from './writing.server'

/**
 * All that a topic's page shows, in at most six queries with her session. `asked` is what stands after the address:
 * `from` (the post to begin with), `reply` or `quote` (the post to answer), `told` (what just happened). Throws
 * `not-found`, and leads on where a moderator moved or merged it.
 */
export async function readTopicPage(
	actor: Actor,
	locale: string,
	ids: { space: string; topic: string },
	asked: URLSearchParams,
) {
	const from = asked.get('from') ?? asked.get('after')
	const shown = await readTopic(actor, locale, ids, from)
	const [spaceId, topicId] = [shown.space.id, shown.topic.id]
	const reply = { topicId, post: asked.get('quote') ?? asked.get('reply'), quote: asked.has('quote') }
	const [writing, translations, trace] = await Promise.all([
		startWriting(actor, locale, { place: draftPlace.answer(topicId), spaceId, reply }),
		translationsFor(actor, locale, shown.posts, spaceId),
		topicTrace(actor, locale, topicId),
	])
	const path = `/forum/${spaceId}/${topicId}`
	return {
		...shown,
		writing,
		translations,
		trace,
		here: from ? `${path}?from=${encodeURIComponent(from)}` : path,
		told: asked.get('told'),
	}
}

import { desc, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { type Translated, topicEvents } from '~/db/schema/forum'
import { mayEnter } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { notBlocked } from '../access.server'
import { saidTo } from '../spaces.server'

/** The latest steps; nobody needs the whole history above a conversation. */
const EVENTS_SHOWN = 10

interface OtherTopic {
	id: string
	spaceId: string
	title: string
	lang: string
	dir: 'ltr' | 'rtl'
	merged: boolean
}

/**
 * What moderators did to a topic, the oldest first and without their names; one query. Of other topics and spaces it
 * speaks only to those who may see them.
 */
export async function topicTrace(actor: Actor, locale: string, topicId: string) {
	const rows = await db
		.select({
			id: topicEvents.id,
			kind: topicEvents.kind,
			at: topicEvents.at,
			// Written out: over one table drizzle leaves table names away.
			other: sql<OtherTopic | null>`(
				select json_build_object('id', topics.id, 'spaceId', topics.space_id, 'title', topics.title,
					'lang', topics.lang, 'dir', topics.dir, 'merged', topics.merged_into is not null)
				from topics join spaces on spaces.id = topics.space_id
				where topics.id = topic_events.other_topic_id and topics.hidden_at is null
					and ${mayEnter(actor)} and ${notBlocked(actor, 'topics') ?? sql`true`})`,
			from: sql<Translated | null>`(
				select spaces.names from spaces where spaces.id = topic_events.from_space_id and ${mayEnter(actor)})`,
		})
		.from(topicEvents)
		.where(eq(topicEvents.topicId, topicId))
		.orderBy(desc(topicEvents.at), desc(topicEvents.id))
		.limit(EVENTS_SHOWN)
	return rows
		.toReversed()
		.map(({ from, ...event }) => ({ ...event, fromSpace: from ? saidTo(actor, locale, from).text : null }))
}

export type TraceEvent = Awaited<ReturnType<typeof topicTrace>>[number]

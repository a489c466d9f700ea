import { asc, inArray, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { spaces, topicEvents, topics } from '~/db/schema/forum'
import { type Actor, moderates } from '~/platform/actor'
import type { CommandContext } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { accessTopic } from '../access.server'

type Why = 'moved' | 'merged' | 'otherChanged' | 'postsChanged'
type WhyNot = 'alreadyThere' | 'closed' | 'manyPinned' | 'alias' | 'question'

/** Another moderator was faster, or the topic is no longer what her page showed. */
export const outdated = (why: Why) =>
	new AppError('conflict', { fields: { '': `forum:manage.refused.${why}` } })

/** What this tool does not do. */
export const refused = (why: WhyNot) =>
	new AppError('invalid', { fields: { '': `forum:manage.refused.${why}` } })

/**
 * A topic that she moderates. Throws `not-found` for everyone else, as if there were no such page, and `conflict` where
 * it was moved or merged since her page was made.
 */
export async function accessManaged(actor: Actor, ids: { space: string; topic: string }) {
	const found = await accessTopic(actor, ids.space, ids.topic)
	if (!moderates(actor, ids.space)) throw new AppError('not-found')
	if (found.topic.spaceId !== ids.space) throw outdated('moved')
	if (found.topic.mergedInto) throw outdated('merged')
	return found
}

const state = {
	id: topics.id,
	spaceId: topics.spaceId,
	alias: topics.alias,
	postSeq: topics.postSeq,
	pinnedAt: topics.pinnedAt,
	lockedAt: topics.lockedAt,
	answeredBy: topics.answeredBy,
	hiddenAt: topics.hiddenAt,
	mergedInto: topics.mergedInto,
}

/** Locks topics as they are now, always in one order: two moderators merging the same two must not wait for each other. */
async function lockTopics(tx: Tx, ids: string[]) {
	const rows = await tx
		.select(state)
		.from(topics)
		.where(inArray(topics.id, ids))
		.orderBy(asc(topics.id))
		.for('update')
	return new Map(rows.map((row) => [row.id, row]))
}

export type LockedTopic = NonNullable<ReturnType<Awaited<ReturnType<typeof lockTopics>>['get']>>

/** The topic of her form, locked, as long as it is where her page showed it. Throws `conflict`, `not-found`. */
export async function lockManaged(tx: Tx, ids: { space: string; topic: string }, others: string[] = []) {
	const locked = await lockTopics(tx, [ids.topic, ...others])
	const topic = locked.get(ids.topic)
	if (!topic || topic.hiddenAt) throw new AppError('not-found')
	if (topic.mergedInto) throw outdated('merged')
	if (topic.spaceId !== ids.space) throw outdated('moved')
	return { topic, others: others.map((id) => locked.get(id)) }
}

type Doors = Pick<typeof spaces.$inferSelect, 'id' | 'access' | 'organisationId'>

/**
 * Whether words written in one space may go to another. What was written for a closed circle stays in it: nobody who
 * could not read it then is let in by a moderator's tool.
 */
export const mayGo = (from: Doors, to: Doors) =>
	from.id === to.id ||
	from.access === 'everyone' ||
	(from.access !== 'invited' && from.access === to.access && from.organisationId === to.organisationId)

/** Two spaces with their doors. Throws `invalid` where words may not go from the one to the other. */
export async function assertMayGo(tx: Tx, from: string, to: string) {
	const rows = await tx
		.select({ id: spaces.id, access: spaces.access, organisationId: spaces.organisationId })
		.from(spaces)
		.where(inArray(spaces.id, [from, to]))
	const doors = new Map(rows.map((row) => [row.id, row]))
	if (!mayGo(doors.get(from)!, doors.get(to)!)) throw refused('closed')
}

type Event = Omit<typeof topicEvents.$inferInsert, 'actorId'>

/** Writes the topic's trace and the audit log, in the same transaction as the change. */
export async function record(
	{ actor, tx, audit }: Pick<CommandContext<Actor, unknown>, 'actor' | 'tx' | 'audit'>,
	...events: Event[]
) {
	await tx
		.insert(topicEvents)
		.values(events.map((event) => ({ ...event, actorId: actor.id, at: sql`clock_timestamp()` })))
	for (const { kind, topicId } of events)
		await audit({ action: `topic.${kind}`, subjectKind: 'topic', subjectId: topicId })
}

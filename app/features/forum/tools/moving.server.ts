import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { topics } from '~/db/schema/forum'
import { cases } from '~/db/schema/moderation'
import { moderates } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { accessSpace } from '../access.server'
import { accessManaged, assertMayGo, lockManaged, record, refused } from './managing.server'
import { Move } from './tools.schema'

/** Reports on posts of a topic and their translations go where it goes: its moderators look at them from now on. */
export const moveCases = (tx: Tx, topicId: string, spaceId: string) =>
	tx
		.update(cases)
		.set({ spaceId })
		.where(
			and(
				eq(cases.status, 'open'),
				sql`((${cases.subjectKind} = 'post' and ${cases.subjectId} in (
						select p.id from posts p where p.topic_id = ${topicId}::uuid))
					or (${cases.subjectKind} = 'translation' and ${cases.subjectId} in (
						select r.id from translations r join posts p on p.id = r.post_id where p.topic_id = ${topicId}::uuid)))`,
			),
		)

/**
 * Moves a topic to another space that she moderates too. Of two who move it at once the first wins: the form names the
 * space its page showed. Returns the new address.
 */
export const moveTopic = command({
	input: Move,
	limit: 'moderation.decide',
	async access(actor, input) {
		const found = await accessManaged(actor, input)
		const wrong = new AppError('invalid', { fields: { to: 'forum:manage.wrong.space' } })
		if (!moderates(actor, input.to)) throw wrong
		await accessSpace(actor, input.to).catch((error: unknown) => {
			throw error instanceof AppError ? wrong : error
		})
		return found
	},
	async run({ input, tx, ...context }) {
		const { topic } = await lockManaged(tx, input)
		if (topic.spaceId === input.to) throw refused('alreadyThere')
		await assertMayGo(tx, topic.spaceId, input.to)
		// What stands first in one space need not in another.
		await tx.update(topics).set({ spaceId: input.to, pinnedAt: null }).where(eq(topics.id, topic.id))
		await moveCases(tx, topic.id, input.to)
		await record({ ...context, tx }, { topicId: topic.id, kind: 'moved', fromSpaceId: topic.spaceId })
		return `/forum/${input.to}/${topic.id}`
	},
})

import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { topics } from '~/db/schema/forum'
import { command } from '~/platform/command.server'
import { accessManaged, lockManaged, record, refused } from './managing.server'
import { Mark } from './tools.schema'

/** What stands above the list of a space must leave the list in sight. */
const PINNED_AT_MOST = 10

const CHANGES = {
	pin: { kind: 'pinned', column: 'pinnedAt', set: true },
	unpin: { kind: 'unpinned', column: 'pinnedAt', set: false },
	lock: { kind: 'locked', column: 'lockedAt', set: true },
	unlock: { kind: 'unlocked', column: 'lockedAt', set: false },
} as const

/** Pins or locks a topic, or takes it back. What is so already stays so, without a second trace of it. */
export const markTopic = command({
	input: Mark,
	limit: 'moderation.decide',
	access: accessManaged,
	async run({ input, tx, ...context }) {
		const { topic } = await lockManaged(tx, input)
		const { kind, column, set } = CHANGES[input.intent]
		if ((topic[column] !== null) === set) return
		if (input.intent === 'pin') {
			const pinned = await tx.$count(
				topics,
				and(eq(topics.spaceId, topic.spaceId), isNotNull(topics.pinnedAt)),
			)
			if (pinned >= PINNED_AT_MOST) throw refused('manyPinned')
		}
		await tx
			.update(topics)
			.set({ [column]: set ? sql`now()` : null })
			.where(eq(topics.id, topic.id))
		await record({ ...context, tx }, { topicId: topic.id, kind })
	},
})

import { eq } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { messageReactions, messageWishes } from '~/db/schema/chat-marks'
import type { Reaction } from '~/features/chat/chat.limits'
import type { ExampleLine } from './texts.server'

interface Talk {
	roomId: string
	/** Of the lines, in their order. */
	messageIds: string[]
	lines: ExampleLine[]
	memberOf(letter: string): string
}

/** Writes what was put under messages; as in life, what has something under it was changed, and has a number for that. */
export async function writeMarks(tx: Tx, { roomId, messageIds, lines, memberOf }: Talk) {
	let seq = lines.length
	for (const [at, { signs = {}, wanted = {} }] of lines.entries()) {
		const messageId = messageIds[at]!
		const given = Object.entries(signs).flatMap(([kind, by]) =>
			by.map((letter) => ({ messageId, memberId: memberOf(letter), kind: kind as Reaction })),
		)
		const asked = Object.entries(wanted).flatMap(([lang, by]) =>
			by.map((letter) => ({ messageId, memberId: memberOf(letter), lang })),
		)
		if (given.length + asked.length === 0) continue
		seq += 1
		if (given.length > 0) await tx.insert(messageReactions).values(given)
		if (asked.length > 0) await tx.insert(messageWishes).values(asked)
		await tx.update(messages).set({ changedSeq: seq }).where(eq(messages.id, messageId))
	}
	await tx.update(rooms).set({ seq }).where(eq(rooms.id, roomId))
}

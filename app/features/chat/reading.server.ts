import { lt } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { roomMarks } from '~/db/schema/chat-marks'
import { command } from '~/platform/command.server'
import { ReadRoom } from './chat.schema'
import { accessRoom } from './rooms.server'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** Somebody has read further in a private room. */
		'chat:read': { roomId: string }
	}
}

/**
 * Remembers how far she has read in a room, never backwards: for herself, and in a private room where everyone has turned
 * signs on for the others, too. Throws `not-found`.
 */
export const markRead = command({
	input: ReadRoom,
	limit: 'chat.reading',
	access: (actor, input) => accessRoom(db, actor, input.room),
	async run({ actor, input, found: room, tx, publish }) {
		// What she cannot have seen yet she has not read.
		const seq = Math.min(input.seq, room.seq)
		const moved = await tx
			.insert(roomMarks)
			.values({ roomId: room.id, memberId: actor.id, seq })
			.onConflictDoUpdate({
				target: [roomMarks.roomId, roomMarks.memberId],
				set: { seq },
				setWhere: lt(roomMarks.seq, seq),
			})
			.returning({ seq: roomMarks.seq })
		if (room.kind === 'private' && moved.length > 0) publish({ name: 'chat:read', roomId: room.id })
	},
})

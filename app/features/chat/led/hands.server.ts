import { and, eq, isNull, sql } from 'drizzle-orm'
import { roomMembers, roomSessions } from '~/db/schema/chat'
import { command } from '~/platform/command.server'
import { AnyRoom } from '../chat.schema'
import { accessSession, ofMember, refused, tellChange } from './access.server'

/** She would like to speak. Her place in the queue is that of the first time. */
export const raiseHand = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input, tx, publish }) {
		const { id, state, seat } = await accessSession(tx, actor, input.room)
		if (state === 'ended') throw refused('ended', 'forbidden')
		if (seat.mutedUntil && seat.mutedUntil > new Date()) throw refused('muted', 'forbidden')
		const raised = await tx
			.update(roomMembers)
			// Not now(): two who raise it at once are told apart by who held the room first.
			.set({ handAt: sql`clock_timestamp()` })
			.where(and(ofMember(id, actor.id), isNull(roomMembers.handAt)))
			.returning()
		if (raised.length > 0) await tellChange(tx, id, publish)
	},
})

/** She takes her hand down; if it is her turn, she has finished. */
export const lowerHand = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input, tx, publish }) {
		const { id, seat, speakerId } = await accessSession(tx, actor, input.room)
		if (seat.handAt === null && speakerId !== actor.id) return
		await tx.update(roomMembers).set({ handAt: null }).where(ofMember(id, actor.id))
		if (speakerId === actor.id) {
			await tx.update(roomSessions).set({ speakerId: null }).where(eq(roomSessions.roomId, id))
		}
		await tellChange(tx, id, publish)
	},
})

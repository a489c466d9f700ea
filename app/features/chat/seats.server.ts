import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { roomMembers, rooms } from '~/db/schema/chat'
import type { DomainEvent } from '~/platform/bus.server'
import { goOut, nextSeq } from './rooms.server'
import { endSigns } from './signs/ending.server'
import { areOn } from './signs/people.server'

type Publish = (event: DomainEvent) => void

interface Place {
	roomId: string
	memberId: string
}

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** A private room that was closed is written in again. */
		'chat:reopened': { roomId: string; seq: number }
	}
}

/** Before anything in the room: everyone who changes it takes this lock first. */
const holdRoom = (tx: Tx, id: string) =>
	tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, id)).for('no key update')

/**
 * Lets a third one into a private room, inside the transaction of what she is there for: she reads and writes in it
 * like the two, until `unseatGuest`.
 */
export async function seatGuest(tx: Tx, { roomId, memberId }: Place, publish: Publish) {
	await holdRoom(tx, roomId)
	const before = await areOn(tx, roomId)
	await tx
		.insert(roomMembers)
		.values({ roomId, memberId, role: 'guest' })
		.onConflictDoUpdate({
			target: [roomMembers.roomId, roomMembers.memberId],
			set: { joinedAt: sql`now()`, leftAt: null },
			setWhere: eq(roomMembers.role, 'guest'),
		})
	// The two agreed to signs between the two.
	await endSigns(tx, roomId)
	if (before) publish({ name: 'chat:signs', roomId, seq: await nextSeq(tx, roomId) })
}

/** Takes a guest out again, also out of her open page: from then on the room is not there for her. */
export async function unseatGuest(tx: Tx, { roomId, memberId }: Place, publish: Publish) {
	await holdRoom(tx, roomId)
	const seat = and(
		eq(roomMembers.roomId, roomId),
		eq(roomMembers.memberId, memberId),
		eq(roomMembers.role, 'guest'),
		isNull(roomMembers.leftAt),
	)
	// She may have left it herself.
	if ((await tx.$count(roomMembers, seat)) > 0) await goOut(tx, { roomId, memberId }, publish)
}

/** Opens a private room again that was closed for a while, inside the transaction that decides it. */
export async function reopenPrivateRoom(tx: Tx, roomId: string, publish: Publish) {
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: null, seq: sql`${rooms.seq} + 1` })
		.where(and(eq(rooms.id, roomId), eq(rooms.kind, 'private'), isNotNull(rooms.closedAt)))
		.returning({ seq: rooms.seq })
	if (room) publish({ name: 'chat:reopened', roomId, seq: room.seq })
}

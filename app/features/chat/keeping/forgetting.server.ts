import { and, eq, isNull } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { messages, roomMembers } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { roomMarks } from '~/db/schema/chat-marks'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import type { RoomKind } from '../chat.policy'
import { AnyRoom } from '../chat.schema'
import { goOutOfCircle } from '../circles/leaving.server'
import { findSeat, refused } from '../led/access.server'
import { goOutOfSession } from '../led/doors.server'
import { accessRoom, accessRoomToChange, goOut, nextSeq, readRoomHead } from '../rooms.server'
import { eraseWords } from './erasing.server'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** A member's words are gone from a room; `seq` comes after the numbers they took, so that screens ask for those. */
		'chat:erased': { roomId: string; seq: number }
	}
}

interface Place {
	roomId: string
	memberId: string
}

type Publish = (event: DomainEvent) => void
type Leaving = (tx: Tx, place: Place, publish: Publish) => Promise<void>

/** How she goes out of each kind of room; an open one needs no leaving. */
const LEAVING: Record<Exclude<RoomKind, 'open'>, Leaving> = {
	private: goOut,
	session: goOutOfSession,
	circle: goOutOfCircle,
}

const forgetMark = (tx: Tx, { roomId, memberId }: Place) =>
	tx.delete(roomMarks).where(and(eq(roomMarks.roomId, roomId), eq(roomMarks.memberId, memberId)))

/** That she was ever there. What a host has decided about her in a session that goes on stays until it ends. */
const forgetSeat = (tx: Tx, { roomId, memberId }: Place) =>
	tx.delete(roomMembers).where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.memberId, memberId)))

/**
 * Leaves a room and takes everything with her that she said in it; an open one she needs not leave. Cannot be taken back.
 * Throws `not-found`, and `conflict` for the first host of a session that goes on.
 */
export const forgetMe = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input, tx, publish }): Promise<{ kind: RoomKind }> {
		const { id, kind, closed } = await accessRoomToChange(tx, actor, input.room)
		const place = { roomId: id, memberId: actor.id }
		if (kind === 'session' && !closed && (await findSeat(tx, id, actor.id))?.role === 'host') {
			throw refused('handOverFirst')
		}
		const erased = await eraseWords(tx, place)
		await forgetMark(tx, place)
		if (kind !== 'open') await LEAVING[kind](tx, place, publish)
		else if (erased > 0) publish({ name: 'chat:erased', roomId: id, seq: await nextSeq(tx, id) })
		if (kind === 'circle' || (kind === 'session' && closed)) await forgetSeat(tx, place)
		return { kind }
	},
})

/** What the page that warns before says. Throws `not-found`. */
export async function readForgetting(actor: Actor, id: string | undefined, locale: string) {
	const room = await accessRoom(db, actor, id)
	const { kind, name, other } = await readRoomHead(actor, room.id, locale)
	const hers = and(
		eq(messages.roomId, room.id),
		eq(messages.authorId, actor.id),
		isNull(messages.removedAt),
		isNull(messages.hiddenAt),
	)
	const waiting = and(eq(heldMessages.roomId, room.id), eq(heldMessages.authorId, actor.id))
	const count = (await db.$count(messages, hers)) + (await db.$count(heldMessages, waiting))
	return { room: { id: room.id, kind, name, other }, count }
}

import { and, asc, eq, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { roomDoors, roomMembers, roomSessions } from '~/db/schema/chat'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { AnyRoom } from '../chat.schema'
import { nextSeq } from '../rooms.server'
import { accessDoor, accessLed, accessSession, type Publish, refused, tellChange } from './access.server'
import { doorsAt } from './session.policy'
import { OneInIt, SetDoors } from './session.schema'

interface Place {
	roomId: string
	memberId: string
}

/**
 * Gives her a place if there is one; hosts take none. The count stands in the write, and the room is held: of two who
 * come at once to the last place one has it.
 */
async function seat(tx: Tx, { id, size }: { id: string; size: number }, memberId: string): Promise<boolean> {
	const [seated] = await tx.execute(sql`
		insert into room_members (room_id, member_id)
		select ${id}::uuid, m.id from members m where m.id = ${memberId}::uuid and m.status = 'active'
			and (select count(*) from room_members s
				where s.room_id = ${id}::uuid and s.role = 'member' and s.left_at is null) < ${size}
		on conflict (room_id, member_id) do update
			set left_at = null, joined_at = now(), role = 'member', hand_at = null
			where room_members.left_at is not null
		returning member_id`)
	if (!seated) return false
	await forgetWaiting(tx, { roomId: id, memberId })
	return true
}

const waitingOf = (roomId: string) => and(eq(roomDoors.roomId, roomId), eq(roomDoors.state, 'waiting'))

const forgetWaiting = (tx: Tx, { roomId, memberId }: Place) =>
	tx
		.delete(roomDoors)
		.where(and(waitingOf(roomId), eq(roomDoors.memberId, memberId)))
		.returning()

/** She comes: she is in where the doors stand open, and waits where there is a lobby. Twice is once. */
export const come = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input, tx, publish }): Promise<'in' | 'waiting'> {
		if (actor.status !== 'active') throw new AppError('not-found')
		const session = await accessDoor(tx, actor, input.room)
		if (session.seat) return 'in'
		if (session.state === 'ended') throw refused('ended')
		const doors = doorsAt(session, new Date())
		if (doors === 'closed') throw refused('doorsClosed')
		if (doors === 'lobby') return wait(tx, { roomId: session.id, memberId: actor.id }, publish)
		if (!(await seat(tx, session, actor.id))) throw refused('full')
		await tellChange(tx, session.id, publish)
		return 'in'
	},
})

async function wait(tx: Tx, place: Place, publish: Publish) {
	const [waits] = await tx
		.insert(roomDoors)
		.values({ ...place, state: 'waiting' })
		.onConflictDoNothing()
		.returning()
	if (waits) await tellChange(tx, place.roomId, publish)
	return 'waiting' as const
}

/** She waits no longer. */
export const goAway = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input, tx, publish }) {
		const session = await accessDoor(tx, actor, input.room)
		const gone = await forgetWaiting(tx, { roomId: session.id, memberId: actor.id })
		if (gone.length > 0) await tellChange(tx, session.id, publish)
	},
})

/** A host lets one in who waits. Letting her in twice is once; of one who is gone it is told. */
export const letIn = command({
	input: OneInIt,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }) {
		const session = await accessLed(tx, actor, input.room)
		const place = { roomId: session.id, memberId: input.member }
		const waits = await tx.$count(roomDoors, and(waitingOf(session.id), eq(roomDoors.memberId, input.member)))
		if (waits === 0) {
			if (await isIn(tx, place)) return
			throw refused('gone')
		}
		if (!(await seat(tx, session, input.member))) throw refused('full')
		await tellChange(tx, session.id, publish)
	},
})

const isIn = async (tx: Tx, { roomId, memberId }: Place) =>
	(await tx.$count(
		roomMembers,
		sql`room_id = ${roomId}::uuid and member_id = ${memberId}::uuid and left_at is null`,
	)) > 0

/** A host lets in everyone she sees waiting, longest first, as far as there are places. Returns how many. */
export const letAllIn = command({
	input: AnyRoom,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }): Promise<number> {
		const session = await accessLed(tx, actor, input.room)
		const waiting = await tx
			.select({ memberId: roomDoors.memberId })
			.from(roomDoors)
			.where(and(waitingOf(session.id), notInArray(roomDoors.memberId, [...actor.blocked, actor.id])))
			.orderBy(asc(roomDoors.at), asc(roomDoors.memberId))
		let seated = 0
		for (const { memberId } of waiting) if (await seat(tx, session, memberId)) seated += 1
		if (waiting.length > 0 && seated === 0) throw refused('full')
		if (seated > 0) await tellChange(tx, session.id, publish)
		return seated
	},
})

/** A host does not let one in. She may come again. */
export const turnAway = command({
	input: OneInIt,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }) {
		const session = await accessLed(tx, actor, input.room)
		const gone = await forgetWaiting(tx, { roomId: session.id, memberId: input.member })
		if (gone.length > 0) await tellChange(tx, session.id, publish)
	},
})

/** A host sets how women come in. Whoever waits goes on waiting. */
export const setDoors = command({
	input: SetDoors,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }) {
		const session = await accessLed(tx, actor, input.room)
		if (session.doors === input.doors) return
		await tx.update(roomSessions).set({ doors: input.doors }).where(eq(roomSessions.roomId, session.id))
		await tellChange(tx, session.id, publish)
	},
})

/** Takes a member out of a session that the transaction holds, and off its open pages. */
export async function goOutOfSession(tx: Tx, { roomId, memberId }: Place, publish: Publish) {
	await tx
		.update(roomMembers)
		.set({ leftAt: sql`now()`, handAt: null })
		.where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.memberId, memberId)))
	await tx
		.update(roomSessions)
		.set({ speakerId: null })
		.where(and(eq(roomSessions.roomId, roomId), eq(roomSessions.speakerId, memberId)))
	publish({ name: 'chat:left', roomId, memberId, seq: await nextSeq(tx, roomId), alone: false })
	await tellChange(tx, roomId, publish)
}

/** She leaves a session; she may come again through its doors. A first host hands it over before, or ends it. */
export const leaveSession = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input, tx, publish }) {
		const { id, seat: hers, state } = await accessSession(tx, actor, input.room)
		if (hers.role === 'host' && state !== 'ended') throw refused('handOverFirst')
		await goOutOfSession(tx, { roomId: id, memberId: actor.id }, publish)
	},
})

import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { roomDoors, roomMembers, rooms } from '~/db/schema/chat'
import type { Translated } from '~/db/schema/forum'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { AnyRoom } from '../chat.schema'
import { accessCircle, accessHosted, findCircle, type Publish, refused, seatOf } from './access.server'
import { CIRCLE } from './circle.limits'
import { OneInCircle, OpenCircle } from './circle.schema'
import { lapseInvitations } from './invitations.server'
import { goOutOfCircle } from './leaving.server'

/** Opens a circle that is hers to look after. Sent twice it is one. Throws `forbidden` for whoever is not active. */
export const openCircle = command({
	input: OpenCircle,
	limit: 'circle.open',
	async run({ actor, input: { key, name, language }, tx }): Promise<{ id: string }> {
		if (actor.status !== 'active') throw new AppError('forbidden')
		const [room] = await tx
			.insert(rooms)
			.values({
				id: key,
				kind: 'circle',
				names: { [language]: name } as Translated,
				languages: [language],
				keepDays: CIRCLE.keepDays,
			})
			.onConflictDoNothing()
			.returning({ id: rooms.id })
		if (!room) {
			const { id } = await findCircle(tx, actor, key)
			return { id }
		}
		await tx.insert(roomMembers).values({ roomId: room.id, memberId: actor.id, role: 'host' })
		return room
	},
})

/** Takes one out: at once, and for her the circle is not there any more. Where she is not in it nothing happens. */
export const takeOut = command({
	input: OneInCircle,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }) {
		const circle = await accessHosted(tx, actor, input.room)
		if (input.member === actor.id) throw new AppError('forbidden')
		const here = await tx.$count(roomMembers, seatOf(circle.id, input.member))
		if (here === 0) return
		await goOutOfCircle(tx, { roomId: circle.id, memberId: input.member }, publish)
		const removed = { state: 'removed' as const, byId: actor.id, at: sql`now()` }
		await tx
			.insert(roomDoors)
			.values({ roomId: circle.id, memberId: input.member, ...removed })
			.onConflictDoUpdate({ target: [roomDoors.roomId, roomDoors.memberId], set: removed })
	},
})

const setRole = (tx: Tx, roomId: string, memberId: string, role: 'host' | 'member') =>
	tx.update(roomMembers).set({ role }).where(seatOf(roomId, memberId))

/** Hands the circle on to one of them, and stays as one. Whoever she has invited and who has not answered is so no more. */
export const handOn = command({
	input: OneInCircle,
	limit: 'chat.lead',
	async run({ actor, input, tx }) {
		const circle = await accessHosted(tx, actor, input.room)
		if (input.member === actor.id) return
		const able = and(
			seatOf(circle.id, input.member),
			sql`exists (select 1 from members m where m.id = room_members.member_id and m.status = 'active')`,
		)
		if ((await tx.$count(roomMembers, able)) === 0) throw refused('gone')
		await setRole(tx, circle.id, actor.id, 'member')
		await setRole(tx, circle.id, input.member, 'host')
		await lapseInvitations(tx, circle.id)
	},
})

/** Closes a circle inside a transaction that holds its room: each can read it until she leaves, nobody writes any more. */
export async function closeRoom(tx: Tx, roomId: string, publish: Publish) {
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: sql`now()`, seq: sql`${rooms.seq} + 1` })
		.where(and(eq(rooms.id, roomId), eq(rooms.kind, 'circle'), isNull(rooms.closedAt)))
		.returning({ seq: rooms.seq })
	if (room) publish({ name: 'chat:closed', roomId, seq: room.seq })
}

/** Opens it again. */
export async function reopenRoom(tx: Tx, roomId: string, publish: Publish) {
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: null, seq: sql`${rooms.seq} + 1` })
		.where(and(eq(rooms.id, roomId), eq(rooms.kind, 'circle'), isNotNull(rooms.closedAt)))
		.returning({ seq: rooms.seq })
	if (room) publish({ name: 'chat:reopened', roomId, seq: room.seq })
}

/** Closes a circle of hers. */
export const closeCircle = command({
	input: AnyRoom,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }) {
		const circle = await accessHosted(tx, actor, input.room)
		await closeRoom(tx, circle.id, publish)
		await lapseInvitations(tx, circle.id)
	},
})

/** Leaves a circle. If it was hers to look after, it is now the one's who has been in it longest. */
export const leaveCircle = command({
	input: AnyRoom,
	limit: 'chat.door',
	async run({ actor, input, tx, publish }) {
		const circle = await accessCircle(tx, actor, input.room)
		await goOutOfCircle(tx, { roomId: circle.id, memberId: actor.id }, publish)
	},
})

import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { roomMembers, rooms } from '~/db/schema/chat'
import { nextSeq } from '../rooms.server'
import { type Publish, seatOf } from './access.server'
import { lapseInvitations } from './invitations.server'

interface Place {
	roomId: string
	memberId: string
}

/** Where nobody looks after a circle, whoever has been in it longest does now. */
async function promote(tx: Tx, roomId: string) {
	await tx.execute(sql`
		update room_members set role = 'host' where room_id = ${roomId}::uuid and left_at is null
		and not exists (select 1 from room_members h where h.room_id = ${roomId}::uuid and h.role = 'host' and h.left_at is null)
		and member_id = (select c.member_id from room_members c join members m on m.id = c.member_id and m.status = 'active'
			where c.room_id = ${roomId}::uuid and c.left_at is null order by c.joined_at, c.member_id limit 1)`)
}

/** Deletes a circle that nobody is in any more; with a message under an open case it waits for the decision. */
export const deleteIfEmpty = (tx: Tx, roomId: string) =>
	tx.delete(rooms).where(
		and(
			eq(rooms.id, roomId),
			eq(rooms.kind, 'circle'),
			sql`not exists (select 1 from room_members m where m.room_id = rooms.id and m.left_at is null)`,
			sql`not exists (select 1 from cases c where c.status = 'open' and (
				(c.subject_kind = 'circle' and c.subject_id = rooms.id)
				or (c.subject_kind = 'message' and c.subject_id in (select s.id from messages s where s.room_id = rooms.id))))`,
		),
	)

/** Takes a member out of a circle that the transaction holds, and off its open pages. The last one takes it with her. */
export async function goOutOfCircle(tx: Tx, { roomId, memberId }: Place, publish: Publish) {
	const [seat] = await tx.select({ role: roomMembers.role }).from(roomMembers).where(seatOf(roomId, memberId))
	await tx.update(roomMembers).set({ leftAt: sql`now()`, role: 'member' }).where(seatOf(roomId, memberId))
	publish({ name: 'chat:left', roomId, memberId, seq: await nextSeq(tx, roomId), alone: false })
	if (seat?.role === 'host') await lapseInvitations(tx, roomId)
	await promote(tx, roomId)
	await deleteIfEmpty(tx, roomId)
}

/** Takes a member whose account goes out of all her circles. */
export async function leaveCircles(tx: Tx, memberId: string, publish: Publish) {
	const hers = await tx
		.select({ id: rooms.id })
		.from(rooms)
		.innerJoin(roomMembers, eq(roomMembers.roomId, rooms.id))
		.where(and(eq(rooms.kind, 'circle'), eq(roomMembers.memberId, memberId), isNull(roomMembers.leftAt)))
		// One order for everyone who takes the rooms' locks.
		.orderBy(rooms.id)
		.for('no key update', { of: rooms })
	for (const { id } of hers) await goOutOfCircle(tx, { roomId: id, memberId }, publish)
}

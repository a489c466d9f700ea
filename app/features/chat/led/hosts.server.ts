import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Tx } from '~/db/client.server'
import { roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import type { Comer } from '../rooms.server'
import { accessLed, findSeat, ofMember, type Publish, refused, tellChange } from './access.server'
import { LEADING_ROLES } from './session.policy'
import { OneInIt } from './session.schema'
import type { Seat } from './session.wire'

/** Whether this member may lead others: she is active, and has one of the roles. Names `room_members`. */
export const mayLead = sql<boolean>`exists (select 1 from members m join grants g on g.member_id = m.id and g.ended_at is null
	where m.id = room_members.member_id and m.status = 'active' and g.role = any(${pgArray(LEADING_ROLES)}::text[]))`

const setRole = (tx: Tx, roomId: string, memberId: string, role: Seat) =>
	tx.update(roomMembers).set({ role, handAt: null }).where(ofMember(roomId, memberId))

/** The first host's own tools: only she says who leads beside her. */
async function accessOwn(tx: Tx, actor: Comer, { room, member }: { room: string; member: string }) {
	const session = await accessLed(tx, actor, room)
	if (session.seat.role !== 'host') throw new AppError('forbidden')
	const seat = await findSeat(tx, session.id, member)
	if (!seat) throw refused('gone')
	return { session, role: seat.role }
}

/** Makes one of them, whose work it is, a co-host. Twice is once. */
export const makeCohost = command({
	input: OneInIt,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }) {
		const { session, role } = await accessOwn(tx, actor, input)
		if (role !== 'member') return
		const able = await tx.$count(roomMembers, and(ofMember(session.id, input.member), mayLead))
		if (able === 0) throw refused('cannotLead')
		await setRole(tx, session.id, input.member, 'cohost')
		await tellChange(tx, session.id, publish)
	},
})

/** A co-host is one of them again. */
export const unmakeCohost = command({
	input: OneInIt,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }) {
		const { session, role } = await accessOwn(tx, actor, input)
		if (role !== 'cohost') return
		await setRole(tx, session.id, input.member, 'member')
		await tellChange(tx, session.id, publish)
	},
})

/** Hands the session over to a co-host, and stays as one. */
export const handOver = command({
	input: OneInIt,
	limit: 'chat.lead',
	async run({ actor, input, tx, publish }) {
		const { session, role } = await accessOwn(tx, actor, input)
		if (role === 'host') return
		if (role !== 'cohost') throw refused('notCohost')
		await setRole(tx, session.id, input.member, 'host')
		await setRole(tx, session.id, actor.id, 'cohost')
		await tellChange(tx, session.id, publish)
	},
})

const lead = alias(roomMembers, 'lead')

/** Sessions that go on and in which this member leads. */
const ledBy = (tx: Tx, memberId: string) =>
	tx
		.select({ id: rooms.id })
		.from(rooms)
		.innerJoin(lead, and(eq(lead.roomId, rooms.id), eq(lead.memberId, memberId), isNull(lead.leftAt)))
		.innerJoin(roomSessions, and(eq(roomSessions.roomId, rooms.id), ne(roomSessions.state, 'ended')))
		.where(inArray(lead.role, ['host', 'cohost']))
		.orderBy(rooms.id)
		.for('no key update', { of: rooms })

/** Pauses a session that is held, open, and has no host any more. */
async function pauseUnled(tx: Tx, roomId: string) {
	await tx
		.update(roomSessions)
		.set({ state: 'paused', pausedBy: 'away' })
		.where(
			and(
				eq(roomSessions.roomId, roomId),
				eq(roomSessions.state, 'open'),
				sql`not exists (select 1 from room_members m where m.room_id = room_sessions.room_id
					and m.role in ('host', 'cohost') and m.left_at is null)`,
			),
		)
}

/** Where a co-host is left, the first of them is the host now. */
const promote = (tx: Tx, roomId: string) =>
	tx.execute(sql`
		update room_members set role = 'host' where room_id = ${roomId}::uuid and left_at is null and role = 'cohost'
		and not exists (select 1 from room_members h where h.room_id = ${roomId}::uuid and h.role = 'host' and h.left_at is null)
		and member_id = (select member_id from room_members c where c.room_id = ${roomId}::uuid and c.role = 'cohost'
			and c.left_at is null order by c.joined_at, c.member_id limit 1)`)

/**
 * Ends what a member leads, inside the transaction in which she may no longer: a co-host goes on, or the session
 * pauses. She stays in it as one of them, unless she is `gone`.
 */
export async function endLeading(
	tx: Tx,
	{ memberId, gone }: { memberId: string; gone: boolean },
	publish: Publish,
) {
	const led = await ledBy(tx, memberId)
	for (const { id } of led) {
		await tx
			.update(roomMembers)
			.set(gone ? { role: 'member', leftAt: sql`now()`, handAt: null } : { role: 'member', handAt: null })
			.where(ofMember(id, memberId))
		await promote(tx, id)
		await pauseUnled(tx, id)
		await tellChange(tx, id, publish)
	}
}

/** Who leads a session that goes on and may not: her role has ended, or her account is closed to her. */
export const listUnable = (tx: Tx) =>
	tx
		.selectDistinct({ memberId: roomMembers.memberId, active: sql<boolean>`${members.status} = 'active'` })
		.from(roomMembers)
		.innerJoin(
			roomSessions,
			and(eq(roomSessions.roomId, roomMembers.roomId), ne(roomSessions.state, 'ended')),
		)
		.innerJoin(members, eq(members.id, roomMembers.memberId))
		.where(
			and(inArray(roomMembers.role, ['host', 'cohost']), isNull(roomMembers.leftAt), sql`not ${mayLead}`),
		)

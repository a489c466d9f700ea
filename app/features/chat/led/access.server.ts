import { and, eq, isNull, notExists, or, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { roomDoors, roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { AppError } from '~/platform/errors'
import { isUuid, pgArray } from '~/platform/text'
import { accessRoomToChange, type Comer, nextSeq } from '../rooms.server'
import { leads } from './session.policy'
import type { Seat } from './session.wire'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** How a led session stands has changed: whoever is in it looks again. */
		'chat:changed': { roomId: string; seq: number }
	}
}

export type Publish = (event: DomainEvent) => void

/** What was asked cannot be; `details.why` is the key of the sentence that says why. */
export const refused = (why: string, code: 'conflict' | 'forbidden' = 'conflict') =>
	new AppError(code, { details: { why: `sessions:why.${why}` } })

/** Counts a change of how the session stands, and tells everyone in it. */
export async function tellChange(tx: Tx, roomId: string, publish: Publish) {
	publish({ name: 'chat:changed', roomId, seq: await nextSeq(tx, roomId) })
}

const sessionColumns = {
	id: rooms.id,
	seq: rooms.seq,
	names: rooms.names,
	about: rooms.about,
	languages: rooms.languages,
	keepDays: rooms.keepDays,
	slowSeconds: rooms.slowSeconds,
	pinnedId: rooms.pinnedId,
	holds: rooms.holds,
	startsAt: roomSessions.startsAt,
	minutes: roomSessions.minutes,
	size: roomSessions.size,
	rules: roomSessions.rules,
	lang: roomSessions.lang,
	dir: roomSessions.dir,
	state: roomSessions.state,
	doors: roomSessions.doors,
	pausedBy: roomSessions.pausedBy,
	oneAtATime: roomSessions.oneAtATime,
	speakerId: roomSessions.speakerId,
	agenda: roomSessions.agenda,
	step: roomSessions.step,
	hostSeenAt: roomSessions.hostSeenAt,
	openedAt: roomSessions.openedAt,
	note: roomSessions.note,
}

const from = (tx: Db) =>
	tx.select(sessionColumns).from(roomSessions).innerJoin(rooms, eq(rooms.id, roomSessions.roomId)).$dynamic()

/** Her place in a session, as long as she is in it. */
export const ofMember = (roomId: string, memberId: string) =>
	and(eq(roomMembers.roomId, roomId), eq(roomMembers.memberId, memberId), isNull(roomMembers.leftAt))

export async function findSeat(tx: Db, roomId: string, memberId: string) {
	const [seat] = await tx
		.select({
			role: sql<Seat>`${roomMembers.role}`,
			handAt: roomMembers.handAt,
			mutedUntil: roomMembers.mutedUntil,
		})
		.from(roomMembers)
		.where(ofMember(roomId, memberId))
	return seat ?? null
}

/** A session she is in. Throws `not-found` for hidden and missing alike. */
export async function findSession(tx: Db, actor: Comer, roomId: string) {
	const [session] = await from(tx).where(eq(rooms.id, roomId))
	const seat = session && (await findSeat(tx, roomId, actor.id))
	if (!session || !seat) throw new AppError('not-found')
	return { ...session, seat }
}

/** Like `findSession`, for a change: nothing else changes in it until the transaction ends. */
export async function accessSession(tx: Tx, actor: Comer, roomId: string) {
	await accessRoomToChange(tx, actor, roomId)
	return findSession(tx, actor, roomId)
}

export type Session = Awaited<ReturnType<typeof accessSession>>

/** A session she leads, held until the transaction ends, and that she was there. Throws also `forbidden`, `conflict`. */
export async function accessLed(tx: Tx, actor: Comer, roomId: string) {
	const session = await accessSession(tx, actor, roomId)
	if (!leads(session.seat)) throw new AppError('forbidden')
	if (session.state === 'ended') throw refused('ended')
	await tx.update(roomSessions).set({ hostSeenAt: sql`now()` }).where(eq(roomSessions.roomId, roomId))
	return session
}

const here = (memberId: string) =>
	sql`exists (select 1 from room_members hers where hers.room_id = rooms.id and hers.member_id = ${memberId}::uuid
		and hers.left_at is null)`

/**
 * Who sees that a session is there, and may stand at its door: whoever is in it, and everyone who was not taken out of it
 * and has no block with a woman who leads it. Names `rooms`.
 */
export const mayApproach = (actor: Pick<Actor, 'id' | 'blocked'>) =>
	or(
		here(actor.id),
		and(
			notExists(
				db
					.select({ one: sql`1` })
					.from(roomDoors)
					.where(
						and(
							eq(roomDoors.roomId, rooms.id),
							eq(roomDoors.memberId, actor.id),
							eq(roomDoors.state, 'removed'),
						),
					),
			),
			actor.blocked.length === 0
				? undefined
				: sql`not exists (select 1 from room_members led where led.room_id = rooms.id and led.left_at is null
					and led.role in ('host', 'cohost') and led.member_id = any(${pgArray(actor.blocked)}::uuid[]))`,
		),
	)

/** A session whose door she may stand at. Throws `not-found`. */
export async function findDoor(tx: Db, actor: Pick<Actor, 'id' | 'blocked'>, roomId: string | undefined) {
	if (!isUuid(roomId)) throw new AppError('not-found')
	const [session] = await from(tx).where(and(eq(rooms.id, roomId), mayApproach(actor)))
	if (!session) throw new AppError('not-found')
	return { ...session, seat: await findSeat(tx, roomId, actor.id) }
}

/** Like `findDoor`, with the room held. */
export async function accessDoor(tx: Tx, actor: Pick<Actor, 'id' | 'blocked'>, roomId: string) {
	await tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, roomId)).for('no key update')
	return findDoor(tx, actor, roomId)
}

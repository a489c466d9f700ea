import { and, eq, exists, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Db, db, type Tx } from '~/db/client.server'
import { roomMembers, rooms } from '~/db/schema/chat'
import type { Translated } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { type Entrance, entranceOf, entrancePlaceholders, opensFor } from '~/features/members/entrance.server'
import { isLeaving, isLeftAlone, isParting } from '~/features/moderation/measures/parting'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { along, chainOf, type Said } from '~/platform/i18n/chain'
import { isUuid } from '~/platform/text'
import { canLeave } from './chat.policy'
import { AnyRoom } from './chat.schema'
import { endSigns } from './signs/ending.server'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** A member is no longer in a private room; `alone` = the others have left before her or she was one of two. */
		'chat:left': { roomId: string; memberId: string; seq: number; alone: boolean }
		/** Nobody writes in a private room any more. */
		'chat:closed': { roomId: string; seq: number }
	}
}

/** So long after what brought two together has ended, what they said is kept. */
const MATCH_KEPT_DAYS = 30

const others = alias(roomMembers, 'others')

/** Whether a member is in the room now. */
const memberHere = (memberId: SQL) =>
	and(
		exists(
			db
				.select({ one: sql`1` })
				.from(roomMembers)
				.where(
					and(
						eq(roomMembers.roomId, rooms.id),
						eq(roomMembers.memberId, memberId),
						isNull(roomMembers.leftAt),
					),
				),
		),
		sql`not (rooms.kind = 'private' and ${isLeaving(sql`rooms.id`, memberId)})`,
	)

/** The space of an open room is there for her; written out, since it is used inside sub-selects. */
const spaceOpens = (by: Entrance) =>
	sql`exists (select 1 from spaces where spaces.id = rooms.space_id and ${opensFor(by)})`

/**
 * The one rule of who sees a room: whom its space is there for an open one (everyone where it has none), its own people
 * any other.
 */
export const seenBy = (by: Entrance) =>
	or(
		and(eq(rooms.kind, 'open'), or(isNull(rooms.spaceId), spaceOpens(by))),
		and(ne(rooms.kind, 'open'), memberHere(by.member as SQL)),
	)

/** Who asks for a room. */
export type Comer = Pick<Actor, 'id' | 'grants' | 'organisations'>

/** Nobody writes in it (any more), also where two in it have just been kept apart. Names `rooms`. */
export const isClosed = sql<boolean>`(rooms.closed_at is not null or (rooms.kind = 'private' and ${isParting(sql`rooms.id`)}))`

const roomColumns = (memberId: SQL) => ({
	id: rooms.id,
	kind: rooms.kind,
	spaceId: rooms.spaceId,
	holds: rooms.holds,
	names: rooms.names,
	about: rooms.about,
	languages: rooms.languages,
	seq: rooms.seq,
	closed: isClosed,
	/** She said what it is called and about. */
	namedByHer: sql<boolean>`coalesce(${rooms.wordsBy} = ${memberId}, false)`,
	keepDays: rooms.keepDays,
	alone: sql<boolean>`${eq(rooms.kind, 'private')} and (${isLeftAlone(sql`rooms.id`, memberId)} or not ${exists(
		db
			.select({ one: sql`1` })
			.from(others)
			.where(
				and(
					eq(others.roomId, rooms.id),
					ne(others.memberId, memberId),
					ne(others.role, 'guest'),
					isNull(others.leftAt),
				),
			),
	)})`,
})

const findRoom = db
	.select(roomColumns(sql.placeholder('member') as unknown as SQL))
	.from(rooms)
	.where(and(eq(rooms.id, sql.placeholder('room')), seenBy(entrancePlaceholders)))
	.prepare('find_room')

/** A room she can see. Throws `not-found` for hidden and missing alike. */
export async function accessRoom(tx: Db, actor: Comer, id: string | undefined) {
	if (!isUuid(id)) throw new AppError('not-found')
	const entrance = entranceOf(actor)
	const [room] =
		tx === db
			? await findRoom.execute({ room: id, ...entrance })
			: await tx
					.select(roomColumns(sql`${actor.id}`))
					.from(rooms)
					.where(and(eq(rooms.id, id), seenBy(entrance)))
	if (!room) throw new AppError('not-found')
	return room
}

/**
 * Like `accessRoom`, for a change: nothing else changes in the room until the transaction ends, which is what gives
 * everything in it one order. The right to be there is asked once the lock is held.
 */
export async function accessRoomToChange(tx: Tx, actor: Comer, id: string) {
	await tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, id)).for('no key update')
	return accessRoom(tx, actor, id)
}

/** Gives the next number of the room, inside the transaction whose change it counts. */
export async function nextSeq(tx: Tx, roomId: string): Promise<number> {
	const [room] = await tx
		.update(rooms)
		.set({ seq: sql`${rooms.seq} + 1` })
		.where(eq(rooms.id, roomId))
		.returning({ seq: rooms.seq })
	if (!room) throw new AppError('not-found')
	return room.seq
}

/** A text along the reader's languages, with the one it is in; else in the one it was written in (a host's). */
export function saidTo(actor: Actor, locale: string, texts: Translated | null): Said | null {
	if (!texts) return null
	return along([...chainOf(locale, actor), ...Object.keys(texts)], texts)
}

/** The other person of a private room, also when she has left. */
async function otherIn(roomId: string, memberId: string) {
	const [other] = await db
		.select({ id: members.id, handle: members.handle })
		.from(roomMembers)
		.innerJoin(members, eq(members.id, roomMembers.memberId))
		.where(
			and(eq(roomMembers.roomId, roomId), ne(roomMembers.memberId, memberId), ne(roomMembers.role, 'guest')),
		)
		.orderBy(sql`${roomMembers.memberId}::text`)
		.limit(1)
	return other ?? null
}

/** What the room's page says above the talk. Throws `not-found`. */
export async function readRoomHead(actor: Actor, id: string | undefined, locale: string) {
	const room = await accessRoom(db, actor, id)
	return {
		id: room.id,
		kind: room.kind,
		seq: room.seq,
		alone: room.alone,
		closed: room.closed,
		namedByHer: room.namedByHer,
		keepDays: room.keepDays,
		languages: room.languages,
		spaceId: room.spaceId,
		holds: room.holds,
		name: saidTo(actor, locale, room.names),
		about: saidTo(actor, locale, room.about),
		other: room.kind === 'private' ? await otherIn(room.id, actor.id) : null,
	}
}

/** Which of these private rooms she is in; not those she has left. */
export async function roomsWith(actor: Pick<Actor, 'id'>, roomIds: readonly string[]): Promise<Set<string>> {
	if (roomIds.length === 0) return new Set()
	const rows = await db
		.select({ id: roomMembers.roomId })
		.from(roomMembers)
		.where(
			and(
				eq(roomMembers.memberId, actor.id),
				inArray(roomMembers.roomId, [...roomIds]),
				isNull(roomMembers.leftAt),
			),
		)
	return new Set(rows.map(({ id }) => id))
}

/** A room for these people and nobody else, inside the transaction that brings them together. */
export async function openPrivateRoom(tx: Tx, memberIds: readonly string[]): Promise<{ id: string }> {
	const [room] = await tx
		.insert(rooms)
		.values({ kind: 'private', keepDays: MATCH_KEPT_DAYS })
		.returning({ id: rooms.id })
	await tx.insert(roomMembers).values(memberIds.map((memberId) => ({ roomId: room!.id, memberId })))
	return room!
}

/**
 * Closes a private room, inside the transaction that ends what it was for: each can read it until she leaves it,
 * nobody writes in it. Who ended it is not said here.
 */
export async function closePrivateRoom(tx: Tx, roomId: string, publish: (event: DomainEvent) => void) {
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: sql`now()`, seq: sql`${rooms.seq} + 1` })
		.where(and(eq(rooms.id, roomId), eq(rooms.kind, 'private'), isNull(rooms.closedAt)))
		.returning({ seq: rooms.seq })
	if (!room) return
	await endSigns(tx, roomId)
	publish({ name: 'chat:closed', roomId, seq: room.seq })
}

async function peopleLeftIn(tx: Tx, roomId: string) {
	const here = and(isNull(roomMembers.leftAt), ne(roomMembers.role, 'guest'))
	return tx.$count(roomMembers, and(eq(roomMembers.roomId, roomId), here))
}

/** Takes a member out of a room that the transaction holds. The others read only that she has left. */
export async function goOut(
	tx: Tx,
	{ roomId, memberId }: { roomId: string; memberId: string },
	publish: (event: DomainEvent) => void,
) {
	await tx
		.update(roomMembers)
		.set({ leftAt: sql`now()` })
		.where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.memberId, memberId)))
	await endSigns(tx, roomId)
	const seq = await nextSeq(tx, roomId)
	const alone = (await peopleLeftIn(tx, roomId)) <= 1
	publish({ name: 'chat:left', roomId, memberId, seq, alone })
}

/** Goes out of a private room for good. The other reads only that she has left. */
export const leaveRoom = command({
	input: AnyRoom,
	limit: 'chat.message',
	async run({ actor, input, tx, publish }) {
		const room = await accessRoomToChange(tx, actor, input.room)
		if (!canLeave(room)) throw new AppError('forbidden')
		await goOut(tx, { roomId: room.id, memberId: actor.id }, publish)
	},
})

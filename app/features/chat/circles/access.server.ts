import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client.server'
import { roomMembers, rooms } from '~/db/schema/chat'
import type { Translated } from '~/db/schema/forum'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { isUuid } from '~/platform/text'

export type Publish = (event: DomainEvent) => void

type Someone = Pick<Actor, 'id'>

/** What was asked cannot be; `details.why` is the key of the sentence that says why. */
export const refused = (why: string) => new AppError('conflict', { details: { why: `circles:why.${why}` } })

/** A circle has one name, in the language of whoever gave it. */
export function nameOf(names: Translated | null) {
	const [[lang, text] = ['en', '']] = Object.entries(names ?? {})
	return { text, lang, dir: dirOf(lang) }
}

/** Her place in a room, as long as she is in it. */
export const seatOf = (roomId: string, memberId: string) =>
	and(eq(roomMembers.roomId, roomId), eq(roomMembers.memberId, memberId), isNull(roomMembers.leftAt))

/** A circle she is in. Throws `not-found` for hidden and missing alike. */
export async function findCircle(tx: Db, actor: Someone, id: string | undefined) {
	if (!isUuid(id)) throw new AppError('not-found')
	const [circle] = await tx
		.select({
			id: rooms.id,
			names: rooms.names,
			keepDays: rooms.keepDays,
			closed: sql<boolean>`${rooms.closedAt} is not null`,
			hosts: sql<boolean>`${roomMembers.role} = 'host'`,
		})
		.from(rooms)
		.innerJoin(roomMembers, seatOf(id, actor.id))
		.where(and(eq(rooms.id, id), eq(rooms.kind, 'circle')))
	if (!circle) throw new AppError('not-found')
	return circle
}

/** Nothing else changes in the room until the transaction ends. */
export const holdRoom = (tx: Tx, id: string) =>
	tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, id)).for('no key update')

/** Like `findCircle`, for a change. */
export async function accessCircle(tx: Tx, actor: Someone, id: string) {
	await holdRoom(tx, id)
	return findCircle(tx, actor, id)
}

/** A circle that is hers to look after, held. Throws also `forbidden`, and `conflict` once it is closed. */
export async function accessHosted(tx: Tx, actor: Someone, id: string) {
	const circle = await accessCircle(tx, actor, id)
	if (!circle.hosts) throw new AppError('forbidden')
	if (circle.closed) throw refused('closed')
	return circle
}

export const countIn = (tx: Db, roomId: string) =>
	tx.$count(roomMembers, and(eq(roomMembers.roomId, roomId), isNull(roomMembers.leftAt)))

/** Who looks after the circle. Names `rooms`. */
export const hostOf = sql<string | null>`(
	select h.member_id from room_members h where h.room_id = rooms.id and h.role = 'host' and h.left_at is null limit 1)`

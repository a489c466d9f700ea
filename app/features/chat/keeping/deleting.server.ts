import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { rooms } from '~/db/schema/chat'
import { keepDoing } from '~/platform/aside.server'
import { deliver } from '~/platform/bus.server'
import { lapseUnable } from '../circles/invitations.server'
import { deleteIfEmpty } from '../circles/leaving.server'
import { emptyTakenBack } from './emptying.server'
import { underReport } from './reported.server'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** A room is no more, with women in it. */
		'chat:ended': { roomId: string }
	}
}

const EVERY_MS = 60_000
/** Looking for what was taken back goes through every message: at the start and then each hour. */
const EMPTY_EVERY = 60
/** Few enough that nobody waits for a room's lock. */
const ROOMS_AT_ONCE = 50
const MESSAGES_AT_ONCE = 500
/** So long an erased message is remembered by its number, for screens that were away. */
const SHELL_HOURS = 24

/** Said longer ago than its room keeps; a private room keeps everything until it was closed for so long. */
const old = sql`(case when r.kind = 'private' then r.closed_at else m.created_at end) < now() - make_interval(days => r.keep_days)`

/** Nothing is left of it but its number. */
const shell = sql`(m.author_id is null and m.removed_at < now() - make_interval(hours => ${SHELL_HOURS}))`

const isDue = sql`(${old} or ${shell}) and not ${underReport}`

async function dueRooms() {
	const rows = await db.execute<{ id: string }>(sql`
		select r.id from rooms r where r.keep_days is not null
			and (r.kind <> 'private' or r.closed_at < now() - make_interval(days => r.keep_days))
			and exists (select 1 from messages m where m.room_id = r.id and ${old} and not ${underReport})
		union
		select m.room_id from messages m where ${shell} and not ${underReport}
		limit ${ROOMS_AT_ONCE}`)
	return rows.map(({ id }) => id)
}

/** A room that nobody else holds just now: everyone who changes messages holds it first. */
async function hold(tx: Tx, where: SQL | undefined) {
	const [room] = await tx
		.select({ id: rooms.id })
		.from(rooms)
		.where(where)
		.for('no key update', { skipLocked: true })
	return room !== undefined
}

/** Deletes the oldest of what is due in one room, each with its translations. No number of the room changes. */
const deleteIn = (roomId: string) =>
	db.transaction(async (tx) => {
		if (!(await hold(tx, eq(rooms.id, roomId)))) return 0
		const gone = await tx.execute(sql`
			with due as (
				select m.id from messages m join rooms r on r.id = m.room_id
				where m.room_id = ${roomId}::uuid and ${isDue} order by m.seq limit ${MESSAGES_AT_ONCE})
			delete from messages d where d.room_id = ${roomId}::uuid
				and (d.id in (select id from due) or d.translation_of in (select id from due))
			returning d.id`)
		if (gone.length > 0) {
			await tx.execute(sql`
				update rooms set pinned_id = null where id = ${roomId}::uuid and pinned_id is not null
				and not exists (select 1 from messages m where m.id = rooms.pinned_id)`)
		}
		return gone.length
	})

/** What waited in a room for as long as the room keeps what is said. */
async function deleteHeld() {
	const gone = await db.execute(sql`
		delete from held_messages h using rooms r
		where r.id = h.room_id and h.created_at < now() - make_interval(days => r.keep_days) returning h.id`)
	return gone.length
}

/**
 * Deletes messages that their rooms keep no longer, and what is left of erased ones: rows, with all that stands under
 * them. Several processes at once share the work. Returns how many.
 */
export async function deleteDue(): Promise<number> {
	let deleted = await deleteHeld()
	for (const roomId of await dueRooms()) {
		for (let more = 1; more > 0; ) {
			more = await deleteIn(roomId)
			deleted += more
		}
	}
	return deleted
}

/** Circles that nobody is in, and that were closed so long ago that nothing said there is kept. */
async function dueCircles() {
	const rows = await db.execute<{ id: string }>(sql`
		select r.id from rooms r where r.kind = 'circle' and (
			not exists (select 1 from room_members m where m.room_id = r.id and m.left_at is null)
			or (r.closed_at < now() - make_interval(days => r.keep_days)
				and not exists (select 1 from messages m where m.room_id = r.id)))
		limit ${ROOMS_AT_ONCE}`)
	return rows.map(({ id }) => id)
}

const deleteCircle = (roomId: string) =>
	db.transaction(async (tx) => {
		if (!(await hold(tx, eq(rooms.id, roomId)))) return false
		await deleteIfEmpty(tx, roomId)
		const over = await tx
			.delete(rooms)
			.where(
				and(
					eq(rooms.id, roomId),
					isNotNull(rooms.closedAt),
					sql`closed_at < now() - make_interval(days => keep_days)`,
					sql`not exists (select 1 from messages m where m.room_id = rooms.id)`,
					sql`not exists (select 1 from cases c where c.status = 'open' and c.subject_kind = 'circle' and c.subject_id = rooms.id)`,
				),
			)
			.returning({ id: rooms.id })
		return over.length > 0
	})

/** Deletes circles that are over, and takes back what women who are not here any more had asked. */
export async function tidyCircles() {
	for (const roomId of await dueCircles()) {
		if (await deleteCircle(roomId)) deliver([{ name: 'chat:ended', roomId }])
	}
	await db.transaction(lapseUnable)
}

/** Deletes every minute for as long as the process runs. */
export function keepDeleting() {
	let round = 0
	keepDoing('chat.deleting', EVERY_MS, async () => {
		const empties = round % EMPTY_EVERY === 0
		round += 1
		await deleteDue()
		await tidyCircles()
		if (empties) await emptyTakenBack()
	})
}

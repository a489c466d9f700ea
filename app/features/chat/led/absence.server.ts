import { and, eq, inArray, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { roomSessions, rooms } from '~/db/schema/chat'
import { keepDoing } from '~/platform/aside.server'
import { type DomainEvent, deliver, subscribe } from '~/platform/bus.server'
import { once } from '~/platform/once.server'
import { membersIn } from '~/platform/sockets.server'
import { pgArray } from '~/platform/text'
import { inRoom } from '../telling.server'
import { type Publish, tellChange } from './access.server'
import { endLeading, listUnable, mayLead } from './hosts.server'
import { closeSession } from './planning.server'
import { AWAY_SECONDS } from './session.limits'

/** A host who is connected is seen this often; six times before a session would pause. */
const EVERY_MS = 20_000
/** Few enough that nobody waits for the locks. */
const AT_ONCE = 100
/** So long after it should have ended, a session that nobody ended ends by itself. */
const FORGOTTEN_HOURS = 12

/** Runs in one transaction what may tell something, and tells it after COMMIT, as commands do. */
async function telling<Out>(run: (tx: Tx, publish: Publish) => Promise<Out>): Promise<Out> {
	const events: DomainEvent[] = []
	const out = await db.transaction((tx) => run(tx, (event) => void events.push(event)))
	deliver(events)
	return out
}

/** Hosts who have a connection to their session in this process were there just now. */
async function seeHosts() {
	const led = await db.execute<{ room: string; member: string }>(sql`
		select s.room_id as room, m.member_id as member from room_sessions s
		join room_members m on m.room_id = s.room_id and m.role in ('host', 'cohost') and m.left_at is null
		where s.state = 'open'`)
	const there = led.filter(({ room, member }) => membersIn(inRoom(room)).includes(member))
	const ids = [...new Set(there.map(({ room }) => room))]
	if (ids.length === 0) return
	await db.update(roomSessions).set({ hostSeenAt: sql`now()` }).where(inArray(roomSessions.roomId, ids))
}

/** She leads it and has its page before her. */
export const seeHost = (roomId: string) =>
	db.update(roomSessions).set({ hostSeenAt: sql`now()` }).where(eq(roomSessions.roomId, roomId))

const nobodyThere = sql`state = 'open' and coalesce(host_seen_at, opened_at) <= now() - make_interval(secs => ${AWAY_SECONDS})`

const forgotten = sql`state <> 'ended' and starts_at + make_interval(mins => minutes, hours => ${FORGOTTEN_HOURS}) <= now()`

/** Holds the rooms of these sessions that nobody else holds. */
const holdRooms = (tx: Tx, due: typeof nobodyThere) =>
	tx
		.select({ id: rooms.id })
		.from(rooms)
		.where(
			and(
				eq(rooms.kind, 'session'),
				sql`rooms.id in (select room_id from room_sessions where ${due} limit ${AT_ONCE})`,
			),
		)
		.orderBy(rooms.id)
		.for('no key update', { skipLocked: true })

/** Pauses open sessions where no host was seen for two minutes, and says so in them. Returns how many. */
export const pauseUnattended = () =>
	telling(async (tx, publish) => {
		const held = await holdRooms(tx, nobodyThere)
		const ids = held.map(({ id }) => id)
		// Asked again now that they are held: she may have come back.
		const paused = await tx.execute<{ id: string }>(sql`
			update room_sessions set state = 'paused', paused_by = 'away'
			where room_id = any(${pgArray(ids)}::uuid[]) and ${nobodyThere} returning room_id as id`)
		for (const { id } of paused) await tellChange(tx, id, publish)
		return paused.length
	})

/** Ends sessions that nobody ended. Returns how many. */
export const endForgotten = () =>
	telling(async (tx, publish) => {
		const held = await holdRooms(tx, forgotten)
		const due = await tx.execute<{ id: string }>(sql`
			select room_id as id from room_sessions
			where room_id = any(${pgArray(held.map(({ id }) => id))}::uuid[]) and ${forgotten}`)
		for (const { id } of due) await closeSession(tx, id, publish)
		return due.length
	})

/** Ends the lead of everyone who may not lead any more: what an event had told already, or nobody told. */
export async function endUnableHosts() {
	for (const { memberId, active } of await listUnable(db)) await endUnable(memberId, !active)
}

const endUnable = (memberId: string, gone: boolean) =>
	telling((tx, publish) => endLeading(tx, { memberId, gone }, publish))

/** What she may do has changed: if she leads a session and may not any more, that ends now. */
async function lookAtHost(memberId: string) {
	const [unable] = await db.execute<{ active: boolean }>(sql`
		select (select m.status = 'active' from members m where m.id = room_members.member_id) as active
		from room_members join room_sessions s on s.room_id = room_members.room_id and s.state <> 'ended'
		where room_members.member_id = ${memberId}::uuid and room_members.role in ('host', 'cohost')
			and room_members.left_at is null and not ${mayLead} limit 1`)
	if (unable) await endUnable(memberId, !unable.active)
}

/** Hears at once when a host may not lead any more. */
export const hearOfHosts = () => subscribe('member:changed', ({ memberId }) => lookAtHost(memberId))

async function attend() {
	await seeHosts()
	await endUnableHosts()
	await pauseUnattended()
	await endForgotten()
}

/** Looks after led sessions for as long as the process runs. */
export function keepAttending() {
	once('attending', () => {
		hearOfHosts()
		return true
	})
	keepDoing('chat.attending', EVERY_MS, attend)
}

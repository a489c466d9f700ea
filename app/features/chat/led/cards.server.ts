import { and, asc, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { formatDayTime } from '~/platform/i18n/format'
import { formatZone, type OtherDay, otherDay } from '~/platform/i18n/format-names'
import { findDoor, mayApproach } from './access.server'
import { zoneOfActor } from './planning.server'
import { canPlan, doorsAt } from './session.policy'
import type { Doors, SessionState, Someone } from './session.wire'

/** More than anyone plans ahead, or remembers. */
const SHOWN_AT_MOST = 50

/** What everyone who may come sees of a session, before she is in it. */
export interface SessionCard {
	id: string
	name: string
	/** Of the name, of what it is about and of the rules. */
	lang: string
	dir: 'ltr' | 'rtl'
	about: string
	languages: string[]
	startsAt: string
	/** The time on her clock, and what that clock is called. */
	when: string
	zone: string
	/** The day in the calendar she counts by besides. */
	otherDay: OtherDay | null
	minutes: number
	size: number
	places: number
	state: SessionState
	/** It was called off before it began. */
	calledOff: boolean
	/** How the doors stand now. */
	doors: Doors
	hosts: Someone[]
	/** She is in it; she stands at the door; neither. */
	hers: 'in' | 'waiting' | null
}

const taken = sql<number>`(select count(*) from room_members s
	where s.room_id = rooms.id and s.role = 'member' and s.left_at is null)::int`

const hersNow = (memberId: string) => sql<'in' | 'waiting' | null>`case
	when exists (select 1 from room_members m where m.room_id = rooms.id and m.member_id = ${memberId}::uuid
		and m.left_at is null) then 'in'
	when exists (select 1 from room_doors d where d.room_id = rooms.id and d.member_id = ${memberId}::uuid
		and d.state = 'waiting') then 'waiting' end`

const cards = (memberId: string) =>
	db
		.select({
			id: rooms.id,
			names: rooms.names,
			about: rooms.about,
			languages: rooms.languages,
			startsAt: roomSessions.startsAt,
			minutes: roomSessions.minutes,
			size: roomSessions.size,
			lang: roomSessions.lang,
			dir: roomSessions.dir,
			state: roomSessions.state,
			openedAt: roomSessions.openedAt,
			doors: roomSessions.doors,
			taken,
			hers: hersNow(memberId),
		})
		.from(roomSessions)
		.innerJoin(rooms, eq(rooms.id, roomSessions.roomId))
		.$dynamic()

type Row = Awaited<ReturnType<typeof cards>>[number]

/** Who leads these sessions, without those with whom she has a block. */
async function hostsOf(roomIds: readonly string[], actor: Actor) {
	const hosts = new Map<string, Someone[]>()
	if (roomIds.length === 0) return hosts
	const rows = await db
		.select({ roomId: roomMembers.roomId, id: members.id, handle: members.handle })
		.from(roomMembers)
		.innerJoin(members, eq(members.id, roomMembers.memberId))
		.where(
			and(
				inArray(roomMembers.roomId, [...roomIds]),
				inArray(roomMembers.role, ['host', 'cohost']),
				isNull(roomMembers.leftAt),
			),
		)
		.orderBy(desc(roomMembers.role), asc(roomMembers.joinedAt), asc(roomMembers.memberId))
	for (const { roomId, id, handle } of rows) {
		if (!actor.blocked.includes(id)) hosts.set(roomId, [...(hosts.get(roomId) ?? []), { id, handle }])
	}
	return hosts
}

async function present(rows: readonly Row[], actor: Actor, locale: string): Promise<SessionCard[]> {
	const [hosts, zone] = await Promise.all([
		hostsOf(
			rows.map(({ id }) => id),
			actor,
		),
		zoneOfActor(actor),
	])
	const now = new Date()
	return rows.map(({ names, about, startsAt, openedAt, taken, ...row }) => ({
		...row,
		name: names?.[row.lang] ?? '',
		about: about?.[row.lang] ?? '',
		startsAt: startsAt.toISOString(),
		when: formatDayTime(locale, startsAt, zone),
		zone: formatZone(locale, zone, startsAt),
		otherDay: otherDay(locale, startsAt, zone, actor.calendar),
		places: Math.max(0, row.size - taken),
		calledOff: row.state === 'ended' && openedAt === null,
		doors: doorsAt({ ...row, startsAt }, now),
		hosts: hosts.get(row.id) ?? [],
	}))
}

/** Sessions that go on or will, the next one first, and those that have ended and that she was in, the latest first. */
export async function listSessions(actor: Actor, locale: string) {
	const isHers = sql`${hersNow(actor.id)} = 'in'`
	const [coming, past] = await Promise.all([
		cards(actor.id)
			.where(and(ne(roomSessions.state, 'ended'), mayApproach(actor)))
			.orderBy(asc(roomSessions.startsAt), asc(rooms.id))
			.limit(SHOWN_AT_MOST),
		cards(actor.id)
			.where(and(eq(roomSessions.state, 'ended'), isHers))
			.orderBy(desc(roomSessions.startsAt), asc(rooms.id))
			.limit(SHOWN_AT_MOST),
	])
	const shown = await present([...coming, ...past], actor, locale)
	return {
		coming: shown.slice(0, coming.length),
		past: shown.slice(coming.length),
		mayPlan: canPlan(actor),
	}
}

/** A session from its door, for whoever may stand there. Throws `not-found`, as for a room that is not there. */
export async function readDoor(actor: Actor, roomId: string | undefined, locale: string) {
	const { id, rules } = await findDoor(db, actor, roomId)
	const rows = await cards(actor.id).where(eq(rooms.id, id))
	const [card] = await present(rows, actor, locale)
	return { card: card!, rules }
}

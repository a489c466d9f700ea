import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { roomDoors, roomMembers } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { readerIn, readThese } from '../messages.server'
import { findSession, type Session } from './access.server'
import { mayLead } from './hosts.server'
import { leads, whyNotNow } from './session.policy'
import type { HostView, Participant, Seat, SessionView, Someone } from './session.wire'

/** Everyone who is in it, hosts first, then as they came. */
const peopleIn = (roomId: string) =>
	db
		.select({
			id: members.id,
			handle: members.handle,
			role: sql<Seat>`${roomMembers.role}`,
			handAt: roomMembers.handAt,
			mutedUntil: sql<
				string | null
			>`case when ${roomMembers.mutedUntil} > now() then ${roomMembers.mutedUntil} end`,
			mutedMinutes: sql<number>`greatest(0, ceil(extract(epoch from ${roomMembers.mutedUntil} - now()) / 60))::int`,
			mayLead,
		})
		.from(roomMembers)
		.innerJoin(members, eq(members.id, roomMembers.memberId))
		.where(and(eq(roomMembers.roomId, roomId), isNull(roomMembers.leftAt), eq(members.status, 'active')))
		.orderBy(
			sql`case ${roomMembers.role} when 'host' then 0 when 'cohost' then 1 else 2 end`,
			asc(roomMembers.joinedAt),
			asc(roomMembers.memberId),
		)

type Person = Awaited<ReturnType<typeof peopleIn>>[number]

const someone = ({ id, handle }: Someone): Someone => ({ id, handle })

const participant = (person: Person, forHosts: boolean): Participant => ({
	...someone(person),
	role: person.role,
	handUp: person.handAt !== null,
	mutedUntil: forHosts && person.mutedUntil ? new Date(person.mutedUntil).toISOString() : null,
	mayLead: forHosts && person.mayLead,
})

/** Raised hands, the longest raised first. */
const handsOf = (people: readonly Person[]) =>
	people
		.filter(({ handAt }) => handAt !== null)
		.sort((a, b) => a.handAt!.getTime() - b.handAt!.getTime() || (a.id < b.id ? -1 : 1))

/** What is pinned, as far as it is still there for her. */
async function readPinned({ id, pinnedId }: Session, actor: Actor) {
	if (pinnedId === null) return null
	const [pinned] = await readThese(id, [pinnedId], readerIn(actor, { kind: 'session' }))
	return pinned ?? null
}

async function readLobby(roomId: string, actor: Actor): Promise<Someone[]> {
	const rows = await db
		.select({ id: members.id, handle: members.handle })
		.from(roomDoors)
		.innerJoin(members, eq(members.id, roomDoors.memberId))
		.where(and(eq(roomDoors.roomId, roomId), eq(roomDoors.state, 'waiting'), eq(members.status, 'active')))
		.orderBy(asc(roomDoors.at), asc(roomDoors.memberId))
	return rows.filter(({ id }) => !actor.blocked.includes(id))
}

const hostView = async (session: Session, actor: Actor): Promise<HostView> => ({
	lobby: await readLobby(session.id, actor),
	note: session.note,
	first: session.seat.role === 'host',
})

function herself(session: Session, people: readonly Person[], actor: Actor): SessionView['me'] {
	const { state, oneAtATime, speakerId, seat } = session
	const speaks = speakerId === actor.id
	const mutedMinutes = people.find(({ id }) => id === actor.id)?.mutedMinutes ?? 0
	const not = whyNotNow({ state, role: seat.role, mutedMinutes, slowSeconds: 0, oneAtATime, speaks })
	return {
		role: seat.role,
		handUp: seat.handAt !== null,
		next: handsOf(people)[0]?.id === actor.id,
		speaks,
		why: not && not.why !== 'slow' ? not.why : null,
		count: not?.count ?? 0,
	}
}

/** A session as this woman in it sees it; whoever has a block with her is left out. Throws `not-found`. */
export async function readSession(actor: Actor, roomId: string): Promise<SessionView> {
	const session = await findSession(db, actor, roomId)
	const forHosts = leads(session.seat)
	const [people, pinned, host] = await Promise.all([
		peopleIn(roomId),
		readPinned(session, actor),
		forHosts ? hostView(session, actor) : null,
	])
	const shown = people.filter(({ id }) => !actor.blocked.includes(id))
	const speaker = shown.find(({ id }) => id === session.speakerId)
	const taken = people.filter(({ role }) => role === 'member').length
	return {
		state: session.state,
		pausedBy: session.pausedBy,
		doors: session.doors,
		size: session.size,
		places: Math.max(0, session.size - taken),
		lang: session.lang,
		dir: session.dir,
		rules: session.rules,
		agenda: session.agenda,
		step: session.step,
		slowSeconds: session.slowSeconds,
		oneAtATime: session.oneAtATime,
		speaker: speaker ? someone(speaker) : null,
		taken: session.speakerId !== null,
		people: shown.map((person) => participant(person, forHosts)),
		hands: handsOf(shown).map(someone),
		pinned,
		me: herself(session, people, actor),
		host,
	}
}

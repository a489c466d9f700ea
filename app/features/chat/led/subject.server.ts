import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { findDoor, type Publish, tellChange } from './access.server'
import { closeSession } from './planning.server'
import { leads } from './session.policy'

async function hostOf(tx: Tx, roomId: string) {
	const [host] = await tx
		.select({ id: roomMembers.memberId })
		.from(roomMembers)
		.where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.role, 'host'), isNull(roomMembers.leftAt)))
		.orderBy(asc(roomMembers.joinedAt))
		.limit(1)
	return host?.id ?? null
}

async function find(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [session] = await tx
		.select({
			id: rooms.id,
			names: rooms.names,
			about: rooms.about,
			rules: roomSessions.rules,
			agenda: roomSessions.agenda,
			lang: roomSessions.lang,
			dir: roomSessions.dir,
		})
		.from(roomSessions)
		.innerJoin(rooms, eq(rooms.id, roomSessions.roomId))
		.where(eq(rooms.id, id))
	if (!session) return undefined
	const { names, about, rules, agenda, lang, dir } = session
	const body = [names?.[lang], about?.[lang], rules, agenda.join('\n')].filter(Boolean).join('\n\n')
	return {
		...{ id, body, lang, dir, authorId: await hostOf(tx, id), private: false, spaceId: null },
		...{ path: `/chat/${id}`, around: [] },
	}
}

/** Whoever may stand at its door and does not lead it; once it is over, whoever was in it. */
async function mayReport(tx: Tx, actor: Actor, id: string) {
	try {
		const { seat, state } = await findDoor(tx, actor, id)
		return !leads(seat) && (state !== 'ended' || seat !== null)
	} catch (error) {
		if (error instanceof AppError && error.code === 'not-found') return false
		throw error
	}
}

/** Ends it as its hosts would. That it has no end of its own (`ended_at`) says that it can begin again. */
async function end(tx: Tx, id: string, publish: Publish) {
	const going = and(eq(roomSessions.roomId, id), sql`state <> 'ended'`)
	const [session] = await tx
		.select({ doors: roomSessions.doors })
		.from(roomSessions)
		.where(going)
		.for('update')
	if (!session) return
	await closeSession(tx, id, publish)
	await tx
		.update(roomSessions)
		.set({ endedAt: null, doors: session.doors })
		.where(eq(roomSessions.roomId, id))
}

/** Takes that end back: it is planned as before, or pauses until a host goes on. */
async function goOn(tx: Tx, id: string, publish: Publish) {
	const [session] = await tx
		.update(roomSessions)
		.set({
			state: sql`case when opened_at is null then 'planned' else 'paused' end`,
			pausedBy: sql`case when opened_at is not null then 'host' end`,
		})
		.where(and(eq(roomSessions.roomId, id), eq(roomSessions.state, 'ended'), isNull(roomSessions.endedAt)))
		.returning({ id: roomSessions.roomId })
	if (!session) return
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: null, seq: sql`${rooms.seq} + 1` })
		.where(eq(rooms.id, id))
		.returning({ seq: rooms.seq })
	publish({ name: 'chat:reopened', roomId: id, seq: room!.seq })
	await tellChange(tx, id, publish)
}

/** A led session, as moderation sees it: what its host announces. Decided against, it ends. */
export const sessionSubject: Subject = { kind: 'room', find, mayReport, hide: end, restore: goOn }

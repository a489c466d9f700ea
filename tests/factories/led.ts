import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { roomSessions } from '~/db/schema/chat'
import { actInSession } from '~/features/chat/led/acting.server'
import { come, setDoors } from '~/features/chat/led/doors.server'
import { openSession } from '~/features/chat/led/leading.server'
import { planSession } from '~/features/chat/led/planning.server'
import type { Actor } from '~/platform/actor'
import { aMember } from './members'

/** A mentor, who may lead. */
export const aHost = (handle?: string) =>
	aMember({ roles: [{ role: 'mentor' }], ...(handle ? { handle } : {}) })

const HOUR_MS = 60 * 60 * 1000

/** A day and time some hours from now, on the clock of London in winter and summer alike: the zone is given as UTC+0. */
function inHours(hours: number) {
	const at = new Date(Date.now() + hours * HOUR_MS).toISOString()
	return { date: at.slice(0, 10), time: at.slice(11, 16), zone: 'Africa/Abidjan' }
}

/** What the form to plan a session sends. */
export const aPlan = (change: Record<string, unknown> = {}) => ({
	key: randomUUID(),
	name: 'First steps',
	about: '',
	language: 'it',
	...inHours(24),
	minutes: '60',
	languages: ['it', 'ar'],
	size: '10',
	rules: 'Una alla volta.',
	agenda: 'Ciao\nParliamo',
	keepDays: '30',
	doors: 'lobby',
	...change,
})

/** A session as planned; returns its room. */
export const aPlannedSession = async (host: Actor, change: Record<string, unknown> = {}) =>
	(await planSession(host, aPlan(change))).id

/** A session that has begun, its doors open unless told otherwise, with these women in it. */
export async function aSession(host: Actor, people: Actor[] = [], change: Record<string, unknown> = {}) {
	const room = await aPlannedSession(host, { ...change, doors: 'open' })
	await openSession(host, { room })
	for (const one of people) await come(one, { room })
	if (change.doors && change.doors !== 'open') await setDoors(host, { room, doors: change.doors })
	return room
}

/** Does what a form with this intent does. */
export const act = (actor: Actor, room: string, intent: string, more: Record<string, unknown> = {}) =>
	actInSession(actor, { room, intent, ...more })

/** Sets what only time or another process would. */
export const setSession = (room: string, change: Partial<typeof roomSessions.$inferInsert>) =>
	db.update(roomSessions).set(change).where(eq(roomSessions.roomId, room))

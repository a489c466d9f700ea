import { and, eq } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages, roomDoors, roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import type { Translated } from '~/db/schema/forum'
import { dirOf } from '~/platform/i18n/languages'
import type { ExampleSession } from './texts.server'
import type { ExampleIds } from './write-people.server'
import { MINUTE_MS, writeMessages } from './write-rooms.server'

const KEPT_DAYS = 30
/** What is planned begins at a full quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS

const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS)

function startOf({ state, startsInMinutes }: ExampleSession, now: Date) {
	const at = later(now, startsInMinutes)
	return state === 'planned' ? new Date(Math.ceil(at.getTime() / QUARTER_MS) * QUARTER_MS) : at
}

/** Writes the talks led by hosts: one that will be, one that goes on, one that is over. */
export async function writeSessions(tx: Tx, sessions: readonly ExampleSession[], ids: ExampleIds) {
	for (const session of sessions) {
		const startsAt = startOf(session, ids.now)
		const roomId = await writeRoom(tx, session, startsAt)
		await writePeople(tx, roomId, session, startsAt, ids)
		const lines = session.messages.map(({ by, body, lang, minutesAfter }) => ({
			authorId: ids.member(by),
			body,
			lang,
			at: later(startsAt, minutesAfter),
		}))
		await writeMessages(tx, roomId, lines)
		if (session.pinned !== undefined) await pin(tx, roomId, session.pinned)
	}
}

async function writeRoom(tx: Tx, session: ExampleSession, startsAt: Date) {
	const { lang, name, about, languages, state, minutes, size, rules, agenda, step, doors, note } = session
	const endsAt = later(startsAt, minutes)
	const over = state === 'ended'
	const [room] = await tx
		.insert(rooms)
		.values({
			kind: 'session',
			names: { [lang]: name } as Translated,
			about: { [lang]: about } as Translated,
			languages,
			keepDays: KEPT_DAYS,
			closedAt: over ? endsAt : null,
		})
		.returning({ id: rooms.id })
	await tx.insert(roomSessions).values({
		roomId: room!.id,
		startsAt,
		minutes,
		size,
		rules,
		agenda,
		step,
		lang,
		dir: dirOf(lang),
		state,
		doors: over ? 'closed' : doors,
		openedAt: state === 'planned' ? null : startsAt,
		// Nobody leads it in truth: it goes on until it should end, as if she were there.
		hostSeenAt: state === 'open' ? endsAt : null,
		endedAt: over ? endsAt : null,
		note,
	})
	return room!.id
}

async function writePeople(
	tx: Tx,
	roomId: string,
	{ host, cohost, people, hands = [], waiting = [] }: ExampleSession,
	joinedAt: Date,
	ids: ExampleIds,
) {
	const seat = (handle: string, role: 'host' | 'cohost' | 'member') => ({
		roomId,
		memberId: ids.member(handle),
		role,
		joinedAt,
		handAt: hands.includes(handle) ? ids.now : null,
	})
	await tx
		.insert(roomMembers)
		.values([
			seat(host, 'host'),
			...(cohost ? [seat(cohost, 'cohost')] : []),
			...people.map((handle) => seat(handle, 'member')),
		])
	if (waiting.length === 0) return
	await tx
		.insert(roomDoors)
		.values(waiting.map((handle) => ({ roomId, memberId: ids.member(handle), state: 'waiting' as const })))
}

async function pin(tx: Tx, roomId: string, at: number) {
	const [message] = await tx
		.select({ id: messages.id })
		.from(messages)
		.where(and(eq(messages.roomId, roomId), eq(messages.seq, at + 1)))
	await tx.update(rooms).set({ pinnedId: message!.id }).where(eq(rooms.id, roomId))
}

import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { agreeToInterpreter, proposeInterpreter } from '~/features/mentoring/together/interpreters.server'
import { agreeToMeeting, proposeMeeting, readMeetings } from '~/features/mentoring/together/meetings.server'
import type { Actor } from '~/platform/actor'
import { act, ROOMS } from './mentoring'

export type MatchState =
	| 'chosen'
	| 'asked'
	| 'proposed'
	| 'accepted'
	| 'settled'
	| 'paused'
	| 'declined'
	| 'lapsed'
	| 'withdrawn'
	| 'ended'

type Person = Pick<Actor, 'id'>

/** A row between the two, past the commands that ask and propose. */
export async function aMatchRow(
	mentee: Person,
	mentor: Person,
	fields: Partial<typeof matches.$inferInsert> = {},
): Promise<string> {
	const [row] = await db
		.insert(matches)
		.values({
			menteeId: mentee.id,
			mentorId: mentor.id,
			key: randomUUID(),
			needs: ['jobSearch'],
			words: 'I look for work.',
			wordsLang: 'en',
			wordsDir: 'ltr',
			...fields,
		})
		.returning({ id: matches.id })
	return row!.id
}

/** A match in this state; where it goes on or went on, brought there by the two themselves. `paused`: by the mentee. */
export async function aMatchAs(state: MatchState, mentee: Actor, mentor: Actor): Promise<string> {
	if (state === 'chosen') return aMatchRow(mentee, mentor, { status: 'chosen', place: 1 })
	if (state === 'asked' || state === 'proposed') return aMatchRow(mentee, mentor, { status: state })
	if (state === 'declined' || state === 'lapsed' || state === 'withdrawn') {
		return aMatchRow(mentee, mentor, { status: state, answeredAt: new Date() })
	}
	const match = await aMatchRow(mentee, mentor, { status: 'asked' })
	await act(mentor, match, 'accept')
	if (state === 'settled') await act(mentee, match, 'settle')
	if (state === 'paused') await act(mentee, match, 'pause')
	if (state === 'ended') await act(mentee, match, 'end')
	return match
}

export const rowOf = async (id: string) => {
	const [row] = await db.select().from(matches).where(eq(matches.id, id))
	return row!
}

/** Makes the match older, so that time has passed. */
export const beganDaysAgo = (id: string, days: number) =>
	db
		.update(matches)
		.set({ answeredAt: new Date(Date.now() - days * 24 * 60 * 60 * 1000) })
		.where(and(eq(matches.id, id)))

/** A form to propose a meeting, some days from now at 15:00 in Rome. */
export function aMeetingForm(match: string, change: Record<string, unknown> = {}) {
	const day = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000)
	return {
		match,
		key: randomUUID(),
		date: day.toISOString().slice(0, 10),
		time: '15:00',
		zone: 'Europe/Rome',
		minutes: '30',
		how: 'voice',
		...change,
	}
}

/** A meeting that one proposed and the other agreed to; returns its id. */
export async function aMeeting(by: Actor, other: Actor, match: string, change: Record<string, unknown> = {}) {
	await proposeMeeting(by, aMeetingForm(match, change))
	const open = (await readMeetings(match, by)).filter(({ agreed }) => !agreed)
	const meeting = open[0]!.id
	await agreeToMeeting(other, { match, meeting })
	return meeting
}

/** Someone who interprets, agreed by all three. */
export async function anInterpreter(by: Actor, other: Actor, interpreter: Actor, match: string) {
	await proposeInterpreter(by, { match, handle: interpreter.handle })
	await agreeToInterpreter(ROOMS)(other, { match })
	await agreeToInterpreter(ROOMS)(interpreter, { match })
}

import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import { mentoringMeetings } from '~/db/schema/together'
import type { Actor } from '~/platform/actor'
import { formatDayTime } from '~/platform/i18n/format'
import { fixedT } from '~/platform/i18n/i18n.server'
import { sharedTime } from '../times/shared-time'
import { zoneFor } from '../times/zones'

/** A notice as far as it is needed here. */
interface Told {
	id: string
	kind: string
	subjectId: string
}

const KINDS = ['mentoring.reminder', 'mentoring.interpreter']

/** Whether she interprets in a match now, or is asked to. */
const interprets = (actor: Actor) => sql`exists (
	select 1 from mentoring_interpreters i where i.match_id = matches.id and i.interpreter_id = ${actor.id}::uuid
		and i.ended_at is null and i.mentee_yes_at is not null and i.mentor_yes_at is not null)`

const withNobodyBlocked = (actor: Actor) =>
	actor.blocked.length === 0
		? undefined
		: sql`not (${inArray(matches.menteeId, actor.blocked)} or ${inArray(matches.mentorId, actor.blocked)})`

/** Those of these matches that go on and are hers, as one of the two or as the third. */
async function herMatches(actor: Actor, ids: string[]) {
	const rows = await db
		.select({ id: matches.id })
		.from(matches)
		.where(
			and(
				inArray(matches.id, ids),
				eq(matches.status, 'accepted'),
				or(eq(matches.menteeId, actor.id), eq(matches.mentorId, actor.id), interprets(actor)),
				withNobodyBlocked(actor),
			),
		)
	return new Set(rows.map(({ id }) => id))
}

/** Meetings that are still agreed, with the time they have now and the reader's zone. */
const agreedMeetings = (actor: Actor, ids: string[]) =>
	db
		.select({
			id: mentoringMeetings.id,
			matchId: mentoringMeetings.matchId,
			at: mentoringMeetings.startsAt,
			zone: members.zone,
			hostCountry: members.hostCountry,
		})
		.from(mentoringMeetings)
		.innerJoin(members, eq(members.id, actor.id))
		.where(and(inArray(mentoringMeetings.id, ids), eq(mentoringMeetings.status, 'agreed')))

/**
 * Where notices about meetings and the third seat lead, by the notice's id, with the time of the meeting as it is now, in
 * her language and on her clock, which is named. What was called off, or is no longer hers, is left out. Two queries at
 * most.
 */
export async function meetingPlaces(actor: Actor, locale: string, told: readonly Told[]) {
	const places = new Map<string, { path: string; when?: string }>()
	const hers = told.filter(({ kind }) => KINDS.includes(kind))
	if (hers.length === 0) return places
	const ids = hers.map(({ subjectId }) => subjectId)
	const meetings = new Map((await agreedMeetings(actor, ids)).map((row) => [row.id, row]))
	const shown = await herMatches(actor, [...ids, ...[...meetings.values()].map(({ matchId }) => matchId)])
	const t = fixedT(locale)
	for (const { id, kind, subjectId } of hers) {
		const meeting = meetings.get(subjectId)
		const matchId = kind === 'mentoring.reminder' ? meeting?.matchId : subjectId
		if (!matchId || !shown.has(matchId)) continue
		const when = meeting && sharedTime({ t, locale, zone: zoneFor(meeting) }, meeting.at, formatDayTime)
		places.set(id, { path: `/mentoring/${matchId}`, ...(when ? { when } : {}) })
	}
	return places
}

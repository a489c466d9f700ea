import { and, asc, desc, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { mentoringMeetings } from '~/db/schema/together'
import { tell } from '~/features/members/notices.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { momentsOf } from '~/platform/i18n/moments'
import { isUuid } from '~/platform/text'
import { MEETING_DAYS_AHEAD, OPEN_MEETINGS } from '../mentoring.limits'
import { OneMeeting, ProposeMeeting } from './match.schema'
import { accessMatch, accessRunning, hers, type Match, type OpenMatch, withBoth } from './match-access.server'

const DAY_MS = 24 * 60 * 60 * 1000
/** More than two women plan ahead. */
const SHOWN_AT_MOST = 50

const ahead = gt(mentoringMeetings.startsAt, sql`now()`)

/** What is planned: agreed times and those that wait for an answer, the next one first. */
export const readMeetings = (matchId: string, actor: Pick<Actor, 'id'>) =>
	db
		.select({
			id: mentoringMeetings.id,
			startsAt: mentoringMeetings.startsAt,
			minutes: mentoringMeetings.minutes,
			how: mentoringMeetings.how,
			agreed: sql<boolean>`${mentoringMeetings.status} = 'agreed'`,
			byHer: sql<boolean>`${mentoringMeetings.proposedBy} is not distinct from ${actor.id}::uuid`,
		})
		.from(mentoringMeetings)
		.where(
			and(
				eq(mentoringMeetings.matchId, matchId),
				inArray(mentoringMeetings.status, ['proposed', 'agreed']),
				// One that goes on now is still the next one.
				sql`${mentoringMeetings.startsAt} + make_interval(mins => ${mentoringMeetings.minutes}) > now()`,
			),
		)
		.orderBy(asc(mentoringMeetings.startsAt), asc(mentoringMeetings.id))
		.limit(SHOWN_AT_MOST)

/** The moment she means. Throws `invalid` for an hour the clock jumps over, and for one that is not ahead. */
function startOf({ date, time, zone }: { date: string; time: string; zone: string }): Date {
	const refuse = (field: string, key: string) => new AppError('invalid', { fields: { [field]: key } })
	// Set back, the clock shows it twice: the first is meant, and the page says so.
	const [startsAt] = momentsOf(date, time, zone)
	if (!startsAt) throw refuse('time', 'match:when.skipped')
	if (startsAt.getTime() <= Date.now()) throw refuse('date', 'match:when.past')
	if (startsAt.getTime() > Date.now() + MEETING_DAYS_AHEAD * DAY_MS) throw refuse('date', 'match:when.far')
	return startsAt
}

const ofKey = (match: Match, key: string) =>
	and(eq(mentoringMeetings.matchId, match.id), eq(mentoringMeetings.key, key))

const tellOther = (tx: Tx, match: Pick<OpenMatch, 'id' | 'otherId'>) =>
	tell(tx, { memberIds: [match.otherId], kind: 'mentoring.meeting', subjectId: match.id })

/**
 * Proposes a time to meet. The same form again is the same proposal. Throws `not-found`, `invalid` (`startOf`),
 * `conflict` (`details.reason`: the match's state, `break`, or `enough` open proposals).
 */
export const proposeMeeting = command({
	input: ProposeMeeting,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessRunning(tx, actor, input.match)
		if ((await tx.$count(mentoringMeetings, ofKey(match, input.key))) > 0) return
		const startsAt = startOf(input)
		const open = and(eq(mentoringMeetings.matchId, match.id), eq(mentoringMeetings.status, 'proposed'), ahead)
		if ((await tx.$count(mentoringMeetings, open)) >= OPEN_MEETINGS) {
			throw new AppError('conflict', { details: { reason: 'enough' } })
		}
		const { key, minutes, how, zone } = input
		await tx
			.insert(mentoringMeetings)
			.values({ matchId: match.id, key, proposedBy: actor.id, startsAt, minutes, how, zone })
		await tellOther(tx, match)
	},
})

/** A meeting of this match. Throws `not-found`. */
async function accessMeeting(tx: Db, match: Match, id: string) {
	const [meeting] = await tx
		.select()
		.from(mentoringMeetings)
		.where(and(eq(mentoringMeetings.id, id), eq(mentoringMeetings.matchId, match.id)))
	if (!meeting) throw new AppError('not-found')
	return meeting
}

const counted = { changes: sql`${mentoringMeetings.changes} + 1`, answeredAt: sql`now()` }

/**
 * Agrees to a time the other one proposed; the other proposals go. Throws `not-found`, `forbidden` for her own
 * proposal, `conflict` (`details.reason`: `changed`, `over`, the match's state or `break`).
 */
export const agreeToMeeting = command({
	input: OneMeeting,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessRunning(tx, actor, input.match)
		const meeting = await accessMeeting(tx, match, input.meeting)
		if (meeting.proposedBy === actor.id) throw new AppError('forbidden')
		if (meeting.status === 'agreed') return
		const over = meeting.startsAt.getTime() <= Date.now()
		if (meeting.status !== 'proposed' || over) {
			throw new AppError('conflict', { details: { reason: over ? 'over' : 'changed' } })
		}
		await tx
			.update(mentoringMeetings)
			.set({
				...counted,
				status: 'agreed',
				// Agreed on the last day, it needs no reminder.
				remindedAt: sql`case when ${mentoringMeetings.startsAt} <= now() + interval '24 hours' then now() end`,
			})
			.where(eq(mentoringMeetings.id, meeting.id))
		await tx
			.update(mentoringMeetings)
			.set({ ...counted, status: 'declined' })
			.where(
				and(
					eq(mentoringMeetings.matchId, match.id),
					eq(mentoringMeetings.status, 'proposed'),
					ne(mentoringMeetings.id, meeting.id),
				),
			)
		await tellOther(tx, match)
	},
})

/**
 * Says no to a proposed time, takes her own back, or calls an agreed one off; no reason is asked, also during a break.
 * Done already, nothing changes. Throws `not-found`, `conflict` where it is over.
 */
export const cancelMeeting = command({
	input: OneMeeting,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessMatch(tx, actor, input.match, { lock: 'match' })
		const meeting = await accessMeeting(tx, match, input.meeting)
		if (meeting.status === 'declined' || meeting.status === 'cancelled') return
		if (meeting.startsAt.getTime() <= Date.now()) {
			throw new AppError('conflict', { details: { reason: 'over' } })
		}
		const hers = meeting.status === 'agreed' || meeting.proposedBy === actor.id
		await tx
			.update(mentoringMeetings)
			.set({ ...counted, status: hers ? 'cancelled' : 'declined' })
			.where(eq(mentoringMeetings.id, meeting.id))
		await tellOther(tx, withBoth(match))
	},
})

/**
 * A meeting of hers for her calendar: agreed, or called off after it was. Throws `not-found` for everyone but the two,
 * and for what was never agreed.
 */
export async function readAppointment(actor: Actor, matchId: string | undefined, id: string | undefined) {
	if (!isUuid(matchId) || !isUuid(id)) throw new AppError('not-found')
	const [row] = await db
		.select({
			id: mentoringMeetings.id,
			startsAt: mentoringMeetings.startsAt,
			minutes: mentoringMeetings.minutes,
			changes: mentoringMeetings.changes,
			status: mentoringMeetings.status,
			changedAt: sql<Date>`coalesce(${mentoringMeetings.answeredAt}, ${mentoringMeetings.createdAt})`.mapWith(
				mentoringMeetings.createdAt,
			),
		})
		.from(mentoringMeetings)
		.innerJoin(matches, eq(matches.id, mentoringMeetings.matchId))
		.where(
			and(
				eq(mentoringMeetings.id, id),
				hers(actor, matchId),
				// A time that was only proposed and taken back is in nobody's calendar.
				sql`(${mentoringMeetings.status} = 'agreed' or (${mentoringMeetings.status} = 'cancelled' and ${mentoringMeetings.changes} > 1))`,
			),
		)
	if (!row) throw new AppError('not-found')
	const { status, ...appointment } = row
	return { ...appointment, cancelled: status === 'cancelled' }
}

/** The next agreed meeting of a match, for someone who sees nothing else of it. */
export async function nextMeeting(matchId: string) {
	const [next] = await db
		.select({
			id: mentoringMeetings.id,
			startsAt: mentoringMeetings.startsAt,
			minutes: mentoringMeetings.minutes,
			how: mentoringMeetings.how,
		})
		.from(mentoringMeetings)
		.where(and(eq(mentoringMeetings.matchId, matchId), eq(mentoringMeetings.status, 'agreed'), ahead))
		.orderBy(asc(mentoringMeetings.startsAt), desc(mentoringMeetings.id))
		.limit(1)
	return next ?? null
}

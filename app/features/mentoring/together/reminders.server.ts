import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { mentoringInterpreters, mentoringMeetings } from '~/db/schema/together'
import { tell } from '~/features/members/notices.server'
import { keepDoing } from '~/platform/aside.server'

const EVERY_MS = 60_000
/** Few enough that nobody waits for the locks. */
const AT_ONCE = 200
const HOURS_BEFORE = 24

/** What is agreed and begins within a day; during a break nobody is reminded. */
const readDue = (tx: Tx) =>
	tx
		.select({ id: mentoringMeetings.id, matchId: mentoringMeetings.matchId })
		.from(mentoringMeetings)
		.innerJoin(matches, eq(matches.id, mentoringMeetings.matchId))
		.where(
			and(
				eq(mentoringMeetings.status, 'agreed'),
				isNull(mentoringMeetings.remindedAt),
				sql`${mentoringMeetings.startsAt} > now()`,
				sql`${mentoringMeetings.startsAt} <= now() + make_interval(hours => ${HOURS_BEFORE})`,
				eq(matches.status, 'accepted'),
				isNull(matches.pausedAt),
			),
		)
		.orderBy(mentoringMeetings.startsAt, mentoringMeetings.id)
		.limit(AT_ONCE)
		.for('update', { of: mentoringMeetings, skipLocked: true })

/** The two of each match, and whoever interprets for them. */
async function peopleOf(tx: Tx, matchIds: string[]) {
	const rows = await tx
		.select({
			id: matches.id,
			menteeId: matches.menteeId,
			mentorId: matches.mentorId,
			interpreterId: mentoringInterpreters.interpreterId,
		})
		.from(matches)
		.leftJoin(
			mentoringInterpreters,
			and(
				eq(mentoringInterpreters.matchId, matches.id),
				isNull(mentoringInterpreters.endedAt),
				isNotNull(mentoringInterpreters.interpreterYesAt),
			),
		)
		.where(inArray(matches.id, matchIds))
	return new Map(
		rows.map(({ id, menteeId, mentorId, interpreterId }) => [
			id,
			[menteeId, mentorId, interpreterId].filter((memberId) => memberId !== null),
		]),
	)
}

/** Reminds of every meeting that begins within a day, once. Several processes at once share the work. Returns how many. */
export const remindOfMeetings = () =>
	db.transaction(async (tx) => {
		const due = await readDue(tx)
		if (due.length === 0) return 0
		const ids = due.map(({ id }) => id)
		await tx
			.update(mentoringMeetings)
			.set({ remindedAt: sql`now()` })
			.where(inArray(mentoringMeetings.id, ids))
		const people = await peopleOf(tx, [...new Set(due.map(({ matchId }) => matchId))])
		for (const { id, matchId } of due) {
			await tell(tx, {
				memberIds: people.get(matchId) ?? [],
				kind: 'mentoring.reminder',
				subjectId: id,
				placeId: matchId,
			})
		}
		return due.length
	})

/** Reminds every minute for as long as the process runs. */
export const keepReminding = () => keepDoing('mentoring.reminding', EVERY_MS, () => remindOfMeetings())

import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { mentoringInterpreters, mentoringMeetings } from '~/db/schema/together'
import { mentorIdOf } from '../mentoring.policy'
import type { Match, PrivateRooms, Publish } from './match-access.server'
import { givePlaceBack } from './places.server'

/** From when on a mentoring that nobody settled has been a help, too. */
const A_HELP_AFTER_MS = 14 * 24 * 60 * 60 * 1000

type Ending = Pick<Match, 'id' | 'mentorId' | 'needs' | 'roomId' | 'answeredAt' | 'settledAt'>

const wasAHelp = ({ settledAt, answeredAt }: Ending) =>
	settledAt !== null || (answeredAt !== null && Date.now() - answeredAt.getTime() >= A_HELP_AFTER_MS)

/** What was proposed or agreed is off; what is over stays as it was. */
const cancelMeetings = (tx: Tx, matchId: string) =>
	tx
		.update(mentoringMeetings)
		.set({ status: 'cancelled', changes: sql`${mentoringMeetings.changes} + 1` })
		.where(
			and(
				eq(mentoringMeetings.matchId, matchId),
				inArray(mentoringMeetings.status, ['proposed', 'agreed']),
				sql`${mentoringMeetings.startsAt} > now()`,
			),
		)

/** Ends the third seat of a match, whether or not she had taken it. */
export async function endSeat(
	tx: Tx,
	match: Pick<Match, 'id' | 'roomId'>,
	rooms: PrivateRooms,
	publish: Publish,
) {
	const [seat] = await tx
		.update(mentoringInterpreters)
		.set({ endedAt: sql`now()` })
		.where(and(eq(mentoringInterpreters.matchId, match.id), isNull(mentoringInterpreters.endedAt)))
		.returning({
			interpreterId: mentoringInterpreters.interpreterId,
			seated: sql<boolean>`${mentoringInterpreters.interpreterYesAt} is not null`,
		})
	if (seat?.seated && match.roomId) {
		await rooms.unseat(tx, { roomId: match.roomId, memberId: seat.interpreterId }, publish)
	}
	return seat
}

interface By {
	/** Who ended it; null where moderators did. */
	by: string | null
	/** The other reads only that it has ended. */
	quietly: boolean
}

/**
 * Ends a mentoring that the transaction holds: the place is free again, nobody writes in the room any more, the
 * interpreter is out of it, and what was planned is off. Nobody is told more than the page says.
 */
export async function endMatch(
	tx: Tx,
	match: Ending,
	{ by, quietly }: By,
	rooms: PrivateRooms,
	publish: Publish,
) {
	await tx
		.update(matches)
		.set({ status: 'ended', endedAt: sql`now()`, endedBy: by, endedQuietly: quietly })
		.where(eq(matches.id, match.id))
	await givePlaceBack(tx, mentorIdOf(match), wasAHelp(match) ? match.needs : [])
	await cancelMeetings(tx, match.id)
	await endSeat(tx, match, rooms, publish)
	if (match.roomId) await rooms.close(tx, match.roomId, publish)
}

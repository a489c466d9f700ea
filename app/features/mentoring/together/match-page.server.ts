import { and, eq, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { actsFor, sideOf, whyNotAccept } from '../mentoring.policy'
import { inOrder } from '../needs'
import { canBeFound } from '../offers/findable.server'
import { zoneFor } from '../times/zones'
import { readFeedback } from './feedback.server'
import { readGoals } from './goals.server'
import { readSeat, readSeatOf } from './interpreters.server'
import { factsOf, hers, type RoomsWith } from './match-access.server'
import { nextMeeting, readMeetings } from './meetings.server'
import { readNotes } from './notes.server'

const other = alias(members, 'other')
const self = alias(members, 'self')

const columns = {
	id: matches.id,
	menteeId: matches.menteeId,
	mentorId: matches.mentorId,
	status: matches.status,
	needs: matches.needs,
	words: sql<string>`case when ${matches.hiddenAt} is null then ${matches.words} else '' end`,
	wordsLang: matches.wordsLang,
	wordsDir: matches.wordsDir,
	roomId: matches.roomId,
	askedAt: matches.askedAt,
	answeredAt: matches.answeredAt,
	menteeYesAt: matches.menteeYesAt,
	mentorYesAt: matches.mentorYesAt,
	settledAt: matches.settledAt,
	pausedAt: matches.pausedAt,
	pausedBy: matches.pausedBy,
	endedAt: matches.endedAt,
	endedBy: matches.endedBy,
	endedQuietly: matches.endedQuietly,
	other: {
		id: other.id,
		handle: other.handle,
		speaks: other.speaks,
		zone: other.zone,
		hostCountry: other.hostCountry,
	},
	herZone: self.zone,
	herCountry: self.hostCountry,
	offerStatus: mentorOffers.status,
	found: sql<boolean | null>`${canBeFound}`,
	free: sql<boolean | null>`${mentorOffers.load} < ${mentorOffers.capacity}`,
}

async function findMatch(actor: Actor, id: string | undefined) {
	if (!isUuid(id)) throw new AppError('not-found')
	const [match] = await db
		.select(columns)
		.from(matches)
		.innerJoin(self, eq(self.id, actor.id))
		// Of a mentor who has left there is no row any more.
		.leftJoin(
			other,
			and(
				or(eq(other.id, matches.menteeId), eq(other.id, matches.mentorId)),
				sql`${other.id} <> ${actor.id}`,
			),
		)
		.leftJoin(mentorOffers, eq(mentorOffers.memberId, matches.mentorId))
		.where(hers(actor, id))
	const side = match && sideOf(actor, match)
	if (!match || !side) throw new AppError('not-found')
	return { match, side }
}

/**
 * The page of a match as one of the two sees it, with its room while she is in it. How full a mentor is, only she may
 * know; who ended it, only where that is what the other chose to say. Throws `not-found` for everyone but the two.
 */
export async function readMatch(actor: Actor, id: string | undefined, roomsWith: RoomsWith) {
	const { match, side } = await findMatch(actor, id)
	const { roomId } = match
	const herZone = zoneFor({ zone: match.herZone, hostCountry: match.herCountry })
	const facts = factsOf(match, side, actor)
	const entered = roomId !== null && (await roomsWith(actor, [roomId])).has(roomId)
	return {
		id: match.id,
		side,
		status: match.status,
		words: match.words,
		wordsLang: match.wordsLang,
		wordsDir: match.wordsDir,
		askedAt: match.askedAt,
		answeredAt: match.answeredAt,
		endedAt: match.endedAt,
		roomId: entered ? roomId : null,
		needs: inOrder(match.needs),
		/** Null where the mentor has left. */
		other: match.other && { id: match.other.id, handle: match.other.handle, speaks: match.other.speaks },
		endedByHer: match.endedBy === actor.id,
		endedQuietly: match.endedQuietly || match.endedBy === null,
		saidYes: facts.saidYes,
		settled: facts.settled,
		pausedBy: facts.pausedBy,
		acts: actsFor(side, facts),
		whyNotAccept:
			side === 'mentor'
				? whyNotAccept({ offerStatus: match.found ? match.offerStatus : null, free: match.free })
				: undefined,
		zones: {
			calendar: actor.calendar,
			hers: herZone,
			// A zone says where she is: to make an appointment, and neither before both agreed nor after the end.
			other: match.status === 'accepted' && match.other ? zoneFor(match.other) : herZone,
		},
	}
}

/** How a match stands, as the page shows it. */
export type MatchShown = Awaited<ReturnType<typeof readMatch>>

/** What the two have together: meetings, goals, notes, the third seat; nothing before they have begun. */
async function readTogether(actor: Actor, match: MatchShown) {
	const begun = match.status === 'accepted' || match.status === 'ended'
	if (!begun) return null
	const [meetings, goals, notes, seat, mood] = await Promise.all([
		readMeetings(match.id, actor),
		readGoals(match.id),
		readNotes(match.id, actor),
		readSeatOf(match),
		match.status === 'ended' ? readFeedback(match.id, actor) : null,
	])
	return { meetings, goals, notes, seat, mood }
}

export type Together = NonNullable<Awaited<ReturnType<typeof readTogether>>>

/** What someone who interprets sees of a match: who the two are, the room, the next meeting. */
async function readInterpreting(actor: Actor, id: string | undefined, roomsWith: RoomsWith) {
	const { roomId, seatId: _seatId, pausedAt, ...seat } = await readSeat(actor, id)
	const entered = seat.seated && roomId !== null && (await roomsWith(actor, [roomId])).has(roomId)
	const [self] = await db
		.select({ zone: members.zone, hostCountry: members.hostCountry })
		.from(members)
		.where(eq(members.id, actor.id))
	const zone = zoneFor(self!)
	return {
		...seat,
		paused: pausedAt !== null,
		roomId: entered ? roomId : null,
		zones: { hers: zone, other: zone, calendar: actor.calendar },
		next: seat.seated ? await nextMeeting(seat.id) : null,
	}
}

export type Interpreting = Awaited<ReturnType<typeof readInterpreting>>

/** Everything behind the address of a match, for the two and for who interprets. Throws `not-found` for everyone else. */
export async function readMatchPage(actor: Actor, id: string | undefined, roomsWith: RoomsWith) {
	try {
		const match = await readMatch(actor, id, roomsWith)
		return { match, together: await readTogether(actor, match), interpreting: null }
	} catch (error) {
		if (!(error instanceof AppError) || error.code !== 'not-found') throw error
		return { match: null, together: null, interpreting: await readInterpreting(actor, id, roomsWith) }
	}
}

import { and, desc, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Db, db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import { mentoringInterpreters } from '~/db/schema/together'
import { skeleton } from '~/features/members/handle'
import { tell } from '~/features/members/notices.server'
import { countRefused } from '~/features/moderation/measures/attempts.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { endSeat } from './ending.server'
import { OneSeat, ProposeInterpreter } from './match.schema'
import {
	accessMatch,
	accessRunning,
	type Match,
	type OpenMatch,
	type PrivateRooms,
} from './match-access.server'

/** More than one woman interprets for. */
const SEATS_AT_MOST = 20

const open = (matchId: string) =>
	and(eq(mentoringInterpreters.matchId, matchId), isNull(mentoringInterpreters.endedAt))

const seatColumns = {
	id: mentoringInterpreters.id,
	interpreterId: mentoringInterpreters.interpreterId,
	menteeYesAt: mentoringInterpreters.menteeYesAt,
	mentorYesAt: mentoringInterpreters.mentorYesAt,
	interpreterYesAt: mentoringInterpreters.interpreterYesAt,
}

const findSeat = async (tx: Db, matchId: string) =>
	(await tx.select(seatColumns).from(mentoringInterpreters).where(open(matchId)))[0]

/** The third seat as one of the two sees it, or null. */
export async function readSeatOf(match: Pick<Match, 'id' | 'side'>) {
	const [seat] = await db
		.select({ ...seatColumns, handle: members.handle })
		.from(mentoringInterpreters)
		.innerJoin(members, eq(members.id, mentoringInterpreters.interpreterId))
		.where(open(match.id))
	if (!seat) return null
	const mine = match.side === 'mentee' ? seat.menteeYesAt : seat.mentorYesAt
	return {
		id: seat.interpreterId,
		handle: seat.handle,
		/** Whose yes is still missing, the nearest first. */
		waitsFor: mine
			? seat.menteeYesAt && seat.mentorYesAt
				? seat.interpreterYesAt
					? null
					: ('interpreter' as const)
				: ('other' as const)
			: ('her' as const),
	}
}

/**
 * Someone she may name. Unknown, not active, with a block between them, herself, the other one: one answer for all,
 * so that a name typed in tells nothing.
 */
async function findInterpreter(tx: Tx, actor: Actor, match: OpenMatch, handle: string) {
	const [found] = await tx
		.select({ id: members.id })
		.from(members)
		.where(and(eq(members.skeleton, skeleton(handle)), eq(members.status, 'active')))
	const isNobody =
		!found || found.id === actor.id || found.id === match.otherId || actor.blocked.includes(found.id)
	if (found) countRefused(actor, found.id)
	if (isNobody) throw new AppError('invalid', { fields: { handle: 'match:interpreter.nobody' } })
	return found.id
}

/**
 * Proposes someone to interpret. She herself learns of it only when both of the two have said yes. Throws `not-found`,
 * `invalid` for a name that cannot be asked, `conflict` (`details.reason`: the match's state, `break`, `seat` where
 * another one has it).
 */
export const proposeInterpreter = command({
	input: ProposeInterpreter,
	limit: 'mentoring.page',
	async run({ actor, input, tx }) {
		const match = await accessRunning(tx, actor, input.match)
		const interpreterId = await findInterpreter(tx, actor, match, input.handle)
		const seat = await findSeat(tx, match.id)
		if (seat?.interpreterId === interpreterId) return
		if (seat) throw new AppError('conflict', { details: { reason: 'seat' } })
		await tx.insert(mentoringInterpreters).values({
			matchId: match.id,
			interpreterId,
			proposedBy: actor.id,
			[match.side === 'mentee' ? 'menteeYesAt' : 'mentorYesAt']: sql`now()`,
		})
		await tell(tx, { memberIds: [match.otherId], kind: 'mentoring.interpreter', subjectId: match.id })
	},
})

const mentee = alias(members, 'mentee')
const mentor = alias(members, 'mentor')

/**
 * The running matches in which she has or is offered the third seat, as long as there is no block between her and one of
 * the two. Before both have agreed to her she does not know of it.
 */
export const seatsOf = (tx: Db, actor: Actor, matchId?: string) =>
	tx
		.select({
			id: matches.id,
			roomId: matches.roomId,
			pausedAt: matches.pausedAt,
			menteeId: mentee.id,
			mentorId: mentor.id,
			mentee: mentee.handle,
			mentor: mentor.handle,
			seatId: mentoringInterpreters.id,
			seated: sql<boolean>`${mentoringInterpreters.interpreterYesAt} is not null`,
		})
		.from(mentoringInterpreters)
		.innerJoin(matches, eq(matches.id, mentoringInterpreters.matchId))
		.innerJoin(mentee, eq(mentee.id, matches.menteeId))
		.innerJoin(mentor, eq(mentor.id, matches.mentorId))
		.where(
			and(
				eq(mentoringInterpreters.interpreterId, actor.id),
				isNull(mentoringInterpreters.endedAt),
				isNotNull(mentoringInterpreters.menteeYesAt),
				isNotNull(mentoringInterpreters.mentorYesAt),
				eq(matches.status, 'accepted'),
				notInArray(mentee.id, actor.blocked),
				notInArray(mentor.id, actor.blocked),
				matchId ? eq(matches.id, matchId) : undefined,
			),
		)
		.orderBy(sql`${mentoringInterpreters.interpreterYesAt} is not null`, desc(matches.askedAt), matches.id)
		.limit(SEATS_AT_MOST)

/** One of them. Throws `not-found` for everyone else. */
async function accessSeat(tx: Db, actor: Actor, matchId: string | undefined) {
	const [seat] = isUuid(matchId) ? await seatsOf(tx, actor, matchId) : []
	if (!seat) throw new AppError('not-found')
	return seat
}

/** The interpreter's page of a match: who the two are, and whether she has taken the seat. Throws `not-found`. */
export const readSeat = (actor: Actor, matchId: string | undefined) => accessSeat(db, actor, matchId)

const lockMatch = (tx: Tx, id: string) =>
	tx.select({ id: matches.id }).from(matches).where(eq(matches.id, id)).for('update')

/** The yes of one of the two; with the second, the interpreter is asked. */
async function agree(tx: Tx, actor: Actor, matchId: string) {
	const match = await accessRunning(tx, actor, matchId)
	const seat = await findSeat(tx, match.id)
	if (!seat) throw new AppError('conflict', { details: { reason: 'noSeat' } })
	const [mine, theirs] =
		match.side === 'mentee' ? [seat.menteeYesAt, seat.mentorYesAt] : [seat.mentorYesAt, seat.menteeYesAt]
	if (mine) return
	await tx
		.update(mentoringInterpreters)
		.set({ [match.side === 'mentee' ? 'menteeYesAt' : 'mentorYesAt']: sql`now()` })
		.where(eq(mentoringInterpreters.id, seat.id))
	// Where one of them avoids the other there is nothing for her to read (`accessSeat`): she is told nothing either.
	if (theirs && !actor.blocked.includes(seat.interpreterId))
		await tell(tx, { memberIds: [seat.interpreterId], kind: 'mentoring.interpreter', subjectId: match.id })
}

/** Her own yes: from now on she is in the room of the two. */
async function sitDown(
	tx: Tx,
	actor: Actor,
	matchId: string,
	rooms: PrivateRooms,
	publish: Parameters<PrivateRooms['seat']>[2],
) {
	await lockMatch(tx, matchId)
	const seat = await accessSeat(tx, actor, matchId)
	if (seat.seated) return
	await tx
		.update(mentoringInterpreters)
		.set({ interpreterYesAt: sql`now()` })
		.where(eq(mentoringInterpreters.id, seat.seatId))
	if (seat.roomId) await rooms.seat(tx, { roomId: seat.roomId, memberId: actor.id }, publish)
	await tell(tx, {
		memberIds: [seat.menteeId, seat.mentorId],
		kind: 'mentoring.interpreter',
		subjectId: seat.id,
	})
}

/** Whether the match is hers as one of the two. */
async function isOneOfTwo(tx: Tx, actor: Actor, matchId: string) {
	try {
		await accessMatch(tx, actor, matchId)
		return true
	} catch (error) {
		if (error instanceof AppError && error.code === 'not-found') return false
		throw error
	}
}

/**
 * Says yes to an interpreter, or as the interpreter to the two. Said twice it is once. Throws `not-found`, `conflict`
 * (`details.reason`: the match's state, `break`, `noSeat`).
 */
export const agreeToInterpreter = (rooms: PrivateRooms) =>
	command({
		input: OneSeat,
		limit: 'mentoring.page',
		async run({ actor, input, tx, publish }) {
			if (await isOneOfTwo(tx, actor, input.match)) return agree(tx, actor, input.match)
			return sitDown(tx, actor, input.match, rooms, publish)
		},
	})

/**
 * Ends the third seat, or says no to it: each of the three may at any time, without a reason. From then on the
 * interpreter reads nothing of the room any more. Where there is none nothing happens. Throws `not-found`.
 */
export const endInterpreting = (rooms: PrivateRooms) =>
	command({
		input: OneSeat,
		limit: 'mentoring.page',
		async run({ actor, input, tx, publish }) {
			if (await isOneOfTwo(tx, actor, input.match)) {
				const match = await accessMatch(tx, actor, input.match, { lock: 'match' })
				await endSeat(tx, match, rooms, publish)
				return { match: match.id }
			}
			if (!isUuid(input.match)) throw new AppError('not-found')
			await lockMatch(tx, input.match)
			const seat = await accessSeat(tx, actor, input.match)
			await endSeat(tx, seat, rooms, publish)
			// For her the page is gone with it.
			return { match: null }
		},
	})

/** Ends every third seat between these two, whichever of them interprets: one of them blocks the other. */
export async function endSeatsBetween(
	tx: Tx,
	pair: readonly [string, string],
	rooms: PrivateRooms,
	publish: Parameters<PrivateRooms['close']>[2],
) {
	const [one, two] = pair
	const shared = await tx
		.select({ id: matches.id, roomId: matches.roomId })
		.from(matches)
		.innerJoin(mentoringInterpreters, eq(mentoringInterpreters.matchId, matches.id))
		.where(
			and(
				isNull(mentoringInterpreters.endedAt),
				sql`((${mentoringInterpreters.interpreterId} = ${one}::uuid and ${two}::uuid in (${matches.menteeId}, ${matches.mentorId}))
					or (${mentoringInterpreters.interpreterId} = ${two}::uuid and ${one}::uuid in (${matches.menteeId}, ${matches.mentorId})))`,
			),
		)
		.orderBy(matches.id)
		.for('update', { of: matches })
	for (const match of shared) await endSeat(tx, match, rooms, publish)
}

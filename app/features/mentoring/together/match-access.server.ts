import { and, eq, ne, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { lockLine } from '../finding/line.server'
import { type MatchFacts, mentorIdOf, type Side, sideOf } from '../mentoring.policy'

export type Publish = (event: DomainEvent) => void

/** What mentoring asks of the chat; the route hands it in, since the two do not know each other. */
export interface PrivateRooms {
	/** Opens a room for exactly these members. */
	open(tx: Tx, memberIds: string[]): Promise<{ id: string }>
	/** Nobody writes in it any more; each may read it until she leaves it. */
	close(tx: Tx, roomId: string, publish: Publish): Promise<void>
	/** Its people write in it again. */
	reopen(tx: Tx, roomId: string, publish: Publish): Promise<void>
	/** Lets one more in, until she is taken out again. */
	seat(tx: Tx, place: { roomId: string; memberId: string }, publish: Publish): Promise<void>
	unseat(tx: Tx, place: { roomId: string; memberId: string }, publish: Publish): Promise<void>
}

/** Which of these rooms she is still in: the chat's answer, handed in by the route. */
export type RoomsWith = (actor: Actor, roomIds: readonly string[]) => Promise<Set<string>>

/** The other one of a match of hers; null for a mentor who has left. */
export const otherOf = (actor: Pick<Actor, 'id'>) =>
	sql`case when ${matches.mentorId} = ${actor.id} then ${matches.menteeId} else ${matches.mentorId} end`

/** A match of hers that is there for both: of one that only stands in a line the mentor must not learn. */
export const hers = (actor: Actor, id: string) =>
	and(
		eq(matches.id, id),
		ne(matches.status, 'chosen'),
		or(eq(matches.menteeId, actor.id), eq(matches.mentorId, actor.id)),
		notBlockedByHer(actor, otherOf(actor)),
	)

const columns = {
	id: matches.id,
	menteeId: matches.menteeId,
	mentorId: matches.mentorId,
	status: matches.status,
	needs: matches.needs,
	roomId: matches.roomId,
	answeredAt: matches.answeredAt,
	menteeYesAt: matches.menteeYesAt,
	mentorYesAt: matches.mentorYesAt,
	settledAt: matches.settledAt,
	pausedAt: matches.pausedAt,
	pausedBy: matches.pausedBy,
}

interface Access {
	/** `match`: nothing else changes it until the transaction ends. `line`: nor anything of the mentee's, taken first. */
	lock?: 'match' | 'line'
}

/**
 * A match of hers and which side she is on. Throws `not-found` for everyone but the two, and where there is none.
 */
export async function accessMatch(tx: Db, actor: Actor, id: string | undefined, { lock }: Access = {}) {
	if (!isUuid(id)) throw new AppError('not-found')
	if (lock === 'line') {
		const { menteeId } = await accessMatch(tx, actor, id)
		await lockLine(tx as Tx, menteeId)
	}
	const query = tx.select(columns).from(matches).where(hers(actor, id))
	const [match] = lock ? await query.for('update') : await query
	const side = match && sideOf(actor, match)
	if (!match || !side) throw new AppError('not-found')
	return { ...match, side }
}

export type Match = Awaited<ReturnType<typeof accessMatch>>

/** One that waits or goes on, with both of the two. */
export function withBoth(match: Match) {
	const mentorId = mentorIdOf(match)
	return { ...match, mentorId, otherId: match.side === 'mentee' ? mentorId : match.menteeId }
}

export type OpenMatch = ReturnType<typeof withBoth>

/** What the rules need to know of a match, from her side. */
export const factsOf = (
	match: Pick<Match, 'status' | 'menteeYesAt' | 'mentorYesAt' | 'settledAt' | 'pausedAt' | 'pausedBy'>,
	side: Side,
	actor: Pick<Actor, 'id'>,
): MatchFacts => ({
	status: match.status,
	saidYes: (side === 'mentee' ? match.menteeYesAt : match.mentorYesAt) !== null,
	settled: match.settledAt !== null,
	pausedBy: match.pausedAt ? (match.pausedBy === actor.id ? 'her' : 'other') : null,
})

/**
 * A match of hers that goes on, locked for a change both would see. Throws `not-found` as above, `conflict`
 * (`details.reason`: the state it is in, or `break` while one of them takes a break).
 */
export async function accessRunning(tx: Tx, actor: Actor, id: string): Promise<OpenMatch> {
	const match = await accessMatch(tx, actor, id, { lock: 'match' })
	if (match.status !== 'accepted') throw new AppError('conflict', { details: { reason: match.status } })
	if (match.pausedAt) throw new AppError('conflict', { details: { reason: 'break' } })
	return withBoth(match)
}

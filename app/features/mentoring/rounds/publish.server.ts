import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentoringWishes } from '~/db/schema/mentoring'
import { mentoringRoundPairs, mentoringRounds } from '~/db/schema/rounds'
import { tellEach } from '~/features/members/notices.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import type { Mentor, WaitingWoman } from '../matching/people'
import { brokenRule, type Rule } from '../matching/rules'
import { mentorIdOf } from '../mentoring.policy'
import { roundMentorOf, roundWomenOf } from './round-work.server'
import { OneRound } from './rounds.schema'
import { accessRound, type RoundRow, scopeOfRound } from './rounds.server'
import { readRoundMentors, readRoundWomen } from './rounds-people.server'

/** Rows written at a time. */
const ROWS_AT_ONCE = 2_000

/** Why a pair came to nothing: the woman or the mentor is no longer there to be matched, or a rule they break by now. */
export type LeftOut = 'woman' | 'mentor' | Rule

interface Pair {
	womanId: string
	mentorId: string
}

const readPairs = (tx: Tx, roundId: string) =>
	tx
		.select({
			womanId: mentoringRoundPairs.womanId,
			mentorId: sql<string>`${mentoringRoundPairs.mentorId}`,
		})
		.from(mentoringRoundPairs)
		.where(and(eq(mentoringRoundPairs.roundId, roundId), isNotNull(mentoringRoundPairs.mentorId)))
		.orderBy(asc(mentoringRoundPairs.place))

/**
 * The lock of each woman's line (line.server.ts), in one order: whoever is asking or answering in this moment is done
 * before, or waits until the round is out.
 */
const lockLines = (tx: Tx, womanIds: string[]) =>
	tx
		.select({ id: members.id })
		.from(members)
		.where(inArray(members.id, womanIds))
		.orderBy(asc(members.id))
		.for('no key update')

/** No mentor's account goes between the judging and the proposing: who is leaving just now is waited for. */
const keepMentors = (tx: Tx, mentorIds: string[]) =>
	tx
		.select({ id: members.id })
		.from(members)
		.where(inArray(members.id, mentorIds))
		.orderBy(asc(members.id))
		.for('key share')

/** The pairs of the round as the two are now; in the order of the queue, so that the longest waiting has the last place. */
async function judge(tx: Tx, round: RoundRow, pairs: readonly Pair[]) {
	const now = new Date()
	const scope = scopeOfRound(round)
	const mentorIds = [...new Set(pairs.map(({ mentorId }) => mentorId))]
	const womanIds = pairs.map(({ womanId }) => womanId)
	const mentorRows = await readRoundMentors(tx, scope, mentorIds)
	const womanRows = await readRoundWomen(tx, scope, womanIds)
	const women = new Map(roundWomenOf(womanRows, mentorRows, now).map((woman) => [woman.id, woman]))
	const mentors = new Map(mentorRows.map((row) => [row.id, roundMentorOf(row, now)]))
	const leftOut = new Map<string, LeftOut>()
	const held = new Map<string, number>()
	for (const { womanId, mentorId } of pairs) {
		const reason = whyLeftOut(women.get(womanId), withHeld(mentors.get(mentorId), held), now)
		if (reason) leftOut.set(womanId, reason)
		else held.set(mentorId, (held.get(mentorId) ?? 0) + 1)
	}
	return leftOut
}

/** A mentor with those of the round who have a place of hers already. */
const withHeld = (mentor: Mentor | undefined, held: ReadonlyMap<string, number>) =>
	mentor && { ...mentor, load: mentor.load + (held.get(mentor.id) ?? 0) }

function whyLeftOut(
	woman: WaitingWoman | undefined,
	mentor: Mentor | undefined,
	now: Date,
): LeftOut | undefined {
	if (!woman) return 'woman'
	return mentor ? brokenRule(woman, mentor, now) : 'mentor'
}

type MatchRow = typeof matches.$inferInsert & { mentorId: string }

/** The matches to propose; her words go with it only where she wrote some. */
async function rowsOf(tx: Tx, roundId: string, pairs: readonly Pair[]): Promise<MatchRow[]> {
	const mentorOf = new Map(pairs.map(({ womanId, mentorId }) => [womanId, mentorId]))
	const wishes = await tx
		.select({
			menteeId: mentoringWishes.memberId,
			needs: mentoringWishes.needs,
			words: mentoringWishes.words,
			wordsLang: mentoringWishes.wordsLang,
			wordsDir: mentoringWishes.wordsDir,
		})
		.from(mentoringWishes)
		.where(inArray(mentoringWishes.memberId, [...mentorOf.keys()]))
	return wishes.map((wish) => ({
		...wish,
		mentorId: mentorOf.get(wish.menteeId)!,
		key: randomUUID(),
		status: 'proposed' as const,
		place: null,
		roundId,
	}))
}

/** Whom she has chosen herself, and not asked yet, she now gets by the round: the one in her line makes way. */
const takeFromLines = (tx: Tx, rows: readonly MatchRow[]) =>
	tx.execute(sql`
		delete from matches using unnest(${pgArray(rows.map(({ menteeId }) => menteeId))}::uuid[],
			${pgArray(rows.map(({ mentorId }) => mentorId))}::uuid[]) as p(mentee_id, mentor_id)
		where matches.mentee_id = p.mentee_id and matches.mentor_id = p.mentor_id and matches.status = 'chosen'`)

async function propose(tx: Tx, roundId: string, pairs: readonly Pair[]) {
	const rows = await rowsOf(tx, roundId, pairs)
	for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
		const some = rows.slice(at, at + ROWS_AT_ONCE)
		await takeFromLines(tx, some)
		const made = await tx
			.insert(matches)
			.values(some)
			.returning({ id: matches.id, menteeId: matches.menteeId, mentorId: matches.mentorId })
		await tellEach(
			tx,
			'mentoring.proposed',
			made.flatMap(({ id, menteeId, mentorId }) => [
				{ memberId: menteeId, subjectId: id },
				{ memberId: mentorIdOf({ mentorId }), subjectId: id },
			]),
		)
		await tx.execute(sql`
			update mentoring_round_pairs set match_id = p.match_id
			from unnest(${pgArray(made.map(({ menteeId }) => menteeId))}::uuid[],
				${pgArray(made.map(({ id }) => id))}::uuid[]) as p(woman_id, match_id)
			where round_id = ${roundId} and mentoring_round_pairs.woman_id = p.woman_id`)
	}
}

/** Who has no mentor any more, because that one has just left, has her reason already. */
const noteLeftOut = (tx: Tx, roundId: string, leftOut: ReadonlyMap<string, LeftOut>) =>
	tx.execute(sql`
		update mentoring_round_pairs set left_out = p.reason
		from unnest(${pgArray([...leftOut.keys()])}::uuid[], ${pgArray([...leftOut.values()])}::text[]) as p(woman_id, reason)
		where round_id = ${roundId} and mentoring_round_pairs.woman_id = p.woman_id
			and mentoring_round_pairs.mentor_id is not null`)

/**
 * Publishes a draft: each pair that still holds becomes a match that both have to say yes to, and both are told. What
 * no longer holds is left out, with the reason. Publishing again changes nothing. Throws `not-found`, and `conflict`
 * (`details.reason`) where another coordinator has published or dropped it before.
 */
export const publishRound = command({
	input: OneRound,
	limit: 'mentoring.round',
	async run({ actor, input, tx, audit }) {
		const round = await accessRound(tx, actor, input.round, { lock: true })
		if (round.status === 'published' && round.publishedBy === actor.id) return { id: round.id }
		if (round.status !== 'draft') throw new AppError('conflict', { details: { reason: round.status } })
		const pairs = await readPairs(tx, round.id)
		await lockLines(
			tx,
			pairs.map(({ womanId }) => womanId),
		)
		await keepMentors(
			tx,
			pairs.map(({ mentorId }) => mentorId),
		)
		const leftOut = await judge(tx, round, pairs)
		await propose(
			tx,
			round.id,
			pairs.filter(({ womanId }) => !leftOut.has(womanId)),
		)
		await noteLeftOut(tx, round.id, leftOut)
		await tx
			.update(mentoringRounds)
			.set({ status: 'published', publishedBy: actor.id, publishedAt: sql`now()` })
			.where(eq(mentoringRounds.id, round.id))
		await audit({ action: 'mentoring.publishRound', subjectKind: 'round', subjectId: round.id })
		return { id: round.id }
	},
})

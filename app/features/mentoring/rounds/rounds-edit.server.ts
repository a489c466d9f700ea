import { and, eq, ne, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { mentoringRoundPairs } from '~/db/schema/rounds'
import { skeleton } from '~/features/members/handle'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { readWomanRows } from '../finding/people.server'
import { fitOf } from '../matching/fit'
import type { Mentor } from '../matching/people'
import { rankMentors } from '../matching/rank-mentors'
import { reasonsFor } from '../matching/reasons'
import { brokenRule } from '../matching/rules'
import { roundMentorOf, roundWomenOf } from './round-work.server'
import { isAboutHer } from './rounds.policy'
import { MoveForm } from './rounds.schema'
import { accessRound, lockDraft, type RoundRow, scopeOfRound } from './rounds.server'
import { readPair } from './rounds-pairs.server'
import { readRoundMentors } from './rounds-people.server'
import { mentorsIn, womenIn } from './rounds-scope.server'

const SUGGESTED = 10

/** How many other women of the round each mentor has in it. */
async function heldInRound(tx: Db, roundId: string, except: string) {
	const rows = await tx
		.select({ id: sql<string>`${mentoringRoundPairs.mentorId}`, count: sql<number>`count(*)::int` })
		.from(mentoringRoundPairs)
		.where(
			and(
				eq(mentoringRoundPairs.roundId, roundId),
				ne(mentoringRoundPairs.womanId, except),
				sql`${mentoringRoundPairs.mentorId} is not null`,
			),
		)
		.groupBy(mentoringRoundPairs.mentorId)
	return new Map(rows.map(({ id, count }) => [id, count]))
}

/**
 * A woman of a round and mentors as they are now, whose places the round's other women have taken already. Undefined
 * where she is no longer active, or no longer in the care of those whose round it is.
 */
async function readAround(tx: Db, round: RoundRow, womanId: string, mentorIds?: readonly string[]) {
	const now = new Date()
	const held = await heldInRound(tx, round.id, womanId)
	const mentorRows = await readRoundMentors(tx, scopeOfRound(round), mentorIds)
	const womanRows = await readWomanRows(tx, and(eq(members.id, womanId), womenIn(scopeOfRound(round))))
	const [woman] = roundWomenOf(womanRows, mentorRows, now)
	const mentors = mentorRows.map((row): Mentor => {
		const mentor = roundMentorOf(row, now)
		return { ...mentor, load: mentor.load + (held.get(row.id) ?? 0) }
	})
	return woman && { woman, mentors, now }
}

async function handlesOf(ids: string[]) {
	if (ids.length === 0) return new Map<string, string>()
	const rows = await db
		.select({ id: members.id, handle: members.handle })
		.from(members)
		.where(sql`${members.id} in ${ids}`)
	return new Map(rows.map(({ id, handle }) => [id, handle]))
}

/**
 * A woman of a round with the mentors she could have instead, in her order: only those who break no rule and have a
 * place left in this round. Null where the address names nobody. Throws `not-found`.
 */
export async function readWomanOfRound(actor: Actor, id: string | undefined, womanId: string | null) {
	const round = await accessRound(db, actor, id)
	if (!isUuid(womanId ?? undefined)) return null
	const pair = await readPair(actor, round, womanId!)
	if (!pair) throw new AppError('not-found')
	// Whom she could have instead would tell her who is kept from her.
	if (pair.womanId === actor.id) return { pair, suggested: [] }
	const around = round.status === 'draft' ? await readAround(db, round, pair.womanId) : undefined
	if (!around) return { pair, suggested: [] }
	const ranked = rankMentors(around.woman, around.mentors, { now: around.now, seed: round.seed })
		.filter(({ mentorId }) => mentorId !== pair.mentorId && mentorId !== actor.id)
		.slice(0, SUGGESTED)
	const handles = await handlesOf(ranked.map(({ mentorId }) => mentorId))
	return {
		pair,
		suggested: ranked.map(({ mentorId, score, reasons }) => ({
			mentorId,
			handle: handles.get(mentorId) ?? '',
			reasons,
			lower: pair.score !== null && score < pair.score,
		})),
	}
}

/**
 * Who has this handle and made an offer to those whose round it is. Throws `invalid` at the field where there is none:
 * whether anyone else has it is not told.
 */
export async function mentorByHandle(tx: Db, round: RoundRow, handle: string): Promise<string> {
	const [member] = await tx
		.select({ id: members.id })
		.from(members)
		.innerJoin(mentorOffers, eq(mentorOffers.memberId, members.id))
		.where(and(eq(members.skeleton, skeleton(handle)), mentorsIn(scopeOfRound(round))))
	if (!member) throw new AppError('invalid', { fields: { handle: 'errors:noSuchHandle' } })
	return member.id
}

type Change = Partial<typeof mentoringRoundPairs.$inferInsert>

const WITHOUT: Change = { mentorId: null, score: null, reasons: [], why: { kind: 'byHand' }, rule: null }

/**
 * What a pair made by hand is. A hard rule is never overridden: throws `conflict` with the rule as `details.reason`
 * and leaves the pair as it was. That she would suit the woman less than the one before is kept as `lower`.
 */
async function pairByHand(tx: Tx, round: RoundRow, womanId: string, mentorId: string, before: number | null) {
	const around = await readAround(tx, round, womanId, [mentorId])
	const [mentor] = around?.mentors ?? []
	if (!around || !mentor) throw new AppError('conflict', { details: { reason: 'unknown' } })
	const rule = brokenRule(around.woman, mentor, around.now)
	if (rule) throw new AppError('conflict', { details: { reason: rule } })
	const { score } = fitOf(around.woman, mentor)
	const reasons = reasonsFor(around.woman, mentor) as NonNullable<Change['reasons']>
	const lower = before !== null && score < before
	return { mentorId, score, reasons, why: null, rule: lower ? 'lower' : null }
}

/**
 * Gives a woman of a draft another mentor, or none, by hand. Throws `not-found`, `forbidden` where she herself is one
 * of them, `invalid` at `handle`, `conflict` (`details.reason`: the rule it would break; unknown: no mentor of this round; or the state of the round).
 */
export const moveInRound = command({
	input: MoveForm,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		const round = await lockDraft(tx, actor, input.round)
		const here = and(eq(mentoringRoundPairs.roundId, round.id), eq(mentoringRoundPairs.womanId, input.woman))
		const [pair] = await tx.select().from(mentoringRoundPairs).where(here)
		if (!pair) throw new AppError('not-found')
		const mentorId = input.handle ? await mentorByHandle(tx, round, input.handle) : input.mentor || null
		if (isAboutHer(actor, [input.woman, pair.mentorId, mentorId])) throw new AppError('forbidden')
		if (mentorId === pair.mentorId) return
		const change = mentorId ? await pairByHand(tx, round, input.woman, mentorId, pair.score) : WITHOUT
		await tx
			.update(mentoringRoundPairs)
			.set({ ...change, byHand: true })
			.where(here)
		await audit({
			action: 'mentoring.moveInRound',
			subjectKind: 'round',
			subjectId: round.id,
			memberId: input.woman,
		})
	},
})

import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { mentoringRoundPairs } from '~/db/schema/rounds'
import type { Actor } from '~/platform/actor'
import type { ListReason } from '../finding/mentor-order'
import { isNeed } from '../needs'
import { zoneFor } from '../times/zones'
import { isAboutHer, type LookReason, ROUND_PARTS } from './rounds.policy'
import { accessRound, type RoundRow, scopeOfRound } from './rounds.server'
import { womenIn } from './rounds-scope.server'

const PAIRS_A_PAGE = 50

const mentor = alias(members, 'mentor')

const helpsHer = sql`jsonb_path_exists(${mentoringRoundPairs.reasons},
	'$[*] ? (@.key == "mentoring:reason.helps" || @.key == "mentoring:reason.helped")')`

/** Why a coordinator should look at a pair before she proposes it; null where all is well. */
const lookAt = sql<LookReason | null>`case
	when ${mentoringRoundPairs.mentorId} is null then null
	when ${mentoringWishes.waitingSince} is null then 'waitsNoMore'
	when ${mentoringRoundPairs.rule} = 'lower' then 'lower'
	when cardinality(${mentoringWishes.needs}) > 0 and not ${helpsHer} then 'need' end`

/** What a coordinator sees of the two: names, languages, needs and since when she waits. Nothing either of them wrote. */
const pairColumns = (round: RoundRow) => ({
	place: mentoringRoundPairs.place,
	womanId: mentoringRoundPairs.womanId,
	woman: members.handle,
	womanLanguages: sql<string[]>`case when cardinality(${mentoringWishes.languages}) > 0
		then ${mentoringWishes.languages} when ${isInCare(round)} then ${members.speaks} else '{}' end`,
	womanNeeds: mentoringWishes.needs,
	waitingSince: mentoringWishes.waitingSince,
	mentorId: mentoringRoundPairs.mentorId,
	mentor: mentor.handle,
	mentorLanguages: mentorOffers.languages,
	score: mentoringRoundPairs.score,
	reasons: mentoringRoundPairs.reasons,
	why: mentoringRoundPairs.why,
	byHand: mentoringRoundPairs.byHand,
	rule: mentoringRoundPairs.rule,
	leftOut: mentoringRoundPairs.leftOut,
	look: round.status === 'draft' ? lookAt : sql<null>`null::text`,
})

const PART_OF = {
	pairs: and(isNotNull(mentoringRoundPairs.mentorId), isNull(mentoringRoundPairs.leftOut)),
	unmatched: isNull(mentoringRoundPairs.mentorId),
	leftOut: isNotNull(mentoringRoundPairs.leftOut),
}

/** Rounds are kept; what a woman wishes today is only for those in whose care she still is. */
const isInCare = (round: RoundRow) => womenIn(scopeOfRound(round)) ?? sql`true`
const wishesOf = (round: RoundRow) =>
	and(eq(mentoringWishes.memberId, mentoringRoundPairs.womanId), isInCare(round))

const selectPairs = (round: RoundRow) =>
	db
		.select(pairColumns(round))
		.from(mentoringRoundPairs)
		.innerJoin(members, eq(members.id, mentoringRoundPairs.womanId))
		.leftJoin(mentoringWishes, wishesOf(round))
		.leftJoin(mentor, eq(mentor.id, mentoringRoundPairs.mentorId))
		.leftJoin(mentorOffers, eq(mentorOffers.memberId, mentoringRoundPairs.mentorId))

/**
 * Of a pair she herself is one of she reads no rule that the other's limits broke: a left out one was no longer there
 * to be matched, whatever kept it.
 */
const unlessHers = (actor: Actor, row: Found) =>
	isAboutHer(actor, [row.womanId, row.mentorId])
		? { why: row.why?.kind === 'rule' ? null : row.why, leftOut: row.leftOut && 'woman' }
		: {}

type Found = Awaited<ReturnType<typeof selectPairs>>[number]
const shownPair = (actor: Actor, row: Found) => ({
	...row,
	...unlessHers(actor, row),
	/** She who reads is one of the two: others decide. */
	own: isAboutHer(actor, [row.womanId, row.mentorId]),
	womanNeeds: (row.womanNeeds ?? []).filter(isNeed),
	// What the core gave is what is kept.
	reasons: row.reasons as ListReason[],
})
export type ShownPair = ReturnType<typeof shownPair>

async function countParts(round: RoundRow) {
	const [counts] = await db
		.select({
			pairs: sql<number>`(count(*) filter (where ${PART_OF.pairs}))::int`,
			unmatched: sql<number>`(count(*) filter (where ${PART_OF.unmatched}))::int`,
			leftOut: sql<number>`(count(*) filter (where ${PART_OF.leftOut}))::int`,
			look: sql<number>`count(${pairColumns(round).look})::int`,
		})
		.from(mentoringRoundPairs)
		.innerJoin(members, eq(members.id, mentoringRoundPairs.womanId))
		.leftJoin(mentoringWishes, wishesOf(round))
		.where(eq(mentoringRoundPairs.roundId, round.id))
	const { look, ...parts } = counts!
	return { counts: parts, look }
}

/** The zone in which she reads times. */
async function zoneOfReader(actor: Actor) {
	const [reader] = await db
		.select({ zone: members.zone, hostCountry: members.hostCountry })
		.from(members)
		.where(eq(members.id, actor.id))
	return zoneFor(reader ?? { zone: null, hostCountry: null })
}

/** Where a page begins: after this place, among those to look at or (1) the rest. */
function readAfter(text: string | null) {
	const [, rest, place] = /^([01])\.(\d{1,9})$/.exec(text ?? '') ?? []
	return place === undefined ? undefined : { rest: rest === '1', place: Number(place) }
}

/**
 * A round and one page of its women: of a draft first the pairs to look at, then in the order of the queue. Four
 * queries. Throws `not-found`.
 */
export async function readRound(
	actor: Actor,
	id: string | undefined,
	query: { part: string | null; after: string | null },
) {
	const round = await accessRound(db, actor, id)
	const part = ROUND_PARTS.find((known) => known === query.part) ?? 'pairs'
	const after = readAfter(query.after)
	const { place } = mentoringRoundPairs
	const rest = sql<boolean>`(${pairColumns(round).look} is null)`
	const rows = await selectPairs(round)
		.where(
			and(
				eq(mentoringRoundPairs.roundId, round.id),
				PART_OF[part],
				after && sql`(${rest}, ${place}) > (${after.rest}, ${after.place})`,
			),
		)
		.orderBy(asc(rest), asc(place))
		.limit(PAIRS_A_PAGE + 1)
	const shown = rows.slice(0, PAIRS_A_PAGE)
	const last = rows.length > PAIRS_A_PAGE ? shown.at(-1) : undefined
	return {
		round: { id: round.id, status: round.status, drawnAt: round.drawnAt, seed: round.seed },
		part,
		...(await countParts(round)),
		pairs: shown.map((row) => shownPair(actor, row)),
		next: last ? `${last.look === null ? 1 : 0}.${last.place}` : null,
		first: after === undefined,
		zone: await zoneOfReader(actor),
	}
}

/** One woman of a round; undefined where she is not in it. */
export async function readPair(
	actor: Actor,
	round: RoundRow,
	womanId: string,
): Promise<ShownPair | undefined> {
	const [row] = await selectPairs(round).where(
		and(eq(mentoringRoundPairs.roundId, round.id), eq(mentoringRoundPairs.womanId, womanId)),
	)
	return row && shownPair(actor, row)
}

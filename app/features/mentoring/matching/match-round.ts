import { deferredAcceptance } from './deferred-acceptance'
import { newcomerIn, type OneMore } from './one-more-mentor'
import type { Suited } from './rank-mentors'
import { type Reason, reasonsFor } from './reasons'
import { listsOf, marketOf, type RoundInput, type Waiting } from './round-lists'
import type { Rule } from './rules'
import { type WhyNot, whyNotIn } from './why-not'

export interface Pair extends Pick<Suited, 'score' | 'choice'> {
	womanId: string
	mentorId: string
	reasons: Reason[]
}

/**
 * Why a woman has no mentor: `nobody` came into question (no mentor knows a language of hers, or no candidates were
 * given), all who did break a `rule` (how many which), or the places of all who suit her are `full` of women before
 * her.
 */
export type WhyUnmatched =
	| { kind: 'nobody' }
	| { kind: 'rule'; mentors: Partial<Record<Rule, number>> }
	| { kind: 'full'; mentors: number }

export interface Unmatched {
	womanId: string
	why: WhyUnmatched
}

/** A round: what a coordinator previews, edits and publishes. Pairs and unmatched are in the order of the queue. */
export interface Round {
	seed: string
	pairs: Pair[]
	unmatched: Unmatched[]
	/** Why these two are no pair; undefined where they are one. */
	whyNot: (womanId: string, mentorId: string) => WhyNot | undefined
	/** What one more mentor who knows this language would change. */
	oneMoreMentor: (language: string, places?: number) => OneMore
}

const pairOf = ({ woman }: Waiting, { mentor, score, choice }: Suited): Pair => ({
	womanId: woman.id,
	mentorId: mentor.id,
	score,
	choice,
	reasons: reasonsFor(woman, mentor),
})

function whyUnmatched({ list, broken }: Waiting): WhyUnmatched {
	if (list.length > 0) return { kind: 'full', mentors: list.length }
	return broken.size > 0 ? { kind: 'rule', mentors: Object.fromEntries(broken) } : { kind: 'nobody' }
}

/**
 * Matches all who wait, each with at most one mentor. Hard rules first (rules.ts), then the women propose down their
 * lists (rank-mentors.ts) and mentors hold by priority (fit.ts), waiting time and lottery until nobody moves
 * (deferred-acceptance.ts). Pure: the same input gives the same round, in whatever order it comes. Nothing here is
 * published: both sides still say yes.
 */
export function matchRound(input: RoundInput): Round {
	const { queue, mentorOf } = listsOf(input)
	const position = deferredAcceptance(marketOf(queue, input.mentors))
	const held = queue.map(({ list }, place) => list[position[place]!])
	return {
		seed: input.seed,
		pairs: queue.flatMap((waiting, place) => {
			const entry = held[place]
			return entry ? [pairOf(waiting, entry)] : []
		}),
		unmatched: queue.flatMap((waiting, place) =>
			held[place] ? [] : [{ womanId: waiting.woman.id, why: whyUnmatched(waiting) }],
		),
		whyNot: whyNotIn({ queue, mentorOf, held, now: input.now }),
		oneMoreMentor: newcomerIn({ queue, mentors: input.mentors, position }),
	}
}

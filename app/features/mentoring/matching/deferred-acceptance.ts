/** Both sides as numbers from 0: who proposes to whom in which order, and how those who are asked rank them. */
export interface Market {
	/** For each proposer the receivers she would have, the dearest first. Whom she would not have is not in it. */
	lists: readonly (readonly number[])[]
	/** Beside each entry of `lists`: her rank with that receiver, lower is dearer. No two of a receiver's are equal. */
	ranks: readonly (readonly number[])[]
	/** How many each receiver can hold. */
	places: readonly number[]
}

export const NONE = -1

/** The place in `held` of whom the receiver would give up first. */
function lastOf(held: readonly number[], rankOf: (proposer: number) => number) {
	let last = 0
	for (let at = 1; at < held.length; at++) if (rankOf(held[at]!) > rankOf(held[last]!)) last = at
	return last
}

/**
 * Deferred acceptance with places, the proposing side's best stable outcome: for each proposer the position in her
 * list she ends at, or `NONE`.
 *
 * Each proposes down her list; who is asked holds the dearest she has places for and lets the others go, who propose
 * on. No pair then exists who would both rather have each other (Gale & Shapley 1962, "College admissions and the
 * stability of marriage"); every proposer has the best she can have in any stable outcome; nobody gains by hiding
 * whom she likes best (Dubins & Freedman 1981; Roth 1982); who stays without is the same in every stable outcome
 * (Roth 1986). The proposing side of the doctors' match was turned round for these reasons (Roth & Peranson 1999,
 * "The redesign of the matching market for American physicians"). The order of proposals changes nothing (McVitie &
 * Wilson 1971), so one proposer at a time goes until everybody is held or at her end. Each entry of a list is proposed
 * to once, each proposal looks at those held: linear in entries × places.
 */
export function deferredAcceptance({ lists, ranks, places }: Market): Int32Array {
	const position = new Int32Array(lists.length).fill(NONE)
	const held: number[][] = places.map(() => [])
	const rankOf = (proposer: number) => ranks[proposer]![position[proposer]!]!

	/** The next proposal of hers; answers with who is free after it. */
	function propose(proposer: number): number {
		const next = ++position[proposer]!
		const receiver = lists[proposer]![next]
		if (receiver === undefined) {
			position[proposer] = NONE
			return NONE
		}
		const hers = held[receiver]!
		if (hers.length < places[receiver]!) {
			hers.push(proposer)
			return NONE
		}
		if (hers.length === 0) return proposer
		const last = lastOf(hers, rankOf)
		const loser = hers[last]!
		if (rankOf(loser) < rankOf(proposer)) return proposer
		hers[last] = proposer
		return loser
	}

	for (let first = 0; first < lists.length; first++) {
		for (let free = first; free !== NONE; ) free = propose(free)
	}
	return position
}

import type { Market } from '~/features/mentoring/matching/deferred-acceptance'

/** For each proposer the position in her list, or -1. */
type Outcome = readonly number[]

const NOWHERE = -1

/** For each receiver whom it has, with her rank. */
function receivedIn({ lists, ranks, places }: Market, outcome: Outcome) {
	const received: { proposer: number; rank: number }[][] = places.map(() => [])
	for (const [proposer, at] of outcome.entries()) {
		if (at === NOWHERE) continue
		received[lists[proposer]![at]!]!.push({ proposer, rank: ranks[proposer]![at]! })
	}
	return received
}

const keepsPlaces = (market: Market, outcome: Outcome) =>
	receivedIn(market, outcome).every(({ length }, receiver) => length <= market.places[receiver]!)

/** Proposers and receivers who would both rather have each other: by the words of the definition, nothing clever. */
export function blockingPairs(market: Market, outcome: Outcome) {
	const received = receivedIn(market, outcome)
	return market.lists.flatMap((list, proposer) =>
		list.flatMap((receiver, at) => {
			const sheWould = outcome[proposer] === NOWHERE || at < outcome[proposer]!
			if (!sheWould) return []
			const hers = received[receiver]!
			const receiverWould =
				hers.length < market.places[receiver]! || hers.some(({ rank }) => rank > market.ranks[proposer]![at]!)
			return receiverWould ? [{ proposer, receiver }] : []
		}),
	)
}

function everyOutcome(lists: Market['lists']): number[][] {
	return lists.reduce<number[][]>(
		(outcomes, list) =>
			outcomes.flatMap((outcome) => [NOWHERE, ...list.keys()].map((at) => [...outcome, at])),
		[[]],
	)
}

/** Every stable outcome there is, found by trying all outcomes. */
export const everyStable = (market: Market): number[][] =>
	everyOutcome(market.lists).filter(
		(outcome) => keepsPlaces(market, outcome) && blockingPairs(market, outcome).length === 0,
	)

/** What each proposer has in the best of these outcomes for her. */
export const bestOf = (outcomes: readonly Outcome[], proposers: number): number[] =>
	Array.from({ length: proposers }, (_, proposer) => {
		const reached = outcomes.map((outcome) => outcome[proposer]!).filter((at) => at !== NOWHERE)
		return reached.length > 0 ? Math.min(...reached) : NOWHERE
	})

/** Who of the proposers has someone, and whom each receiver with a free place has: equal in all stable outcomes. */
export function ruralOf(market: Market, outcome: Outcome) {
	return {
		placed: outcome.map((at) => at !== NOWHERE),
		unfilled: receivedIn(market, outcome).map((received, receiver) =>
			received.length < market.places[receiver]! ? received.map(({ proposer }) => proposer) : 'filled',
		),
	}
}

/** A market from names: each one's list of those of the other side, the dearest first. */
export function marketFrom(
	proposers: Record<string, readonly string[]>,
	receivers: Record<string, readonly string[]>,
	places: Record<string, number> = {},
): Market {
	const names = Object.keys(receivers)
	return {
		lists: Object.values(proposers).map((list) => list.map((name) => names.indexOf(name))),
		ranks: Object.entries(proposers).map(([name, list]) =>
			list.map((receiver) => receivers[receiver]!.indexOf(name)),
		),
		places: names.map((name) => places[name] ?? 1),
	}
}

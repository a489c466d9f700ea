import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deferredAcceptance, type Market } from '~/features/mentoring/matching/deferred-acceptance'
import { bestOf, blockingPairs, everyStable, marketFrom, ruralOf } from './brute-force'

const outcomeOf = (market: Market) => [...deferredAcceptance(market)]

type Lists = Record<string, readonly string[]>
interface Published {
	proposers: Lists
	receivers: Lists
	places?: Record<string, number>
	/** Whom each proposer has. */
	result: Record<string, string | null>
	/** How many stable outcomes there are. */
	stable: number
}

/** Lists as a word of letters each. */
const lists = (words: Record<string, string>): Lists =>
	Object.fromEntries(Object.entries(words).map(([name, word]) => [name, [...word]]))

const men = lists({ α: 'ABC', β: 'BCA', γ: 'CAB' })
const women = lists({ A: 'βγα', B: 'γαβ', C: 'αβγ' })

const PUBLISHED: Record<string, Published> = {
	'Gale & Shapley 1962, example 1, the men propose': {
		proposers: men,
		receivers: women,
		result: { α: 'A', β: 'B', γ: 'C' },
		stable: 3,
	},
	'Gale & Shapley 1962, example 1, the women propose': {
		proposers: women,
		receivers: men,
		result: { A: 'β', B: 'γ', C: 'α' },
		stable: 3,
	},
	'Gale & Shapley 1962, example 2, with one stable outcome': {
		proposers: lists({ α: 'ABCD', β: 'ADCB', γ: 'BACD', δ: 'DBCA' }),
		receivers: lists({ A: 'δγαβ', B: 'βδαγ', C: 'δαβγ', D: 'γβαδ' }),
		result: { α: 'C', β: 'D', γ: 'A', δ: 'B' },
		stable: 1,
	},
	'Roth 1985, colleges with two places and one': {
		proposers: lists({ 1: 'CAB', 2: 'BAC', 3: 'ACB', 4: 'ABC' }),
		receivers: lists({ A: '1234', B: '1234', C: '3124' }),
		places: { A: 2 },
		result: { 1: 'C', 2: 'B', 3: 'A', 4: 'A' },
		stable: 1,
	},
	'hospitals of two places and residents with short lists (the example of NRMP and of the library `matching`)':
		{
			proposers: lists({ A: 'C', S: 'CM', D: 'CMG', J: 'CGM', L: 'MCG' }),
			receivers: lists({ M: 'DLSJ', C: 'DASLJ', G: 'DJL' }),
			places: { M: 2, C: 2, G: 2 },
			result: { A: 'C', S: 'M', D: 'C', J: 'G', L: 'M' },
			stable: 1,
		},
	'a resident who loses all of her list (the library `matching`)': {
		proposers: lists({ A: 'X', B: 'XY' }),
		receivers: lists({ X: 'BA', Y: 'B' }),
		result: { A: null, B: 'X' },
		stable: 1,
	},
}

describe('published results', () => {
	test.each(Object.entries(PUBLISHED))('%s', (_name, { proposers, receivers, places, result, stable }) => {
		const market = marketFrom(proposers, receivers, places)
		const outcome = outcomeOf(market)
		const has = Object.entries(proposers).map(([name, list], at) => [name, list[outcome[at]!] ?? null])
		expect(Object.fromEntries(has)).toEqual(result)
		expect(everyStable(market)).toHaveLength(stable)
	})
})

/** Everything the theorems promise, against all outcomes there are. */
function checkAgainstAll(market: Market) {
	const outcome = outcomeOf(market)
	const stable = everyStable(market)
	const best = bestOf(stable, market.lists.length)
	const rural = JSON.stringify(ruralOf(market, outcome))
	return (
		blockingPairs(market, outcome).length === 0 &&
		outcome.every((at, proposer) => at === best[proposer]) &&
		stable.every((other) => JSON.stringify(ruralOf(market, other)) === rural)
	)
}

/** Every order of every selection. */
function everyList(count: number): number[][] {
	const grow = (list: number[]): number[][] => [
		list,
		...Array.from({ length: count }, (_, next) => next)
			.filter((next) => !list.includes(next))
			.flatMap((next) => grow([...list, next])),
	]
	return grow([])
}

const everyTuple = <T>(length: number, values: readonly T[]): T[][] =>
	Array.from({ length }).reduce<T[][]>(
		(tuples) => tuples.flatMap((tuple) => values.map((value) => [...tuple, value])),
		[[]],
	)

/** Every market of this size: all lists, all orders on the other side, all numbers of places. */
function* everyMarket(proposers: number, receivers: number, places: readonly number[]): Generator<Market> {
	const orders = everyList(proposers).filter((list) => list.length === proposers)
	for (const chosen of everyTuple(proposers, everyList(receivers))) {
		for (const order of everyTuple(receivers, orders)) {
			const ranks = chosen.map((list, at) => list.map((receiver) => order[receiver]!.indexOf(at)))
			for (const count of everyTuple(receivers, places)) yield { lists: chosen, ranks, places: count }
		}
	}
}

describe('all small cases, against trying every outcome', () => {
	test.each([
		[1, 1, [0, 1, 2], 6],
		[2, 1, [0, 1, 2], 24],
		[1, 3, [0, 1], 128],
		[2, 2, [0, 1, 2], 900],
		[2, 3, [1], 2_048],
		[3, 2, [1, 2], 18_000],
	])('%i propose to %i', (proposers, receivers, places, expected) => {
		let count = 0
		let wrong: Market | undefined
		for (const market of everyMarket(proposers, receivers, places)) {
			count++
			if (!checkAgainstAll(market)) wrong ??= market
		}
		expect(wrong).toBeUndefined()
		expect(count).toBe(expected)
	})
})

/** A market of up to 5 × 4. */
const market: fc.Arbitrary<Market> = fc
	.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }))
	.chain(([proposers, receivers]) => {
		const [all, others] = [[...Array(proposers).keys()], [...Array(receivers).keys()]]
		return fc
			.record({
				lists: fc.tuple(...all.map(() => fc.shuffledSubarray(others))),
				orders: fc.tuple(
					...others.map(() => fc.shuffledSubarray(all, { minLength: proposers, maxLength: proposers })),
				),
				places: fc.tuple(...others.map(() => fc.integer({ min: 0, max: 3 }))),
			})
			.map(({ lists, orders, places }) => ({
				lists,
				ranks: lists.map((list, at) => list.map((receiver) => orders[receiver]!.indexOf(at))),
				places,
			}))
	})

describe('larger ones, drawn at random', () => {
	test('stable, the best of all stable outcomes for every proposer, and the same women go without in each', () => {
		fc.assert(fc.property(market, checkAgainstAll))
	})

	test('nobody gains by any other list than her true one', () => {
		fc.assert(
			fc.property(market, (truth) => {
				const honest = outcomeOf(truth)[0]!
				const trueList = truth.lists[0]!
				for (const list of everyList(truth.places.length)) {
					const told = list.filter((receiver) => trueList.includes(receiver))
					const ranks = told.map((receiver) => truth.ranks[0]![trueList.indexOf(receiver)]!)
					const lie = {
						...truth,
						lists: [told, ...truth.lists.slice(1)],
						ranks: [ranks, ...truth.ranks.slice(1)],
					}
					const at = trueList.indexOf(told[outcomeOf(lie)[0]!] ?? -1)
					if (at !== -1 && (honest === -1 || at < honest)) return false
				}
				return true
			}),
		)
	})
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import costs from '../../docs/scaling-costs.json'
import {
	ALL_BOUNDS,
	boundsInOrder,
	figure,
	membersWithin,
	processorsOf,
	spreadOf,
} from '../../scripts/scaling-model.mjs'
import { simulatePeak } from '../../scripts/scaling-peak.mjs'
import { exponential, type Job, randomFrom, workThrough } from '../../scripts/scaling-queue.mjs'
import { tablesOf, withTables } from '../../scripts/scaling-tables.mjs'
import { HOW, PAGES, ROOMS, SHAPES, USE } from '../../scripts/scaling-use.mjs'

const JOBS = 60_000
/** One run is off by some percent: long lines are rare and last. */
const SEEDS = [1, 2, 3, 4, 5, 6]
const MEAN_MS = 5
const forEver = { app: 1, database: 1, shared: false, places: 16, patienceMs: Number.POSITIVE_INFINITY }

/** Jobs that come at random moments, so many that processors are busy for this share of their time. */
function* arrivals(
	seed: number,
	busy: number,
	processors: number,
	stepsOf: (random: () => number) => Job['steps'],
) {
	const random = randomFrom(seed)
	let at = 0
	for (let n = 0; n < JOBS; n += 1) {
		at += exponential(random, MEAN_MS / busy / processors)
		yield { at, counts: true, steps: stepsOf(random) }
	}
}

/** Who comes has to wait: Erlang's C, for processors that are asked for `offered` of them. */
function erlangC(processors: number, offered: number) {
	let term = 1
	let sum = 1
	for (let n = 1; n < processors; n += 1) {
		term *= offered / n
		sum += term
	}
	const all = ((term * offered) / processors) * (processors / (processors - offered))
	return all / (sum + all)
}

/** How long they waited and how many had to, beside what is expected: the mean of some runs. */
function besideExpected(
	machines: Partial<typeof forEver>,
	{
		busy,
		processors,
		stepsOf,
	}: { busy: number; processors: number; stepsOf(random: () => number): Job['steps'] },
	expected: { mean: number; waited: number },
) {
	const lastsMs = ((JOBS * MEAN_MS) / busy / processors) * 1.1
	const runs = SEEDS.map((seed) =>
		workThrough({ ...forEver, ...machines }, arrivals(seed, busy, processors, stepsOf), lastsMs),
	)
	const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length
	return {
		mean: meanOf(runs.map(({ mean }) => mean)) / expected.mean,
		waited: meanOf(runs.map(({ waited }) => waited)) / expected.waited,
	}
}

const expectNearOne = (ratio: number) => {
	expect(ratio).toBeGreaterThan(0.95)
	expect(ratio).toBeLessThan(1.05)
}

describe('the line', () => {
	test.each([
		[1, 0.7],
		[2, 0.7],
		[4, 0.8],
		[8, 0.8],
	])('waits as Erlang says: %i processors, busy for %d', (processors, busy) => {
		const stepsOf = (random: () => number) => [{ ms: exponential(random, MEAN_MS) }]
		const waited = erlangC(processors, busy * processors)
		const { mean, waited: share } = besideExpected(
			{ database: processors },
			{ busy, processors, stepsOf },
			{ waited, mean: (waited * MEAN_MS) / (processors * (1 - busy)) },
		)
		expectNearOne(mean)
		expectNearOne(share)
	})

	test('waits as Pollaczek and Khinchine say, where each takes as long as the others and one process does all', () => {
		const busy = 0.8
		const { mean, waited } = besideExpected(
			{ app: 4 },
			{ busy, processors: 1, stepsOf: () => [{ process: 0, ms: MEAN_MS }] },
			{ waited: busy, mean: (busy * MEAN_MS) / (2 * (1 - busy)) },
		)
		expectNearOne(mean)
		expectNearOne(waited)
	})

	test('lets in as many as there are places, and refuses who waited too long', () => {
		const jobs = Array.from({ length: 4 }, () => ({
			at: 0,
			place: 0,
			counts: true,
			steps: [{ process: 0, ms: 10 }],
		}))
		const seen = workThrough({ ...forEver, app: 2, places: 1, patienceMs: 15 }, jobs, 1_000)
		expect(seen).toMatchObject({ refused: 0.5, p99: 10 })
	})

	test('shares one machine between the processes and the database', () => {
		const jobs = [
			{ at: 0, counts: true, steps: [{ ms: 10 }] },
			{ at: 0, counts: true, steps: [{ process: 0, ms: 10 }] },
		]
		const seen = workThrough({ ...forEver, shared: true }, jobs, 100)
		expect(seen).toMatchObject({ p99: 10, appBusy: 0.1, databaseBusy: 0.1 })
	})
})

const [small, , several] = SHAPES
const cases = SHAPES.map((shape) => ({ shape, use: USE, costs }))

describe('the model', () => {
	test('pages and rooms are all there is', () => {
		expect(Object.values(PAGES).reduce((sum, share) => sum + share)).toBeCloseTo(1)
		expect(ROOMS.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
	})

	test('every cost says where it is from', () => {
		const tables = [costs.pages, costs.acts, costs.figures, costs.rows]
		for (const table of tables)
			for (const [name, { where }] of Object.entries(table)) expect(where, name).toMatch(/\w/)
		expect(() => figure(costs, 'nothing')).toThrow('nothing')
	})

	test('more members are never less load, in any shape', () => {
		for (const one of cases)
			for (const { what, of } of ALL_BOUNDS) {
				const loads = [0, 1_000, 10_000, 300_000, 1e6, 1e8].map((members) => of({ ...one, members }))
				expect(loads, `${one.shape.name}: ${what}`).toEqual([...loads].sort((a, b) => a - b))
			}
	})

	test('finds the last number of members within a bound', () => {
		for (const one of cases)
			for (const bound of ALL_BOUNDS) {
				const members = membersWithin(bound, one)
				if (!Number.isFinite(members) || members < 1) continue
				const isWithin = (of: number) =>
					bound.of({ ...one, members: of }) <= bound.most({ ...one, members: of })
				expect([isWithin(members), isWithin(members * 1.01)], bound.what).toEqual([true, false])
			}
		const order = boundsInOrder(cases[0]!).map(({ members }) => members)
		expect(order).toEqual([...order].sort((a, b) => a - b))
	})

	test('a room is in as many processes as its people reach', () => {
		expect(spreadOf(1, 16)).toBeCloseTo(1)
		expect(spreadOf(8, 1)).toBe(1)
		expect(spreadOf(200, 16)).toBeCloseTo(16, 3)
	})

	test('another process reads each message again: more machines cost the database more', () => {
		const of = (machines: number) =>
			processorsOf({ members: 1e6, use: USE, costs, shape: { ...several!, machines } }).database
		expect(of(8)).toBeGreaterThan(of(4))
	})
})

describe('the busiest hour', () => {
	const at = (members: number, seed = 1) =>
		simulatePeak({ members, use: USE, costs, shape: small! }, { seed, seconds: 120 })

	test('is the same for the same seed, and another for another', () => {
		expect(at(500_000)).toEqual(at(500_000))
		expect(at(500_000)).not.toEqual(at(500_000, 2))
	})

	test('is as busy as the model says', () => {
		const { appBusy, databaseBusy } = at(500_000)
		const { app, database } = processorsOf({ members: 500_000, use: USE, costs, shape: small! })
		expect((appBusy + databaseBusy) / ((app + database) / small!.cores)).toBeGreaterThan(0.95)
		expect((appBusy + databaseBusy) / ((app + database) / small!.cores)).toBeLessThan(1.05)
	})

	test('waits longer with more members, and refuses where there are too many', () => {
		const seen = [10_000, 300_000, 1e6, 4e6].map((members) => at(members))
		const sorted = (figures: number[]) => [...figures].sort((a, b) => a - b)
		for (const of of [seen.map(({ p99 }) => p99), seen.map(({ appBusy }) => appBusy)])
			expect(of).toEqual(sorted(of))
		expect(seen.map(({ refused }) => refused > 0)).toEqual([false, false, false, true])
	})
})

describe('docs/scaling.md', () => {
	test('has the tables that npm run scaling prints (npm run scaling -- --write puts them there)', () => {
		const text = readFileSync('docs/scaling.md', 'utf8')
		expect(withTables(text, tablesOf({ costs, use: USE, ...HOW }))).toBe(text)
	})

	test('refuses a mark without a table, and a table without a mark', () => {
		const marked = '<!-- table load -->\nold\n<!-- /table -->\n'
		expect(withTables(marked, { load: 'new' })).toBe('<!-- table load -->\nnew\n<!-- /table -->\n')
		expect(() => withTables(marked, { other: 'new' })).toThrow('load')
		expect(() => withTables(marked, { load: 'new', other: 'new' })).toThrow('other')
	})
})

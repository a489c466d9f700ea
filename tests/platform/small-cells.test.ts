import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gather } from '~/features/moderation/figures/figures'
import { AT_LEAST, type Cell, type ShownCells, shownCells } from '~/platform/small-cells'

const levels = [AT_LEAST.organisation, AT_LEAST.outside]
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const named = (counts: number[]): Cell[] => counts.map((count, n) => ({ key: `c${n}`, count }))

/** Mostly small numbers, some large: where a table is hard to hide something in. */
const count = fc.oneof(
	{ weight: 3, arbitrary: fc.nat({ max: 12 }) },
	{ weight: 1, arbitrary: fc.nat({ max: 60 }) },
)
const counts = fc.array(count, { minLength: 1, maxLength: 9 })

interface Bounds {
	low: number
	high: number
}
/** That some cells come to a sum. */
interface Known {
	cells: string[]
	sum: number
}

/** Everything that is said about a table, as sums of its cells. */
function whatIsSaid(table: readonly Cell[], shown: ShownCells, total: number): Known[] {
	const visible = new Set(shown.cells.map(({ key }) => key))
	const hidden = table.map(({ key }) => key).filter((key) => !visible.has(key))
	return [
		{ cells: table.map(({ key }) => key), sum: total },
		...shown.cells.map(({ key, count: one }) => ({ cells: [key], sum: one })),
		{ cells: hidden, sum: shown.together ?? 0 },
	]
}

/**
 * The attacker: knows every number that is shown and that none is below nothing, adds and subtracts them until no cell
 * can be bounded tighter.
 */
function attack(cells: readonly string[], known: readonly Known[]) {
	const bounds = new Map(
		cells.map((key): [string, Bounds] => [key, { low: 0, high: Number.POSITIVE_INFINITY }]),
	)
	for (let tighter = true; tighter; ) {
		tighter = false
		for (const { cells: summed, sum: all } of known) {
			for (const key of summed) {
				const others = summed.filter((other) => other !== key).map((other) => bounds.get(other)!)
				const { low, high } = bounds.get(key)!
				const next = {
					low: Math.max(low, all - sum(others.map((other) => other.high))),
					high: Math.min(high, all - sum(others.map((other) => other.low))),
				}
				if (next.low === low && next.high === high) continue
				bounds.set(key, next)
				tighter = true
			}
		}
	}
	return bounds
}

describe('small cells', () => {
	test.each(levels)('under %i are never shown, and every sum that is shown is no smaller', (atLeast) => {
		fc.assert(
			fc.property(counts, (numbers) => {
				const total = sum(numbers)
				fc.pre(total >= atLeast)
				const { cells, together } = shownCells(named(numbers), atLeast)
				for (const cell of cells) expect(cell.count).toBeGreaterThanOrEqual(atLeast)
				if (together !== null) expect(together).toBeGreaterThanOrEqual(atLeast)
				expect(sum(cells.map((cell) => cell.count)) + (together ?? 0)).toBe(total)
			}),
			{ numRuns: 2_000 },
		)
	})

	test.each(levels)(
		'of 10,000 tables none gives a hidden cell away within %i, with totals and sums',
		(atLeast) => {
			fc.assert(
				fc.property(counts, (numbers) => {
					fc.pre(sum(numbers) >= atLeast)
					const table = named(numbers)
					const shown = shownCells(table, atLeast)
					const bounds = attack(
						table.map(({ key }) => key),
						whatIsSaid(table, shown, sum(numbers)),
					)
					const visible = new Set(shown.cells.map(({ key }) => key))
					for (const { key, count: truth } of table) {
						if (visible.has(key) || shown.together === null) continue
						const { low, high } = bounds.get(key)!
						expect(low <= truth && truth <= high).toBe(true)
						expect(high - low).toBeGreaterThanOrEqual(atLeast)
					}
				}),
				{ numRuns: 10_000 },
			)
		},
	)

	test.each(levels)('two tables of the same things, cut differently, give no more away (%i)', (atLeast) => {
		fc.assert(
			fc.property(fc.array(counts, { minLength: 2, maxLength: 5 }), (rows) => {
				const width = Math.max(...rows.map((row) => row.length))
				const columns = Array.from({ length: width }, (_, n) => sum(rows.map((row) => row[n] ?? 0)))
				const total = sum(columns)
				fc.pre(total >= atLeast)
				const tables = [rows.map(sum), columns].map((numbers, n) =>
					numbers.map((one, at) => ({ key: `${n}.${at}`, count: one })),
				)
				const shown = tables.map((table) => shownCells(table, atLeast))
				const bounds = attack(
					tables.flat().map(({ key }) => key),
					tables.flatMap((table, n) => whatIsSaid(table, shown[n]!, total)),
				)
				for (const [n, table] of tables.entries()) {
					const visible = new Set(shown[n]!.cells.map(({ key }) => key))
					for (const { key } of table) {
						if (visible.has(key) || shown[n]!.together === null) continue
						const { low, high } = bounds.get(key)!
						expect(high - low).toBeGreaterThanOrEqual(atLeast)
					}
				}
			}),
			{ numRuns: 2_000 },
		)
	})
})

const monthsOf = (numbers: number[]) =>
	numbers.map((one, n) => ({
		month: new Date(Date.UTC(2025, n, 1)).toISOString().slice(0, 10),
		count: one,
	}))

describe('months put together', () => {
	test.each(levels)(
		'last month’s report and this month’s are never apart by less than %i: in 1,000 pairs none',
		(atLeast) => {
			fc.assert(
				fc.property(fc.array(count, { minLength: 2, maxLength: 14 }), (numbers) => {
					const before = gather(monthsOf(numbers.slice(0, -1)), null, atLeast)
					const after = gather(monthsOf(numbers), null, atLeast)
					// What was published stays as it was; what comes new is a stretch of its own, with enough in it.
					expect(after.slice(0, before.length)).toEqual(before)
					for (const { total } of after.slice(before.length)) expect(total).toBeGreaterThanOrEqual(atLeast)
					expect(sum(after.map(({ total }) => total)) - sum(before.map(({ total }) => total))).not.toSatisfy(
						(more: number) => more > 0 && more < atLeast,
					)
				}),
				{ numRuns: 1_000 },
			)
		},
	)

	test('cover all time without a gap, and go on where they ended', () => {
		fc.assert(
			fc.property(fc.array(count, { minLength: 1, maxLength: 14 }), fc.nat({ max: 13 }), (numbers, cut) => {
				const whole = gather(monthsOf(numbers), null, AT_LEAST.outside)
				for (const [n, { from }] of whole.entries()) if (n > 0) expect(from).toBe(whole[n - 1]!.to)
				const first = gather(monthsOf(numbers).slice(0, cut), null, AT_LEAST.outside)
				const since = first.at(-1)?.to ?? null
				const rest = monthsOf(numbers).filter(({ month }) => since === null || month >= since)
				expect([...first, ...gather(rest, since, AT_LEAST.outside)]).toEqual(whole)
			}),
		)
	})
})

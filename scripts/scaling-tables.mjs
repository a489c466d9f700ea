import {
	boundsInOrder,
	bytesASecond,
	bytesAYear,
	connectionsOf,
	processMemory,
	ratesOf,
	rowsAYear,
} from './scaling-model.mjs'
import { simulatePeak } from './scaling-peak.mjs'
import { SHAPES } from './scaling-use.mjs'

// What the simulation found, as the tables of docs/scaling.md.

/** @typedef {import('./scaling-model.mjs').Costs} Costs */
/** @typedef {import('./scaling-use.mjs').Use} Use */
/** @typedef {{ costs: Costs, use: Use, seed: number, seconds: number }} Given */

const STEPS = [10_000, 100_000, 1_000_000]
const PEAKS = [...STEPS, 3_000_000]
const FIRST = 3
/** @type {[said: string, change: Partial<Use>][]} */
const OTHER_USE = [
	['as supposed', {}],
	['half of all members every day', { activeADay: 0.5 }],
	['one in twenty in a room at the top', { inRooms: 0.05 }],
	['one in five follows the busiest space', { followBusiest: 0.2 }],
	['three times as many wait for a mentor', { waitForMentor: 0.03, mentors: 0.009 }],
]
const GB = 1_073_741_824

/** Three digits that count. @param {number} value */
const short = (value) => Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 })

/** Two digits of members, in words where they are many. @param {number} members */
function inWords(members) {
	if (members > 1e9) return 'never'
	if (members >= 1e6) return `${Number((members / 1e6).toPrecision(2))} M`
	return members >= 1_000 ? `${Number((members / 1e3).toPrecision(2))} k` : short(members)
}

/** @param {number} ms */
const whole = (ms) => String(Math.round(ms))

/** @param {number} value */
const percent = (value) => `${value < 0.1 ? (value * 100).toFixed(1) : Math.round(value * 100)} %`

/** @param {string[]} head @param {string[][]} rows */
const markdown = (head, rows) =>
	[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

/** @param {Given} given */
function load({ costs, use }) {
	const shape = SHAPES[2] ?? SHAPES[0]
	if (!shape) return ''
	const rows = STEPS.map((members) => {
		const one = { members, use, costs, shape }
		const { pages, sockets, rooms, messages, deliveries } = ratesOf(one)
		const years = rowsAYear(one)
		return [
			inWords(members),
			...[pages, sockets, rooms, messages, deliveries, (bytesASecond(one) * 8) / 1e6].map(short),
			...['messages', 'posts', 'marks', 'notices'].map((name) => inWords(years[name] ?? 0)),
			short(bytesAYear(one).all / GB),
		]
	})
	const head = ['members', 'pages/s', 'connections', 'rooms', 'messages/s', 'deliveries/s', 'Mbit/s']
	return markdown([...head, 'messages a year', 'posts', 'reading marks', 'notices', 'GB a year'], rows)
}

/** Partitions change nothing of an hour, and a country is a smaller community: neither has rows here. @param {Given} given */
function peaks({ costs, use, seed, seconds }) {
	const rows = SHAPES.filter(({ partitions }) => !partitions).flatMap((shape) =>
		PEAKS.map((members) => {
			const one = { members, use, costs, shape }
			const seen = simulatePeak(one, { seed, seconds })
			return [
				shape.name,
				inWords(members),
				percent(seen.appBusy),
				percent(seen.databaseBusy),
				`${whole(seen.p50)} / ${whole(seen.p99)}`,
				percent(seen.refused),
				short(processMemory(one)),
				`${connectionsOf(shape, costs)} of ${shape.maxConnections}`,
			]
		}),
	)
	const head = ['machines', 'members', 'processors: processes', 'database', 'waits, p50 / p99 ms', 'refused']
	return markdown([...head, 'MB a machine', 'connections to Postgres'], rows)
}

/** @param {Given} given */
function firsts({ costs, use }) {
	const rows = SHAPES.map((shape) => {
		const order = boundsInOrder({ use, costs, shape })
		const said = (/** @type {typeof order[number] | undefined} */ bound) =>
			bound ? `${inWords(bound.members)}: ${bound.what}` : ''
		const ends = order.filter(({ slows }) => !slows).slice(0, FIRST)
		return [shape.name, said(order.find(({ slows }) => slows)), ...ends.map(said)]
	})
	return markdown(['machines', 'slower from', 'ends first', 'second', 'third'], rows)
}

/** How much the answer depends on what is supposed. @param {Given} given */
function uses({ costs, use }) {
	const shapes = SHAPES.filter(({ replica }) => !replica)
	const rows = OTHER_USE.map(([said, change]) => [
		said,
		...shapes.map((shape) => {
			const first = boundsInOrder({ use: { ...use, ...change }, costs, shape }).find(({ slows }) => !slows)
			return first ? `${inWords(first.members)}: ${first.what}` : ''
		}),
	])
	return markdown(['use', ...shapes.map(({ name }) => name)], rows)
}

/** @param {Given} given */
function bounds({ costs, use }) {
	const orders = SHAPES.map((shape) => boundsInOrder({ use, costs, shape }))
	const rows = (orders[0] ?? []).map(({ what, where }) => [
		what,
		where,
		...orders.map((order) => inWords(order.find((bound) => bound.what === what)?.members ?? 0)),
	])
	return markdown(
		['bound', 'where', '2 cores', '8 cores', '4 machines', 'replica', 'by month', 'countries'],
		rows,
	)
}

/**
 * The tables by the name of their mark. The same given, the same tables.
 * @param {Given} given @returns {Record<string, string>}
 */
export const tablesOf = (given) => ({
	load: load(given),
	firsts: firsts(given),
	uses: uses(given),
	bounds: bounds(given),
	peaks: peaks(given),
})

/** The text between the two marks of each table. */
const MARKED = /(<!-- table (\w+) -->\n)[\s\S]*?(<!-- \/table -->)/g

/**
 * A document with these tables between its marks. Throws where a mark names none, or a table has no mark.
 * @param {string} text @param {Record<string, string>} tables
 */
export function withTables(text, tables) {
	const left = new Set(Object.keys(tables))
	const changed = text.replace(MARKED, (_all, begin, name, end) => {
		if (!left.delete(name)) throw new Error(`no table "${name}", or it is there twice`)
		return `${begin}${tables[name]}\n${end}`
	})
	if (left.size > 0) throw new Error(`no mark for ${[...left].join(', ')}`)
	return changed
}

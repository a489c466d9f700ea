import { median } from './rooms/figures.mjs'

// What the rig's rows say. Ratios are taken within each round and the median of them is told: the machine is not the same
// from one minute to the next.

/**
 * @typedef {{ round: number, target: string, page: string, rps: number, p50: number, p99: number, serverCpuMs: number, dbCpuMs: number }} Row
 * @typedef {{ rows: Row[] }} Kept  what the rig kept of a run
 */

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

/** @param {Kept} kept @param {string} target @param {string} page */
const rowsOf = ({ rows }, target, page) => rows.filter((row) => row.target === target && row.page === page)

/** @param {Kept} kept */
const roundsOf = ({ rows }) => [...new Set(rows.map(({ round }) => round))]

/**
 * The median over all rounds of one figure. Servers without a database have no row in which the rig counts one.
 * @param {Kept} kept @param {string} target @param {string} page @param {(row: Row) => number} figure
 */
export const figureOf = (kept, target, page, figure) => median(rowsOf(kept, target, page).map(figure))

/** Processor time a request, server and database together, in ms. @param {Row} row */
export const cpuMs = ({ serverCpuMs, dbCpuMs }) => serverCpuMs + dbCpuMs

/**
 * The median over all rounds of one server's figure beside another's in the same round.
 * @param {Kept} kept @param {[target: string, page: string]} of @param {[target: string, page: string]} beside
 * @param {(row: Row) => number} figure @param {(row: Row) => number} [figureBeside]
 */
export function ratioOf(kept, of, beside, figure, figureBeside = figure) {
	const within = (/** @type {number} */ round) => {
		const rows = (/** @type {[string, string]} */ [target, page]) =>
			rowsOf(kept, target, page).filter((row) => row.round === round)
		return mean(rows(of).map(figure)) / mean(rows(beside).map(figureBeside))
	}
	return median(roundsOf(kept).map(within).filter(Number.isFinite))
}

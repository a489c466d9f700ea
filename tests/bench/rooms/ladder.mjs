import { measureFanOut } from './fan-out.mjs'

// Which rate a room bears: from step to step the same room hears more a second, until it no longer keeps up.

export const LADDER = { sizes: [50, 200], rates: [20, 50, 100, 200, 300] }
/** One who writes all of it, and members who write by turns. */
const WRITERS = [1, 10]
const WITHIN_MS = 1_000
const DELIVERED = 0.99

/** Whether a room kept up. @param {{ p99: number, lost: number, failed: number, members: number, rate: number, messages: number }} row */
export const isHeld = ({ p99, lost, failed, members, messages }) =>
	p99 <= WITHIN_MS && failed === 0 && lost <= (1 - DELIVERED) * members * messages

/**
 * Steps up, ours and bare by turns; who did not bear a step takes no higher one.
 * @param {import('./fan-out.mjs').Target[]} targets @param {{ seconds: number, onRow(row: any): void }} how
 */
export async function climb(targets, { seconds, onRow }) {
	for (const size of LADDER.sizes)
		for (const writers of WRITERS)
			await measureFanOut(targets, {
				sizes: [size],
				rates: LADDER.rates,
				seconds,
				writers,
				goesOn: isHeld,
				onRow: (row) => onRow({ ...row, step: true }),
			})
}

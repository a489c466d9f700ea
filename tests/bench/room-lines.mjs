import { median, short } from './rooms/figures.mjs'

/** The parts of `npm run bench -- rooms` in which the lines find what they tell of. @type {('fan-out' | 'ladder')[]} */
export const PARTS_OF_ROOMS = ['fan-out', 'ladder']
/** Of which room and at which rate something is told. */
const CROWDED = { members: 500, rate: 100, share: 0.85 }
const HELD = { members: [50, 200], rate: 200, withinMs: 1_000 }
const CPU = { members: 200, rate: 20, times: 2 }

/**
 * @typedef {{ name: string, members: number, rate: number, perSecond: number, lost: number, failed: number, p99: number, serverMs: number, databaseMs: number, step?: boolean }} Row
 *   step: one of a ladder, which asks how far a server comes
 * @typedef {import('./lines.mjs').Line} Line
 */

/** @param {Row[]} rows @param {string} name @param {{ members: number, rate: number }} cell */
const rowsOf = (rows, name, { members, rate }) =>
	rows.filter((row) => row.name === name && row.members === members && row.rate === rate)

/** What rooms must hold, from the rows of ours and of the bare broadcaster. @param {{ rows: Row[], commits: number[] }} kept @returns {Line[]} */
export function linesOfRooms({ rows, commits }) {
	const cells = rows.filter(({ step }) => !step)
	return [
		...linesOfCrowded(cells, median(commits)),
		...HELD.members.map((members) => lineOfHeld(rows, members)),
		lineOfCpu(cells),
	]
}

/** @param {Row[]} rows @param {number} commit  ms @returns {Line[]} */
function linesOfCrowded(rows, commit) {
	const [ours, bare] = [rowsOf(rows, 'ours', CROWDED), rowsOf(rows, 'bare', CROWDED)]
	const place = `room of ${CROWDED.members}, ${CROWDED.rate} messages/s, each committed before its acknowledgement`
	const share = median(ours.map((row) => row.perSecond)) / median(bare.map((row) => row.perSecond))
	const [p99, allowed] = [median(ours.map((row) => row.p99)), 2 * median(bare.map((row) => row.p99)) + commit]
	const lost = ours.reduce((sum, row) => sum + row.lost + row.failed, 0)
	const known = ours.length > 0 && bare.length > 0
	return [
		{
			what: `${place}: deliveries, of the bare broadcaster's`,
			goal: `≥ ${CROWDED.share}`,
			measured: known ? short(share) : '',
			met: known ? share >= CROWDED.share : null,
		},
		{
			what: 'the same: p99',
			goal: `≤ 2 × the bare one's and a COMMIT${known ? `: ${short(allowed)} ms` : ''}`,
			measured: known ? `${short(p99)} ms` : '',
			met: known ? p99 <= allowed : null,
		},
		{
			what: 'the same: lost',
			goal: '0',
			measured: known ? String(lost) : '',
			met: known ? lost === 0 : null,
		},
	]
}

/** The highest rate in a room of this size that was held, as all below it were. @param {Row[]} rows @param {number} members @returns {Line} */
function lineOfHeld(rows, members) {
	const rates = [...new Set(rows.filter((row) => row.members === members).map(({ rate }) => rate))]
	let held = 0
	for (const rate of rates.sort((a, b) => a - b)) {
		const ours = rowsOf(rows, 'ours', { members, rate })
		const lost = ours.some((row) => row.lost > 0 || row.failed > 0)
		if (ours.length === 0 || lost || median(ours.map((row) => row.p99)) > HELD.withinMs) break
		held = rate
	}
	// Where no higher rate was tried, nothing is known of what it would have held.
	const known = held >= HELD.rate || rates.some((rate) => rate > held)
	return {
		what: `room of ${members}: highest rate held with p99 ≤ ${HELD.withinMs / 1_000} s, nothing lost`,
		goal: `≥ ${HELD.rate} messages/s`,
		measured: known ? `${held} messages/s${held === rates.at(-1) ? ' (the highest tried)' : ''}` : '',
		met: known ? held >= HELD.rate : null,
	}
}

/** @param {Row[]} rows @returns {Line} */
function lineOfCpu(rows) {
	const [ours, bare] = [rowsOf(rows, 'ours', CPU), rowsOf(rows, 'bare', CPU)]
	const known = ours.length > 0 && bare.length > 0
	const times =
		median(ours.map((row) => row.serverMs + row.databaseMs)) / median(bare.map((row) => row.serverMs))
	return {
		what: `room of ${CPU.members}, ${CPU.rate} messages/s: CPU a message, server and database, of the bare broadcaster's`,
		goal: `≤ ${CPU.times}`,
		measured: known ? short(times) : '',
		met: known ? times <= CPU.times : null,
	}
}

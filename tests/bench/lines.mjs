import { cpuMs, figureOf, ratioOf } from './ratios.mjs'
import { linesOfRooms } from './room-lines.mjs'
import { median, short } from './rooms/figures.mjs'

// The table: what is measured, what was aimed at, what came out. Each part gives its lines from what it kept, and no line
// says more than was measured.

/**
 * @typedef {object} Line
 * @property {string} what
 * @property {string} goal
 * @property {string} measured
 * @property {boolean | null} met  null: not measured
 */

/** The peer's processor time a request, server and database, and the bare page's on the same day (RESULTS.md of the rig). */
const PEER = { cpu: { topic: 61, category: 63, home: 79, search: 169 }, bareReact: 0.97 }
const NAMES = {
	topic: 'topic page, 20 posts',
	category: 'topic list',
	home: 'list of spaces',
	front: 'home',
	search: 'search',
}
const SHARES = { topic: 0.45, category: 0.45, home: 0.45, front: 0.45, search: 0.2 }
const BARE = /** @type {[string, string]} */ (['bare-react', 'topic'])
const BARE_REMIX = /** @type {[string, string]} */ (['bare-remix', 'topic'])
const CPU_OF_PEER = 1 / 10
const REMIX_SHARE = 0.7
const P99_OF_BARE_P50 = 8
const WORKERS_GAIN = 1.2
const FIRST_VISIT = { kib: 40, paintMs: 1_400 }
const MEMORY = { mb: 350, slope: 1, minutes: 30 }
const START = { warm: 3, clone: 60 }

/** @typedef {import('./ratios.mjs').Kept} Kept */
/** @typedef {keyof typeof NAMES} Page */

/** Small ratios are told apart as well. @param {number} value */
const exact = (value) => (value < 0.1 ? value.toFixed(3) : short(value))

const rps = (/** @type {{ rps: number }} */ row) => row.rps

/**
 * A figure of ours as it is started, which is judged, and in one process, which is only told.
 * @param {Kept} kept @param {(target: string) => number} figure @param {number} [processes]
 */
function both({ processes = 2 }, figure) {
	const [own, alone] = [figure('own'), figure('own-alone')]
	return { own, said: `${exact(own)} with ${processes} processes; ${exact(alone)} with one` }
}

/** @param {Kept & { processes: number }} kept @returns {Line[]} */
export function linesOfPages(kept) {
	const pages = /** @type {Page[]} */ (Object.keys(SHARES))
	const shares = pages.map((page) => {
		const { own, said } = both(kept, (target) => ratioOf(kept, [target, page], BARE, rps))
		return line(
			`${NAMES[page]}, signed in, 10 at once: requests/s, of the bare React page (one process)`,
			atLeast(SHARES[page]),
			said,
			own >= SHARES[page],
		)
	})
	const remix = both(kept, (target) => ratioOf(kept, [target, 'topic'], BARE_REMIX, rps))
	const besideRemix = line(
		'the same topic page, of a stock Remix app with its data in memory (one process)',
		atLeast(REMIX_SHARE),
		remix.said,
		remix.own >= REMIX_SHARE,
	)
	const [first, ...others] = shares
	return [/** @type {Line} */ (first), besideRemix, ...others, ...linesOfCpu(kept)]
}

/**
 * The peer was measured on another day. How much slower or faster this machine is now, the bare page tells: by that the
 * peer's figures are scaled. Both are told; the goal must be met by the lower of the two.
 * @param {Kept & { processes: number }} kept @returns {Line[]}
 */
function linesOfCpu(kept) {
	const scale = figureOf(kept, ...BARE, cpuMs) / PEER.bareReact
	return Object.entries(PEER.cpu).map(([page, peer]) => {
		const { own, said } = both(kept, (target) => figureOf(kept, target, page, cpuMs))
		const [asMeasured, scaled] = [peer * CPU_OF_PEER, peer * scale * CPU_OF_PEER]
		return line(
			`${NAMES[/** @type {Page} */ (page)]}: CPU ms a request, server and database`,
			`≤ ${short(asMeasured)} (a tenth of the peer's; ${short(scaled)} by today's bare page)`,
			said,
			own <= Math.min(asMeasured, scaled),
		)
	})
}

/** @param {Kept & { processes: number }} kept @returns {Line[]} */
export function linesOfCrowd(kept) {
	const waits = both(kept, (target) =>
		ratioOf(
			kept,
			[target, 'topic'],
			BARE,
			({ p99 }) => p99,
			({ p50 }) => p50,
		),
	)
	const gain = ratioOf(kept, ['own', 'topic'], ['own-alone', 'topic'], rps)
	return [
		line(
			'topic page, 50 at once: p99, of the p50 of the bare page',
			`≤ ${P99_OF_BARE_P50}`,
			waits.said,
			waits.own <= P99_OF_BARE_P50,
		),
		line(
			`${kept.processes} workers beside 1, topic page, 50 at once: requests/s (database and load on the same processors)`,
			atLeast(WORKERS_GAIN),
			short(gain),
			gain >= WORKERS_GAIN,
		),
	]
}

/** @param {{ rows: { target: string, profile: string, wire: number, fcp: number }[] }} kept @returns {Line[]} */
export function linesOfFirstVisit({ rows }) {
	const of = (
		/** @type {string} */ target,
		/** @type {string} */ profile,
		/** @type {'wire' | 'fcp'} */ figure,
	) => rows.filter((row) => row.target === target && row.profile === profile).map((row) => row[figure])
	const sizes = of('own', 'plain', 'wire').map((bytes) => bytes / 1_024)
	const [paint, bare] = [median(of('own', 'slow', 'fcp')), median(of('bare-react', 'slow', 'fcp'))]
	return [
		line(
			'first visit to a topic page: bytes on the wire',
			`≤ ${FIRST_VISIT.kib} KiB`,
			`${short(median(sizes))} KiB (most ${short(Math.max(...sizes))})`,
			Math.max(...sizes) <= FIRST_VISIT.kib,
		),
		line(
			'the same at 400 kbit/s, 400 ms, CPU ÷ 4: first paint',
			`≤ ${FIRST_VISIT.paintMs / 1_000} s`,
			`${short(paint / 1_000)} s (bare page ${short(bare / 1_000)})`,
			paint <= FIRST_VISIT.paintMs,
		),
	]
}

/**
 * @param {{ memory?: any, soak?: any }} kept  what ten minutes and what thirty of mixed load left, where they were run
 * @returns {Line[]}
 */
export function linesOfMemory({ memory, soak }) {
	const read = (memory ?? soak)?.memory.read
	const grown = soak?.memory.window.figures
	return [
		line(
			'memory after 10 min of mixed load, the largest process',
			`≤ ${MEMORY.mb} MB`,
			read ? `${short(read.largest)} MB (${short(read.all)} in all)` : '',
			read ? read.largest <= MEMORY.mb : null,
		),
		line(
			`memory in ${MEMORY.minutes} min, the last 20 of them: growth of all processes`,
			`≤ ${MEMORY.slope} MB/min`,
			grown
				? `${grown.slopeOfAll.toFixed(2)} MB/min (steepest process ${grown.slopeOfSteepest.toFixed(2)})`
				: '',
			grown ? grown.slopeOfAll <= MEMORY.slope : null,
		),
		...(soak ? [lineOfSoak(soak)] : []),
	]
}

/** @param {any} soak @returns {Line} */
const lineOfSoak = ({ wrong, talk, acts }) =>
	line(
		`${MEMORY.minutes} min of mixed load, every process replaced twice: errors, messages lost`,
		'0, 0',
		`${wrong.length}, ${talk.lost.length} (of ${Object.values(acts).reduce((sum, { done }) => sum + done, 0)} acts, ${talk.said} messages)`,
		wrong.length === 0,
	)

/** @param {{ warm: number[], fresh: { seconds: number, installing: number } }} kept @returns {Line[]} */
export function linesOfStart({ warm, fresh }) {
	const own = fresh.seconds - fresh.installing
	return [
		line(
			'npm start to the first page, all there',
			`≤ ${START.warm} s`,
			`${short(median(warm))} s (most ${short(Math.max(...warm))})`,
			median(warm) <= START.warm,
		),
		line(
			"fresh clone to the first page, beyond npm's own time",
			`≤ ${START.clone} s`,
			`${short(own)} s (and ${short(fresh.installing)} for npm)`,
			own <= START.clone,
		),
	]
}

/** @param {string} what @param {string} goal @param {string} measured @param {boolean | null} met @returns {Line} */
const line = (what, goal, measured, met) => ({ what, goal, measured, met })

/** @param {number} ratio */
const atLeast = (ratio) => `≥ ${ratio}`

export { linesOfRooms }

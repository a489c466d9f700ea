import { median, percentile, short } from './figures.mjs'
import { isHeld } from './ladder.mjs'

const GOAL = { share: 0.85, cpu: 2, heldRate: 200, memory: 1.3, back: 30, growth: 1.2 }
/** The room whose CPU a message has a goal. */
const CPU_ROOM = 200

/** @param {boolean} met */
const mark = (met) => (met ? '' : ' ✗')

/** @param {string[]} head @param {(string | number)[][]} rows */
const table = (head, rows) =>
	[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

/** @param {any[]} rows @param {number} commit */
function fanOut(rows, commit) {
	const cells = [...new Set(rows.map(({ members, rate }) => `${members} ${rate}`))]
	return cells.map((cell) => {
		const here = rows.filter(({ members, rate }) => `${members} ${rate}` === cell)
		/** @param {string} name @param {string} figure */
		const of = (name, figure) => median(here.filter((row) => row.name === name).map((row) => row[figure]))
		const ours = here.filter(({ name }) => name === 'ours')
		const share = of('ours', 'perSecond') / of('bare', 'perSecond')
		const allowed = 2 * of('bare', 'p99') + commit
		const times = (of('ours', 'serverMs') + of('ours', 'databaseMs')) / of('bare', 'serverMs')
		const [lost, failed] = [
			ours.reduce((sum, row) => sum + row.lost, 0),
			ours.reduce((sum, row) => sum + row.failed, 0),
		]
		return [
			here[0].members,
			here[0].rate,
			short(of('bare', 'perSecond')),
			short(of('ours', 'perSecond')),
			`${share.toFixed(2)}${mark(share >= GOAL.share)}`,
			`${short(of('bare', 'p50'))} / ${short(of('bare', 'p99'))}`,
			`${short(of('ours', 'p50'))} / ${short(of('ours', 'p99'))}`,
			`${short(allowed)}${mark(of('ours', 'p99') <= allowed)}`,
			`${lost}${failed ? ` (${failed} refused)` : ''}${mark(lost === 0 && failed === 0)}`,
			short(of('bare', 'serverMs')),
			`${short(of('ours', 'serverMs'))} + ${short(of('ours', 'databaseMs'))}`,
			`${times.toFixed(2)}${mark(here[0].members !== CPU_ROOM || times <= GOAL.cpu)}`,
		]
	})
}

const FAN_OUT = [
	...['members', 'messages/s', 'deliveries/s bare', 'ours', `share (≥ ${GOAL.share})`],
	...['p50 / p99 ms bare', 'ours', 'p99 allowed', 'lost (0)', 'CPU ms a message bare', 'ours + database'],
	`of bare (${CPU_ROOM}: ≤ ${GOAL.cpu})`,
]

/**
 * How far each came up the ladder, with the p99 of each step: its median, and the highest of all rounds.
 * @param {any[]} rows
 */
function ladder(rows) {
	const cells = [...new Set(rows.map(({ members, writers, name }) => `${members} ${writers} ${name}`))]
	return cells.map((cell) => {
		const here = rows.filter(({ members, writers, name }) => `${members} ${writers} ${name}` === cell)
		const rates = [...new Set(here.map(({ rate }) => rate))]
		/** @param {number} rate */
		const at = (rate) => here.filter((row) => row.rate === rate)
		const held = rates.filter((rate) => at(rate).every(isHeld)).at(-1) ?? 0
		const { members, writers, name } = here[0]
		return [
			members,
			writers === 1 ? 'one' : `${writers} by turns`,
			name,
			`${held}${mark(name === 'bare' || held >= GOAL.heldRate)}`,
			rates
				.map((rate) => at(rate).map(({ p99 }) => p99))
				.map((all) => `${short(median(all))} (${short(Math.max(...all))})`)
				.join(', '),
			here.reduce((sum, row) => sum + row.lost + row.failed, 0),
		]
	})
}

const LADDER = [
	'members',
	'who writes',
	'',
	`held, messages/s (≥ ${GOAL.heldRate})`,
	'p99 ms (worst)',
	'lost or refused',
]

/** @param {{ rows: any[], commits: number[], idle: any[], storms: any[], opening: any[], sizes: number[] }} figures */
export function report({ rows, commits, idle, storms, opening, sizes }) {
	const commit = median(commits)
	const bare = idle.find(({ name }) => name === 'bare')
	const cells = rows.filter(({ step }) => !step)
	const steps = rows.filter(({ step }) => step)
	const parts = [
		`One COMMIT in this database: ${short(commit)} ms (p99 ${short(percentile(commits, 0.99))}).`,
		table(FAN_OUT, fanOut(cells, commit)),
		table(LADDER, ladder(steps)),
		table(
			[
				'idle connections',
				'RSS KiB each',
				`of bare (≤ ${GOAL.memory})`,
				'held KiB each',
				'of bare',
				'connected in s',
			],
			idle.map(({ name, rss, held, seconds }) => [
				name,
				short(rss),
				`${(rss / bare.rss).toFixed(2)}${mark(rss <= GOAL.memory * bare.rss)}`,
				short(held),
				(held / bare.held).toFixed(2),
				short(seconds),
			]),
		),
		table(
			[
				'reconnect storm',
				'back',
				'server gone after s',
				'up again',
				'half back',
				`all back (≤ ${GOAL.back})`,
			],
			storms.map(({ signal, clients, back, ended, up, half, all }) => [
				signal,
				`${back} of ${clients}${mark(back === clients)}`,
				...[ended, up, half].map(short),
				`${short(all)}${mark(back === clients && all <= GOAL.back)}`,
			]),
		),
		table(
			[
				'opening a room, median ms',
				...sizes.map((size) => `${size.toLocaleString('en')} messages`),
				`ratio (≤ ${GOAL.growth})`,
			],
			opening.map(({ name, medians }) => {
				const growth = medians.at(-1) / medians[0]
				return [name, ...medians.map(short), `${growth.toFixed(2)}${mark(growth <= GOAL.growth)}`]
			}),
		),
	]
	return parts.join('\n\n')
}

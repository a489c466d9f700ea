import { median, percentile, short } from './figures.mjs'

const GOAL = { share: 0.85, memory: 1.3, back: 30, growth: 1.2 }

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
		]
	})
}

const FAN_OUT = [
	...['members', 'messages/s', 'deliveries/s bare', 'ours', `share (≥ ${GOAL.share})`],
	...['p50 / p99 ms bare', 'ours', 'p99 allowed', 'lost (0)', 'CPU ms a message bare', 'ours + database'],
]

/** @param {{ rows: any[], commits: number[], idle: any[], storms: any[], opening: any[], sizes: number[] }} figures */
export function report({ rows, commits, idle, storms, opening, sizes }) {
	const commit = median(commits)
	const bare = idle.find(({ name }) => name === 'bare')
	const parts = [
		`One COMMIT in this database: ${short(commit)} ms (p99 ${short(percentile(commits, 0.99))}).`,
		table(FAN_OUT, fanOut(rows, commit)),
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

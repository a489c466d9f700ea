import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
	linesOfCrowd,
	linesOfFirstVisit,
	linesOfMemory,
	linesOfPages,
	linesOfRooms,
	linesOfStart,
} from './lines.mjs'
import { cpuMs, figureOf } from './ratios.mjs'
import { OUT, readOut } from './rig.mjs'
import { short } from './rooms/figures.mjs'

/** @typedef {import('./lines.mjs').Line} Line */
/** @typedef {'pages' | 'workers' | 'first-visit' | 'rooms' | 'memory' | 'start'} Part */

/** @param {string} name @returns {any} what was kept of a part; undefined where it was never measured */
const kept = (name) => (existsSync(join(OUT, `${name}.json`)) ? readOut(`${name}.json`) : undefined)

/** @type {Record<Part, () => Line[]>} */
const LINES = {
	pages: () => linesFrom('pages', linesOfPages),
	workers: () => linesFrom('workers', linesOfCrowd),
	'first-visit': () => linesFrom('first-visit', linesOfFirstVisit),
	rooms: () => linesFrom('rooms', linesOfRooms),
	memory: () => linesOfMemory({ memory: kept('memory'), soak: kept('soak') }),
	start: () => linesFrom('start', linesOfStart),
}

/** @param {string} part @param {(figures: any) => Line[]} linesOf @returns {Line[]} */
function linesFrom(part, linesOf) {
	const figures = kept(part)
	return figures ? linesOf(figures) : [{ what: part, goal: '', measured: '', met: null }]
}

/** @param {boolean | null} met */
const verdict = (met) => (met === null ? 'not measured' : met ? 'pass' : '**falls short**')

/** @param {string[]} head @param {string[][]} rows */
const markdown = (head, rows) =>
	[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

/**
 * The table of these parts as Markdown, from what their last runs kept; also writes all of it to table.json.
 * @param {readonly Part[]} parts
 */
export function tableOf(parts) {
	const lines = parts.flatMap((part) => LINES[part]().map((line) => ({ part, ...line })))
	if (parts.length === Object.keys(LINES).length)
		writeFileSync(join(OUT, 'table.json'), JSON.stringify({ measured: stampsOf(parts), lines }, null, '\t'))
	const rows = lines.map(({ what, goal, measured, met }) => [what, goal, measured, verdict(met)])
	const missed = lines.filter(({ met }) => met === false).length
	const unknown = lines.filter(({ met }) => met === null).length
	return [
		stampsOf(parts).join('\n'),
		markdown(['what', 'goal', 'measured', ''], rows),
		`${lines.length - missed - unknown} pass, ${missed} fall short, ${unknown} not measured.`,
		...(parts.includes('pages') && kept('pages') ? [rawPages(kept('pages'))] : []),
	].join('\n\n')
}

/** Which run the figures of each part are of. @param {readonly string[]} parts */
const stampsOf = (parts) =>
	parts.flatMap((part) => {
		const figures = kept(part)
		if (!figures?.commit) return []
		return [`${part}: ${figures.day}, commit ${figures.commit}${figures.quick ? ', one short round' : ''}`]
	})

/** The figures that the ratios are made of, with the lowest and the highest of all rounds. @param {import('./ratios.mjs').Kept} figures */
function rawPages(figures) {
	const cells = [...new Set(figures.rows.map(({ target, page }) => `${target} ${page}`))]
	return markdown(
		['server', 'page', 'requests/s (all rounds)', 'p50 / p99 ms', 'CPU ms server', 'database', 'KiB'],
		cells.map((cell) => {
			const [target = '', page = ''] = cell.split(' ')
			const of = (/** @type {(row: any) => number} */ figure) => figureOf(figures, target, page, figure)
			const all = figures.rows
				.filter((row) => row.target === target && row.page === page)
				.map(({ rps }) => rps)
			return [
				target,
				page,
				`${short(of(({ rps }) => rps))} (${short(Math.min(...all))}–${short(Math.max(...all))})`,
				`${short(of(({ p50 }) => p50))} / ${short(of(({ p99 }) => p99))}`,
				short(of(({ serverCpuMs }) => serverCpuMs)),
				short(of((row) => cpuMs(row) - row.serverCpuMs)),
				short(of(({ kib }) => kib)),
			]
		}),
	)
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'

// Processor time, from /proc (Linux).

const NS_A_SECOND = 1e9

/** @param {string} path */
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/**
 * Seconds that one process has run, all its threads together. Measured by the scheduler: `stat` counts whoever runs at
 * the moment of a tick, every 4 ms, and work that always begins just after a tick would cost next to nothing there.
 * @param {number} pid
 */
export function cpuSeconds(pid) {
	const place = `/proc/${pid}/task`
	if (!existsSync(place)) return 0
	let ns = 0
	for (const thread of readdirSync(place)) ns += Number(read(`${place}/${thread}/schedstat`).split(' ')[0])
	return ns / NS_A_SECOND
}

/** Of a database's processes; those that come and go between two looks are few. @param {number} postmaster */
export function cpuOfDatabase(postmaster) {
	const children = read(`/proc/${postmaster}/task/${postmaster}/children`).split(' ').filter(Boolean)
	return [postmaster, ...children.map(Number)].reduce((sum, pid) => sum + cpuSeconds(pid), 0)
}

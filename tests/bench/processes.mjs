import { readdirSync, readFileSync } from 'node:fs'

// Processor time and memory of processes, from /proc (Linux).

/** Linux counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100

/** @param {string} path */
function read(path) {
	try {
		return readFileSync(path, 'utf8')
	} catch {
		return ''
	}
}

/** The fields behind the name, which may have spaces in it. @param {number} pid */
function statOf(pid) {
	const text = read(`/proc/${pid}/stat`)
	return text ? text.slice(text.lastIndexOf(')') + 2).split(' ') : undefined
}

/** @param {number} pid @returns {string[]} none for a process that is gone */
function threadsOf(pid) {
	try {
		return readdirSync(`/proc/${pid}/task`)
	} catch {
		return []
	}
}

/** The processes a process has started. @param {number} pid @returns {number[]} */
export const childrenOf = (pid) =>
	threadsOf(pid)
		.flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' '))
		.filter(Boolean)
		.map(Number)

/** A process and all that stem from it. @param {number} pid @returns {number[]} */
export function treeOf(pid) {
	const found = [pid]
	for (const one of found) found.push(...childrenOf(one))
	return found
}

/**
 * Seconds of processor time of a process and all that stem from it, those that ended included.
 * @param {number} pid
 */
export function cpuSecondsOf(pid) {
	let ticks = 0
	for (const one of treeOf(pid)) {
		const fields = statOf(one)
		if (fields) for (const at of [11, 12, 13, 14]) ticks += Number(fields[at])
	}
	return ticks / TICKS_A_SECOND
}

/** Resident memory of one process in MB (1,048,576 bytes); 0 for one that is gone. @param {number} pid */
export const residentMb = (pid) =>
	Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1_024

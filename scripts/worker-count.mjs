import os from 'node:os'
import { Fault } from './fault.mjs'

const WORKERS_AT_MOST = 64
/** Each keeps ten connections to the database, which takes a hundred of all its clients by default. */
const BY_DEFAULT_AT_MOST = 8
const MB = 1024 ** 2
/** What a process may come to need, and what the system, the database and the one that starts them do (docs/operation.md). */
const NEEDS = { process: 350 * MB, others: 512 * MB }

/** What the machine has for us: a container may have less than the machine around it. */
function machine() {
	const limit = process.constrainedMemory?.() || Number.POSITIVE_INFINITY
	return { cores: os.availableParallelism(), memory: Math.min(os.totalmem(), limit) }
}

/**
 * How many processes a machine has room for: one for each core, as far as its memory takes them and one more, which is
 * there while they are replaced.
 * @param {{ cores: number, memory: number }} of  memory in bytes
 */
export function workersFor({ cores, memory }) {
	const room = Math.floor((memory - NEEDS.others) / NEEDS.process) - 1
	return Math.max(1, Math.min(cores, room, BY_DEFAULT_AT_MOST))
}

/**
 * How many processes are to serve.
 * @param {string | undefined} value  WORKERS; without it, as many as the machine has room for
 */
export function readWorkers(value) {
	if (value === undefined || value === '') return workersFor(machine())
	const number = Number(value)
	if (/^\d+$/.test(value) && number >= 1 && number <= WORKERS_AT_MOST) return number
	throw new Fault(`WORKERS is "${value}", but it must be a whole number from 1 to ${WORKERS_AT_MOST}.`)
}

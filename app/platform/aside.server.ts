import { logFault } from './log.server'
import { once } from './once.server'
import { within } from './patience'

const WAITED_FOR_MS = 3_000

const state = once('aside', () => ({
	underWay: new Set<Promise<void>>(),
	timers: new Map<string, NodeJS.Timeout>(),
}))

/**
 * Does what no answer waits for. What goes wrong in it is logged under `where`; a process that leaves waits for it before
 * it lets go of the database.
 */
export function aside(where: string, work: () => unknown) {
	const done = Promise.resolve()
		.then(work)
		.catch((error) => logFault(where, error))
		.then(() => void state.underWay.delete(done))
	state.underWay.add(done)
}

/** Does something aside every so often (ms), for as long as the process runs. A second time with the same name is none. */
export function keepDoing(where: string, everyMs: number, work: () => unknown) {
	if (state.timers.has(where)) return
	state.timers.set(where, setInterval(aside, everyMs, where, work).unref())
}

/** Begins nothing more by the clock, and waits for what is under way and for what that begins: three seconds at most. */
export async function endAside() {
	for (const timer of state.timers.values()) clearInterval(timer)
	state.timers.clear()
	const allDone = async () => {
		while (state.underWay.size > 0) await Promise.all(state.underWay)
	}
	await within(WAITED_FOR_MS, allDone()).catch((error) => logFault('aside', error))
}

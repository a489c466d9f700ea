import { aside } from './aside.server'
import { env } from './env.server'
import { logFault } from './log.server'
import { once } from './once.server'
import { within } from './patience'

/** Twice in this time and a moment is less than the three seconds that a lost signal may cost. */
const LOOK_EVERY_MS = 1_300
/** Longer than the database lets a statement run: an answer that is not there by then was lost. */
const LOOKS_AT_MOST_MS = 10_000

interface Lookout {
	look(): Promise<void>
	looking: boolean
	/** It failed, and that was said. */
	failing: boolean
}

const lookouts = once('lookouts', () => new Map<string, Lookout>())

/**
 * Where several processes serve: asks the database again and again for what a signal would have said, had it come. Each
 * look is a query or two for the whole process.
 */
export function lookOut(name: string, look: () => Promise<void>) {
	lookouts.set(name, { look, looking: false, failing: false })
}

async function lookOnce(name: string, lookout: Lookout) {
	if (lookout.looking) return
	lookout.looking = true
	try {
		await within(LOOKS_AT_MOST_MS, lookout.look())
		lookout.failing = false
	} catch (error) {
		if (!lookout.failing) logFault(name, error)
		lookout.failing = true
	} finally {
		lookout.looking = false
	}
}

/** The timer of all lookouts; undefined where this process serves alone. */
export function keepLookingOut(): NodeJS.Timeout | undefined {
	if (!env().several) return undefined
	return setInterval(() => {
		for (const [name, lookout] of lookouts) aside(name, () => lookOnce(name, lookout))
	}, LOOK_EVERY_MS).unref()
}

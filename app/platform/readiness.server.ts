import { askEach } from '~/db/client.server'
import { env } from './env.server'
import { once } from './once.server'
import { signalsGetThrough } from './signals.server'

const state = once('readiness', () => ({ migrated: false, draining: false }))
const PROBE_LIMIT_MS = 1000

/** Called when the schema is as this build expects it. */
export const markMigrated = () => {
	state.migrated = true
}

/** Called first when the server is asked to stop: load balancers then send no one new. */
export const markDraining = () => {
	state.draining = true
}

/**
 * Whether the server can do its work: migrated, not leaving, and both pools answer within a second. Redis is reported
 * where there is one, and not needed.
 */
export async function readiness(): Promise<{
	ready: boolean
	draining: boolean
	migrated: boolean
	database: boolean
	redis?: 'up' | 'down'
}> {
	let timer: NodeJS.Timeout | undefined
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), PROBE_LIMIT_MS)
	})
	const answered = askEach().then(
		() => true,
		() => false,
	)
	const database = await Promise.race([answered, late])
	clearTimeout(timer)
	const redis = env().redisUrl ? { redis: signalsGetThrough() ? ('up' as const) : ('down' as const) } : {}
	return { ...state, ...redis, database, ready: database && state.migrated && !state.draining }
}

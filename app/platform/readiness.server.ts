import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { once } from './once.server'

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

/** Whether the server can do its work: migrated, not leaving, and the pool answers within a second. */
export async function readiness(): Promise<{
	ready: boolean
	draining: boolean
	migrated: boolean
	database: boolean
}> {
	let timer: NodeJS.Timeout | undefined
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), PROBE_LIMIT_MS)
	})
	const answered = db.execute(sql`select 1`).then(
		() => true,
		() => false,
	)
	const database = await Promise.race([answered, late])
	clearTimeout(timer)
	return { ...state, database, ready: database && state.migrated && !state.draining }
}

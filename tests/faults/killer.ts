import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from 'postgres'

/** The moments in a backend's life at which it is ended. */
const MOMENTS = ['idle in transaction', 'between queries', 'asleep', 'in commit', 'any'] as const
type Moment = (typeof MOMENTS)[number]

const FOUND_WITHIN_MS = 3_000
const PAUSE_MS = 120

async function killOne(admin: Sql, moment: Moment) {
	const rows = await admin`
		select pg_terminate_backend(pid) as killed from pg_stat_activity
		where application_name = 'mimosa' and datname = current_database() and case ${moment}
			when 'idle in transaction' then state = 'idle in transaction'
			when 'between queries' then state = 'idle'
			when 'asleep' then state = 'active' and wait_event = 'PgSleep' and query not ilike 'commit%'
			when 'in commit' then state = 'active' and wait_event = 'PgSleep' and query ilike 'commit%'
			else true end
		order by random() limit 1`
	return rows.length > 0
}

/**
 * Ends one backend of the application at each of the moments, `times` over.
 * Returns the moments that never came: an empty list, or the test has tested nothing.
 */
export async function killAtEveryMoment(admin: Sql, times: number) {
	const missed: Moment[] = []
	for (let round = 0; round < times; round++) {
		for (const moment of MOMENTS) {
			const until = Date.now() + FOUND_WITHIN_MS
			let hit = false
			while (!hit && Date.now() < until) {
				hit = await killOne(admin, moment)
				if (!hit) await sleep(2)
			}
			if (!hit) missed.push(moment)
			await sleep(PAUSE_MS)
		}
	}
	return missed
}

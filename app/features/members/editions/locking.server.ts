import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'

/** Changes of editions come one after the other, also where there is no row to lock yet, and for the numbers. */
export const lockEditions = (tx: Tx) =>
	tx.execute(sql`select pg_advisory_xact_lock(hashtext('rule editions'))`)

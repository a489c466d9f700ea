import { sql } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import { db, type Tx } from '~/db/client.server'

/** A transaction that has done something, and goes on holding what it holds until it is told to end. */
export async function hold(act: (tx: Tx) => Promise<unknown>) {
	let letGo = () => {}
	const gate = new Promise<void>((resolve) => {
		letGo = resolve
	})
	const { promise, tx } = await new Promise<{ promise: Promise<void>; tx: Tx }>((resolve, reject) => {
		const promise = db.transaction(async (tx) => {
			await act(tx)
			setImmediate(() => resolve({ promise, tx }))
			await gate
		})
		promise.catch(reject)
	})
	return {
		tx,
		end: () => {
			letGo()
			return promise
		},
	}
}

/** Until somebody waits for what another one holds. */
export const untilSomeoneWaits = () =>
	vi.waitFor(async () => {
		const [row] = await db.execute<{ waiting: number }>(sql`
			select count(*)::int as waiting from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`)
		expect(row!.waiting).toBeGreaterThan(0)
	})

import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsDatabase, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '~/platform/env.server'
import { StartError } from '~/platform/errors'
import { once } from '~/platform/once.server'

/** What every query function takes: the pool or a transaction. */
export type Db = PgDatabase<PostgresJsQueryResultHKT>
/** A running transaction: what commands write through. */
export type Tx = Db

const STATEMENT_TIMEOUT_MS = 8_000
/** Together ten connections of each process (docs/running.md counts with them). */
const POOL_SIZE = 6
const PLAN_ONCE_POOL_SIZE = 4

/**
 * Opens a pool as the application uses it. The driver is patched and pinned (docs/decisions/002); the short
 * `backoff` keeps a query from waiting 20 s after the database is back.
 * `settings`: of Postgres, for each of its connections.
 */
export function connect(url: string, max = POOL_SIZE, settings: Record<string, string> = {}) {
	return postgres(url, {
		max,
		backoff: () => 0.2,
		connect_timeout: 3,
		idle_timeout: 0,
		onnotice: () => {},
		connection: {
			application_name: 'mimosa',
			statement_timeout: STATEMENT_TIMEOUT_MS,
			lock_timeout: 4_000,
			idle_in_transaction_session_timeout: 10_000,
			...settings,
		},
	})
}

/** Asked this often, a statement is worth keeping. */
const KEPT_AFTER = 5
/** On each connection at most; what a page asks with another number of places in it each time must not fill memory. */
const KEPT_AT_MOST = 300
const COUNTED_AT_MOST = 2_000

/** Says which statements are asked again and again. A text is counted, nothing that was asked with it. */
export function statementCounter() {
	const asked = new Map<string, number>()
	const kept = new Set<string>()
	return (text: string) => {
		if (kept.has(text)) return true
		if (kept.size >= KEPT_AT_MOST) return false
		if (asked.size >= COUNTED_AT_MOST) asked.clear()
		const times = (asked.get(text) ?? 0) + 1
		asked.set(text, times)
		if (times >= KEPT_AFTER) kept.add(text)
		return times >= KEPT_AFTER
	}
}

/** How a statement is sent; `planOnce`: over the connections that plan once. */
type Way = postgres.UnsafeQueryOptions & { planOnce?: boolean }

/**
 * Keeps often asked statements prepared. Without that the driver asks for each what its parameters are before it sends
 * them: the connection waits for us twice, and Postgres plans the same again and again.
 * @param planning  another pool, for the statements to plan once; it ends with this one
 */
function keepingStatements(sql: postgres.Sql, planning: postgres.Sql): postgres.Sql {
	const isOften = statementCounter()
	const { unsafe: ask, end } = sql
	const { unsafe: askPlanning } = planning
	const unsafe = (
		text: string,
		values?: postgres.ParameterOrJSON<never>[],
		{ planOnce, ...options }: Way = {},
	) =>
		(planOnce ? askPlanning : ask)(text, values, {
			...options,
			prepare: options.prepare || ((values?.length ?? 0) > 0 && isOften(text)),
		})
	const endBoth = async (options?: { timeout?: number }) => {
		await Promise.all([end(options), planning.end(options)])
	}
	return Object.assign(sql, { unsafe, end: endBoth })
}

const planningPool = once('planning-pool', () =>
	connect(env().databaseUrl, PLAN_ONCE_POOL_SIZE, { plan_cache_mode: 'force_generic_plan' }),
)

/** The pool; use `db` unless the driver itself is meant. */
export const pool = once('pool', () => keepingStatements(connect(env().databaseUrl), planningPool))

export const db: PostgresJsDatabase = once('db', () => drizzle(pool))

/**
 * Builds statements to `prepare` which Postgres plans once, without looking at what is asked with them. By itself it plans
 * some statements of a page anew each time, which takes longer than to answer: it does not know that what is asked is
 * always alike. Only for a statement that goes the same way through the same indexes whatever it is asked with
 * (docs/decisions/032; tests look at that plan). It reads what is committed: what runs in a transaction is built with `tx`.
 */
export const planOnce: Pick<PostgresJsDatabase, 'select'> = once('plan-once', () => {
	// By way of `pool`, so that there is one place which all statements pass.
	const unsafe = (text: string, values: postgres.ParameterOrJSON<never>[], options: Way) =>
		pool.unsafe(text, values, { ...options, planOnce: true } as Way)
	return drizzle(Object.assign(planningPool, { unsafe }) as postgres.Sql)
})

/** Asks both kinds of connections for an answer; rejects where one cannot be had. */
export const askEach = () =>
	Promise.all([pool.unsafe('select 1'), pool.unsafe('select 1', [], { planOnce: true } as Way)])

/** Refuses to go on with a driver that lost its patch: a killed backend would stop the server (DRIVER.md cause 4). */
export async function assertPatchedDriver(sql: postgres.Sql = pool) {
	const over: postgres.TransactionSql[] = []
	await sql.begin(async (tx) => {
		over.push(tx)
		await tx`select 1`
	})
	try {
		await Promise.all(over.map((tx) => tx`select 1`))
	} catch (error) {
		if ((error as { code?: string }).code === 'TRANSACTION_ENDED') return
	}
	throw new StartError('The database driver is not patched. Run "npm ci", which applies patches/.')
}

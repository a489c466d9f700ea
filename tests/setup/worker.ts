import { afterEach, beforeEach, expect, inject, vi } from 'vitest'
import { createDatabase } from '../../scripts/postgres.mjs'

const TEMPLATE = 'mimosa_template'
const adminUrl = inject('adminUrl')
/** One database for each worker: it outlives a file, as the application's modules do. */
const name = `mimosa_w${process.pid}`
const url = new URL(inject('appUrl'))
url.pathname = `/${name}`

if (process.env.DATABASE_URL !== url.href) {
	// Set before any application module is loaded: it reads its settings once.
	Object.assign(process.env, {
		NODE_ENV: 'test',
		DATABASE_URL: url.href,
		SESSION_SECRET: 'test-secret-0123456789-abcdefghijklmnopqrstuvwxyz',
		REGISTRATION: process.env.REGISTRATION ?? 'open',
		LOG_LEVEL: 'silent',
	})
	await createDatabase(adminUrl, name, { template: TEMPLATE })
}

const complaints: unknown[][] = []

beforeEach(() => {
	complaints.length = 0
	vi.spyOn(console, 'error').mockImplementation((...words) => void complaints.push(words))
})

type Pool = import('postgres').Sql
/** The application's own pool, if the test loaded it. */
const appPool = () =>
	(globalThis as { __mimosa?: Map<string, unknown> }).__mimosa?.get('pool') as Pool | undefined

let filled: string | undefined

/** Asks which tables hold something, and how large they are; made once. */
async function filledTables(pool: Pool) {
	if (!filled) {
		const tables = await pool<{ name: string }[]>`
			select quote_ident(tablename) as name from pg_tables
			where schemaname = 'public' and tablename not in ('audit_log', 'audit_chain')
			order by tablename <> 'members', tablename`
		filled = tables
			.map(
				({ name }) =>
					`select '${name}' as name, pg_relation_size('${name}') as size where exists (select 1 from ${name})`,
			)
			.join(' union all ')
	}
	return pool.unsafe<{ name: string; size: string }[]>(filled)
}

/** A table above this was filled by thousands; deleting row by row would run its triggers for each. */
const LARGE = 1_000_000

/**
 * Every table is emptied after each test (the audit log and its chain can only grow); a test makes all it needs with
 * factories. The few rows of most tests are deleted, members first, with whom nearly all goes: to truncate, Postgres
 * makes new files for each table and index, which takes longer than most tests.
 */
async function emptyTables(pool: Pool) {
	const tables = await filledTables(pool)
	if (tables.length === 0) return
	const small = tables.every(({ size }) => Number(size) < LARGE)
	const deleted =
		small &&
		(await deleteFrom(
			pool,
			tables.map(({ name }) => name),
		))
	const left = deleted ? await filledTables(pool) : tables
	if (left.length > 0) await pool.unsafe(`truncate ${left.map(({ name }) => name).join(', ')} cascade`)
}

const deleteFrom = (pool: Pool, names: string[]) =>
	pool.unsafe(`do $$ begin ${names.map((name) => `delete from ${name};`).join(' ')} end $$`).then(
		() => true,
		// Something may not be deleted as it stands: a table that only grows, a row that another one holds.
		() => false,
	)

/** A file whose tests begin with one world puts it back by itself (tests/matrix). */
const keepsWorld = () => process.env.TABLES === 'kept'
/** Only files named so write to the database; the others share the process, and should not wait for it. */
const usesDatabase = () => /\.db\.test\.tsx?$/.test(expect.getState().testPath ?? '')

afterEach(async () => {
	const pool = appPool()
	if (pool && usesDatabase() && !keepsWorld()) await emptyTables(pool)
	if (complaints.length > 0) throw new Error(`console.error was called: ${JSON.stringify(complaints[0])}`)
})

import { afterAll, afterEach, beforeEach, inject, vi } from 'vitest'
import { createDatabase, dropDatabase } from '../../scripts/postgres.mjs'

const TEMPLATE = 'mimosa_template'
const name = `mimosa_w${process.env.VITEST_POOL_ID ?? '1'}_${process.pid}_${Date.now().toString(36)}`
const adminUrl = inject('adminUrl')
const url = new URL(inject('appUrl'))
url.pathname = `/${name}`

// Set before any application module is loaded: it reads its settings once.
Object.assign(process.env, {
	NODE_ENV: 'test',
	DATABASE_URL: url.href,
	SESSION_SECRET: 'test-secret-0123456789-abcdefghijklmnopqrstuvwxyz',
	REGISTRATION: process.env.REGISTRATION ?? 'open',
	LOG_LEVEL: 'silent',
})

await createDatabase(adminUrl, name, { template: TEMPLATE })

const complaints: unknown[][] = []

beforeEach(() => {
	complaints.length = 0
	vi.spyOn(console, 'error').mockImplementation((...words) => void complaints.push(words))
})

type Pool = import('postgres').Sql
/** The application's own pool, if the test loaded it. */
const appPool = () =>
	(globalThis as { __mimosa?: Map<string, unknown> }).__mimosa?.get('pool') as Pool | undefined

/** Every table is emptied after each test (the audit log can only grow); a test makes all it needs with factories. */
async function emptyTables(pool: Pool) {
	const tables = await pool<{ name: string }[]>`
		select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'audit_log'`
	await pool.unsafe(`truncate ${tables.map((table) => table.name).join(', ')} cascade`)
}

afterEach(async () => {
	const pool = appPool()
	if (pool) await emptyTables(pool)
	if (complaints.length > 0) throw new Error(`console.error was called: ${JSON.stringify(complaints[0])}`)
})

afterAll(async () => {
	await appPool()?.end({ timeout: 5 })
	await dropDatabase(adminUrl, name)
})

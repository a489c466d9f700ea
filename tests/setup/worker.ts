import { afterEach, beforeEach, expect, inject, vi } from 'vitest'
import { createDatabase } from '../../scripts/postgres.mjs'
import { emptyTables } from './emptying'

const TEMPLATE = 'mimosa_template'
const adminUrl = inject('adminUrl')
/** One database for each worker: it outlives a file, as the application's modules do. */
const name = `mimosa_w${process.pid}`
const url = new URL(inject('appUrl'))
url.pathname = `/${name}`
const asOwner = new URL(adminUrl)
asOwner.pathname = url.pathname

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

/** Whether the test loaded the application's own pool. */
const hasPool = () => (globalThis as { __mimosa?: Map<string, unknown> }).__mimosa?.has('pool')

/** A file whose tests begin with one world puts it back by itself (tests/matrix). */
const keepsWorld = () => process.env.TABLES === 'kept'
/** Only files named so write to the database; the others share the process, and should not wait for it. */
const usesDatabase = () => /\.db\.test\.tsx?$/.test(expect.getState().testPath ?? '')

afterEach(async () => {
	// A test makes all it needs with factories.
	if (hasPool() && usesDatabase() && !keepsWorld()) await emptyTables(asOwner.href)
	if (complaints.length > 0) throw new Error(`console.error was called: ${JSON.stringify(complaints[0])}`)
})

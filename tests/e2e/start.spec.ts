import { createServer } from 'node:net'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { openDatabase } from '../../scripts/postgres.mjs'
import { removeDatabase } from '../../scripts/postgres-place.mjs'
import { startHouse } from './house'

/** One after the other: they share a data folder and a port. */
test.describe.configure({ mode: 'serial' })

const DATA_DIR = path.resolve(`.data/test-${process.pid}1`)
const PORT = '34569'
const SECRET = 'a-secret-for-the-tests-0123456789-ABCDEFGHIJ'
const own = { DATA_DIR, PORT, EXAMPLE: '0', LOG_LEVEL: 'silent', LIMITS: 'on' }

test.afterAll(() => removeDatabase(DATA_DIR))

/** What a start that does not come up says: stages, then one line of ours. */
async function refusal(env: Record<string, string>) {
	const error = await startHouse({ ...own, ...env }).then(
		(house) => house.stop().then(() => new Error('it came up')),
		(refused: Error) => refused,
	)
	expect(error.message).toContain('it ended with 1:')
	const lines = error.message.split('\n').filter((line) => line.startsWith('mimosa: '))
	expect(lines).toHaveLength(1)
	expect(error.message).not.toMatch(/^\s+at /m)
	return lines[0]
}

test('starts, refuses a second start beside it, and starts again after it was killed', async () => {
	const house = await startHouse(own)
	expect(await refusal({})).toContain('already running')
	expect((await fetch(`http://localhost:${PORT}/readyz`)).status).toBe(200)
	await house.stop('SIGKILL')
	const again = await startHouse(own)
	expect((await fetch(`http://localhost:${PORT}/readyz`)).status).toBe(200)
	expect(await again.stop()).toBe(0)
})

test('a taken port', async () => {
	const holder = createServer()
	await new Promise<void>((resolve) => holder.listen(Number(PORT), '127.0.0.1', resolve))
	expect(await refusal({})).toContain(`port ${PORT} is taken`)
	await new Promise((resolve) => holder.close(resolve))
})

for (const [name, value] of Object.entries({
	PORT: 'abc',
	HOST: '0.0.0.0',
	ORIGIN: 'example.org',
	TRUST_PROXY: 'yes',
	EXAMPLE: 'no',
	REGISTRATION: 'closed',
	LOG_LEVEL: 'loud',
	WORKERS: '0',
	SESSION_SECRET: 'short',
})) {
	test(`a wrong ${name}`, async () => {
		expect(await refusal({ [name]: value })).toMatch(new RegExp(`${name}|ORIGIN`))
	})
}

test('a database that does not answer', async () => {
	const DATABASE_URL = 'postgres://nobody:nothing@127.0.0.1:9/nowhere'
	expect(await refusal({ DATABASE_URL, SESSION_SECRET: SECRET })).toContain('does not answer')
})

test('a database it may not write', async () => {
	const database = await openDatabase({ dataDir: DATA_DIR, databases: ['foreign'] })
	const admin = postgres(database.adminUrl('foreign'), { max: 1, onnotice: () => {} })
	await admin`create role reader login password 'only-reading'`
	const url = new URL(database.url('foreign'))
	Object.assign(url, { username: 'reader', password: 'only-reading' })
	expect(await refusal({ DATABASE_URL: url.href, SESSION_SECRET: SECRET })).toContain('refuses to be written')
	await admin.end({ timeout: 5 })
	await database.stop()
})

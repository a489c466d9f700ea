import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { createDatabase, dropDatabase, openDatabase } from '../../scripts/postgres.mjs'
import { removeDatabase, removeLeftovers } from '../../scripts/postgres-place.mjs'

const dataDir = path.resolve(`.data/test-${process.pid}`)
const open = () => openDatabase({ dataDir, databases: ['mimosa'], throwaway: true })

afterAll(() => removeDatabase(dataDir))

async function query<T extends object>(url: string, work: (sql: postgres.Sql) => Promise<T[]>) {
	const sql = postgres(url, { max: 1, onnotice: () => {} })
	return work(sql).finally(() => sql.end({ timeout: 5 }))
}

/** Opens the database in a process of its own, which is then killed. Returns the postmaster it left behind. */
async function openAndBeKilled() {
	const script = `import('./scripts/postgres.mjs').then(async ({ openDatabase }) => {
		console.log((await openDatabase({ dataDir: ${JSON.stringify(dataDir)} })).pid)
		setInterval(() => {}, 1000)
	})`
	const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
	const [pid] = await once(child.stdout, 'data')
	child.kill('SIGKILL')
	await once(child, 'exit')
	return Number(pid)
}

test('knows the letters of every script, and keeps words out of its log', async () => {
	const database = await open()
	const [row] = await query(
		database.url('mimosa'),
		(sql) => sql`
			select lower('ЖЕНА') as lower, current_setting('server_encoding') as encoding,
				current_setting('is_superuser') as superuser`,
	)
	expect(row).toEqual({ lower: 'жена', encoding: 'UTF8', superuser: 'off' })
	await query(database.url('mimosa'), (sql) => sql`create extension pg_trgm`)
	const [alike] = await query<{ is: number }>(
		database.url('mimosa'),
		(sql) => sql`select similarity('ЖЕНА работа', 'жена работи') as is`,
	)
	expect(alike?.is).toBeGreaterThan(0.5)
	const words = 'he knows my address'
	await expect(query(database.url('mimosa'), (sql) => sql`select ${words}::uuid`)).rejects.toThrow()
	await expect(
		query(database.url('mimosa'), (sql) => sql`select ${words}::text from nowhere`),
	).rejects.toThrow()
	const log = readFileSync(`${realpathSync(path.join(dataDir, 'postgres'))}.log`, 'utf8')
	expect(log).toContain('ready to accept connections')
	expect(log).not.toMatch(/address"|he knows|nowhere/)
	await database.stop()
})

test('its secret and its data are for their owner only', async () => {
	expect(statSync(path.join(dataDir, 'postgres-secret')).mode & 0o077).toBe(0)
	expect(statSync(path.join(dataDir, 'postgres')).mode & 0o077).toBe(0)
})

test('a second opener is told in one line, and the first goes on', async () => {
	const first = await open()
	await expect(open()).rejects.toMatchObject({
		code: 'start',
		message: expect.stringMatching(/^already running on [^\n]*$/),
	})
	expect(await query(first.url('mimosa'), (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }])
	await first.stop()
})

test('a database copied from a template, and dropped with its visitors', async () => {
	const database = await open()
	const admin = database.adminUrl('postgres')
	await query(database.url('mimosa'), (sql) => sql`create table petal (id int)`)
	await createDatabase(admin, 'copy', { template: 'mimosa' })
	expect(await query(database.url('copy'), (sql) => sql`select * from petal`)).toEqual([])
	const visitor = postgres(database.url('copy'), { max: 1, onnotice: () => {} })
	await visitor`select 1`
	await dropDatabase(admin, 'copy')
	await visitor.end({ timeout: 5 })
	await expect(query(database.url('copy'), (sql) => sql`select 1`)).rejects.toMatchObject({ code: '3D000' })
	await database.stop()
})

test('the one a killed process left running is taken over, and one that died with it is started again', async () => {
	const left = await openAndBeKilled()
	const over = await open()
	expect(over.pid).toBe(left)
	await over.stop()
	const dead = await openAndBeKilled()
	process.kill(dead, 'SIGKILL')
	const again = await open()
	expect(again.pid).not.toBe(dead)
	await again.stop()
	expect(existsSync(path.join(dataDir, 'lock'))).toBe(false)
})

test('what killed test runs left is deleted; what a living one uses, or has another name, stays', async () => {
	const folder = path.resolve(`.data/leftovers-${process.pid}`)
	const gone = spawn(process.execPath, ['-e', ''])
	await once(gone, 'exit')
	const names = [`test-${gone.pid}`, `faults-${gone.pid}`, `test-${process.pid}`, 'e2e', `own-${gone.pid}`]
	for (const name of names) mkdirSync(path.join(folder, name), { recursive: true })
	await removeLeftovers(folder)
	expect(readdirSync(folder).sort()).toEqual(['e2e', `own-${gone.pid}`, `test-${process.pid}`].sort())
	rmSync(folder, { recursive: true })
	await removeLeftovers(path.join(folder, 'nothing'))
})

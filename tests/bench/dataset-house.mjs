import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { openDatabase } from '../../scripts/postgres.mjs'
import { say } from '../../scripts/progress.mjs'
import { PORTS, RIG } from './rig.mjs'
import { startServing } from './serving.mjs'

const root = resolve(import.meta.dirname, '../..')
const DATABASE = 'mimosa_bench'

/** What the posts and their tables are made of: as long as it stays the same, what was loaded last time is as good. */
function stampOfDataset() {
	const migrations = readdirSync('drizzle').filter((name) => name.endsWith('.sql'))
	const files = [
		join(RIG, 'dataset.mjs'),
		'tests/bench/dataset.ts',
		...migrations.map((name) => `drizzle/${name}`),
	]
	const hash = createHash('sha256')
	for (const file of files.sort()) hash.update(readFileSync(file))
	return hash.digest('hex')
}

/** @param {string} url @param {string} stamp @returns {Promise<string[]>} the rooms to talk in */
async function loadDataset(url, stamp) {
	const { default: postgres } = await import('postgres')
	const sql = postgres(url, { max: 4, onnotice: () => {} })
	try {
		const [kept] = await sql`select obj_description('public'::regnamespace, 'pg_namespace') as stamp`
		if (kept?.stamp === stamp) return (await sql`select id from rooms`).map(({ id }) => id)
		const { makeDataset } = await import(join(RIG, 'dataset.mjs'))
		const { writeDataset } = await tsImport('./dataset.ts', import.meta.url)
		await sql`drop schema if exists public cascade`
		await sql`drop schema if exists drizzle cascade`
		await sql`create schema public`
		const { migrateTemplate } = await tsImport('../setup/migrate.ts', import.meta.url)
		await migrateTemplate(url)
		say('loading 100,000 posts')
		const rooms = await writeDataset(sql, makeDataset())
		await sql`vacuum (analyze)`
		await sql.unsafe(`comment on schema public is '${stamp}'`)
		return rooms
	} finally {
		await sql.end({ timeout: 5 })
	}
}

/**
 * An embedded database with the rig's dataset, and our server on it: as `npm start` serves it (`workers` processes) and
 * in one process.
 * @param {{ workers: number }} how
 */
export async function openDatasetHouse({ workers }) {
	const database = await openDatabase({
		dataDir: join(root, '.data/bench'),
		databases: [DATABASE],
		onProgress: say,
	})
	/** @type {import('./serving.mjs').Serving[]} */
	const servers = []
	const close = async () => {
		for (const { lines, stop } of servers) {
			for (const line of lines) say(`the server wrote: ${line}`)
			await stop()
		}
		await database.stop()
	}
	try {
		const url = database.url(DATABASE)
		const stamp = stampOfDataset()
		const rooms = await loadDataset(url, stamp)
		// Of invented people only; the same for the same data, which an installation holds its operator to.
		const secret = createHash('sha256').update(`secret ${stamp}`).digest('base64url')
		const env = { DATABASE_URL: url, SESSION_SECRET: secret, LIMITS: 'off' }
		for (const [port, count] of [
			[PORTS.own, workers],
			[PORTS.alone, 1],
		])
			servers.push(await startServing({ port, workers: count, env }))
		return { databasePort: Number(new URL(url).port), rooms, close }
	} catch (error) {
		await close()
		throw error
	}
}

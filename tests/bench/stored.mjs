import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { tsImport } from 'tsx/esm/api'
import { openDatabase } from '../../scripts/postgres.mjs'
import { removeDatabase } from '../../scripts/postgres-place.mjs'
import { say } from '../../scripts/progress.mjs'
import { openModules } from './loading.mjs'
import { cpuSecondsOf } from './processes.mjs'

// Measures what docs/scaling-costs.json says of rows and of what is done beside pages and rooms, in a database of its own.
//   node tests/bench/stored.mjs            20,000 posts, 200,000 messages, 20,000 members
const SIZE = { members: 20_000, messages: 200_000 }
const POSTS = 20_000
const NAME = 'mimosa_stored'
const root = resolve(import.meta.dirname, '../..')
const dataDir = join(root, `.data/bench-stored-${process.pid}`)

/** @param {number} pid  of the postmaster */
const measureBeside =
	(pid) => async (/** @type {number} */ times, /** @type {() => Promise<unknown>} */ act) => {
		await act()
		const before = { app: process.cpuUsage(), database: cpuSecondsOf(pid), wall: performance.now() }
		for (let n = 0; n < times; n += 1) await act()
		const { user, system } = process.cpuUsage(before.app)
		return {
			app: (user + system) / 1_000 / times,
			database: ((cpuSecondsOf(pid) - before.database) * 1_000) / times,
			wall: (performance.now() - before.wall) / times,
		}
	}

/** @param {string} url */
async function writeForum(url) {
	const { migrateTemplate } = await tsImport('../setup/migrate.ts', import.meta.url)
	await migrateTemplate(url)
	const { writeForum: write } = await tsImport('./forum-scale.ts', import.meta.url)
	const sql = postgres(url, { max: 3, onnotice: () => {} })
	await write(sql, { posts: POSTS })
	await sql.end({ timeout: 5 })
}

async function main() {
	const database = await openDatabase({ dataDir, databases: [NAME], onProgress: say })
	try {
		const url = database.url(NAME)
		await writeForum(url)
		Object.assign(process.env, {
			NODE_ENV: 'production',
			DATABASE_URL: url,
			SESSION_SECRET: randomBytes(32).toString('base64url'),
			LIMITS: 'off',
		})
		const vite = await openModules()
		const { measureStored } = await vite.ssrLoadModule('/tests/bench/stored.ts')
		console.log(JSON.stringify(await measureStored(SIZE, measureBeside(database.pid)), null, '\t'))
	} finally {
		await database.stop()
		await removeDatabase(dataDir)
	}
}

await main()
process.exit(0)

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tsImport } from 'tsx/esm/api'
import { openModules } from '../tests/bench/loading.mjs'
import { createDatabase, dropDatabase, openDatabase } from './postgres.mjs'
import { say } from './progress.mjs'

// What the pages of the forum ask of the database in a small and in a large forum, in one run: the queries themselves,
// without a server around them. Prints medians and how they grow; writes nothing.
//   npm run bench -- forum                 10,000 and 1,000,000 posts
//   npm run bench -- forum 10000 100000    other sizes
const SIZES = [10_000, 1_000_000]
const WARM = 20
const TIMES = 100
const root = resolve(import.meta.dirname, '..')
const own = fileURLToPath(import.meta.url)

/** @param {string} url  of a forum that was made, measured in a process of its own: the application opens its pool once */
async function measureHere(url) {
	Object.assign(process.env, {
		NODE_ENV: 'production',
		DATABASE_URL: url,
		SESSION_SECRET: randomBytes(32).toString('base64url'),
	})
	const vite = await openModules()
	const { measure } = await vite.ssrLoadModule('/tests/bench/forum-pages.ts')
	console.log(JSON.stringify(await measure(medianOf)))
	process.exit(0)
}

/** @param {() => Promise<unknown>} act */
async function medianOf(act) {
	const times = []
	for (let n = 0; n < WARM + TIMES; n += 1) {
		const begun = performance.now()
		await act()
		if (n >= WARM) times.push(performance.now() - begun)
	}
	return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

/** @param {import('./postgres.mjs').Database} database @param {number} posts */
async function makeForum(database, posts) {
	const name = `mimosa_forum_${posts}`
	const admin = database.adminUrl('postgres')
	await dropDatabase(admin, name)
	await createDatabase(admin, name)
	const url = database.url(name)
	const { migrateTemplate } = await tsImport('../tests/setup/migrate.ts', import.meta.url)
	await migrateTemplate(url)
	const { writeForum } = await tsImport('../tests/bench/forum-scale.ts', import.meta.url)
	const { default: postgres } = await import('postgres')
	const sql = postgres(url, { max: 3, onnotice: () => {} })
	const begun = performance.now()
	await writeForum(sql, { posts })
	await sql`vacuum (analyze)`
	say(`${posts.toLocaleString('en')} posts made in ${Math.round((performance.now() - begun) / 1000)} s`)
	await sql.end({ timeout: 5 })
	return url
}

/** @param {string} url @returns {Record<string, number>} */
function measureIn(url) {
	const done = spawnSync(process.execPath, [own, '--measure', url], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	if (done.status !== 0) throw new Error(`measuring ended with ${done.status}`)
	return JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '{}')
}

/** @param {number[]} sizes @param {Record<string, number>[]} results */
function print(sizes, results) {
	const [first = {}, ...others] = results
	console.log(`median ms of ${TIMES} | ${sizes.join(' | ')} | last / first`)
	for (const [name, time] of Object.entries(first)) {
		const times = [time, ...others.map((result) => result[name] ?? 0)]
		const growth = (times.at(-1) ?? 0) / time
		console.log(`${name} | ${times.map((ms) => ms.toFixed(2)).join(' | ')} | ${growth.toFixed(2)}`)
	}
	const searches = Object.keys(first).filter((name) => name.startsWith('search'))
	const last = others.at(-1) ?? first
	const ratios = searches.map((name) => (last[name] ?? 0) / (first[name] ?? 1)).sort((a, b) => a - b)
	console.log(`search, median of the ratios: ${ratios[Math.floor(ratios.length / 2)]?.toFixed(2)}`)
}

async function main() {
	const given = process.argv.map(Number).filter((size) => size >= 1_000)
	const sizes = given.length > 0 ? given : SIZES
	const home = join(root, '.data/bench-forum')
	const database = await openDatabase({ dataDir: home, onProgress: say })
	try {
		const urls = []
		for (const posts of sizes) urls.push(await makeForum(database, posts))
		print(sizes, urls.map(measureIn))
	} finally {
		await database.stop()
		rmSync(home, { recursive: true, force: true })
	}
}

const measured = process.argv.indexOf('--measure')
if (measured > 0) await measureHere(process.argv[measured + 1] ?? '')
else await main()
process.exit(0)

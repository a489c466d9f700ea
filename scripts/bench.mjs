import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { openDatabase } from './postgres.mjs'
import { say } from './progress.mjs'
import { setUp } from './setup.mjs'

// Measures our pages and rooms beside bare servers of the same kind, in one run. The load rig lies beside the project.
//   npm run bench            everything (about 20 minutes)
//   npm run bench -- quick   one short round of each
//   npm run bench -- pages   only pages; "chat": only rooms
//   npm run bench -- forum   the forum's queries at 10,000 and 1,000,000 posts
//   npm run bench -- watch   what 10,000 watched words cost a message
//   npm run bench -- rooms   rooms beside a bare broadcaster, idle connections, reconnect storms, long rooms
const root = resolve(import.meta.dirname, '..')
const rig = resolve(root, '../shared/bench')
const work = join(root, '.cache/bench')
const PORT = 45680
const REMIX_PORT = 45681
const quick = process.argv.includes('quick')
const only = ['pages', 'chat'].find((part) => process.argv.includes(part))

process.chdir(root)
if (process.argv[2] === 'forum') await import('./bench-forum.mjs')
if (process.argv[2] === 'rooms') await import('./bench-rooms.mjs')
if (process.argv[2] === 'watch') {
	const { benchWatch } = await import('../tests/bench/watch.mjs')
	process.exit((await benchWatch()) ? 0 : 1)
}
if (!existsSync(rig)) {
	console.error('mimosa: the load rig is not here. Put its folder beside the project, as shared/bench.')
	process.exit(1)
}

/** The rig reads pages as a guest; ours are for members only, so it signs in first. */
function prepareRig() {
	rmSync(work, { recursive: true, force: true })
	mkdirSync(work, { recursive: true })
	cpSync(rig, work, { recursive: true })
	spawnSync('chmod', ['-R', 'u+w', work])
	symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'))
	const file = join(work, 'lib/target.mjs')
	const asGuest = 'export async function discover(adapter, terms) {\n  const s = new Session(adapter);'
	const source = readFileSync(file, 'utf8')
	if (!source.includes(asGuest)) throw new Error('the rig has changed: look at discover() in lib/target.mjs')
	const asMember = asGuest.replace(
		'new Session(adapter)',
		'adapter.login ? await login(adapter, member(adapter, 1)) : new Session(adapter)',
	)
	writeFileSync(file, source.replace(asGuest, asMember))
}

/** @param {string[]} rooms @param {string} databaseUrl */
function writeAdapters(rooms, databaseUrl) {
	const url = `http://127.0.0.1:${PORT}`
	const own = JSON.parse(readFileSync(join(work, 'adapters/own.example.json'), 'utf8'))
	delete own.pages.search
	Object.assign(own, { url, dbPort: Number(new URL(databaseUrl).port) })
	own.login.steps[0].headers.origin = url
	own.chat.rooms.public = rooms
	// The rig's marks look like telephone numbers, which are asked about before they go to a room.
	for (const said of own.chat.send.args) said.sure = true
	writeFileSync(join(work, 'adapters/own.json'), JSON.stringify(own))
	const paths = Array.from({ length: 12 }, (_, n) => `/${n + 1}`)
	const pages = { topic: { paths, marker: 'data-item="post"', min: 20 } }
	const start = [join(root, 'tests/bench/bare-remix/server.mjs')]
	writeFileSync(
		join(work, 'adapters/bare-remix.json'),
		JSON.stringify({ name: 'bare-remix', url: `http://127.0.0.1:${REMIX_PORT}`, start, bare: true, pages }),
	)
}

/** @param {string[]} args @param {Record<string, string>} [env] */
function run(args, env = {}) {
	const done = spawnSync(process.execPath, args, {
		cwd: work,
		stdio: 'inherit',
		env: { ...process.env, ...env },
	})
	if (done.status !== 0) throw new Error(`${args[0]} ended with ${done.status}`)
}

/** @param {string} databaseUrl @param {string} secret */
async function startOwn(databaseUrl, secret) {
	const env = {
		...process.env,
		NODE_ENV: 'production',
		DATABASE_URL: databaseUrl,
		SESSION_SECRET: secret,
		PORT: String(PORT),
		LIMITS: 'off',
		LOG_LEVEL: 'error',
		EXAMPLE: '0',
	}
	const serve = `import('${join(root, 'build/server.js')}').then(({ serve }) => serve()).catch((e) => { console.error(e); process.exit(1) })`
	const child = spawn(process.execPath, ['-e', serve], {
		cwd: root,
		env,
		stdio: ['ignore', 'inherit', 'inherit'],
	})
	for (let tries = 0; tries < 100; tries += 1) {
		const ready = await fetch(`http://127.0.0.1:${PORT}/readyz`).then(
			(answer) => answer.ok,
			() => false,
		)
		if (ready) return child
		await new Promise((done) => setTimeout(done, 200))
	}
	throw new Error('the server did not come up')
}

await setUp({ building: true, leaving: new AbortController().signal })
prepareRig()
say('building the bare Remix app')
run(
	[join(root, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build', join(root, 'tests/bench/bare-remix')],
	{ NODE_ENV: 'production' },
)

const database = await openDatabase({
	dataDir: join(root, '.data/bench'),
	databases: ['mimosa_bench'],
	onProgress: say,
})
const url = database.url('mimosa_bench')
const { default: postgres } = await import('postgres')
const sql = postgres(url, { max: 4, onnotice: () => {} })
const { writeDataset } = await tsImport('../tests/bench/dataset.ts', import.meta.url)

/** What the posts and their tables are made of: as long as it stays the same, what was loaded last time is as good. */
function stampOfDataset() {
	const migrations = readdirSync('drizzle').filter((name) => name.endsWith('.sql'))
	const files = [
		join(work, 'dataset.mjs'),
		'tests/bench/dataset.ts',
		...migrations.map((name) => `drizzle/${name}`),
	]
	const hash = createHash('sha256')
	for (const file of files.sort()) hash.update(readFileSync(file))
	return hash.digest('hex')
}

/** @param {string} stamp @returns {Promise<string[]>} the rooms to talk in */
async function loadDataset(stamp) {
	const [kept] = await sql`select obj_description('public'::regnamespace, 'pg_namespace') as stamp`
	if (kept?.stamp === stamp) return (await sql`select id from rooms`).map(({ id }) => id)
	const { makeDataset } = await import(join(work, 'dataset.mjs'))
	await sql`drop schema if exists public cascade`
	await sql`drop schema if exists drizzle cascade`
	await sql`create schema public`
	const { migrateTemplate } = await tsImport('../tests/setup/migrate.ts', import.meta.url)
	await migrateTemplate(url)
	say('loading 100,000 posts')
	const rooms = await writeDataset(sql, makeDataset())
	await sql`vacuum (analyze)`
	await sql.unsafe(`comment on schema public is '${stamp}'`)
	return rooms
}

const stamp = stampOfDataset()
const rooms = await loadDataset(stamp)
await sql.end({ timeout: 5 })
writeAdapters(rooms, url)

// Of invented people only; the same for the same data, which an installation holds its operator to.
const secret = createHash('sha256').update(`secret ${stamp}`).digest('base64url')
const own = await startOwn(url, secret)
try {
	const rounds = quick ? ['--rounds=1', '--seconds=3'] : ['--rounds=5', '--seconds=6']
	const targets = '--targets=bare-react,bare-remix,own'
	if (only !== 'chat') run(['http.mjs', targets, '--auth=user', '--conc=10', '--out=http.json', ...rounds])
	const sizes = quick
		? ['--clients=50', '--rates=20', '--rounds=1']
		: ['--clients=50,200,500', '--rates=20,50,100', '--rounds=3']
	if (only !== 'pages')
		run(['chat.mjs', '--targets=bare-chat,own', '--room=public', '--out=chat.json', ...sizes])
	run(['report.mjs', ...['out/http.json', 'out/chat.json'].filter((name) => existsSync(join(work, name)))])
} finally {
	own.kill('SIGTERM')
	await database.stop()
}
process.exit(0)

import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { openRoom, timeCommits, writePeople, writeTalk } from '../tests/bench/rooms/community.mjs'
import { FULL_ROOMS, measureFanOut } from '../tests/bench/rooms/fan-out.mjs'
import { short } from '../tests/bench/rooms/figures.mjs'
import { climb } from '../tests/bench/rooms/ladder.mjs'
import { measureOpening } from '../tests/bench/rooms/long-room.mjs'
import { measureIdle, measureStorm } from '../tests/bench/rooms/many.mjs'
import { cpuOfDatabase } from '../tests/bench/rooms/processor.mjs'
import { report } from '../tests/bench/rooms/report.mjs'
import { aServer } from '../tests/bench/rooms/servers.mjs'
import { createDatabase, dropDatabase, openDatabase } from './postgres.mjs'
import { say, step } from './progress.mjs'
import { setUp } from './setup.mjs'
import { workerFlags } from './worker-flags.mjs'

// Our rooms beside a bare Socket.IO broadcaster that keeps nothing, by turns, in one run, and the highest rate that each
// holds; then many idle connections, their return after a restart, and a room of a million messages. Prints tables in
// Markdown, and keeps the rows in .cache/bench-rooms/rooms.json.
//   npm run bench -- rooms                 about 30 minutes
//   npm run bench -- rooms quick           6
//   npm run bench -- rooms fan-out         one part: fan-out, ladder, idle, storm or opening
const root = resolve(import.meta.dirname, '..')
const work = join(root, '.cache/bench-rooms')
const home = join(root, '.data/bench-rooms')
const bareProgram = resolve(root, '../shared/bench/bare/chat.mjs')
const PORTS = { ours: 45690, bare: 45691 }
const PEOPLE = 2_000
const COMMITS = 300
const SAID_BEFORE = 10_000
const PARTS = ['fan-out', 'ladder', 'idle', 'storm', 'opening']
const quick = process.argv.includes('quick')
const asked = PARTS.filter((part) => process.argv.includes(part))
const parts = asked.length > 0 ? asked : PARTS
const shape = quick
	? { rounds: 1, seconds: 3, step: 2, signals: ['SIGTERM'], long: [1_000, 100_000], times: 40 }
	: { rounds: 3, seconds: 10, step: 5, signals: ['SIGTERM', 'SIGKILL'], long: [1_000, 1_000_000], times: 200 }

/** A run that was killed may have left one. @param {import('./postgres.mjs').Database} database */
async function emptyDatabase(database) {
	const admin = database.adminUrl('postgres')
	await dropDatabase(admin, 'mimosa_rooms')
	await createDatabase(admin, 'mimosa_rooms')
	return database.url('mimosa_rooms')
}

/** @param {string} url */
async function prepare(url) {
	const { migrateTemplate } = await tsImport('../tests/setup/migrate.ts', import.meta.url)
	await migrateTemplate(url)
	const { default: postgres } = await import('postgres')
	return postgres(url, { max: 2, onnotice: () => {} })
}

async function main() {
	if (!existsSync(bareProgram))
		throw new Error('the load rig is not here. Put its folder beside the project, as shared/bench.')
	await setUp({ building: true, leaving: new AbortController().signal })
	rmSync(work, { recursive: true, force: true })
	mkdirSync(work, { recursive: true })
	cpSync(bareProgram, join(work, 'bare.mjs'))
	const database = await openDatabase({ dataDir: home, onProgress: say })
	const url = await emptyDatabase(database)
	const secret = randomBytes(32).toString('base64url')
	const ours = aServer({
		name: 'ours',
		port: PORTS.ours,
		program: join(root, 'tests/faults/rooms/server.mjs'),
		flags: workerFlags(),
		env: { DATABASE_URL: url, SESSION_SECRET: secret, LIMITS: 'off', LOG_LEVEL: 'error', EXAMPLE: '0' },
		ready: '/readyz',
	})
	const bare = aServer({
		name: 'bare',
		port: PORTS.bare,
		program: join(work, 'bare.mjs'),
		ready: '/socket.io/',
	})
	const figures = { rows: [], commits: [], idle: [], storms: [], opening: [], sizes: shape.long }
	/** @type {import('postgres').Sql | undefined} */
	let sql
	const close = async () => {
		await ours.stop().catch(() => {})
		await bare.stop().catch(() => {})
		await sql?.end({ timeout: 5 }).catch(() => {})
		await database.stop()
		rmSync(home, { recursive: true, force: true })
	}
	for (const signal of ['SIGINT', 'SIGTERM'])
		process.once(signal, () => void close().finally(() => process.exit(1)))
	try {
		sql = await prepare(url)
		const cookies = await writePeople(sql, { count: PEOPLE, secret })
		const room = await openRoom(sql, 'Everyone')
		// Where nobody has ever said a word, the database would plan for rooms in which nobody ever does.
		await writeTalk(sql, await openRoom(sql, 'Before'), SAID_BEFORE)
		await sql`vacuum (analyze)`
		figures.commits = await timeCommits(sql, COMMITS)
		await ours.start()
		await bare.start()
		const targets = [
			{
				server: bare,
				place: { url: bare.url, own: false, room: 'r1' },
				cookies,
				databaseCpu: () => 0,
			},
			{
				server: ours,
				place: { url: ours.url, own: true, room },
				cookies,
				databaseCpu: () => cpuOfDatabase(database.pid),
			},
		]
		await measure({ figures, targets, sql, cookies })
	} finally {
		await close()
	}
	writeFileSync(join(work, 'rooms.json'), JSON.stringify(figures))
	console.log(report(figures))
}

/** @param {any} what */
async function measure({ figures, targets, sql, cookies }) {
	const ours = targets[1]
	/** @param {any} row */
	const onRow = (row) => {
		figures.rows.push(row)
		say(
			`${row.members} members, ${row.rate}/s by ${row.writers}, ${row.name}: ${short(row.perSecond)} deliveries/s, p50 ${short(row.p50)} p99 ${short(row.p99)} ms, lost ${row.lost}, refused ${row.failed}, cut off ${row.disconnected}, CPU ms a message ${short(row.serverMs)} + ${short(row.databaseMs)}, machine ${short(row.busy)} cores`,
		)
	}
	for (let round = 0; round < shape.rounds; round += 1) {
		if (parts.includes('fan-out'))
			await measureFanOut(targets, { ...FULL_ROOMS, seconds: shape.seconds, onRow })
		if (parts.includes('ladder')) await climb(targets, { seconds: shape.step, onRow })
	}
	if (parts.includes('idle')) {
		const [{ seq }] = await sql`select seq from rooms where id = ${ours.place.room}`
		for (const { server, place } of targets)
			figures.idle.push(
				await step(`${PEOPLE} idle connections, ${server.name}`, () =>
					measureIdle(server, place, cookies, Number(seq)),
				),
			)
	}
	if (parts.includes('storm')) {
		for (const signal of /** @type {NodeJS.Signals[]} */ (shape.signals))
			figures.storms.push(
				await step(`everyone comes back after ${signal}`, () =>
					measureStorm(ours.server, ours.place, cookies, { sql, signal }),
				),
			)
	}
	if (parts.includes('opening')) {
		const rooms = []
		for (const count of shape.long) {
			const id = await openRoom(sql, `${count} messages`)
			await step(`${count.toLocaleString('en')} messages`, () => writeTalk(sql, id, count))
			rooms.push({ id, seq: count })
		}
		await sql`vacuum (analyze)`
		figures.opening = await step('opening them', () =>
			measureOpening(ours.place, cookies[0], rooms, shape.times),
		)
	}
}

await main()
process.exit(0)

import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { build } from 'esbuild'
import postgres from 'postgres'
import { tsImport } from 'tsx/esm/api'
import { openDatabase } from '../../scripts/postgres.mjs'
import { removeDatabase } from '../../scripts/postgres-place.mjs'
import { inventPeople } from './people.mjs'

// Measures a coordinator's button on a real database, from the built code: a round over 10,000 women who wait and 2,000
// mentors is read, drawn in the thread of the rounds, and kept.
//   node tests/bench/round-sql.mjs
const SIZE = { women: 10_000, mentors: 2_000, seed: 1 }
const CHUNK = 1_000
const RUNS = 5
const dataDir = path.resolve(`.data/bench-round-${process.pid}`)

/** @param {postgres.Sql} sql @param {string} columns @param {object[]} rows @param {string} table */
async function fill(sql, table, columns, rows) {
	for (let at = 0; at < rows.length; at += CHUNK) {
		const some = JSON.stringify(rows.slice(at, at + CHUNK))
		const names = columns.replace(/\s+/g, '')
		await sql.unsafe(
			`insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
			[some],
		)
	}
}

/** @param {string} id @param {number} at */
const member = (id, at) => ({
	id,
	handle: `Member ${at}`,
	skeleton: `member ${at}`,
	passphrase_hash: 'none',
	status: 'active',
	reads: [],
	speaks: [],
	help_wanted: [],
	about: '',
	rules_version: '1',
	age_confirmed_at: new Date(),
	joined_at: new Date(),
})

/** @param {postgres.Sql} sql @param {ReturnType<typeof inventPeople>} people */
async function write(sql, { women, mentors }) {
	await sql`insert into organisations (id, name, country, kind)
		select gen_random_uuid(), 'organisation-' || n, 'IT', 'centre' from generate_series(0, 11) n`
	const known = await sql`select id, name from organisations`
	const organisations = new Map(known.map(({ id, name }) => [name, id]))
	await fill(
		sql,
		'members',
		'id, handle, skeleton, passphrase_hash, status, reads, speaks, help_wanted, about, rules_version, age_confirmed_at, joined_at',
		[...women, ...mentors].map(({ id }, at) => member(id, at)),
	)
	await fill(
		sql,
		'mentor_offers',
		`member_id, languages, language_tags, needs, helped, how, hours, zone, words, words_lang, words_dir, capacity,
		town_hash, community_hash, code_version, trained_at, load, status, organisation_id, offered_at, vetted_at, valid_until, reference, lapses`,
		mentors.map((mentor) => ({
			member_id: mentor.id,
			languages: mentor.languages,
			language_tags: Object.keys(mentor.languages),
			needs: mentor.needs,
			helped: mentor.helped,
			how: mentor.how,
			hours: mentor.times,
			zone: 'Europe/Rome',
			words: '',
			words_lang: 'en',
			words_dir: 'ltr',
			capacity: mentor.capacity,
			town_hash: mentor.town,
			community_hash: mentor.community,
			code_version: '1',
			trained_at: new Date(),
			load: 0,
			status: 'vetted',
			organisation_id: organisations.get(mentor.organisation),
			offered_at: new Date(),
			vetted_at: new Date(),
			valid_until: new Date(Date.now() + 200 * 86_400_000),
			reference: '',
			lapses: 0,
		})),
	)
	await fill(
		sql,
		'mentoring_wishes',
		`member_id, languages, level, needs, how, hours, zone, town_hash, community_hash, organisations, words, words_lang,
		words_dir, in_rounds, waiting_since, changed_at`,
		women.map((woman) => ({
			member_id: woman.id,
			languages: woman.languages,
			level: woman.level,
			needs: woman.needs,
			how: woman.how,
			hours: woman.times,
			zone: 'Europe/Athens',
			town_hash: woman.limits.notFromTown,
			community_hash: woman.limits.notFromCommunity,
			organisations: woman.limits.onlyOrganisations?.map((name) => organisations.get(name)) ?? null,
			words: '',
			words_lang: 'en',
			words_dir: 'ltr',
			in_rounds: true,
			waiting_since: woman.waitingSince,
			changed_at: new Date(),
		})),
	)
	// One in twenty has a list of people never to meet, one in ten a block.
	await sql`insert into mentoring_no_match select member_id, md5(member_id::text) from mentoring_wishes where random() < 0.05`
	await sql`insert into blocks (blocker_id, blocked_id) select w.member_id, o.member_id from mentoring_wishes w
		cross join lateral (select member_id from mentor_offers where w.member_id is not null order by random() limit 1) o where random() < 0.1`
	await sql`analyze`
}

const rounded = (/** @type {number} */ ms) => Math.round(ms)
const median = (/** @type {number[]} */ values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** The application as `scripts/build.mjs` bundles it: the server's part, and beside it the file of the thread. */
async function buildRounds() {
	const rounds = 'app/features/mentoring/rounds'
	const options = /** @type {const} */ ({
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		packages: 'external',
	})
	await build({
		...options,
		entryPoints: [`${rounds}/round-thread.server.ts`],
		outfile: path.join(dataDir, 'round.worker.mjs'),
	})
	await build({
		...options,
		stdin: {
			contents: `export { db, pool } from '~/db/client.server'
				export { readRoundTexts } from './rounds-reading.server'
				export { inRoundThread } from './rounds-thread.server'
				export { drawRound } from './rounds.server'`,
			resolveDir: path.resolve(rounds),
		},
		outfile: path.join(dataDir, 'rounds.mjs'),
	})
	return import(path.join(dataDir, 'rounds.mjs'))
}

/** What it takes, and how long the server's own thread at worst does nothing else. @param {() => Promise<unknown>} work */
async function timed(work) {
	const delay = monitorEventLoopDelay({ resolution: 1 })
	delay.enable()
	const [start, before] = [performance.now(), process.cpuUsage()]
	await work()
	const { user, system } = process.cpuUsage(before)
	delay.disable()
	return { wall: performance.now() - start, cpu: (user + system) / 1000, held: delay.max / 1e6 }
}

/** Reading and matching, which are to take two seconds at most; answers when it was read. @param {any} app */
async function readAndMatch({ readRoundTexts, inRoundThread, db }, /** @type {string} */ seed) {
	const texts = await readRoundTexts(db, null)
	const read = performance.now()
	await inRoundThread('draw', { ...texts, now: new Date(), seed })
	return read
}

/** @param {any} app @param {postgres.Sql} sql */
async function measure(app, sql) {
	const [{ id }] = await sql`select member_id as id from mentor_offers order by 1 limit 1`
	const coordinator = { id, grants: [{ role: 'coordinator', organisationId: null }], blocked: new Set() }
	/** The button, with the round kept in the database. */
	const press = () => app.drawRound(coordinator, { organisation: '' })
	const first = await timed(press)
	const presses = []
	for (let turn = 0; turn < RUNS; turn += 1) presses.push(await timed(press))
	const parts = []
	for (let turn = 0; turn < RUNS; turn += 1) {
		const start = performance.now()
		const read = await readAndMatch(app, `seed ${turn}`)
		parts.push({ read: read - start, round: performance.now() - read })
	}
	const both = parts.map(({ read, round }) => read + round)
	const [kept] =
		await sql`select count(*)::int as women, count(mentor_id)::int as matched from mentoring_round_pairs
		where round_id = (select id from mentoring_rounds order by drawn_at desc limit 1)`
	return {
		...kept,
		'read ms': rounded(median(parts.map(({ read }) => read))),
		'round ms': rounded(median(parts.map(({ round }) => round))),
		'both, worst ms': rounded(Math.max(...both)),
		'first press ms': rounded(first.wall),
		'press ms': rounded(median(presses.map(({ wall }) => wall))),
		'CPU ms': rounded(median(presses.map(({ cpu }) => cpu))),
		'thread held, worst ms': rounded(Math.max(first.held, ...presses.map(({ held }) => held))),
		'peak memory MB': rounded(process.resourceUsage().maxRSS / 1024),
	}
}

const database = await openDatabase({ dataDir, databases: ['bench'], throwaway: true })
try {
	const url = database.url('bench')
	const sql = postgres(url, { max: 1, onnotice: () => {} })
	await migrate(drizzle(sql), { migrationsFolder: path.resolve('drizzle') })
	const { NEEDS } = await tsImport('../../app/features/mentoring/needs.ts', import.meta.url)
	await write(sql, inventPeople(SIZE, { weekOf: (/** @type {any} */ hours) => hours, NEEDS }))
	Object.assign(process.env, {
		NODE_ENV: 'test',
		DATABASE_URL: url,
		SESSION_SECRET: 'bench-secret-0123456789-abcdefghijklmnopqrstuvwxyz',
		LOG_LEVEL: 'silent',
		LIMITS: 'off',
	})
	const app = await buildRounds()
	console.table([await measure(app, sql)])
	await sql.end()
	await app.pool.end()
} finally {
	await database.stop()
	await removeDatabase(dataDir)
}

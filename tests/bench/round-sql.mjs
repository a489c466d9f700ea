import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { tsImport } from 'tsx/esm/api'
import { openDatabase } from '../../scripts/postgres.mjs'
import { removeDatabase } from '../../scripts/postgres-place.mjs'
import { inventPeople } from './people.mjs'

// Measures a round with its queries, on a real database: 10,000 women who wait and 2,000 mentors.
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

const median = (/** @type {number[]} */ values) =>
	Math.round(values.toSorted((a, b) => a - b)[values.length >> 1])

async function measure() {
	const load = (/** @type {string} */ name) => tsImport(`../../app/${name}`, import.meta.url)
	const { db, pool } = await load('db/client.server.ts')
	const { readRoundInput } = await load('features/mentoring/rounds/rounds-people.server.ts')
	const { matchRound } = await load('features/mentoring/matching/match-round.ts')
	const times = { read: [], round: [], cpu: [] }
	let row
	for (let turn = 0; turn < RUNS; turn += 1) {
		const [start, before] = [performance.now(), process.cpuUsage()]
		const { input } = await readRoundInput(db, null, { now: new Date(), seed: `seed ${turn}` })
		const read = performance.now()
		const round = matchRound(input)
		const done = performance.now()
		times.read.push(read - start)
		times.round.push(done - read)
		const { user, system } = process.cpuUsage(before)
		times.cpu.push((user + system) / 1000)
		const candidates = [...input.candidates.values()].reduce((sum, list) => sum + list.length, 0)
		row = {
			women: input.women.length,
			mentors: input.mentors.length,
			candidates,
			matched: round.pairs.length,
		}
	}
	await pool.end()
	return {
		...row,
		'read ms': median(times.read),
		'round ms': median(times.round),
		'CPU ms of both': median(times.cpu),
		'both, worst ms': Math.round(Math.max(...times.read.map((ms, at) => ms + times.round[at]))),
		'peak memory MB': Math.round(process.resourceUsage().maxRSS / 1024),
	}
}

const database = await openDatabase({ dataDir, databases: ['bench'], throwaway: true })
try {
	const url = database.url('bench')
	const sql = postgres(url, { max: 1, onnotice: () => {} })
	await migrate(drizzle(sql), { migrationsFolder: path.resolve('drizzle') })
	const { NEEDS } = await tsImport('../../app/features/mentoring/needs.ts', import.meta.url)
	const invented = inventPeople(SIZE, { weekOf: (/** @type {any} */ hours) => hours, NEEDS })
	await write(sql, invented)
	await sql.end()
	Object.assign(process.env, {
		NODE_ENV: 'test',
		DATABASE_URL: url,
		SESSION_SECRET: 'bench-secret-0123456789-abcdefghijklmnopqrstuvwxyz',
		LOG_LEVEL: 'silent',
	})
	console.table([await measure()])
} finally {
	await database.stop()
	await removeDatabase(dataDir)
}

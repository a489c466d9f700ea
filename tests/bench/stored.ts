import { randomUUID } from 'node:crypto'
import { db, pool } from '~/db/client.server'
import { readElsewhere } from '~/features/chat/elsewhere.server'
import { answer } from '~/features/forum/answering.server'
import { askQuestion } from '~/features/forum/topics.server'
import { hashPassphrase } from '~/features/members/passphrase.server'
import { actorOfToken, endedAmong, openSession } from '~/features/members/session.server'

interface Stored {
	members: number
	messages: number
}

/** Runs something and says what one of `times` cost: milliseconds of processor time here and in Postgres, and on the clock. */
type Measure = (times: number, act: () => Promise<unknown>) => Promise<Cost>
interface Cost {
	app: number
	database: number
	wall: number
}

const TABLES = [
	'members',
	'sessions',
	'topics',
	'posts',
	'search_documents',
	'messages',
	'notices',
	'topic_readers',
]
const ROOMS = 100
const CHUNK = 20_000
const WORDS = 'work and papers and a place to live, '

/** Members, messages, sessions and reading marks, beside the forum that is there already. */
async function writeStored({ members, messages }: Stored) {
	await pool`insert into members (handle, skeleton, passphrase_hash, rules_version, reads, locale, vouched_at)
		select 'Member ' || n, 'member' || n, 'none', 'bench', '{en,it}', 'en', now() from generate_series(1, ${members}::int) n`
	await pool`insert into rooms (kind, names, about) select 'open', jsonb_build_object('en', 'Room ' || n), '{"en":""}'
		from generate_series(1, ${ROOMS}::int) n`
	for (let from = 0; from < messages; from += CHUNK)
		await pool`insert into messages (room_id, seq, changed_seq, author_id, key, body, lang, dir)
			select r.ids[1 + n % ${ROOMS}::int], 1 + n / ${ROOMS}::int, 1 + n / ${ROOMS}::int,
				m.ids[1 + (n::bigint * 7919) % cardinality(m.ids)], gen_random_uuid(), left(repeat(${WORDS}, 4), 120), 'it', 'ltr'
			from generate_series(${from}::int, ${from + CHUNK - 1}::int) n,
				(select array_agg(id) as ids from rooms) r, (select array_agg(id) as ids from members) m`
	await pool`update rooms set seq = (select coalesce(max(seq), 0) from messages where room_id = rooms.id)`
	await pool`insert into topic_readers (member_id, topic_id, read_seq, follows)
		select m.id, t.id, 1, true from (select id from members limit 5000) m, (select id from topics limit 20) t`
	await pool`insert into notices (member_id, kind, subject_id, place_id)
		select m.id, 'topic.reply', t.id, t.id from (select id from members limit 5000) m, (select id from topics limit 20) t`
	await pool`vacuum (analyze)`
}

/** Bytes that a row takes with its indexes, and of each index. */
async function bytesOfRows() {
	const found: Record<string, { row: number; indexes: Record<string, number> }> = {}
	for (const table of TABLES) {
		const [{ rows, bytes }] =
			(await pool`select count(*)::int as rows, pg_total_relation_size(${table}::regclass)::float8 as bytes
			from ${pool(table)}`) as unknown as [{ rows: number; bytes: number }]
		const indexes = await pool<{ name: string; bytes: number }[]>`
			select indexrelid::regclass::text as name, pg_relation_size(indexrelid)::float8 as bytes
			from pg_index where indrelid = ${table}::regclass`
		const each = indexes.map(({ name, bytes }) => [name, Math.round(bytes / rows)])
		found[table] = { row: Math.round(bytes / rows), indexes: Object.fromEntries(each) }
	}
	return found
}

async function openSessions(count: number) {
	const members = await pool<
		{ id: string }[]
	>`select id from members where handle like 'Member %' limit ${count}`
	const tokens: string[] = []
	for (const { id } of members)
		tokens.push(await openSession(db, { memberId: id, device: 'own', kind: 'phone' }))
	return tokens
}

/** What waits for each open connection, however quiet it is: the look for ended sessions, the look at who it is. */
async function costsOfConnections(measure: Measure, tokens: readonly string[]) {
	const ids = (await pool<{ id: string }[]>`select id from sessions`).map(({ id }) => id)
	const some = tokens.slice(0, 1_000)
	return {
		'endedAmong, one connection': per(ids.length, await measure(20, () => endedAmong(ids))),
		'actorOfToken, one of a hundred': per(
			some.length,
			await measure(5, () => Promise.all(some.map((token) => actorOfToken(token, { quietly: true })))),
		),
		'actorOfToken, alone': await measure(500, () => actorOfToken(some[0], { quietly: true })),
	}
}

const per = (count: number, { app, database, wall }: Cost): Cost => ({
	app: app / count,
	database: database / count,
	wall: wall / count,
})

const words = (language: string) => ({
	language,
	confirmed: 'yes',
	note: '',
	key: randomUUID(),
	body: WORDS.repeat(5),
})

/** A question in a space, an answer to it; and the question where many follow the space, told for the first time and again. */
async function costsOfWriting(measure: Measure, token: string, members: number) {
	const actor = (await actorOfToken(token))!
	const [space] = await pool<{ id: string }[]>`select id from spaces limit 1`
	const ask = () => askQuestion(actor, { space: space!.id, title: 'Where to begin', ...words('en') })
	const [topic] = await pool<{ id: string; space: string }[]>`
		select id, space_id as space from topics where id not in (select topic_id from topic_readers) limit 1`
	const [room] = await pool<{ id: string; seq: number }[]>`select id, seq::int from rooms limit 1`
	const costs: Record<string, Cost> = {
		'question, nobody follows': await measure(100, ask),
		answer: await measure(200, () =>
			answer(actor, { space: topic!.space, topic: topic!.id, ...words('en') }),
		),
		'one message read by another process': await measure(500, () =>
			readElsewhere(room!.id, { after: room!.seq - 1, reached: room!.seq, kind: 'open' }),
		),
	}
	await pool`insert into space_followers (member_id, space_id)
		select id, ${space!.id}::uuid from members where handle like 'Member %'`
	await pool`analyze space_followers`
	costs['question, a follower told'] = per(members, await measure(4, ask))
	return costs
}

/** What rows take and what is written or looked for beside the pages costs, in this database. */
export async function measureStored(sizes: Stored, measure: Measure) {
	await writeStored(sizes)
	const tokens = await openSessions(Math.min(5_000, sizes.members))
	await pool`vacuum (analyze) sessions`
	const bytes = await bytesOfRows()
	const costs = {
		...(await costsOfConnections(measure, tokens)),
		...(await costsOfWriting(measure, tokens[0]!, sizes.members)),
		'a second of nothing': await measure(1, () => new Promise((resolve) => setTimeout(resolve, 1_000))),
		'passphrase hashed': await measure(20, () => hashPassphrase('seven quiet rivers run')),
	}
	return { bytes, costs }
}

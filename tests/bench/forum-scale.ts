import type postgres from 'postgres'
import { COMMON, RARE, textsFrom, VOCABULARIES } from './forum-words'

interface Size {
	posts: number
	/** Words of the shortest and the longest post. */
	words?: [least: number, most: number]
}

const SPACES = 20
const POSTS_A_TOPIC = 10
const CHUNK = 20_000
const COMMON_EVERY = 3
const RARE_EVERY = 100_000
/** The first post that has it is one of the first ten thousand. */
const RARE_FROM = 77

/**
 * Fills an empty, migrated database with a forum of this many posts (in tens of thousands, or fewer), in a topic for every
 * ten of them, twenty spaces and twenty languages. The documents of the search are written afterwards and not post by post,
 * by the functions that the triggers use; before their indexes, which are built anew. The pool needs two connections.
 */
export async function writeForum(sql: postgres.Sql, { posts, words = [12, 48] }: Size) {
	await writePeople(sql, Math.max(20, Math.round(posts / 100)))
	await sql`create unlogged table bench_topics (n int primary key, id uuid not null)`
	await writeTopics(sql, posts / POSTS_A_TOPIC)
	await sql`alter table posts disable trigger search_follows_new_posts`
	await inTurns(posts, (from, to) => writePosts(sql, { from, to, posts, words }))
	await sql`alter table posts enable trigger search_follows_new_posts`
	// Without it the planner takes the new tables for empty ones.
	await unhurried(sql, (tx) => tx`analyze`)
	const indexes = await sql<{ name: string; definition: string }[]>`
		select indexname as name, indexdef as definition from pg_indexes
		where tablename = 'search_documents' and indexdef like '%USING gin%'`
	for (const { name } of indexes) await sql`drop index ${sql(name)}`
	await inTurns(posts, (from, to) => writeDocuments(sql, from, to))
	await Promise.all(indexes.map(({ definition }) => unhurried(sql, (tx) => tx.unsafe(definition))))
	await sql`drop table bench_topics`
	await unhurried(sql, (tx) => tx`analyze`)
}

/** A statement of minutes, with the memory that building an index takes. */
const unhurried = (sql: postgres.Sql, run: (tx: postgres.TransactionSql) => Promise<unknown>) =>
	sql.begin(async (tx) => {
		await tx`set local statement_timeout = 0`
		await tx`set local lock_timeout = 0`
		await tx`set local maintenance_work_mem = '512MB'`
		await run(tx)
	})

/** Chunk after chunk, two at a time: each begins where the last one taken ends. */
async function inTurns(total: number, write: (from: number, to: number) => Promise<unknown>) {
	let next = 1
	const work = async () => {
		while (next <= total) {
			const from = next
			next += CHUNK
			await write(from, Math.min(from + CHUNK - 1, total))
		}
	}
	await Promise.all([work(), work()])
}

async function writePeople(sql: postgres.Sql, people: number) {
	await sql`insert into members (handle, skeleton, passphrase_hash, rules_version)
		select 'Writer ' || n, 'writer' || n, 'none', 'bench' from generate_series(1, ${people}::int) n`
	await sql`insert into spaces (position, icon, names, descriptions)
		select n, 'briefcase', jsonb_build_object('en', 'Space ' || n), jsonb_build_object('en', '')
		from generate_series(1, ${SPACES}::int) n`
}

const vocabularyOf = (topic: number) => VOCABULARIES[topic % VOCABULARIES.length]!

async function writeTopics(sql: postgres.Sql, topics: number) {
	const text = textsFrom(topics)
	const numbers = Array.from({ length: topics }, (_, index) => index + 1)
	const titles = numbers.map((topic) => text(vocabularyOf(topic), 5))
	const langs = numbers.map((topic) => vocabularyOf(topic).lang)
	await unhurried(sql, async (tx) => {
		await tx`insert into bench_topics select n, gen_random_uuid() from generate_series(1, ${topics}::int) n`
		await tx`insert into topics (id, space_id, author_id, key, title, lang, dir, langs, created_at, last_post_at, post_seq, visible_posts)
			select t.id, s.ids[1 + (n / ${VOCABULARIES.length}::int) % ${SPACES}::int], m.ids[1 + n % cardinality(m.ids)],
				gen_random_uuid(), title, lang, 'ltr', array[lang], at, at, ${POSTS_A_TOPIC}, ${POSTS_A_TOPIC}
			from unnest(${titles}::text[], ${langs}::text[]) with ordinality as given (title, lang, n)
			join bench_topics t using (n),
				(select array_agg(id order by position) as ids from spaces) s, (select array_agg(id) as ids from members) m,
				lateral (select now() - (${topics}::int - n) * interval '10 minutes' as at) times`
	})
}

interface Part {
	from: number
	to: number
	posts: number
	words: [number, number]
}

/** The text of post n: words of its topic's language, and those that are looked for in all of them. */
function bodiesOf({ from, to, words: [least, most] }: Part) {
	const text = textsFrom(from)
	return Array.from({ length: to - from + 1 }, (_, index) => {
		const post = from + index
		const body = text(vocabularyOf(topicOf(post)), least + (post % (most - least + 1)))
		const common = post % COMMON_EVERY === 0 ? ` ${COMMON}` : ''
		return body + common + (post % RARE_EVERY === RARE_FROM ? ` ${RARE}` : '')
	})
}

const topicOf = (post: number) => 1 + Math.floor((post - 1) / POSTS_A_TOPIC)

/** Posts in the order of time, ten to a topic. */
const writePosts = (sql: postgres.Sql, part: Part) =>
	unhurried(
		sql,
		(tx) => tx`
			insert into posts (topic_id, seq, author_id, key, body, html, lang, dir, lang_source, created_at)
			select t.id, 1 + (post - 1) % ${POSTS_A_TOPIC}::int, m.ids[1 + post % cardinality(m.ids)], gen_random_uuid(),
				body, '<p>' || body || '</p>', topics.lang, 'ltr', 'declared', now() - (${part.posts}::int - post) * interval '1 minute'
			from unnest(${bodiesOf(part)}::text[]) with ordinality as given (body, place),
				lateral (select (${part.from}::int - 1 + place)::int as post) numbered
			join bench_topics t on t.n = 1 + (post - 1) / ${POSTS_A_TOPIC}::int
			join topics on topics.id = t.id,
				(select array_agg(id) as ids from members) m`,
	)

const writeDocuments = (sql: postgres.Sql, from: number, to: number) =>
	unhurried(
		sql,
		(tx) => tx`
			insert into search_documents (topic_id, post_id, translation_id, space_id, kind, lang, author_id, people, at, title, tokens)
			select s.topic_id, s.post_id, s.translation_id, s.space_id, s.kind, s.lang, s.author_id, s.people, s.at,
				search_normal(s.title), array_to_tsvector(search_lexemes(search_words(s.title, s.body), s.lang))
			from search_sources s join bench_topics t on t.id = s.topic_id
			where t.n between ${topicOf(from)}::int and ${topicOf(to)}::int
			order by s.at`,
	)

import { asc, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaces, type Translated } from '~/db/schema/forum'
import { skeleton } from '~/features/members/handle'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { mayEnter } from '../access.server'
import { plainText } from '../markdown.server'
import { postPath } from '../posts.server'
import { inLocale } from '../spaces.server'
import { type Asked, pageOf, signsOf } from './asked'
import { excerptAround, markedText, type Piece } from './excerpt'

const HITS_A_PAGE = 20
/** Of a very long text this much is looked through for what to mark. */
const LETTERS_MARKED = 20_000
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** A conversation in which something was found, with the text that fits best. */
export interface Hit {
	topicId: string
	path: string
	/** Empty where the question was deleted. */
	title: Piece[]
	titleLang: string
	titleDir: 'ltr' | 'rtl'
	/** Null where the text is folded under a content note. */
	excerpt: Piece[] | null
	lang: string
	dir: 'ltr' | 'rtl'
	kind: 'question' | 'answer' | 'translation'
	author: string | null
	alias: number | null
	space: string
	at: Date
	/** More texts of the same conversation that were found. */
	further: number
}

interface FoundRow extends Record<string, unknown> {
	every: boolean
	space_id: string
	topic_id: string
	post_id: string
	title: string | null
	title_lang: string
	title_dir: 'ltr' | 'rtl'
	body: string | null
	lang: string
	dir: 'ltr' | 'rtl'
	kind: Hit['kind']
	author: string | null
	alias: number | null
	at: string
	further: number
	found_words: string[]
}

/** The spaces she may enter, in their order, named in her language: all that her search may look into. */
async function spacesOf(actor: Actor, locale: string) {
	const rows = await db
		.select({ id: spaces.id, names: spaces.names })
		.from(spaces)
		.where(mayEnter(actor))
		.orderBy(asc(spaces.position))
	return rows.map(({ id, names }: { id: string; names: Translated }) => ({
		id,
		name: inLocale(names, locale),
	}))
}

/** Words as an array in one parameter; in quotes, since one of them may be "null". */
const quoted = (words: readonly string[]) => pgArray(words.map((word) => `"${word}"`))

/** Words that say nothing in her languages are looked for only where there are no others. */
const hearsIn = (actor: Actor, locale: string, asked: Asked) =>
	pgArray([
		...new Set([locale, ...actor.reads, ...actor.speaks, ...(asked.language ? [asked.language] : [])]),
	])

const sinceOf = ({ time }: Asked) =>
	time === null ? sql`null::timestamptz` : sql`now() - ${time === 'month' ? '1 month' : '1 year'}::interval`

const authorOf = ({ author }: Asked) =>
	author === null
		? sql`null::uuid`
		: sql`coalesce((select id from members where members.skeleton = ${skeleton(author)}), ${NOBODY}::uuid)`

/** The words as queries: all of them, and any of them (or of the pairs of signs in them); what has a minus is in neither. */
const asQueries = (asked: Asked, hears: string) => sql`
	given as (
		select word, as_it_stands, search_query(word, as_it_stands) as query, search_query(word, true) as exactly,
			search_says_nothing(word, ${hears}::text[]) as says_nothing
		from unnest(${quoted(asked.words.map(({ word }) => word))}::text[],
			${pgArray(asked.words.map(({ asItStands }) => String(asItStands)))}::boolean[]) as u (word, as_it_stands)
	),
	sought as (select * from given where not says_nothing or (select bool_and(says_nothing) from given)),
	left_out as (
		select coalesce(string_agg(' & !(' || search_query(word, true)::text || ')', ''), '') as words
		from unnest(${quoted(asked.without)}::text[]) as word
	),
	queries as (
		select ('(' || string_agg('(' || query::text || ')', ' & ') || ')' || left_out.words)::tsquery as every_word,
			('(' || string_agg('(' || replace(query::text, '&', '|') || ')', ' | ') || ')' || left_out.words)::tsquery as some_word
		from sought, left_out group by left_out.words
	)`

interface Reach {
	spaces: string
	blocked: string
}

const numbersFor = (query: SQL, asked: Asked, { spaces: mine, blocked }: Reach) => sql`
	search_matches(${query}, ${mine}::uuid[], ${blocked}::uuid[], ${asked.space}::uuid, ${asked.language}::text,
		${authorOf(asked)}, ${asked.kind}::text, ${sinceOf(asked)})`

/** The conversations a page shows, the best first: most words as they stand, then in the title, then the newest. */
const bestOf = (asked: Asked, reach: Reach) => sql`
	with_every as materialized (select ${numbersFor(sql`every_word`, asked, reach)} as numbers, every_word, some_word from queries),
	matched as materialized (
		select case when numbers <> '{}' then numbers
			when some_word::text <> every_word::text then ${numbersFor(sql`some_word`, asked, reach)} else '{}' end as numbers,
			numbers <> '{}' as every
		from with_every
	),
	scored as (
		select d.number, d.topic_id, d.at, matched.every, (
			select sum(case when d.tokens @@ s.exactly then 3 when d.tokens @@ s.query then 1 else 0 end
				+ case when strpos(' ' || d.title || ' ', ' ' || s.word || ' ') > 0 then 2 else 0 end)
			from sought s) as score
		from matched, search_documents d where d.number = any(matched.numbers)
	),
	best as (
		select distinct on (topic_id) number, at, every, score,
			(count(*) over (partition by topic_id) - 1)::int as further
		from scored order by topic_id, score desc, at desc, number desc
	)`

/**
 * One page of what fits. The documents are kept by triggers, so they say what was committed last; what is shown is
 * checked against the texts themselves once more.
 */
async function readRows(asked: Asked, reach: Reach, hears: string) {
	const words = quoted(asked.words.map(({ word }) => word))
	return db.execute<FoundRow>(sql`
		with ${asQueries(asked, hears)}, ${bestOf(asked, reach)},
		shown as (select * from best order by score desc, at desc, number desc
			limit ${HITS_A_PAGE + 1} offset ${(asked.page - 1) * HITS_A_PAGE}),
		forms as (select array_agg(l) as lexemes from unnest(${words}::text[]) word, unnest(search_alternatives(word)) l)
		select shown.every, d.space_id, d.topic_id, d.post_id, d.kind, d.lang, d.at, shown.further, heading.*,
			case when p.note is null then coalesce(r.body, p.body) end as body, coalesce(r.dir, p.dir) as dir,
			case when d.author_id is not null then m.handle end as author,
			case when r.id is null and p.aliased then t.alias end as alias,
			array(select distinct word from unnest(
					search_words(heading.title, case when p.note is null then left(coalesce(r.body, p.body), ${LETTERS_MARKED}) else '' end)
				) word, forms
				where search_lexemes(array[word], d.lang) && forms.lexemes
					or search_lexemes(array[word], heading.title_lang) && forms.lexemes) as found_words
		from shown
		join search_documents d on d.number = shown.number
		join topics t on t.id = d.topic_id and t.hidden_at is null and t.merged_into is null
		join posts p on p.id = d.post_id and p.hidden_at is null and p.deleted_at is null
		left join translations r on r.id = d.translation_id
		left join posts q on q.topic_id = t.id and q.seq = 1
		left join members m on m.id = d.author_id
		cross join lateral (select
			case when q.deleted_at is null then coalesce(r.title, t.title) end as title,
			case when r.title is null then t.lang else r.lang end as title_lang,
			case when r.title is null then t.dir else r.dir end as title_dir) heading
		where d.translation_id is null or r.hidden_at is null
		order by shown.score desc, shown.at desc, shown.number desc`)
}

function hitOf(row: FoundRow, asked: Asked, spaceNames: Map<string, string>): Hit {
	const lookedFor = { words: row.found_words, signs: signsOf(asked.words) }
	return {
		topicId: row.topic_id,
		path: postPath(row.space_id, { id: row.post_id, topicId: row.topic_id }),
		title: markedText(row.title ?? '', lookedFor),
		titleLang: row.title_lang,
		titleDir: row.title_dir,
		excerpt: row.body === null ? null : excerptAround(plainText(row.body), lookedFor),
		lang: row.lang,
		dir: row.dir,
		kind: row.kind,
		author: row.author,
		alias: row.alias,
		space: spaceNames.get(row.space_id) ?? '',
		at: new Date(row.at),
		further: row.further,
	}
}

/** Questions whose title is written nearly like what she typed: only those she could also have found. */
async function nearTitles(asked: Asked, { spaces: mine, blocked }: Reach) {
	const typed = asked.words.map(({ word }) => word).join(' ')
	const rows = await db.execute<{
		space_id: string
		topic_id: string
		title: string
		lang: string
		dir: 'ltr' | 'rtl'
	}>(sql`
		select t.space_id, t.id as topic_id, t.title, t.lang, t.dir
		from search_documents d
		join topics t on t.id = d.topic_id and t.hidden_at is null and t.merged_into is null
		where d.title %> ${typed} and d.kind = 'question'
			and d.space_id = any(${mine}::uuid[]) and not d.people && ${blocked}::uuid[]
		order by word_similarity(${typed}, d.title) desc, d.at desc limit 3`)
	return rows.map((row) => ({
		path: `/forum/${row.space_id}/${row.topic_id}`,
		title: row.title,
		lang: row.lang,
		dir: row.dir,
	}))
}

/**
 * What she finds with these words in the spaces she may enter: conversations, the best first. Where no text has all of
 * the words, those that have some; where nothing has any, questions with a title written alike.
 */
export async function search(actor: Actor, locale: string, asked: Asked) {
	const mine = await spacesOf(actor, locale)
	const nothing = {
		asked,
		spaces: mine,
		every: true,
		hits: [] as Hit[],
		near: [],
		previous: null,
		next: null,
	}
	if (asked.words.length === 0) return nothing
	const reach = { spaces: pgArray(mine.map(({ id }) => id)), blocked: pgArray(actor.blocked) }
	const rows = await readRows(asked, reach, hearsIn(actor, locale, asked))
	if (rows.length === 0) return { ...nothing, near: asked.page === 1 ? await nearTitles(asked, reach) : [] }
	const names = new Map(mine.map(({ id, name }) => [id, name]))
	return {
		asked,
		spaces: mine,
		every: rows[0]!.every,
		hits: rows.slice(0, HITS_A_PAGE).map((row) => hitOf(row, asked, names)),
		near: [],
		previous: pageOf(asked, asked.page - 1),
		next: rows.length > HITS_A_PAGE ? pageOf(asked, asked.page + 1) : null,
	}
}

export type Found = Awaited<ReturnType<typeof search>>

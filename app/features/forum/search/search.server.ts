import { asc, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaces, type Translated } from '~/db/schema/forum'
import { mayEnter } from '~/features/members/entrance.server'
import { skeleton } from '~/features/members/handle'
import type { Actor } from '~/platform/actor'
import type { Said } from '~/platform/i18n/chain'
import { pgArray } from '~/platform/text'
import { plainText } from '../markdown.server'
import { postPath } from '../posts.server'
import { saidTo } from '../spaces.server'
import { type Asked, pageOf, signsOf } from './asked'
import { excerptAround, type Finder, finderOf, markedText, type Piece } from './excerpt'
import { normal } from './normal'

const HITS_A_PAGE = 20
/** Of a very long text this much is looked through for what to mark. */
const LETTERS_LOOKED_THROUGH = 20_000
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
	/** Null where it was closed to her meanwhile. */
	space: Said | null
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
	/** What her words may be found by, the same in every row. */
	forms: string[]
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
		name: saidTo(actor, locale, names),
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

interface Reach {
	spaces: string
	blocked: string
}

/**
 * One page of what fits, found and ordered by the database (drizzle/0005_search_rules.sql). The documents are kept by
 * triggers; what is shown is checked against the texts themselves once more.
 */
async function readRows(asked: Asked, reach: Reach, hears: string) {
	const words = quoted(asked.words.map(({ word }) => word))
	const asTheyStand = pgArray(asked.words.map(({ asItStands }) => String(asItStands)))
	return db.execute<FoundRow>(sql`
		select best.every, d.space_id, d.topic_id, d.post_id, d.kind, d.lang, d.at, best.further,
			case when q.deleted_at is null then coalesce(r.title, t.title) end as title,
			case when r.title is null then t.lang else r.lang end as title_lang,
			case when r.title is null then t.dir else r.dir end as title_dir,
			case when p.note is null and p.folded_at is null then left(coalesce(r.body, p.body), ${LETTERS_LOOKED_THROUGH}) end as body,
			coalesce(r.dir, p.dir) as dir,
			case when d.author_id is not null then m.handle end as author,
			case when r.id is null and p.aliased then t.alias end as alias,
			array(select unnest(case when as_it_stands then array[word] else search_alternatives(word) end)
				from unnest(${words}::text[], ${asTheyStand}::boolean[]) u (word, as_it_stands)) as forms
		from search_best(
			${words}::text[], ${asTheyStand}::boolean[],
			${quoted(asked.without)}::text[], ${hears}::text[], ${reach.spaces}::uuid[], ${reach.blocked}::uuid[],
			${asked.space}::uuid, ${asked.language}::text, ${authorOf(asked)}, ${asked.kind}::text, ${sinceOf(asked)},
			${(asked.page - 1) * HITS_A_PAGE}::int, ${HITS_A_PAGE + 1}::int) best
		join search_documents d on d.number = best.number
		join topics t on t.id = d.topic_id and t.hidden_at is null and t.merged_into is null
		join posts p on p.id = d.post_id and p.hidden_at is null and p.deleted_at is null
		left join translations r on r.id = d.translation_id
		left join posts q on q.topic_id = t.id and q.seq = 1
		left join members m on m.id = d.author_id
		where d.translation_id is null or r.hidden_at is null
		order by best.place`)
}

function hitOf(row: FoundRow, finder: Finder, spaceNames: Map<string, Said>): Hit {
	return {
		topicId: row.topic_id,
		path: postPath(row.space_id, { id: row.post_id, topicId: row.topic_id }),
		title: markedText(row.title ?? '', finder),
		titleLang: row.title_lang,
		titleDir: row.title_dir,
		excerpt: row.body === null ? null : excerptAround(row.body, finder),
		lang: row.lang,
		dir: row.dir,
		kind: row.kind,
		author: row.author,
		alias: row.alias,
		space: spaceNames.get(row.space_id) ?? null,
		at: new Date(row.at),
		further: row.further,
	}
}

/** Whether the letters of a form (without its mark) come in a word in this order: what does not can be no form of it. */
function mayBeForm(word: string, form: string): boolean {
	const letters = form.replace(/[*~^]$/, '')
	// A stemmer may put another letter at the end.
	const kept = form.endsWith('~') && letters.length > 3 ? letters.slice(0, -1) : letters
	let at = 0
	for (const letter of kept) {
		at = word.indexOf(letter, at) + 1
		if (at === 0) return false
	}
	return true
}

/** Which words of the shown texts are a form of what she looked for: the database has the stemmers. */
async function wordsFound(forms: string[], shown: FoundRow[]): Promise<string[]> {
	const words = shown.flatMap(({ title, title_lang, body, lang }) => [
		...normal(title ?? '')
			.split(' ')
			.map((word) => `${title_lang} ${word}`),
		...normal(body ?? '')
			.split(' ')
			.map((word) => `${lang} ${word}`),
	])
	const likely = [...new Set(words)]
		.map((entry) => entry.split(' ') as [string, string])
		.filter(([, word]) => word && forms.some((form) => mayBeForm(word, form)))
	if (likely.length === 0) return []
	const rows = await db.execute<{ word: string }>(sql`
		select distinct word from unnest(${quoted(likely.map(([, word]) => word))}::text[],
			${quoted(likely.map(([lang]) => lang))}::text[]) as u (word, lang)
		where search_lexemes(array[word], lang) && ${quoted(forms)}::text[]`)
	return rows.map(({ word }) => word)
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
	const shown = rows.slice(0, HITS_A_PAGE).map((row) => ({ ...row, body: row.body && plainText(row.body) }))
	const finder = finderOf({ words: await wordsFound(rows[0]!.forms, shown), signs: signsOf(asked.words) })
	const names = new Map(mine.map(({ id, name }) => [id, name]))
	return {
		asked,
		spaces: mine,
		every: rows[0]!.every,
		hits: shown.map((row) => hitOf(row, finder, names)),
		near: [],
		previous: pageOf(asked, asked.page - 1),
		next: rows.length > HITS_A_PAGE ? pageOf(asked, asked.page + 1) : null,
	}
}

export type Found = Awaited<ReturnType<typeof search>>

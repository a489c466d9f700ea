import { asc, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { written } from '~/db/kept.server'
import { spaces, type Translated } from '~/db/schema/forum'
import { entranceOf, entrancePlaceholders, mayEnter, opensFor } from '~/features/members/entrance.server'
import { skeleton } from '~/features/members/handle'
import type { Actor } from '~/platform/actor'
import type { Said } from '~/platform/i18n/chain'
import { pgArray } from '~/platform/text'
import { plainText } from '../markdown.server'
import { postPath } from '../posts.server'
import { saidTo } from '../spaces.server'
import { type Asked, pageOf, signsOf } from './asked'
import { EXCERPT_LETTERS, excerptAround, type Finder, finderOf, markedText, type Piece } from './excerpt'
import { judgeOf } from './forms'
import { type WordReader, WRITTEN, wordReader } from './written'

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

const findSpaces = db
	.select({ id: spaces.id, names: spaces.names })
	.from(spaces)
	.where(opensFor(entrancePlaceholders))
	.orderBy(asc(spaces.position))
	.prepare('search_spaces')

/** The spaces she may enter, in their order, named in her language: all that her search may look into. */
async function spacesOf(actor: Actor, locale: string) {
	const rows = await findSpaces.execute(entranceOf(actor))
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

const hole = (name: string) => sql.placeholder(name)
const herSpaces = sql`array(select spaces.id from spaces where ${opensFor(entrancePlaceholders)})`
const byAuthor = sql`case when ${hole('author')}::text is null then null
	else coalesce((select id from members where members.skeleton = ${hole('author')}::text), ${hole('nobody')}::uuid) end`

/**
 * One page of what fits, found and ordered by the database (drizzle/0018_search_pages.sql). The documents are kept by
 * triggers; what is shown is checked against the texts themselves once more.
 */
const findRows = db
	.select({
		every: sql<boolean>`best.every`,
		spaceId: sql<string>`d.space_id`,
		topicId: sql<string>`d.topic_id`,
		postId: sql<string>`d.post_id`,
		title: sql<string | null>`case when q.deleted_at is null then coalesce(r.title, t.title) end`,
		titleLang: sql<string>`case when r.title is null then t.lang else r.lang end`,
		titleDir: sql<'ltr' | 'rtl'>`case when r.title is null then t.dir else r.dir end`,
		body: sql<string | null>`case when p.note is null and p.folded_at is null
			then left(coalesce(r.body, p.body), ${written(LETTERS_LOOKED_THROUGH)}) end`,
		lang: sql<string>`d.lang`,
		dir: sql<'ltr' | 'rtl'>`coalesce(r.dir, p.dir)`,
		kind: sql<Hit['kind']>`d.kind`,
		author: sql<string | null>`case when d.author_id is not null then m.handle end`,
		alias: sql<number | null>`case when r.id is null and p.aliased then t.alias end`,
		at: sql<string>`d.at`,
		further: sql<number>`best.further`,
		/** What her words may be found by, the same in every row. */
		forms: sql<string[]>`best.found_by`,
	})
	.from(sql`search_best(
			${hole('words')}::text[], ${hole('asTheyStand')}::boolean[], ${hole('without')}::text[], ${hole('hears')}::text[],
			${herSpaces}, ${hole('blocked')}::uuid[], ${hole('space')}::uuid, ${hole('language')}::text, ${byAuthor},
			${hole('kind')}::text, now() - ${hole('time')}::interval, ${hole('skipped')}::int, ${written(HITS_A_PAGE + 1)}) best
		join search_documents d on d.number = best.number
		join topics t on t.id = d.topic_id and t.hidden_at is null and t.merged_into is null
		join posts p on p.id = d.post_id and p.hidden_at is null and p.deleted_at is null
		left join translations r on r.id = d.translation_id
		left join posts q on q.topic_id = t.id and q.seq = 1
		left join members m on m.id = d.author_id`)
	.where(sql`d.translation_id is null or r.hidden_at is null`)
	.orderBy(sql`best.place`)
	.prepare('search_rows')

type FoundRow = Awaited<ReturnType<typeof findRows.execute>>[number]

const readRows = (actor: Actor, locale: string, asked: Asked) =>
	findRows.execute({
		...entranceOf(actor),
		blocked: pgArray(actor.blocked),
		words: quoted(asked.words.map(({ word }) => word)),
		asTheyStand: pgArray(asked.words.map(({ asItStands }) => String(asItStands))),
		without: quoted(asked.without),
		hears: hearsIn(actor, locale, asked),
		space: asked.space,
		language: asked.language,
		author: asked.author === null ? null : skeleton(asked.author),
		nobody: NOBODY,
		kind: asked.kind,
		time: asked.time === null ? null : asked.time === 'month' ? '1 month' : '1 year',
		skipped: (asked.page - 1) * HITS_A_PAGE,
	})

function hitOf(row: FoundRow, finder: Finder, spaceNames: Map<string, Said>): Hit {
	return {
		topicId: row.topicId,
		path: postPath(row.spaceId, { id: row.postId, topicId: row.topicId }),
		title: markedText(row.title ?? '', finder),
		titleLang: row.titleLang,
		titleDir: row.titleDir,
		excerpt: row.body === null ? null : excerptAround(row.body, finder),
		lang: row.lang,
		dir: row.dir,
		kind: row.kind,
		author: row.author,
		alias: row.alias,
		space: spaceNames.get(row.spaceId) ?? null,
		at: new Date(row.at),
		further: row.further,
	}
}

const findForms = db
	.select({ word: sql<string>`distinct word` })
	.from(sql`unnest(${hole('words')}::text[], ${hole('langs')}::text[]) as u (word, lang)`)
	.where(sql`search_lexemes(array[word], lang) && ${hole('forms')}::text[]`)
	.prepare('search_forms')

/** Which words of the shown texts are a form of what she looked for: the database has the stemmers. */
async function wordsFound(forms: string[], shown: FoundRow[], wordsOf: WordReader): Promise<string[]> {
	const asked = new Set<string>()
	const known = new Set<string>()
	const judge = judgeOf(forms)
	/** As far as an excerpt can reach: what stands further behind a word that is surely found is not shown. */
	const look = (text: string | null, lang: string) => {
		let end = Number.POSITIVE_INFINITY
		for (const { 0: written, index } of (text ?? '').matchAll(WRITTEN)) {
			if (index > end) return
			for (const word of wordsOf(written)) {
				const judged = judge(word)
				if (judged === 'maybe') asked.add(`${lang} ${word}`)
				if (judged !== 'surely') continue
				known.add(word)
				end = Math.min(end, index + EXCERPT_LETTERS)
			}
		}
	}
	for (const { title, titleLang, body, lang } of shown) {
		look(title, titleLang)
		look(body, lang)
	}
	if (asked.size === 0) return [...known]
	const pairs = [...asked].map((entry) => entry.split(' ') as [string, string])
	const rows = await findForms.execute({
		words: quoted(pairs.map(([, word]) => word)),
		langs: quoted(pairs.map(([lang]) => lang)),
		forms: quoted(forms),
	})
	return [...known, ...rows.map(({ word }) => word)]
}

/** Questions whose title is written nearly like what she typed: only those she could also have found. */
async function nearTitles(actor: Actor, asked: Asked) {
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
			and d.space_id = any(array(select spaces.id from spaces where ${mayEnter(actor)}))
			and not d.people && ${pgArray(actor.blocked)}::uuid[]
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
	const [mine, rows] = await Promise.all([
		spacesOf(actor, locale),
		asked.words.length > 0 ? readRows(actor, locale, asked) : [],
	])
	if (rows.length === 0)
		return {
			asked,
			spaces: mine,
			every: true,
			hits: [] as Hit[],
			near: asked.words.length > 0 && asked.page === 1 ? await nearTitles(actor, asked) : [],
			previous: null,
			next: null,
		}
	const shown = rows.slice(0, HITS_A_PAGE).map((row) => ({ ...row, body: row.body && plainText(row.body) }))
	const wordsOf = wordReader()
	const words = await wordsFound(rows[0]!.forms, shown, wordsOf)
	const finder = finderOf({ words, signs: signsOf(asked.words), wordsOf })
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

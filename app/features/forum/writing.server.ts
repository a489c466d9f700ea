import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { excerptOf } from '~/features/moderation/excerpt'
import type { Actor } from '~/platform/actor'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { isUuid } from '~/platform/text'
import { notBlocked } from './access.server'
import { foldOf } from './folding.server'
import type { Fold } from './forum.limits'
import { plainText } from './markdown.server'

/** How far back her last language in a space is looked for. */
const POSTS_LOOKED_AT = 100
/** What is quoted is a beginning: the rest is one tap away. */
const QUOTE_UNITS = 700

interface Target {
	id: string
	author: string | null
	aliased: boolean
	body: string
	lang: string
	dir: 'ltr' | 'rtl'
	note: Fold | null
}

type Found = {
	here: string | null
	anywhere: string | null
	title: string | null
	body: string | null
	lang: string | null
	target: Target | null
}

export interface WritingAt {
	place: string
	spaceId: string
	/** The post to answer, as `?reply=` or `?quote=` names it. */
	reply?: { topicId: string; post: string | null; quote: boolean }
}

const lastLanguage = (actor: Actor, spaceId: string | null) => sql`(
	select p.lang from (select * from posts where author_id = ${actor.id}::uuid order by created_at desc limit ${POSTS_LOOKED_AT}) p
	join topics t on t.id = p.topic_id where ${spaceId ? sql`t.space_id = ${spaceId}::uuid` : sql`true`}
	order by p.created_at desc limit 1)`

/** The post to answer, while she may read it; nothing of it otherwise. */
const target = (actor: Actor, { topicId, post }: NonNullable<WritingAt['reply']>) => sql`(
	select json_build_object('id', posts.id, 'aliased', posts.aliased, 'body', posts.body, 'lang', posts.lang,
		'dir', posts.dir, 'note', ${foldOf()}, 'author', case when posts.aliased then null else m.handle end)
	from posts left join members m on m.id = posts.author_id
	where posts.id = ${isUuid(post ?? undefined) ? post : null}::uuid and posts.topic_id = ${topicId}::uuid
		and posts.hidden_at is null and posts.deleted_at is null and ${notBlocked(actor, 'posts') ?? sql`true`})`

async function find(actor: Actor, { place, spaceId, reply }: WritingAt): Promise<Found> {
	const [row] = await db.execute<Found>(sql`
		select ${lastLanguage(actor, spaceId)} as here, ${lastLanguage(actor, null)} as anywhere,
			d.title, d.body, d.lang, ${reply?.post ? target(actor, reply) : sql`null`} as target
		from (select 1) one left join drafts d on d.member_id = ${actor.id}::uuid and d.place = ${place}`)
	return row!
}

/** The beginning of a text as quoted lines. What is folded for its reader is not quoted into the open. */
function quoteOf({ body, note }: Target): string {
	if (note) return ''
	const own = body
		.split('\n')
		.filter((line) => !/^\s*>/.test(line))
		.join('\n')
		.trim()
	const cut = own.length > QUOTE_UNITS ? `${own.slice(0, QUOTE_UNITS).replace(/\s*\S*$/u, '')} …` : own
	return cut.toWellFormed().replace(/^/gm, '> ')
}

const presentTarget = ({ body, ...post }: Target) => ({
	...post,
	excerpt: post.note ? '' : excerptOf(plainText(body.slice(0, QUOTE_UNITS * 2).toWellFormed())),
})

/**
 * What a form to write in starts with, in one query: a fresh key, her draft, the post she answers, and her languages
 * before all others: first the one she last used in this space.
 */
export async function startWriting(actor: Actor, locale: string, at: WritingAt) {
	const found = await find(actor, at)
	const language = found.lang ?? found.here ?? found.anywhere ?? locale
	const hers = [language, locale, ...actor.speaks, ...actor.reads]
	const quoted = at.reply?.quote && found.target ? quoteOf(found.target).normalize('NFC') : ''
	const begun = found.body ?? ''
	// Her draft may hold the quote already: it is kept while she writes, also on the page that quotes.
	const added = begun.includes(quoted) ? '' : quoted
	return {
		key: randomUUID(),
		place: at.place,
		language,
		languages: [...new Set([...hers, ...LANGUAGE_TAGS])],
		hasDraft: found.body !== null,
		title: found.title ?? '',
		body: [begun, added].filter(Boolean).join('\n\n') + (added ? '\n\n' : ''),
		/** The quote itself: it is taken out again should the post be gone when she sends. */
		quoted,
		target: found.target ? presentTarget(found.target) : null,
	}
}

export type WritingContext = Awaited<ReturnType<typeof startWriting>>

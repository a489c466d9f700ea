import { randomUUID } from 'node:crypto'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { written } from '~/db/kept.server'
import { posts } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { excerptOf } from '~/features/moderation/excerpt'
import type { Actor } from '~/platform/actor'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { isUuid, pgArray } from '~/platform/text'
import { byOthersThan } from './access.server'
import { foldOf } from './folding.server'
import type { Fold } from './forum.limits'
import { plainText } from './markdown.server'

/** How far back her last language in a space is looked for. */
const POSTS_LOOKED_AT = 30
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

export interface WritingAt {
	place: string
	spaceId: string
	/** The post to answer, as `?reply=` or `?quote=` names it. */
	reply?: { topicId: string; post: string | null; quote: boolean }
}

const hers = sql`${sql.placeholder('member')}::uuid`

const lastLanguage = (where: SQL) => sql<string | null>`(
	select p.lang from (select w.lang, w.topic_id, w.created_at from posts w where w.author_id = ${hers}
		order by w.created_at desc limit ${written(POSTS_LOOKED_AT)}) p
	join topics t on t.id = p.topic_id where ${where} order by p.created_at desc limit 1)`

/** What she has begun at a place, and her languages: those she last wrote in. Parts of a query, its parameter `member`. */
export const begunAt = (space: SQL, place: SQL) => ({
	here: lastLanguage(sql`t.space_id = ${space}`),
	anywhere: lastLanguage(sql`true`),
	draft: sql<{ title: string; body: string; lang: string | null } | null>`(
		select json_build_object('title', d.title, 'body', d.body, 'lang', d.lang) from drafts d
		where d.member_id = ${hers} and d.place = ${place})`,
})

const findBegun = db
	.select(begunAt(sql`${sql.placeholder('space')}::uuid`, sql`${sql.placeholder('place')}::text`))
	.from(sql`(select 1) one`)
	.prepare('find_begun')

export type Begun = Awaited<ReturnType<typeof findBegun.execute>>[number]

/** The post to answer, while she may read it; nothing of it otherwise. */
const findTarget = db
	.select({
		id: posts.id,
		aliased: posts.aliased,
		body: posts.body,
		lang: posts.lang,
		dir: posts.dir,
		note: foldOf(),
		author: sql<string | null>`case when ${posts.aliased} then null else ${members.handle} end`,
	})
	.from(posts)
	.leftJoin(members, eq(members.id, posts.authorId))
	.where(
		and(
			eq(posts.id, sql.placeholder('post')),
			eq(posts.topicId, sql.placeholder('topic')),
			isNull(posts.hiddenAt),
			isNull(posts.deletedAt),
			byOthersThan(sql.placeholder('blocked'), 'posts'),
		),
	)
	.prepare('find_target')

async function targetOf(actor: Actor, { reply }: WritingAt): Promise<Target | null> {
	if (!reply || !isUuid(reply.post ?? undefined)) return null
	const asked = { post: reply.post, topic: reply.topicId, blocked: pgArray(actor.blocked) }
	return (await findTarget.execute(asked))[0] ?? null
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
 * What a form to write in starts with: a fresh key, her draft, the post she answers, and her languages before all others:
 * first the one she last used in this space. One query, and one for the post she answers.
 */
export async function startWriting(actor: Actor, locale: string, at: WritingAt) {
	const [begun] = await findBegun.execute({ member: actor.id, space: at.spaceId, place: at.place })
	return goOnWriting(actor, locale, at, begun!)
}

/** The same where it is known what she has begun. */
export async function goOnWriting(actor: Actor, locale: string, at: WritingAt, begun: Begun) {
	const target = await targetOf(actor, at)
	const { draft } = begun
	const language = draft?.lang ?? begun.here ?? begun.anywhere ?? locale
	const languages = [language, locale, ...actor.speaks, ...actor.reads]
	const quoted = at.reply?.quote && target ? quoteOf(target).normalize('NFC') : ''
	const body = draft?.body ?? ''
	// Her draft may hold the quote already: it is kept while she writes, also on the page that quotes.
	const added = body.includes(quoted) ? '' : quoted
	return {
		key: randomUUID(),
		place: at.place,
		language,
		languages: [...new Set([...languages, ...LANGUAGE_TAGS])],
		hasDraft: draft !== null,
		title: draft?.title ?? '',
		body: [body, added].filter(Boolean).join('\n\n') + (added ? '\n\n' : ''),
		/** The quote itself: it is taken out again should the post be gone when she sends. */
		quoted,
		target: target ? presentTarget(target) : null,
	}
}

export type WritingContext = Awaited<ReturnType<typeof startWriting>>

import { and, isNull, sql } from 'drizzle-orm'
import { db, planOnce } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { canWrite } from '../forum.policy'
import { postPath } from '../posts.server'
import { accessTranslation } from './access.server'
import { canTranslate, languagesOf } from './translation.policy'

/** A translation as a page shows it; the words come only with the one that is read instead of the original. */
export interface Version {
	id: string
	lang: string
	dir: 'ltr' | 'rtl'
	/** Null when its author has left. */
	author: string | null
	hers: boolean
	thanks: number
	thanked: boolean
	/** Made from a text whose meaning has changed since. */
	outdated: boolean
	title: string | null
	html: string | null
}

/** How many would like to read a post in a language, and whether she is one of them. */
export interface Wished {
	lang: string
	count: number
	hers: boolean
}

export interface PostTranslations {
	/** The best first: her languages in their order, what is not outdated, the most thanked, the oldest. */
	versions: Version[]
	wishes: Wished[]
}

/** More versions of one post than anybody compares. */
const VERSIONS_AT_MOST = 8

const hers = sql`${sql.placeholder('languages')}::text[]`
const member = sql`${sql.placeholder('member')}::uuid`
const blocked = sql`${sql.placeholder('blocked')}::uuid[]`

const versions = sql<Version[]>`coalesce((select json_agg(json_build_object(
		'id', v.id, 'lang', v.lang, 'dir', v.dir, 'author', v.handle, 'hers', coalesce(v.author_id = ${member}, false),
		'thanks', v.thanks, 'outdated', v.outdated, 'thanked', exists (
			select 1 from translation_thanks tt where tt.translation_id = v.id and tt.member_id = ${member}),
		'title', case when v.instead then v.title end, 'html', case when v.instead then v.html end) order by v.place)
	from (select t.id, t.lang, t.dir, t.title, t.html, t.author_id, t.thanks, m.handle,
			t.of_version < posts.meaning_version as outdated,
			(row_number() over best = 1 and posts.lang <> all(${hers})) as instead, row_number() over best as place
		from translations t left join members m on m.id = t.author_id
		where t.post_id = posts.id and t.hidden_at is null and t.lang = any(${hers}) and t.lang <> posts.lang
			and (t.author_id is null or t.author_id <> all(${blocked}))
		window best as (order by array_position(${hers}, t.lang), t.of_version < posts.meaning_version,
			t.thanks desc, t.published_at, t.id)) v
	where v.place <= ${VERSIONS_AT_MOST}), '[]'::json)`

const wishes = sql<Wished[]>`coalesce((select json_agg(json_build_object(
		'lang', w.lang, 'count', w.count, 'hers', w.hers))
	from (select r.lang, count(*)::int as count, bool_or(r.member_id = ${member}) as hers
		from translation_requests r
		where r.post_id = posts.id and r.lang = any(${hers}) and r.member_id <> all(${blocked})
		group by r.lang) w), '[]'::json)`

const findTranslations = planOnce
	.select({ postId: posts.id, versions, wishes })
	.from(posts)
	.where(
		and(
			sql`${posts.id} = any(${sql.placeholder('posts')}::uuid[])`,
			isNull(posts.hiddenAt),
			isNull(posts.deletedAt),
		),
	)
	.prepare('find_translations')

/** What the reader of a page knows and may do; the same for all of its posts. */
const readerOf = (actor: Actor, locale: string, spaceId: string | null) => ({
	languages: languagesOf(actor, locale),
	reads: actor.reads,
	speaks: actor.speaks,
	mayWrite: canWrite(actor, spaceId),
})

export type Reader = ReturnType<typeof readerOf>

/**
 * Translations and wishes of the posts of one page, in one query. The posts must be ones she was let read already;
 * deleted ones have none.
 */
export async function translationsFor(
	actor: Actor,
	locale: string,
	shown: readonly { id: string }[],
	spaceId: string | null = null,
): Promise<{ reader: Reader; of: Record<string, PostTranslations> }> {
	const reader = readerOf(actor, locale, spaceId)
	if (shown.length === 0) return { reader, of: {} }
	const rows = await findTranslations.execute({
		member: actor.id,
		languages: pgArray(reader.languages),
		blocked: pgArray(actor.blocked),
		posts: pgArray(shown.map(({ id }) => id)),
	})
	return { reader, of: Object.fromEntries(rows.map(({ postId, ...found }) => [postId, found])) }
}

/** One translation beside its original. Throws `not-found`. */
export async function readTranslation(actor: Actor, id: string) {
	const { post, translation } = await accessTranslation(db, actor, id)
	const { authorId, ...shown } = translation
	return {
		original: { lang: post.lang, dir: post.dir, title: post.title, html: post.html, note: post.note },
		translation: { ...shown, hers: authorId === actor.id },
		path: postPath(post.spaceId, post),
		editPath:
			authorId === actor.id && canTranslate(actor, post.lang, translation.lang)
				? `/forum/translate/${post.id}/${translation.lang}`
				: undefined,
		mayWrite: canWrite(actor, post.spaceId),
	}
}

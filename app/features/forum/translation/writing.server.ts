import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { translationClaims, translations } from '~/db/schema/translation'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isLanguage } from '~/platform/i18n/languages'
import { checkMayWrite } from '../forum.policy'
import { postPath } from '../posts.server'
import { type AccessedPost, accessPost, shownTo } from './access.server'
import { stillHolds } from './claims.server'
import { placeOf, readDraft } from './draft.server'
import { isMachineAllowed } from './machine.server'
import { canTranslate } from './translation.policy'

const findVersions = (actor: Actor, postId: string, lang: string) =>
	db
		.select({
			id: translations.id,
			hers: sql<boolean>`coalesce(${translations.authorId} = ${actor.id}::uuid, false)`,
			author: members.handle,
			title: translations.title,
			body: translations.body,
			outdated: sql<boolean>`${translations.ofVersion} < ${posts.meaningVersion}`,
			publishedAt: translations.publishedAt,
		})
		.from(translations)
		.innerJoin(posts, eq(posts.id, translations.postId))
		.leftJoin(members, eq(members.id, translations.authorId))
		.where(and(eq(translations.postId, postId), eq(translations.lang, lang), shownTo(actor)))
		.orderBy(translations.publishedAt)

async function findClaim(actor: Actor, postId: string, lang: string) {
	const [held] = await db
		.select({ hers: sql<boolean>`${translationClaims.memberId} = ${actor.id}::uuid` })
		.from(translationClaims)
		.where(and(eq(translationClaims.postId, postId), eq(translationClaims.lang, lang), stillHolds))
	if (!held) return 'free'
	return held.hers ? 'hers' : 'taken'
}

const originalOf = (post: AccessedPost) => ({
	lang: post.lang,
	dir: post.dir,
	title: post.title,
	html: post.html,
	note: post.note,
})

/** The post as she may see it; undefined when it is gone but she has begun to translate it. Throws `not-found`. */
async function findOriginal(actor: Actor, postId: string, hasDraft: boolean) {
	try {
		return await accessPost(db, actor, postId)
	} catch (error) {
		if (hasDraft && error instanceof AppError && error.code === 'not-found') return undefined
		throw error
	}
}

/**
 * The page to write a translation on: the original, what others and she herself have published, and what she has
 * begun. A post that was taken away meanwhile leaves her own words. Throws `not-found`, and `forbidden` where she
 * does not know both languages.
 */
export async function readTranslating(actor: Actor, postId: string, lang: string) {
	if (!isLanguage(lang)) throw new AppError('not-found')
	const place = placeOf(postId, lang)
	const draft = await readDraft(actor, place)
	const post = await findOriginal(actor, postId, draft !== undefined)
	if (!post) return { gone: true as const, lang, draft: draft! }
	checkMayWrite(actor, post.spaceId)
	if (!canTranslate(actor, post.lang, lang)) throw new AppError('forbidden')
	const [versions, claim] = await Promise.all([
		findVersions(actor, post.id, lang),
		findClaim(actor, post.id, lang),
	])
	const mine = versions.find(({ hers }) => hers)
	const others = versions.filter(({ hers }) => !hers)
	const begun = draft ?? mine
	return {
		gone: false as const,
		place,
		lang,
		path: postPath(post.spaceId, post),
		original: originalOf(post),
		key: randomUUID(),
		of: post.meaningVersion,
		seen: others.at(-1)?.publishedAt.toISOString() ?? '',
		others: others.map(({ id, author, outdated }) => ({ id, author, outdated })),
		claim: mine ? ('published' as const) : (claim as 'free' | 'hers' | 'taken'),
		outdated: mine?.outdated ?? false,
		ownAlias: post.aliased && post.authorId === actor.id,
		text: { title: begun?.title ?? '', body: begun?.body ?? '' },
		savedAt: draft?.savedAt,
		machine: !begun && isMachineAllowed(post),
	}
}

export type Translating = Extract<Awaited<ReturnType<typeof readTranslating>>, { gone: false }>

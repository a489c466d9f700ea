import { and, eq, ne, or, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { topics } from '~/db/schema/forum'
import { translationClaims, translations } from '~/db/schema/translation'
import { carryOut } from '~/features/moderation/screening.server'
import type { Actor } from '~/platform/actor'
import { command, parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { dropDraft } from '../drafts.server'
import { checkMayWrite } from '../forum.policy'
import { renderBody } from '../markdown.server'
import { postPath } from '../posts.server'
import { isFirst, screenText } from '../screening.server'
import { type AccessedPost, accessPost, shownTo } from './access.server'
import { announceTranslation } from './announcing.server'
import { stillHolds } from './claims.server'
import { placeOf, saveTranslationDraft } from './draft.server'
import { refreshLanguages } from './languages.server'
import { translationSubject } from './subject.server'
import { canTranslate } from './translation.policy'
import { Publication, TitleOfQuestion } from './translation.schema'

const conflict = (why: string) => new AppError('conflict', { fields: { '': `translation:refused.${why}` } })

/** The posts of one topic take turns, as where posts are written; then the post is looked at as it is now. */
async function lockPost(tx: Tx, actor: Actor, id: string) {
	const { topicId } = await accessPost(tx, actor, id)
	await tx.select({ id: topics.id }).from(topics).where(eq(topics.id, topicId)).for('update')
	return accessPost(tx, actor, id)
}

function assertHersToTranslate(actor: Actor, post: AccessedPost, lang: string) {
	checkMayWrite(actor, post.spaceId)
	if (!canTranslate(actor, post.lang, lang)) throw new AppError('forbidden')
	// Her handle beside what she asked without it would tell who she is to whoever wonders.
	if (post.aliased && post.authorId === actor.id) throw conflict('ownAlias')
}

/** Hers of this post and language, if she published one. Throws `conflict` for a form that was used elsewhere. */
async function findHers(tx: Tx, actor: Actor, { post, language, key }: Input) {
	const ofThis = and(eq(translations.postId, post), eq(translations.lang, language))!
	const found = await tx
		.select({
			id: translations.id,
			key: translations.key,
			hiddenAt: translations.hiddenAt,
			ofThis: sql<boolean>`${ofThis}`,
		})
		.from(translations)
		.where(and(eq(translations.authorId, actor.id), or(ofThis, eq(translations.key, key))))
	if (found.some((one) => !one.ofThis)) throw new AppError('conflict')
	return found[0]
}

/** Another took it on or was faster: she hears of it before hers stands beside the other one. */
async function assertFree(tx: Tx, actor: Actor, post: AccessedPost, { language, seen }: Input) {
	const held = and(
		eq(translationClaims.postId, post.id),
		eq(translationClaims.lang, language),
		ne(translationClaims.memberId, actor.id),
		stillHolds,
	)
	if ((await tx.$count(translationClaims, held)) > 0) throw conflict('taken')
	const newer = and(
		eq(translations.postId, post.id),
		eq(translations.lang, language),
		ne(translations.authorId, actor.id),
		shownTo(actor),
		sql`${translations.ofVersion} >= ${post.meaningVersion}`,
		seen ? sql`date_trunc('milliseconds', translations.published_at) > ${seen}::timestamptz` : undefined,
	)
	if ((await tx.$count(translations, newer)) > 0) throw conflict('faster')
}

type Input = ReturnType<typeof parse<typeof Publication>>

async function write(tx: Tx, actor: Actor, post: AccessedPost, input: Input, title: string | null) {
	const { language: lang, body, key } = input
	const words = {
		key,
		title,
		body,
		html: renderBody(body),
		dir: directionOf(body, dirOf(lang)),
		ofVersion: Math.min(input.of, post.meaningVersion),
		publishedAt: sql`now()`,
	}
	const [written] = await tx
		.insert(translations)
		.values({ postId: post.id, lang, authorId: actor.id, announced: false, ...words })
		.onConflictDoUpdate({
			target: [translations.postId, translations.lang, translations.authorId],
			set: words,
		})
		.returning({ id: translations.id })
	return written!.id
}

const publishNow = command({
	input: Publication,
	limit: 'forum.translate',
	// Its language is the one it is put into: nobody is asked about that.
	access: async (_actor, input) => screenText(input),
	async run({ actor, input, found: screened, tx, publish }) {
		const post = await lockPost(tx, actor, input.post)
		const lang = input.language
		const path = postPath(post.spaceId, post)
		const mine = await findHers(tx, actor, input)
		if (mine?.key === input.key) return { id: mine.id, path, waits: mine.hiddenAt !== null }
		assertHersToTranslate(actor, post, lang)
		if (mine?.hiddenAt) throw new AppError('forbidden')
		if (!mine) await assertFree(tx, actor, post, input)
		const title = post.seq === 1 ? parse(TitleOfQuestion, input).title : null
		const id = await write(tx, actor, post, input, title)
		await tx
			.delete(translationClaims)
			.where(
				and(
					eq(translationClaims.postId, post.id),
					eq(translationClaims.lang, lang),
					eq(translationClaims.memberId, actor.id),
				),
			)
		await dropDraft(tx, actor.id, placeOf(post.id, lang))
		if (post.seq === 1) await refreshLanguages(tx, post.topicId)
		const written = { subject: translationSubject, id, screened, first: isFirst(actor, post) }
		if (await carryOut(tx, written, publish)) return { id, path, waits: true }
		await announceTranslation(tx, id)
		return { id, path, waits: false }
	},
})

/** Refusals after which what she wrote is still worth something. */
const WORTH_KEEPING = new Set(['conflict', 'forbidden', 'too-many', 'unavailable'])

/**
 * Publishes a translation under her handle; hers of the same post and language is replaced. The same form sent again
 * changes nothing. Throws `conflict` where another took it on or was faster, or where the post is no longer there;
 * her text is then among her drafts.
 */
export async function publishTranslation(actor: Actor, raw: Record<string, unknown>) {
	try {
		return await publishNow(actor, raw)
	} catch (error) {
		if (!(error instanceof AppError)) throw error
		const refusal = error.code === 'not-found' ? conflict('gone') : error
		if (WORTH_KEEPING.has(refusal.code)) await saveTranslationDraft(actor, raw)
		throw refusal
	}
}

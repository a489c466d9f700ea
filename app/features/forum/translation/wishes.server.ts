import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { translationRequests, translations, translationThanks } from '~/db/schema/translation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { canWrite } from '../forum.policy'
import { postPath } from '../posts.server'
import { type AccessedPost, accessPost, accessTranslation, shownTo } from './access.server'
import { Thanks, Wish } from './translation.schema'

/** Whether she can read the post in this language already, in what it means now. */
async function isReadable(tx: Tx, actor: Actor, post: AccessedPost, lang: string) {
	if (post.lang === lang) return true
	const current = and(
		eq(translations.postId, post.id),
		eq(translations.lang, lang),
		sql`${translations.ofVersion} >= ${post.meaningVersion}`,
		shownTo(actor),
	)
	return (await tx.$count(translations, current)) > 0
}

/**
 * "Please translate this", or no longer. Asking for what is there already changes nothing: the page she goes back to
 * shows it. Returns that page.
 */
export const wish = command({
	input: Wish,
	limit: 'forum.wish',
	async run({ actor, input, tx }) {
		const post = await accessPost(tx, actor, input.post)
		if (!canWrite(actor, post.spaceId)) throw new AppError('forbidden')
		const one = { postId: post.id, lang: input.language, memberId: actor.id }
		if (!input.wants) await tx.delete(translationRequests).where(isHers(one))
		else if (!(await isReadable(tx, actor, post, one.lang)))
			await tx.insert(translationRequests).values(one).onConflictDoNothing()
		return { path: postPath(post.spaceId, post) }
	},
})

const isHers = (one: { postId: string; lang: string; memberId: string }) =>
	and(
		eq(translationRequests.postId, one.postId),
		eq(translationRequests.lang, one.lang),
		eq(translationRequests.memberId, one.memberId),
	)

/** Thanks for a translation, or takes the thanks back. Returns the page to go back to. */
export const thankForTranslation = command({
	input: Thanks,
	limit: 'forum.wish',
	async run({ actor, input, tx }) {
		const { post, translation } = await accessTranslation(tx, actor, input.translation)
		if (!canWrite(actor, post.spaceId) || translation.authorId === actor.id) throw new AppError('forbidden')
		const step = input.thanks
			? await addThanks(tx, actor, translation.id)
			: -(await takeThanks(tx, actor, translation.id))
		if (step !== 0) {
			await tx
				.update(translations)
				.set({ thanks: sql`${translations.thanks} + ${step}` })
				.where(eq(translations.id, translation.id))
		}
		return { path: postPath(post.spaceId, post) }
	},
})

async function addThanks(tx: Tx, actor: Actor, translationId: string) {
	const added = await tx
		.insert(translationThanks)
		.values({ translationId, memberId: actor.id })
		.onConflictDoNothing()
		.returning({ id: translationThanks.translationId })
	return added.length
}

async function takeThanks(tx: Tx, actor: Actor, translationId: string) {
	const taken = await tx
		.delete(translationThanks)
		.where(and(eq(translationThanks.translationId, translationId), eq(translationThanks.memberId, actor.id)))
		.returning({ id: translationThanks.translationId })
	return taken.length
}

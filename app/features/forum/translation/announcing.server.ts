import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import { translationRequests, translations } from '~/db/schema/translation'
import { blockedWith } from '~/features/members/blocks.server'
import { pgArray } from '~/platform/text'
import { tellTranslated } from '../telling.server'

interface Wished {
	postId: string
	lang: string
	/** Who translated it. */
	authorId: string
}

/** Those who wished for it get their wish; who sees nothing of the translator keeps hers. */
async function fulfilWishes(tx: Tx, { postId, lang, authorId }: Wished) {
	const granted = await tx
		.delete(translationRequests)
		.where(
			and(
				eq(translationRequests.postId, postId),
				eq(translationRequests.lang, lang),
				sql`${translationRequests.memberId} <> all(${pgArray(await blockedWith(tx, authorId))}::uuid[])`,
			),
		)
		.returning({ memberId: translationRequests.memberId })
	return granted.map(({ memberId }) => memberId)
}

/**
 * Tells of a translation that is shown by now: the author of the post hears of it once, who wished for it each time. What
 * waits is told of when it is let out.
 */
export async function announceTranslation(tx: Tx, id: string) {
	const [shown] = await tx
		.select({
			lang: translations.lang,
			authorId: translations.authorId,
			announced: translations.announced,
			post: { id: posts.id, topicId: posts.topicId, authorId: posts.authorId },
		})
		.from(translations)
		.innerJoin(posts, eq(posts.id, translations.postId))
		.where(and(eq(translations.id, id), isNull(posts.hiddenAt), isNull(posts.deletedAt)))
	if (!shown?.authorId) return
	const { authorId, lang, post, announced } = shown
	const wishing = await fulfilWishes(tx, { postId: post.id, lang, authorId })
	const told = !announced && post.authorId ? [...wishing, post.authorId] : wishing
	if (!announced) await tx.update(translations).set({ announced: true }).where(eq(translations.id, id))
	await tellTranslated(tx, post, { id: authorId }, told)
}

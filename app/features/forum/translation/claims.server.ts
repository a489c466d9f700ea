import { and, eq, lt, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { translationClaims } from '~/db/schema/translation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { checkMayWrite } from '../forum.policy'
import { accessPost } from './access.server'
import { canTranslate } from './translation.policy'
import { PostInLanguage } from './translation.schema'

const CLAIM_HOURS = 48
/** As many as the page of wishes lists: nobody keeps more from the others than she can see and give back. */
export const CLAIMS_AT_MOST = 20

/** Claims that still hold: a condition over `translation_claims` under this name. */
export const stillHolds = sql`translation_claims.claimed_at > now() - make_interval(hours => ${CLAIM_HOURS}::int)`

/**
 * Tells the others that she is writing this translation, for 48 hours; again, and they begin anew. Throws `conflict`
 * where another was faster or she has taken on too many, `forbidden` where she does not know both languages.
 */
export const claim = command({
	input: PostInLanguage,
	limit: 'forum.translate',
	async run({ actor, input, tx }) {
		const post = await accessPost(tx, actor, input.post)
		checkMayWrite(actor, post.spaceId)
		if (!canTranslate(actor, post.lang, input.language)) throw new AppError('forbidden')
		await assertFewClaims(tx, actor, input)
		const [mine] = await tx
			.insert(translationClaims)
			.values({ postId: post.id, lang: input.language, memberId: actor.id })
			.onConflictDoUpdate({
				target: [translationClaims.postId, translationClaims.lang],
				set: { memberId: actor.id, claimedAt: sql`now()` },
				setWhere: or(
					eq(translationClaims.memberId, actor.id),
					lt(translationClaims.claimedAt, sql`now() - make_interval(hours => ${CLAIM_HOURS}::int)`),
				),
			})
			.returning({ lang: translationClaims.lang })
		if (!mine) throw new AppError('conflict', { fields: { '': 'translation:refused.taken' } })
	},
})

async function assertFewClaims(tx: Tx, actor: Actor, { post, language }: z.output<typeof PostInLanguage>) {
	const others = and(
		eq(translationClaims.memberId, actor.id),
		sql`(translation_claims.post_id, translation_claims.lang) <> (${post}::uuid, ${language}::text)`,
		stillHolds,
	)
	if ((await tx.$count(translationClaims, others)) >= CLAIMS_AT_MOST)
		throw new AppError('conflict', { fields: { '': 'translation:refused.several' } })
}

/** Gives it back, so that another can take it. Hers alone; giving back what she does not hold changes nothing. */
export const release = command({
	input: PostInLanguage,
	async run({ actor, input, tx }) {
		await tx
			.delete(translationClaims)
			.where(
				and(
					eq(translationClaims.postId, input.post),
					eq(translationClaims.lang, input.language),
					eq(translationClaims.memberId, actor.id),
				),
			)
	},
})

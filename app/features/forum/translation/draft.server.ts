import { and, eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { drafts } from '~/db/schema/reading'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dropDraft, keepDraft } from '../drafts.server'
import { LIMITS } from '../forum.limits'
import { Draft, PostInLanguage } from './translation.schema'

/** Where a translation that she has begun is kept among her drafts. */
export const placeOf = (postId: string, lang: string) => `translation:${postId}:${lang}`

/** A text over the limit is kept as well: nothing is lost before she has made it shorter. */
const BYTES_AT_MOST = 4 * LIMITS.body.bytes

/**
 * Keeps what she has written. Also for a post that was taken away while she wrote, and without a word on whether it
 * was: her text is hers.
 */
export const saveTranslationDraft = command({
	input: Draft,
	limit: 'forum.draft',
	async run({ actor, input, tx }) {
		const { post, language, title, body } = input
		if (Buffer.byteLength(title + body) > BYTES_AT_MOST) {
			throw new AppError('invalid', { fields: { body: 'errors:tooLong' } })
		}
		await keepDraft(tx, actor.id, { place: placeOf(post, language), title, body, language })
	},
})

/** Throws the draft away. */
export const discardTranslationDraft = command({
	input: PostInLanguage,
	limit: 'forum.draft',
	run: ({ actor, input, tx }) => dropDraft(tx, actor.id, placeOf(input.post, input.language)),
})

/** What she has begun to write here, if anything. */
export async function readDraft(actor: Actor, place: string) {
	const [draft] = await db
		.select({ title: drafts.title, body: drafts.body, savedAt: drafts.savedAt })
		.from(drafts)
		.where(and(eq(drafts.memberId, actor.id), eq(drafts.place, place)))
	return draft
}

import { eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { mentorOffers } from '~/db/schema/mentoring'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { statusAfterEdit } from './mentoring.policy'
import { OfferForm } from './mentoring.schema'
import { inOrder } from './needs'

/** Her own offer as she wrote it, with its state; null while she has made none. */
export async function readOwnOffer(actor: Actor) {
	const [offer] = await db
		.select({
			languages: mentorOffers.languages,
			needs: mentorOffers.needs,
			words: mentorOffers.words,
			wordsLang: mentorOffers.wordsLang,
			capacity: mentorOffers.capacity,
			load: mentorOffers.load,
			status: mentorOffers.status,
			hidden: sql<boolean>`${mentorOffers.hiddenAt} is not null`,
		})
		.from(mentorOffers)
		.where(eq(mentorOffers.memberId, actor.id))
	return offer ? { ...offer, needs: inOrder(offer.needs) } : null
}

/**
 * Offers to mentor, or changes the offer. A new one waits for a coordinator, as does a declined one that is written
 * anew; a change to any other leaves its state as it was. Capacity may go below the women she has: they stay.
 */
export const saveOffer = command({
	input: OfferForm,
	limit: 'mentoring.offer',
	async run({ actor, input, tx }) {
		const { languages, needs, words, language, capacity } = input
		const [before] = await tx
			.select({ status: mentorOffers.status })
			.from(mentorOffers)
			.where(eq(mentorOffers.memberId, actor.id))
			.for('update')
		const status = statusAfterEdit(before?.status)
		const offer = {
			languages,
			languageTags: Object.keys(languages),
			needs,
			words,
			wordsLang: language,
			wordsDir: directionOf(words, dirOf(language)),
			capacity,
			status,
			...(before?.status === 'declined' ? { offeredAt: sql`now()` } : {}),
		}
		await tx
			.insert(mentorOffers)
			.values({ memberId: actor.id, ...offer })
			// Two first offers at once: the later one is a change of the first.
			.onConflictDoUpdate({ target: mentorOffers.memberId, set: offer })
		return { status }
	},
})

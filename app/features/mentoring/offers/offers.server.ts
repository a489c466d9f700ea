import { eq, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { refuseSilenced } from '~/features/moderation/measures/restraints'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { communityHash, townHash } from '../finding/keyed-names.server'
import { inOrder } from '../needs'
import { zoneFor } from '../times/zones'
import { CODE_VERSION } from './code'
import { keepMentorRole } from './mentor-role.server'
import { OfferForm, PauseForm } from './offer.schema'
import { keepTraining } from './training.server'
import { ownPauseFor, statusAfterEdit } from './vetting.policy'

const isKnown = (column: typeof mentorOffers.townHash | typeof mentorOffers.communityHash) =>
	sql<boolean>`${column} is not null`

/** Her own offer as she wrote it, with its state; null while she has made none. Her town is told to nobody, not to her. */
export async function readOwnOffer(actor: Actor) {
	const [offer] = await db
		.select({
			languages: mentorOffers.languages,
			needs: mentorOffers.needs,
			how: mentorOffers.how,
			hours: mentorOffers.hours,
			zone: mentorOffers.zone,
			words: mentorOffers.words,
			wordsLang: mentorOffers.wordsLang,
			capacity: mentorOffers.capacity,
			load: mentorOffers.load,
			status: mentorOffers.status,
			pausedBy: mentorOffers.pausedBy,
			validUntil: mentorOffers.validUntil,
			expired: sql<boolean>`coalesce(${mentorOffers.validUntil} <= now(), false)`,
			agreed: sql<boolean>`${mentorOffers.codeVersion} is not distinct from ${CODE_VERSION}`,
			townKnown: isKnown(mentorOffers.townHash),
			communityKnown: isKnown(mentorOffers.communityHash),
			hidden: sql<boolean>`${mentorOffers.hiddenAt} is not null`,
		})
		.from(mentorOffers)
		.where(eq(mentorOffers.memberId, actor.id))
	return offer ? { ...offer, needs: inOrder(offer.needs) } : null
}

/** The zone a new offer's hours start in: that of the times she is shown. */
export async function ownZone(actor: Actor): Promise<string> {
	const [member] = await db
		.select({ zone: members.zone, hostCountry: members.hostCountry })
		.from(members)
		.where(eq(members.id, actor.id))
	return zoneFor({ zone: member?.zone ?? null, hostCountry: member?.hostCountry ?? null })
}

/** What is written for a field that is never shown: a new hash, nothing, or what was there (no key). */
function kept<Key extends string>(
	key: Key,
	{ text, forget }: { text: string; forget: boolean },
	hash: (text: string) => string,
): { [K in Key]?: string | null } {
	if (forget) return { [key]: null } as { [K in Key]: null }
	return text === '' ? {} : ({ [key]: hash(text) } as { [K in Key]: string })
}

const findOffer = async (tx: Tx, memberId: string) =>
	(await tx.select().from(mentorOffers).where(eq(mentorOffers.memberId, memberId)).for('update'))[0]

/**
 * Offers to mentor, or changes the offer. A new one waits for a coordinator, as does a declined one that is written
 * anew; a change to any other leaves its state as it was. Capacity may go below the women she has: they stay. Where
 * she comes from is kept as it was when she leaves it empty. Throws `invalid` while she has not agreed to the code,
 * `forbidden` while she only reads in the open.
 */
export const saveOffer = command({
	input: OfferForm,
	limit: 'mentoring.offer',
	async run({ actor, input, tx }) {
		// Whoever looks for a mentor reads it.
		refuseSilenced(actor, null)
		const { town, community, agree, languages, words, language, ...facts } = input
		const before = await findOffer(tx, actor.id)
		if (!agree && before?.codeVersion !== CODE_VERSION)
			throw new AppError('invalid', { fields: { agree: 'errors:agreeToCode' } })
		const status = statusAfterEdit(before?.status)
		const offer = {
			...facts,
			languages,
			languageTags: Object.keys(languages),
			words,
			wordsLang: language,
			wordsDir: directionOf(words, dirOf(language)),
			codeVersion: CODE_VERSION,
			status,
			...kept('townHash', town, townHash),
			...kept('communityHash', community, communityHash),
			...(before?.status === 'declined' ? { offeredAt: sql`now()` } : {}),
		}
		await tx
			.insert(mentorOffers)
			.values({ memberId: actor.id, ...offer })
			// Two first offers at once: the later one is a change of the first.
			.onConflictDoUpdate({ target: mentorOffers.memberId, set: offer })
		await keepTraining(tx, actor.id)
		return { status }
	},
})

/**
 * Takes a break from being found, or ends one: her own, or that of requests she left without an answer. Those who are
 * with her stay. Doing it again changes nothing. Throws `not-found` without an offer, `conflict` (`details.reason`:
 * its state) where it is not hers to say.
 */
export const pauseOffer = command({
	input: PauseForm,
	limit: 'mentoring.offer',
	async run({ actor, input: { intent }, tx, publish }) {
		const offer = await findOffer(tx, actor.id)
		if (!offer) throw new AppError('not-found')
		if (ownPauseFor(offer) !== intent) {
			if (intent === 'resume' ? offer.status === 'vetted' : offer.pausedBy === 'herself') return
			throw new AppError('conflict', { details: { reason: offer.status } })
		}
		await tx
			.update(mentorOffers)
			.set(
				intent === 'pause'
					? { status: 'paused', pausedBy: 'herself' }
					: { status: 'vetted', pausedBy: null, lapses: 0 },
			)
			.where(eq(mentorOffers.memberId, actor.id))
		if (await keepMentorRole(tx, actor.id, actor.id)) publish({ name: 'member:changed', memberId: actor.id })
	},
})

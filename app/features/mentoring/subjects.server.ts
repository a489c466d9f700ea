import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import { isUuid } from '~/platform/text'

const hidden = (hide: boolean) => ({ hiddenAt: hide ? sql`now()` : null })

async function findMatch(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [match] = await tx
		.select({
			id: matches.id,
			authorId: matches.menteeId,
			body: matches.words,
			lang: matches.wordsLang,
			dir: matches.wordsDir,
		})
		.from(matches)
		.where(eq(matches.id, id))
	return match && { ...match, private: true, spaceId: null, path: `/mentoring/${id}`, around: [] }
}

/** What a mentee wrote to a mentor: seen by the two, so reported by the mentor alone. */
async function mayReportMatch(tx: Tx, actor: Actor, id: string) {
	if (!isUuid(id)) return false
	const mine = and(
		eq(matches.id, id),
		eq(matches.mentorId, actor.id),
		isNull(matches.hiddenAt),
		notBlockedByHer(actor, matches.menteeId),
	)
	return (await tx.$count(matches, mine)) === 1
}

const setMatchHidden = async (tx: Tx, id: string, hide: boolean) =>
	void (await tx.update(matches).set(hidden(hide)).where(eq(matches.id, id)))

/** The words of a request to a mentor, as moderation sees them. The talk itself is the chat's. */
export const matchSubject: Subject = {
	kind: 'match',
	find: findMatch,
	mayReport: mayReportMatch,
	hide: (tx, id) => setMatchHidden(tx, id, true),
	restore: (tx, id) => setMatchHidden(tx, id, false),
}

async function findOffer(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [offer] = await tx
		.select({
			id: mentorOffers.memberId,
			authorId: mentorOffers.memberId,
			body: mentorOffers.words,
			lang: mentorOffers.wordsLang,
			dir: mentorOffers.wordsDir,
		})
		.from(mentorOffers)
		.where(eq(mentorOffers.memberId, id))
	return offer && { ...offer, private: false, spaceId: null, path: `/mentoring/ask?mentor=${id}`, around: [] }
}

/** What every member can read: the words of a vetted mentor. */
async function mayReportOffer(tx: Tx, actor: Actor, id: string) {
	if (!isUuid(id) || id === actor.id || actor.blocked.includes(id)) return false
	const [seen] = await tx
		.select({ id: mentorOffers.memberId })
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(
			and(
				eq(mentorOffers.memberId, id),
				eq(mentorOffers.status, 'vetted'),
				eq(members.status, 'active'),
				isNull(mentorOffers.hiddenAt),
			),
		)
	return seen !== undefined
}

const setOfferHidden = async (tx: Tx, id: string, hide: boolean) =>
	void (await tx.update(mentorOffers).set(hidden(hide)).where(eq(mentorOffers.memberId, id)))

/** What a mentor says about herself, as moderation sees it; its id is hers. */
export const offerSubject: Subject = {
	kind: 'offer',
	find: findOffer,
	mayReport: mayReportOffer,
	hide: (tx, id) => setOfferHidden(tx, id, true),
	restore: (tx, id) => setOfferHidden(tx, id, false),
}

import { and, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { isUuid } from '~/platform/text'
import type { Side } from './mentoring.policy'
import { endMatch } from './together/ending.server'
import type { PrivateRooms } from './together/match-access.server'

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
		// In whose line she only stands she does not know.
		ne(matches.status, 'chosen'),
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

type Publish = (event: DomainEvent) => void

/**
 * Organisations these women belong to, work for or were vetted by, as one array: their people must not get a case about
 * what happened in a mentoring of theirs.
 */
const organisationsOf = (memberIds: SQL) => sql<string[]>`array(
	select organisation_id from organisation_members where member_id in (${memberIds})
	union select organisation_id from grants
		where member_id in (${memberIds}) and organisation_id is not null and ended_at is null
	union select organisation_id from mentor_offers
		where member_id in (${memberIds}) and organisation_id is not null)`

const organisationsOfMentor = organisationsOf(sql`${matches.mentorId}`)

const begun = inArray(matches.status, ['accepted', 'ended'])

/**
 * How the other one behaved in a mentoring, as moderation sees it: one kind for each side, since a case is about one
 * woman. It holds no words but the report's own: talk and notes are not opened by it. Decided against her, the
 * mentoring ends, if it still goes on; what has ended is not begun again by an appeal.
 */
const conductSubject = (side: Side, rooms: PrivateRooms): Subject => {
	const [about, by] =
		side === 'mentor' ? [matches.mentorId, matches.menteeId] : [matches.menteeId, matches.mentorId]
	return {
		kind: `${side}-conduct`,
		async find(tx, id) {
			if (!isUuid(id)) return undefined
			const [match] = await tx
				.select({ id: matches.id, authorId: about, notOrganisations: organisationsOfMentor })
				.from(matches)
				.where(and(eq(matches.id, id), begun))
			const nothing = { body: '', lang: null, dir: 'ltr' as const, around: [] }
			return match && { ...match, ...nothing, private: true, spaceId: null, path: `/mentoring/${id}` }
		},
		// Also after she has blocked the other one: that is when she has most to say. Nobody decides about who has left.
		mayReport: async (tx, actor, id) =>
			isUuid(id) &&
			(await tx.$count(matches, and(eq(matches.id, id), eq(by, actor.id), isNotNull(about), begun))) === 1,
		hide: (tx, id, publish) => endForModerators(tx, id, rooms, publish),
		restore: async () => {},
	}
}

async function endForModerators(tx: Tx, id: string, rooms: PrivateRooms, publish: Publish) {
	const [match] = await tx
		.select()
		.from(matches)
		.where(and(eq(matches.id, id), eq(matches.status, 'accepted')))
		.for('update')
	if (match) await endMatch(tx, match, { by: null, quietly: true }, rooms, publish)
}

/** What a mentee can report of her mentor, and a mentor of the woman she accompanies. */
export const conductSubjects = (rooms: PrivateRooms): Subject[] => [
	conductSubject('mentor', rooms),
	conductSubject('mentee', rooms),
]

/** Who helps in the mentoring a room belongs to: its mentor, and whoever interpreted there. */
const helpersIn = (roomId: string) => sql`
	select x.mentor_id from matches x where x.room_id = ${roomId} and x.mentor_id is not null
	union select i.interpreter_id from mentoring_interpreters i join matches x on x.id = i.match_id
		where x.room_id = ${roomId} and i.interpreter_yes_at is not null`

/**
 * What is said in private, kept from the organisations of those who help where it was said in a mentoring: harm told by
 * reporting a message stays away from them just as it does when the mentoring itself is reported.
 */
export const keptFromHelpers = (subject: Subject): Subject => ({
	...subject,
	async find(tx, id) {
		const reported = await subject.find(tx, id)
		if (!reported?.roomId) return reported
		const [found] = await tx.execute<{ ids: string[] }>(
			sql`select ${organisationsOf(helpersIn(reported.roomId))} as ids`,
		)
		return { ...reported, notOrganisations: [...(reported.notOrganisations ?? []), ...found!.ids] }
	},
})

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

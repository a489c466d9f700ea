import { and, asc, eq, inArray, ne, notInArray, or, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { mentoringRoundPairs } from '~/db/schema/rounds'
import { forgetNotices, passOn, waitAgain } from '../finding/line.server'
import { CLOSED, type MatchStatus } from '../mentoring.policy'
import { endMatch } from './ending.server'
import { type LeftWords, leaveSharedWords } from './left-words.server'
import type { PrivateRooms, Publish } from './match-access.server'

interface Leaving {
	memberId: string
	/** What becomes of her words, as she has said. */
	words: LeftWords
}

const ofHers = (memberId: string, ...states: MatchStatus[]) =>
	and(or(eq(matches.menteeId, memberId), eq(matches.mentorId, memberId)), inArray(matches.status, states))

/**
 * Her own offer, and those of the mentors she leaves, has vetted, or has given the role or taken it from: the end of her
 * account takes her name from offers and roles. Whoever changes a role holds the offer first (`keepMentorRole`).
 */
const offersItTouches = (memberId: string) =>
	sql`(${mentorOffers.memberId} = ${memberId} or ${mentorOffers.vettedBy} = ${memberId}
		or ${mentorOffers.memberId} in (select x.mentor_id from matches x
			where x.mentee_id = ${memberId} and x.status = 'accepted')
		or ${mentorOffers.memberId} in (select g.member_id from grants g
			where g.given_by = ${memberId} or g.ended_by = ${memberId}))`

/**
 * The lines she has to do with and her own, always in one order; then her offer, so that nobody asks her any more
 * (`askMentor` takes the two in this order, too), and every other one that changes with her end.
 */
async function lockAll(tx: Tx, memberId: string) {
	const open = await tx
		.select({ menteeId: matches.menteeId })
		.from(matches)
		.where(ofHers(memberId, 'chosen', 'asked', 'proposed', 'accepted'))
	await tx
		.select({ id: members.id })
		.from(members)
		.where(inArray(members.id, [memberId, ...open.map(({ menteeId }) => menteeId)]))
		.orderBy(asc(members.id))
		.for('no key update')
	await tx
		.select({ id: mentorOffers.memberId })
		.from(mentorOffers)
		.where(offersItTouches(memberId))
		.orderBy(asc(mentorOffers.memberId))
		.for('update')
}

/** Her mentor goes: who wants to be looked for waits again without saying so. */
async function letWaitAgain(tx: Tx, menteeId: string) {
	const wanted = and(eq(mentoringWishes.memberId, menteeId), eq(mentoringWishes.inRounds, true))
	if ((await tx.$count(mentoringWishes, wanted)) > 0) await waitAgain(tx, menteeId)
}

/**
 * Of what others had with her as their mentor stays what is over and holds something of theirs: the mentoring there was,
 * with its notes and goals, and requests with words in them. The account's end takes her name from it. From the lock of
 * her own row on nothing new reaches her: a round that is being published is done before, or comes too late.
 */
async function dropRequestsToHer(tx: Tx, memberId: string) {
	const herself = tx.select({ id: members.id }).from(members).where(eq(members.id, memberId))
	await herself.for('update')
	const holdsNothing = and(ne(matches.status, 'ended'), eq(matches.words, ''))
	const dropped = await tx
		.delete(matches)
		.where(and(eq(matches.mentorId, memberId), or(notInArray(matches.status, [...CLOSED]), holdsNothing)))
		.returning()
	for (const match of dropped) await forgetNotices(tx, match)
}

/** The women a round had found her for stay in it, as those who have nobody; to a draft a coordinator finds another. */
const leaveRounds = (tx: Tx, memberId: string) =>
	tx
		.update(mentoringRoundPairs)
		.set({
			mentorId: null,
			score: null,
			reasons: [],
			why: { kind: 'left' },
			byHand: false,
			rule: null,
			leftOut: null,
		})
		.where(eq(mentoringRoundPairs.mentorId, memberId))

/**
 * Before her account goes: places are free again, rooms are closed, and the women who had asked her do not wait for an
 * answer that can no longer come. What a mentee has written and planned stays hers when her mentor goes; when the mentee
 * goes, all of it goes with her, since it is about her.
 */
export async function departFromMentoring(
	tx: Tx,
	{ memberId, words }: Leaving,
	rooms: PrivateRooms,
	publish: Publish,
) {
	await lockAll(tx, memberId)
	const open = await tx
		.select()
		.from(matches)
		.where(ofHers(memberId, 'asked', 'proposed', 'accepted'))
		.orderBy(asc(matches.mentorId), asc(matches.id))
		.for('update')
	for (const match of open) {
		if (match.status === 'accepted') {
			await endMatch(tx, match, { by: memberId, quietly: true }, rooms, publish)
			if (match.mentorId === memberId) await letWaitAgain(tx, match.menteeId)
			continue
		}
		// No notice is left that leads to nothing.
		await forgetNotices(tx, match)
		if (match.status === 'asked' && match.mentorId === memberId) {
			await tx
				.update(matches)
				.set({ status: 'declined', answeredAt: sql`now()` })
				.where(eq(matches.id, match.id))
			await passOn(tx, match.menteeId)
		}
	}
	await leaveSharedWords(tx, memberId, words)
	await dropRequestsToHer(tx, memberId)
	await leaveRounds(tx, memberId)
}

import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { forgetNotices, lockLine, passOn, waitAgain } from '../finding/line.server'
import { endMatch } from './ending.server'
import type { PrivateRooms, Publish } from './match-access.server'

const openOf = (memberId: string) =>
	and(
		or(eq(matches.menteeId, memberId), eq(matches.mentorId, memberId)),
		inArray(matches.status, ['asked', 'proposed', 'accepted']),
	)

/**
 * The lines she has to do with and her own, always in one order; then her offer, so that nobody asks her any more
 * (`askMentor` takes the two in this order, too).
 */
async function lockAll(tx: Tx, memberId: string) {
	const open = await tx.select({ menteeId: matches.menteeId }).from(matches).where(openOf(memberId))
	for (const menteeId of [...new Set([memberId, ...open.map((match) => match.menteeId)])].sort())
		await lockLine(tx, menteeId)
	await tx
		.select({ id: mentorOffers.memberId })
		.from(mentorOffers)
		.where(eq(mentorOffers.memberId, memberId))
		.for('update')
}

/** Her mentor goes, and the page of the match with her: who wants to be looked for waits again without saying so. */
async function letWaitAgain(tx: Tx, menteeId: string) {
	const wanted = and(eq(mentoringWishes.memberId, menteeId), eq(mentoringWishes.inRounds, true))
	if ((await tx.$count(mentoringWishes, wanted)) > 0) await waitAgain(tx, menteeId)
}

/**
 * Before her account goes: places are free again, rooms are closed, and the women who had asked her do not wait for an
 * answer that can no longer come.
 */
export async function departFromMentoring(tx: Tx, memberId: string, rooms: PrivateRooms, publish: Publish) {
	await lockAll(tx, memberId)
	const open = await tx
		.select()
		.from(matches)
		.where(openOf(memberId))
		.orderBy(asc(matches.mentorId), asc(matches.id))
		.for('update')
	for (const match of open) {
		if (match.status === 'accepted') {
			await endMatch(tx, match, { by: memberId, quietly: true }, rooms, publish)
			if (match.mentorId === memberId) await letWaitAgain(tx, match.menteeId)
			continue
		}
		// The match goes with her account; no notice is left that leads to nothing.
		await forgetNotices(tx, match)
		if (match.status === 'asked' && match.mentorId === memberId) {
			await tx
				.update(matches)
				.set({ status: 'declined', answeredAt: sql`now()` })
				.where(eq(matches.id, match.id))
			await passOn(tx, match.menteeId)
		}
	}
}

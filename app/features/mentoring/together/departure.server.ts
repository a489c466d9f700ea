import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { lockLine, passOn } from '../finding/line.server'
import { endMatch } from './ending.server'
import type { PrivateRooms, Publish } from './match-access.server'

const openOf = (memberId: string) =>
	and(
		or(eq(matches.menteeId, memberId), eq(matches.mentorId, memberId)),
		inArray(matches.status, ['asked', 'accepted']),
	)

/** The lines she has to do with, always in one order. */
async function lockLinesOf(tx: Tx, memberId: string) {
	const open = await tx.select({ menteeId: matches.menteeId }).from(matches).where(openOf(memberId))
	for (const menteeId of [...new Set(open.map((match) => match.menteeId))].sort())
		await lockLine(tx, menteeId)
}

/**
 * Before her account goes: places are free again, rooms are closed, and the women who had asked her do not wait for an
 * answer that can no longer come.
 */
export async function departFromMentoring(tx: Tx, memberId: string, rooms: PrivateRooms, publish: Publish) {
	await lockLinesOf(tx, memberId)
	const open = await tx
		.select()
		.from(matches)
		.where(openOf(memberId))
		.orderBy(asc(matches.mentorId), asc(matches.id))
		.for('update')
	for (const match of open) {
		if (match.status === 'accepted')
			await endMatch(tx, match, { by: memberId, quietly: true }, rooms, publish)
		else if (match.mentorId === memberId) {
			await tx
				.update(matches)
				.set({ status: 'declined', answeredAt: sql`now()` })
				.where(eq(matches.id, match.id))
			await passOn(tx, match.menteeId)
		}
	}
}

import { and, eq, lt, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { mentorOffers } from '~/db/schema/mentoring'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import { canBeFound } from '../offers/findable.server'

/**
 * Takes a place of the mentor's, if there is one left: the condition is in the write. Throws `conflict`
 * (`details.reason`: full).
 */
export async function takePlace(tx: Tx, mentorId: string) {
	const [taken] = await tx
		.update(mentorOffers)
		// She has answered: what she left without an answer before no longer counts.
		.set({ load: sql`${mentorOffers.load} + 1`, lapses: 0 })
		.where(and(eq(mentorOffers.memberId, mentorId), canBeFound, lt(mentorOffers.load, mentorOffers.capacity)))
		.returning({ load: mentorOffers.load })
	if (!taken) throw new AppError('conflict', { details: { reason: 'full' } })
}

/** A mentor has room for one woman more, and has `helped` with these needs. */
export const givePlaceBack = (tx: Tx, mentorId: string, helped: readonly string[] = []) =>
	tx
		.update(mentorOffers)
		.set({
			load: sql`greatest(${mentorOffers.load} - 1, 0)`,
			...(helped.length > 0
				? {
						helped: sql`array(select distinct n from unnest(${mentorOffers.helped} || ${pgArray(helped)}::text[]) n order by n)`,
					}
				: {}),
		})
		.where(eq(mentorOffers.memberId, mentorId))

/** She said no, which is an answer, too. */
export const countAnswer = (tx: Tx, mentorId: string) =>
	tx.update(mentorOffers).set({ lapses: 0 }).where(eq(mentorOffers.memberId, mentorId))

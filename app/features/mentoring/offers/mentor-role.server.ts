import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { grants } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'

/** Whether she is a mentor: vetted for now, or with women who stay with her whatever became of the vetting. */
export const isMentor = sql<boolean>`((mentor_offers.status = 'vetted' and mentor_offers.valid_until > now())
	or mentor_offers.load > 0)`

/** Whether she holds the role. */
export const holdsRole = sql<boolean>`exists (select 1 from grants g
	where g.member_id = mentor_offers.member_id and g.role = 'mentor' and g.ended_at is null)`

/**
 * Gives the role `mentor`, or takes it, as her offer says; `by` is who decided, null where time did. Returns whether
 * something changed. The offer is locked by the caller.
 */
export async function keepMentorRole(tx: Tx, memberId: string, by: string | null): Promise<boolean> {
	const [offer] = await tx
		.select({ is: isMentor, holds: holdsRole, organisationId: mentorOffers.organisationId })
		.from(mentorOffers)
		.where(eq(mentorOffers.memberId, memberId))
	if (!offer || offer.is === offer.holds) return false
	if (offer.is) {
		const { organisationId } = offer
		await tx.insert(grants).values({ memberId, role: 'mentor', givenBy: by, organisationId })
	} else {
		await tx
			.update(grants)
			.set({ endedAt: sql`now()`, endedBy: by })
			.where(and(eq(grants.memberId, memberId), eq(grants.role, 'mentor'), isNull(grants.endedAt)))
	}
	return true
}

import { asc, eq, sql } from 'drizzle-orm'
import { referrals, restrictions } from '~/db/schema/measures'
import { organisations } from '~/db/schema/members'
import type { Belongings } from '~/features/members/belongings'

/** What holds for her after decisions, and what was offered to her. From whom she is kept apart is not hers to read. */
export const measureBelongings: Belongings = {
	tables: ['restrictions', 'referrals'],
	async collect(db, memberId) {
		const held = await db
			.selectDistinct({
				kind: restrictions.kind,
				everywhere: sql<boolean>`${restrictions.spaceId} is null`,
				since: restrictions.since,
				until: restrictions.until,
				endedAt: restrictions.endedAt,
			})
			.from(restrictions)
			.where(eq(restrictions.memberId, memberId))
			.orderBy(asc(restrictions.since))
		const offered = await db
			.select({
				at: referrals.offeredAt,
				organisation: organisations.name,
				offerWords: referrals.offerWords,
				state: referrals.state,
				answeredAt: referrals.answeredAt,
				text: referrals.herWords,
			})
			.from(referrals)
			.innerJoin(organisations, eq(organisations.id, referrals.organisationId))
			.where(eq(referrals.memberId, memberId))
			.orderBy(asc(referrals.offeredAt))
		const texts = offered.flatMap(({ at, text }) => (text ? [{ at, text, lang: null }] : []))
		return [
			{ name: 'measures', facts: held },
			{ name: 'referrals', texts, facts: offered.map(({ text: _text, ...one }) => one) },
		]
	},
}

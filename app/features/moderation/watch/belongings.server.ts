import { asc, eq } from 'drizzle-orm'
import { watchRules } from '~/db/schema/house-rules'
import type { Belongings } from '~/features/members/belongings'

/** The watch rules she made as a coordinator. They stay in force when she leaves. */
export const watchBelongings: Belongings = {
	tables: ['watch_rules'],
	async collect(db, memberId) {
		const rules = await db
			.select({
				rule: watchRules.text,
				language: watchRules.language,
				action: watchRules.action,
				madeAt: watchRules.madeAt,
				endedAt: watchRules.endedAt,
			})
			.from(watchRules)
			.where(eq(watchRules.madeBy, memberId))
			.orderBy(asc(watchRules.madeAt))
		return [{ name: 'watch', facts: rules }]
	},
}

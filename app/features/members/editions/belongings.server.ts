import { asc, eq } from 'drizzle-orm'
import { ruleEditions } from '~/db/schema/house-rules'
import type { Belongings } from '../belongings'

/** The editions of the rules that she wrote for the community; they stay without her name. */
export const editionBelongings: Belongings = {
	tables: ['rule_editions'],
	async collect(db, memberId) {
		const facts = await db
			.select({
				number: ruleEditions.number,
				savedAt: ruleEditions.madeAt,
				publishedAt: ruleEditions.publishedAt,
			})
			.from(ruleEditions)
			.where(eq(ruleEditions.madeBy, memberId))
			.orderBy(asc(ruleEditions.madeAt))
		return [{ name: 'editions', facts }]
	},
}

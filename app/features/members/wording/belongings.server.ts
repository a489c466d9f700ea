import { asc, eq } from 'drizzle-orm'
import { wordingStates } from '~/db/schema/wording'
import type { Belongings } from '../belongings'

/** Which of the community's own texts she wrote; they stay without her name. */
export const wordingBelongings: Belongings = {
	tables: ['wording_states'],
	async collect(db, memberId) {
		const { kind, item, field, locale, state, writtenAt } = wordingStates
		const facts = await db
			.select({ kind, item, field, locale, state, writtenAt })
			.from(wordingStates)
			.where(eq(wordingStates.writtenBy, memberId))
			.orderBy(asc(writtenAt))
		return [{ name: 'wording', facts }]
	},
}

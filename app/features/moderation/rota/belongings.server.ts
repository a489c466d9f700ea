import { asc, eq } from 'drizzle-orm'
import { moderatorShifts } from '~/db/schema/house-rules'
import type { Belongings } from '~/features/members/belongings'

/** The shifts of a moderator's week; they go with her account. */
export const rotaBelongings: Belongings = {
	tables: ['moderator_shifts'],
	async collect(db, memberId) {
		const facts = await db
			.select({
				weekday: moderatorShifts.weekday,
				fromMinute: moderatorShifts.fromMinute,
				toMinute: moderatorShifts.toMinute,
				languages: moderatorShifts.languages,
				madeAt: moderatorShifts.madeAt,
			})
			.from(moderatorShifts)
			.where(eq(moderatorShifts.memberId, memberId))
			.orderBy(asc(moderatorShifts.weekday), asc(moderatorShifts.fromMinute))
		return [{ name: 'shifts', facts }]
	},
}

import { asc, eq } from 'drizzle-orm'
import { moderatorDuties, reports, statements } from '~/db/schema/moderation'
import type { Belongings } from '~/features/members/belongings'

/** What she reported, and what was decided about her words. Nothing of a report about her: neither that there is one. */
export const moderationBelongings: Belongings = {
	tables: ['reports', 'statements', 'moderator_duties'],
	async collect(db, memberId) {
		const reported = await db
			.select({ at: reports.createdAt, text: reports.words, reason: reports.reason, readAt: reports.readAt })
			.from(reports)
			.where(eq(reports.reporterId, memberId))
			.orderBy(asc(reports.createdAt))
		const decided = await db
			.select({
				at: statements.createdAt,
				action: statements.action,
				about: statements.subjectKind,
				rule: statements.rule,
				excerpt: statements.excerpt,
				words: statements.words,
				undoneAt: statements.undoneAt,
				appealedAt: statements.appealedAt,
				appealWords: statements.appealWords,
				reviewWords: statements.reviewWords,
			})
			.from(statements)
			.where(eq(statements.memberId, memberId))
			.orderBy(asc(statements.createdAt))
		const duties = await db
			.select({ since: moderatorDuties.since, until: moderatorDuties.until })
			.from(moderatorDuties)
			.where(eq(moderatorDuties.memberId, memberId))
		const texts = reported.flatMap(({ at, text }) => (text ? [{ at, text, lang: null }] : []))
		return [
			{ name: 'reports', texts, facts: reported.map(({ text: _text, ...report }) => report) },
			{ name: 'decisions', facts: decided },
			{ name: 'duties', facts: duties },
		]
	},
}

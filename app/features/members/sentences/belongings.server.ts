import { and, asc, eq, sql } from 'drizzle-orm'
import { betterSentences } from '~/db/schema/wording'
import { dirOf } from '~/platform/i18n/languages'
import type { Belongings } from '../belongings'

/** The sentences she would say better, and those she decided on as a coordinator. */
export const sentenceBelongings: Belongings = {
	tables: ['better_sentences'],
	async collect(db, memberId) {
		const said = await db
			.select({
				at: betterSentences.madeAt,
				title: betterSentences.before,
				text: sql<string>`concat_ws(E'\n', better_sentences.better, nullif(better_sentences.why, ''))`,
				lang: betterSentences.locale,
			})
			.from(betterSentences)
			.where(eq(betterSentences.madeBy, memberId))
			.orderBy(asc(betterSentences.madeAt))
		const facts = await db
			.select({
				decidedOn: betterSentences.key,
				language: betterSentences.locale,
				outcome: betterSentences.outcome,
				at: betterSentences.decidedAt,
			})
			.from(betterSentences)
			.where(eq(betterSentences.decidedBy, memberId))
			.orderBy(asc(betterSentences.decidedAt))
		return [{ name: 'sentences', texts: said.map((one) => ({ ...one, dir: dirOf(one.lang) })), facts }]
	},
	/** What was taken is the catalogue's by now, and stays without her; the rest goes where she takes her words away. */
	async leave(tx, memberId, words) {
		if (words === 'keep') return
		const hers = eq(betterSentences.madeBy, memberId)
		await tx.delete(betterSentences).where(and(hers, sql`better_sentences.outcome is distinct from 'taken'`))
		await tx.update(betterSentences).set({ why: '' }).where(hers)
	},
}

import { desc, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { type EditionText, ruleEditions } from '~/db/schema/house-rules'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { isUuid } from '~/platform/text'
import { News, Points } from '../editions/editions.schema'
import { lockEditions } from '../editions/locking.server'
import type { Worded, WordedItem } from './worded'

type Row = Pick<typeof ruleEditions.$inferSelect, 'id' | 'number' | 'texts'>

const each = (texts: Record<string, EditionText>, said: (text: EditionText) => string) =>
	Object.fromEntries(Object.entries(texts).map(([tag, text]) => [tag, said(text)]))

/**
 * An edition with its texts. English is written on the page of rules; what was published in a language stays as it was
 * agreed to (docs/decisions/026).
 */
export function wordedEdition({ id, number, texts }: Row): WordedItem {
	const points = each(texts, (text) => text.points.join('\n'))
	const news = each(texts, (text) => text.news)
	return {
		id,
		title: { key: number === null ? 'editions:draftTitle' : 'editions:published' },
		closed: number === null ? [FALLBACK_LOCALE] : Object.keys(texts),
		texts: {
			points: { source: points[FALLBACK_LOCALE] ?? '', texts: points },
			news: { source: news[FALLBACK_LOCALE] ?? '', texts: news },
		},
	}
}

const shown = { id: ruleEditions.id, number: ruleEditions.number, texts: ruleEditions.texts }

/** The community's own rules: the edition in force, and the one that is being written. */
export const editionsWorded: Worded = {
	kind: 'rules',
	title: 'coordination:parts.rules',
	fields: [
		{
			name: 'points',
			label: 'wording:points',
			schema: Points.transform((points) => points.join('\n')),
			points: true,
		},
		{ name: 'news', label: 'wording:news', schema: News, long: true },
	],
	async items() {
		const rows = await db
			.select(shown)
			.from(ruleEditions)
			.where(
				sql`${ruleEditions.number} is null or ${ruleEditions.number} = (select max(e.number) from rule_editions e)`,
			)
			.orderBy(desc(sql`${ruleEditions.number} is null`))
		return rows.map(wordedEdition)
	},
	async lock(tx, id) {
		if (!isUuid(id)) return undefined
		await lockEditions(tx)
		const [row] = await tx.select(shown).from(ruleEditions).where(eq(ruleEditions.id, id))
		return row && wordedEdition(row)
	},
	async write(tx, id, locale, { points = '', news = '' }) {
		const [row] = await tx.select(shown).from(ruleEditions).where(eq(ruleEditions.id, id))
		const texts = { ...row!.texts, [locale]: { points: points.split('\n'), news } }
		// Whoever has the draft's own page open is told that it was changed.
		const madeAt = row!.number === null ? { madeAt: sql`clock_timestamp()` } : {}
		await tx
			.update(ruleEditions)
			.set({ texts, ...madeAt })
			.where(eq(ruleEditions.id, id))
	},
}

import { eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { needWords } from '~/db/schema/wording'
import { OneLine } from '~/features/members/wording/one-line.schema'
import { type Worded, type WordedItem, withText } from '~/features/members/wording/worded'
import { i18nFor, type OwnWords, sayInstead, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { keptInMemory } from '~/platform/kept.server'
import { once } from '~/platform/once.server'
import { isNeed, NEEDS, type Need } from './needs'

/** A name fits on a button, a sentence below it. */
const NAME = { graphemes: 60, bytes: 600 }
const TEXT = { graphemes: 160, bytes: 2_000 }

type Row = Omit<typeof needWords.$inferSelect, 'need'>

const NOTHING: Row = { names: {}, texts: {} }
const nameKey = (need: Need) => `mentoring:need.${need}`
const textKey = (need: Need) => `mentoring:needText.${need}`

/** What the catalogue says of a need, in every language. */
function inCatalogue(key: string) {
	const texts = Object.fromEntries(UI_LOCALES.map((tag) => [tag, i18nFor(tag).t(key)]))
	return { source: texts[FALLBACK_LOCALE]!, texts }
}

const catalogue = once(
	'needs in the catalogue',
	() =>
		new Map(
			NEEDS.map((need) => [need, { name: inCatalogue(nameKey(need)), text: inCatalogue(textKey(need)) }]),
		),
)

async function readNeedWords(): Promise<OwnWords> {
	const words = new Map(UI_LOCALES.map((tag) => [tag, new Map<string, string>()]))
	for (const { need, names, texts } of await db.select().from(needWords)) {
		if (!isNeed(need)) continue
		for (const [tag, name] of Object.entries(names)) words.get(tag)?.set(nameKey(need), name)
		for (const [tag, text] of Object.entries(texts)) words.get(tag)?.set(textKey(need), text)
	}
	return words
}

const kept = keptInMemory<OwnWords>('needs', new Map(), async () => {
	const words = await readNeedWords()
	sayInstead(words)
	return words
})

/** Reads what this community calls the needs, at the start: every page then says it so, and asks nobody. */
export const loadNeedWords = kept.refresh

function wordedNeed(need: Need, { names, texts }: Row): WordedItem {
	const { name, text } = catalogue.get(need)!
	return {
		id: need,
		title: { key: nameKey(need) },
		texts: {
			name: { source: names[FALLBACK_LOCALE] ?? name.source, texts: names, shipped: name },
			text: { source: texts[FALLBACK_LOCALE] ?? text.source, texts, shipped: text },
		},
	}
}

/** What is kept of ours: not what the catalogue says itself. */
const besides = (texts: Record<string, string>, locale: string, text: string, shipped: string | undefined) =>
	withText(texts, locale, text === shipped ? '' : text)

/** What women ask for: the catalogue's words, and this community's own in their place. */
export const needsWorded: Worded = {
	kind: 'need',
	title: 'wording:needs',
	fields: [
		{ name: 'name', label: 'coordination:organisations.name', schema: OneLine(NAME) },
		{ name: 'text', label: 'wording:needText', schema: OneLine(TEXT), long: true },
	],
	async items() {
		const rows = new Map((await db.select().from(needWords)).map(({ need, ...row }) => [need, row]))
		return NEEDS.map((need) => wordedNeed(need, rows.get(need) ?? NOTHING))
	},
	async lock(tx, id) {
		if (!isNeed(id)) return undefined
		// There is nothing to lock as long as nobody has written of it.
		await tx.execute(sql`select pg_advisory_xact_lock(hashtext('need words'))`)
		const [row] = await tx.select().from(needWords).where(eq(needWords.need, id))
		return wordedNeed(id, row ?? NOTHING)
	},
	async write(tx, id, locale, { name = '', text = '' }) {
		const [before = NOTHING] = await tx.select().from(needWords).where(eq(needWords.need, id))
		const shipped = catalogue.get(id as Need)!
		const words = {
			names: besides(before.names, locale, name, shipped.name.texts[locale]),
			texts: besides(before.texts, locale, text, shipped.text.texts[locale]),
		}
		await tx
			.insert(needWords)
			.values({ need: id, ...words })
			.onConflictDoUpdate({ target: needWords.need, set: words })
	},
	written: kept.changed,
}

/**
 * Languages nobody speaks, made of the English texts for looking at the pages (LANGUAGES.md T12): words that come out
 * as plain ASCII were never translated, and a row that is too narrow for them is too narrow for a real language.
 *
 * - `en-XA`: accents on every letter, in brackets, as much longer as a translation can be
 * - `ar-XB`: the same letters, but each word turned to run from right to left
 */
export const PSEUDO_LOCALES = ['en-XA', 'ar-XB'] as const

export type PseudoLocale = (typeof PSEUDO_LOCALES)[number]

type Tree = { [key: string]: string | Tree }

const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ACCENTED = [...'ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž']
const accent = (text: string) => text.replace(/[A-Za-z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)]!)

/** What a text keeps as it is: values, tags, the sign a script replaces. */
const KEPT = /(\{\{\s*\w+\s*\}\}|\$t\([^)]*\)|<\/?\d+>|\{n\})/g

/** Texts up to this length double, longer ones grow by six tenths (LANGUAGES.md T12, T13). */
const SHORT = 12
const growth = (length: number) => (length <= SHORT ? length : Math.ceil(length * 0.6))
const FILLING = 'ŵöŕð öñé ţŵö ţĥŕéé '

const longer = (text: string) => {
	const more = growth([...text.replace(KEPT, '')].length)
	return `⟦${text} ${FILLING.repeat(Math.ceil(more / FILLING.length))
		.slice(0, more)
		.trim()}⟧`
}

/** Right-to-left override around each word, so that Latin letters run as Arabic ones do. */
const turned = (text: string) => text.replace(/[^\s]+/g, (word) => `\u202e${word}\u202c`)

/** One English text as the pseudo-locale says it; its values and tags stay. */
export function pseudoText(locale: PseudoLocale, text: string): string {
	const parts = text.split(KEPT).map((part, index) => {
		if (index % 2 === 1) return part
		return locale === 'ar-XB' ? turned(accent(part)) : accent(part)
	})
	return locale === 'en-XA' ? longer(parts.join('')) : parts.join('')
}

/** A whole catalogue; a text that counts gets every form that the locale's numbers ask for. */
export function pseudoTexts(locale: PseudoLocale, english: Tree): Tree {
	const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
	const entries = Object.entries(english).flatMap(([key, text]): [string, string | Tree][] => {
		if (typeof text !== 'string') return [[key, pseudoTexts(locale, text)]]
		const said = pseudoText(locale, text)
		if (!key.endsWith('_other')) return [[key, said]]
		return forms.map((form) => [key.replace(/other$/, form), said])
	})
	return Object.fromEntries(entries)
}

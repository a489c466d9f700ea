import { type Direction, dirOf } from './languages'
import { FALLBACK_LOCALE, hostLocale } from './match'

/** A text with the language it is in, which is not always the page's. */
export interface Said {
	text: string
	lang: string
	dir: Direction
}

/** Whom a chain is for: her own languages and the country she lives in. */
export interface Reader {
	secondLocale: string | null
	hostCountry: string | null
}

/**
 * The languages a text is looked for in, most wanted first: that of the page, her second one, her host country's,
 * English (LANGUAGES.md 1.2). Nobody is led from Ukrainian to Russian unless she named Russian herself.
 */
export function chainOf(locale: string, reader?: Reader | null): string[] {
	const wanted = [locale, reader?.secondLocale, hostLocale(reader?.hostCountry), FALLBACK_LOCALE]
	return [...new Set(wanted.filter((tag): tag is string => Boolean(tag)))]
}

/** The first text of the chain there is, with its language and direction; what nobody has written is empty. */
export function along(chain: readonly string[], texts: Readonly<Record<string, string>>): Said {
	const lang = chain.find((tag) => texts[tag]?.trim()) ?? FALLBACK_LOCALE
	return { text: texts[lang] ?? '', lang, dir: dirOf(lang) }
}

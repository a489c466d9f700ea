import { type Direction, dirOf, LANGUAGE_TAGS } from './languages'
import { FALLBACK_LOCALE, hostLocale } from './match'

interface SaidIn {
	text: string
	lang: string
	dir: Direction
}

/** A text with the language it is in, which is not always the page's. */
export interface Said extends SaidIn {
	/** The same in the language its page is shown in besides its own (docs/decisions/024), where somebody wrote it. */
	beside?: SaidIn
}

/** Whom a chain is for: her own languages and the country she lives in. */
export interface Reader {
	secondLocale: string | null
	hostCountry: string | null
	/** The language she asks a page to be shown in besides its own. */
	also?: string
}

/**
 * The languages a text is looked for in, most wanted first: that of the page, her second one, her host country's,
 * English (LANGUAGES.md 1.2). Nobody is led from Ukrainian to Russian unless she named Russian herself.
 */
export function chainOf(locale: string, reader?: Reader | null): string[] {
	const wanted = [locale, reader?.secondLocale, hostLocale(reader?.hostCountry), FALLBACK_LOCALE]
	return [...new Set(wanted.filter((tag): tag is string => Boolean(tag)))]
}

/**
 * The first text of the chain there is, with its language and direction; what nobody has written is empty. `also`: beside
 * it the one in a second language, where it is there and says something else.
 */
export function along(
	chain: readonly string[],
	texts: Readonly<Record<string, string>>,
	also?: string | null,
): Said {
	const lang = chain.find((tag) => texts[tag]?.trim()) ?? FALLBACK_LOCALE
	const said = { text: texts[lang] ?? '', lang, dir: dirOf(lang) }
	const other = also && texts[also]?.trim()
	return other && other !== said.text
		? { ...said, beside: { text: other, lang: also, dir: dirOf(also) } }
		: said
}

/** Phones that speak one of them list the other on their own: that is not her word. */
const NEVER_TO: Record<string, string> = { uk: 'ru', ru: 'uk' }

/** The second language of a visitor who has no profile to say it in: the next one of ours that her browser names. */
export const secondOf = (locale: string, accepted: readonly string[]): string | null =>
	accepted.find((tag) => tag !== locale && tag !== NEVER_TO[locale]) ?? null

const GUESSES_AT_MOST = 3

/** The languages of a menu: the page's, up to three that are probably hers, then the rest by their own names. */
export function menuOrder(
	locale: string,
	probable: readonly (string | null | undefined)[],
	locales: readonly string[],
): string[] {
	const guesses = [...new Set(probable)].filter(
		(tag): tag is string => typeof tag === 'string' && tag !== locale && locales.includes(tag),
	)
	const first = [locale, ...guesses.slice(0, GUESSES_AT_MOST)]
	const known = LANGUAGE_TAGS.filter((tag) => locales.includes(tag))
	return [...new Set([...first, ...known, ...locales])]
}

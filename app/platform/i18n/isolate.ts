import { type Direction, dirOf } from './languages'

/** Inside a sentence a text keeps its own direction, and turns nothing around it: FSI … PDI, for where no `<bdi>` can stand. */
export const isolated = (text: string) => `\u2068${text}\u2069`

const RTL_LETTERS = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc'
/** Who begins an override or an embedding and does not end it must not reach the sentence. */
const CONTROLS = '[\\u202a-\\u202e\\u2066-\\u2069]'

/**
 * What a page's direction would scatter: letters that run the other way; among right-to-left letters also the groups of
 * digits of a telephone number or a date, and a plus before them.
 */
const STRAYS: Record<Direction, RegExp> = {
	ltr: new RegExp(`[${RTL_LETTERS}]|${CONTROLS}`),
	rtl: new RegExp(`[^\\P{L}${RTL_LETTERS}]|\\+\\d|\\d[ \\u00a0-]+\\d|${CONTROLS}`, 'u'),
}

/** Isolated already by whoever made it, as one. */
const isIsolated = (text: string) => /^[\u2066-\u2068][^\u2066-\u2069]*\u2069$/.test(text)

/**
 * A value on its way into a sentence of the catalogue: isolated where it could come apart there (LANGUAGES.md P22).
 * Everything else stays as it is, so that a text without foreign letters is the text, letter by letter.
 */
export function intoSentence(locale: string, value: unknown): unknown {
	if (typeof value !== 'string' || !STRAYS[dirOf(locale)].test(value) || isIsolated(value)) return value
	return isolated(value)
}

let segmenter: Intl.Segmenter | undefined

/**
 * Also loaded by the chat room: not every browser of hers can cut a text into what she sees as letters, and to learn it
 * takes a phone a tenth of a second. So it is learnt when it is needed.
 */
function cutter() {
	if ('Segmenter' in Intl) segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
	return segmenter
}

/** A text in pieces as she sees them: an emoji family or a letter with its marks is one. An old browser gives characters. */
export function* letters(text: string): Generator<string> {
	const cut = cutter()
	if (!cut) return yield* text
	for (const { segment } of cut.segment(text)) yield segment
}

/** Length as she sees it. */
export function graphemes(text: string): number {
	let count = 0
	for (const _ of letters(text)) count += 1
	return count
}

/** Whether it is no longer than this as she sees it. Counts only where it has to, and no further than to the limit. */
export function hasAtMost(text: string, limit: number): boolean {
	if (text.length <= limit) return true
	let count = 0
	for (const _ of letters(text)) {
		count += 1
		if (count > limit) return false
	}
	return true
}

/** How long a text may be: letters as she sees them, and bytes as it is stored. */
export interface Size {
	graphemes: number
	bytes: number
}

/** Whether it is no longer than that. Bytes first: counting the letters of a whole book would take a second. */
export const fits = (text: string, { graphemes: most, bytes }: Size) =>
	new TextEncoder().encode(text).length <= bytes && hasAtMost(text, most)

/**
 * Whether Postgres can store the text as it is: no NUL (22021) and no lone surrogate (silently replaced).
 * The one rule for forms, addresses and socket events (SAFETY 2F 87, 88).
 */
export const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed()

const RTL_SCRIPTS = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** Direction of a text by its first letter (the rule of `dir="auto"`), else of its language. */
export function directionOf(text: string, fallback: 'ltr' | 'rtl' = 'ltr'): 'ltr' | 'rtl' {
	const letter = /\p{L}/u.exec(text)?.[0]
	if (!letter) return fallback
	return RTL_SCRIPTS.test(letter) ? 'rtl' : 'ltr'
}

/** Whether a part of an address can be one of our ids at all; Postgres would throw on anything else. */
export const isUuid = (text: string | undefined): text is string =>
	text !== undefined && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

/** Ids and language tags as a Postgres array in one parameter (`$1::uuid[]`); nothing in them needs quoting. */
export const pgArray = (values: readonly string[]) => `{${values.join(',')}}`

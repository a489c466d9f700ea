import { LOOK_ALIKES } from '~/platform/look-alikes'

/** Blanks of no width, joiners, marks of direction, fillers, tags, the line that draws Arabic letters out: nothing anybody reads. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u0640\u2800]/gu

/**
 * Accents, points and vowel signs that are put on a letter or left out, in the scripts that can do without them. In the
 * others (Bengali, Devanagari, Thai …) a mark is a vowel, and another word.
 */
const LOOSE_MARKS =
	/(?![\u3099\u309a])(?=\p{M})[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/gu

/** Scripts that put no blank between words. */
const WITHOUT_BLANKS =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const RUN_WITHOUT_BLANKS = new RegExp(
	`${WITHOUT_BLANKS.source}[${WITHOUT_BLANKS.source.slice(1, -1)}\\p{M}]*`,
	'gu',
)

const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu
const ALIKE = new RegExp(`[${Object.keys(LOOK_ALIKES).join('')}]`, 'gu')

const withoutMarks = (text: string) =>
	text.normalize('NFKC').replace(UNSEEN, '').normalize('NFD').replace(LOOSE_MARKS, '').normalize('NFC')

const reduced = (text: string) => text.replace(ALIKE, (letter) => LOOK_ALIKES[letter]!)

/**
 * A text as words of rules are looked for in it: one form of each letter (NFKC), small, without what nobody sees and
 * without accents, letters that look alike across scripts as one, and one blank around each word. Spaced letters and
 * figures for letters are not chased: who wants to get through gets through, and somebody reports it.
 */
export function forWords(text: string): string {
	const words = reduced(withoutMarks(text).toLowerCase())
		.replace(NO_WORD, ' ')
		.replace(RUN_WITHOUT_BLANKS, ' $& ')
		.replace(/ {2,}/g, ' ')
		.trim()
	return words && ` ${words} `
}

const startsWithoutBlank = new RegExp(`^ ${WITHOUT_BLANKS.source}`, 'u')
const endsWithoutBlank = new RegExp(`${WITHOUT_BLANKS.source}\\p{M}* $`, 'u')

/**
 * A word or phrase as it is looked for in `forWords`: with its blanks, so that only whole words are found; without them
 * where its script has none. Empty where nothing is left of it.
 */
export function forTerm(term: string): string {
	const words = forWords(term)
	const open = startsWithoutBlank.test(words) ? words.slice(1) : words
	return endsWithoutBlank.test(words) ? open.slice(0, -1) : open
}

const MIXED = /[\p{L}\p{M}]+/gu
const LATIN = /\p{Script=Latin}/u
const OTHER = /[\p{Script=Cyrillic}\p{Script=Greek}]/u

/**
 * A text as patterns are looked for in it: like `forWords`, but with its signs and figures, and with look-alikes as one
 * only in words that mix scripts. A pattern says itself which letters it means.
 */
export const forPatterns = (text: string): string =>
	withoutMarks(text).replace(MIXED, (word) =>
		LATIN.test(word) && OTHER.test(word) ? latin(word.toLowerCase()) : word,
	)

/** Cyrillic and Greek letters as the Latin ones they look like; those of Latin stay what they are. */
const latin = (word: string) =>
	word.replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (letter) => LOOK_ALIKES[letter] ?? letter)

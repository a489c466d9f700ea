import { normal } from './normal'

const LETTER =
	'[\\p{L}\\p{M}\\p{N}\\u00ad\\u061c\\u200d-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]'

/** A word as it is written, with all marks, joiners and unseen signs inside it, so that none of its letters is cut. */
export const WRITTEN = new RegExp(
	`${LETTER}+(?:(?<=[\\u0400-\\u04ff])['\\u2018\\u2019\\u02bc\`](?=[\\u0400-\\u04ff])${LETTER}+)*`,
	'gu',
)

/**
 * Reads written words in the letters search compares: mostly as one word, as several or none where search knows it as such.
 * It remembers them for one page, whose texts repeat their words.
 */
export function wordReader() {
	const known = new Map<string, readonly string[]>()
	return function wordsOf(written: string): readonly string[] {
		const before = known.get(written)
		if (before) return before
		const words = normal(written).split(' ').filter(Boolean)
		known.set(written, words)
		return words
	}
}

export type WordReader = ReturnType<typeof wordReader>

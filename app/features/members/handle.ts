import { LOOK_ALIKES } from '~/platform/look-alikes'
import { graphemes } from '~/platform/text'

const SHORTEST = 2
const LONGEST = 30
/** Vocalised Arabic and Vietnamese need few marks on a letter; more only smear the lines around (SAFETY 2F 84). */
const MARKS_AT_MOST = 8

/** Bidi controls, other invisible format characters, fillers and tags: nothing a name needs. ZWJ and ZWNJ stay. */
const INVISIBLE =
	// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant for itself
	/[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\u{e0000}-\u{e0fff}]/gu

/** The handle as it is kept: NFKC, without invisible characters, with single spaces. */
export function cleanHandle(typed: string): string {
	return typed.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim()
}

/** Catalogue key of what is wrong with a cleaned handle, or undefined. */
export function handleFault(handle: string): string | undefined {
	const length = graphemes(handle)
	if (!/[\p{L}\p{N}]/u.test(handle)) return 'errors:handleEmpty'
	if (new RegExp(`\\p{M}{${MARKS_AT_MOST + 1},}`, 'u').test(handle)) return 'errors:handleMarks'
	if (length < SHORTEST) return 'errors:handleShort'
	if (length > LONGEST || handle.length > LONGEST * 12) return 'errors:handleLong'
	if (/[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u.test(handle)) return 'errors:strange'
	// Letters, marks, digits, spaces and the punctuation that names have; ZWJ/ZWNJ belong to Persian and Indic scripts.
	if (!/^[\p{L}\p{M}\p{N}\p{Emoji_Presentation} .'’·\-_\u200c\u200d]+$/u.test(handle))
		return 'errors:handleCharacters'
	return undefined
}

/**
 * What two handles must not share: case folded, marks and punctuation dropped, look-alikes folded (SAFETY 2F 83, 91).
 * Turkish dotless i, German ß and Greek final sigma fold like their neighbours; no two accounts are ever merged by it,
 * a later one is only refused.
 */
export function skeleton(handle: string): string {
	const folded = handle
		.normalize('NFKC')
		.toLowerCase()
		.normalize('NFD')
		.replace(/[\p{M}\p{P}\p{S}\p{Z}\p{Cf}]/gu, '')
	// Emoji-only differences must not make a second "Amina": symbols are dropped, unless nothing else is there.
	const letters = folded || handle.normalize('NFKC')
	return [...letters]
		.map((letter) => LOOK_ALIKES[letter] ?? letter)
		.join('')
		.replaceAll('rn', 'm')
		.replaceAll('vv', 'w')
}

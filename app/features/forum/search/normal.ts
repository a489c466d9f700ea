/*
 * Letters as search compares them. `search_normal(text)` in drizzle/0005_search_rules.sql does the same, step by step
 * and class by class; tests/features/forum/search-normal.db.test.ts holds the two together.
 */

/** Accents of Latin and Greek letters. Other scripts keep theirs: й is not и. */
const ACCENTS = /([a-z\u00df-\u02af\u0370-\u03ff\u1e00-\u1fff])[\u0300-\u036f]+/gu
/** Stress, which dictionaries set on Cyrillic vowels. */
const STRESS = /([аеиоуъыэюяі])[\u0300\u0301]+/gu
/** Vowel signs and the stretcher of Arabic, hamza and madda on a letter, and what is not seen: direction marks, joiners. */
const UNSEEN =
	// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant for itself
	/[\u00ad\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200d-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff]/gu
/** п'ять is one word; l'ufficio is two. */
const INSIDE_CYRILLIC = /([\u0400-\u04ff])['\u2018\u2019\u02bc`]+(?=[\u0400-\u04ff])/gu
/** What stands between words: signs, spaces and pictures. ZWNJ is among them (U+200C). */
const BETWEEN =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: line ends and tabs stand between words too
	/[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff\u037e\u0387\u055a-\u055f\u0589\u058a\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u0964\u0965\u0970\u10fb\u1360-\u1368\u2000-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u302a-\u3030\u303d\u30fb\ue000-\uf8ff\ufe10-\ufe6f\uff01-\uff0f\ufff0-\uffff\u{1f000}-\u{1faff}]+/gu
/** Scripts written without spaces: their signs are looked for one by one and two by two. */
export const UNSPACED =
	/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu

/** Most texts in Latin letters have such a letter; most words have none. */
const OTHER_THAN_ASCII = /[\u0080-\uffff]/

/** Letters that are one for search, and that Unicode does not take apart. */
const FOLDED: Record<string, string> = {
	...pairs('ςıøđłħŧðŋɛɔɲɓɗƴ', 'σiodlhtdneonbdy'),
	...pairs('ё', 'е'),
	// Alef wasla; alef maqsura, Persian ya; Persian kaf; ta marbuta and the forms of ha. To the Arabic side: its stemmer knows those.
	...pairs('\u0671\u0649\u06cc\u06a9\u06aa', '\u0627\u064a\u064a\u0643\u0643'),
	...pairs('\u0629\u06c1\u06be\u06c3\u06d5', '\u0647\u0647\u0647\u0647\u0647'),
	...pairs('\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669', '0123456789'),
	...pairs('\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9', '0123456789'),
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	þ: 'th',
}
const FOLDS = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'gu')

function pairs(from: string, to: string): Record<string, string> {
	return Object.fromEntries([...from].map((letter, index) => [letter, [...to][index]!]))
}

/** Letters and digits that stay what they are: most words are of them alone, and then in search's letters already. */
const AS_THEY_ARE =
	/^[a-z0-9\u03b1-\u03c1\u03c3-\u03c9\u0430-\u044f\u0454\u0456\u0457\u0491\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a\u10d0-\u10f0]+$/

/** A text in the letters search compares: words in small plain letters with one space between them. */
export function normal(text: string): string {
	const small = text.toLowerCase()
	if (AS_THEY_ARE.test(small)) return small
	return (OTHER_THAN_ASCII.test(text) ? withoutMarks(text) : text.toLowerCase())
		.replace(BETWEEN, ' ')
		.replace(UNSPACED, ' $& ')
		.replace(/ +/g, ' ')
		.replace(/^ | $/g, '')
}

function withoutMarks(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.normalize('NFD')
		.replace(ACCENTS, '$1')
		.replace(STRESS, '$1')
		.replace(UNSEEN, '')
		.normalize('NFC')
		.replace(FOLDS, (letter) => FOLDED[letter]!)
		.replace(INSIDE_CYRILLIC, '$1')
}

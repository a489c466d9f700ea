import { isLanguage } from './languages'
import { type Script, scriptOf } from './script'

/** A language that a text is probably in, and whether that is good enough to ask her about it. */
export interface Guess {
	lang: string
	sure: boolean
}

/** What the two detectors say (language-guess.worker.mjs). */
export interface Votes {
	/** eld: the better one, for the languages it knows. */
	broad: { lang: string; reliable: boolean; lead: number }
	/** cld3: knows Somali and Kurmanji besides. */
	rare: { lang: string; probability: number; reliable: boolean }
}

/** Scripts that one of our languages has to itself. */
const ALONE: Partial<Record<Script, string>> = {
	Greek: 'el',
	Georgian: 'ka',
	Bengali: 'bn',
	Gurmukhi: 'pa',
	Sinhala: 'si',
	Tamil: 'ta',
	Thai: 'th',
	Han: 'zh-Hans',
}

/** Letters and little words that Tigrinya has and Amharic has not. */
const TIGRINYA = /[ኣቐ-ቝኸ-ዅሓ]|(^|\s)(እቲ|እታ|ናይ|ምስ|ናብ|እየ|ድዩ|ኣሎ|እዚ)(?=\s|$)/u

/** What Amharic writes in nearly every sentence, where Tigrinya writes otherwise. */
const AMHARIC = /[አኝ]|ነው|(^|\s)የ/u

/** Serbian and Macedonian hardly get through a sentence without one of these. */
const SOUTH_SLAVIC = /[јљњџ]/iu

/** Letters by which languages of one script are told apart, the rarest first. */
const LETTERS: Partial<Record<Script, readonly [RegExp, string][]>> = {
	Arabic: [
		[/[ێۆڵڕ]/u, 'ckb'],
		[/[ټډړږښڅځۍېڼ]/u, 'ps'],
		[/[ٹڈڑںےۓہۂۃھ]/u, 'ur'],
	],
	Cyrillic: [
		[/[їєґі]/iu, 'uk'],
		[/[ыэё]/iu, 'ru'],
		[/[ѓќѕ]/iu, 'mk'],
		[/[ђћ]/iu, 'sr'],
	],
}

/** Names of the detectors for languages of ours. */
const OURS: Record<string, string> = { zh: 'zh-Hans', ku: 'kmr', tl: 'fil', 'zh-Hant': 'zh-Hans' }
const ours = (lang: string) => OURS[lang] ?? lang

/** Languages that eld cannot know, so that it takes them for others. */
const RARE = ['so', 'kmr', 'sw', 'yo']
/** What cld3 must say of these before it is believed against eld. */
const RARE_SURE = 0.9
/** eld alone is sure with this lead over its second choice. */
const LEAD = 0.12

/** Arabic of a chat in Latin letters writes digits inside words (3likom, so2al). */
const DIGITS_IN_WORDS = /\p{L}[2356789]\p{L}|(^|\s)[37]\p{Ll}{2,}/u

/** The rule for scripts where letters say more than statistics; undefined where the detectors must be asked. */
export function guessByLetters(text: string): Guess | undefined {
	const script = scriptOf(text)
	if (!script) return undefined
	const alone = ALONE[script]
	if (alone) return { lang: alone, sure: true }
	if (script === 'Ethiopic') return guessEthiopic(text)
	const found = LETTERS[script]?.find(([letters]) => letters.test(text))
	return found && { lang: found[1], sure: true }
}

function guessEthiopic(text: string): Guess {
	if (TIGRINYA.test(text)) return { lang: 'ti', sure: true }
	const amharic = AMHARIC.test(text)
	return { lang: amharic ? 'am' : 'ti', sure: amharic }
}

/** Languages of a script; a vote for another one is a mistake. */
const WRITTEN_IN: Partial<Record<Script, readonly string[]>> = {
	Arabic: ['ar', 'ary', 'fa', 'ur', 'ckb', 'ps'],
	Cyrillic: ['bg', 'uk', 'ru', 'mk', 'sr'],
	Devanagari: ['hi', 'ne'],
}

/** What the votes of the detectors mean. Undefined where they tell nothing. */
export function guessByVotes(text: string, { broad, rare }: Votes): Guess | undefined {
	const script = scriptOf(text)
	if (!script) return undefined
	const [first, second] = [ours(broad.lang), ours(rare.lang)]
	const allowed = WRITTEN_IN[script]
	if (allowed) {
		const lang = [first, second].find((one) => allowed.includes(one) && isPossible(text, one))
		return lang ? { lang, sure: first === second || (broad.reliable && lang === first) } : undefined
	}
	return guessLatin(text, { ...broad, lang: first }, { ...rare, lang: second })
}

const isPossible = (text: string, lang: string) => (lang !== 'sr' && lang !== 'mk') || SOUTH_SLAVIC.test(text)

function guessLatin(text: string, broad: Votes['broad'], rare: Votes['rare']): Guess | undefined {
	// Another script's language in Latin letters: cld3 knows some of them by name, and never would we ask about one.
	const transliterated = rare.lang.endsWith('-Latn') || DIGITS_IN_WORDS.test(text)
	if (RARE.includes(rare.lang) && rare.probability >= RARE_SURE && !broad.reliable)
		return { lang: rare.lang, sure: rare.reliable && !transliterated }
	if (!isLanguage(broad.lang) || NOT_LATIN.has(broad.lang)) return undefined
	const agree = broad.lang === rare.lang
	const sure = !transliterated && broad.reliable && (agree || broad.lead >= LEAD)
	return { lang: broad.lang, sure }
}

/** Languages of ours that nobody writes in Latin letters but in a chat. */
const NOT_LATIN = new Set(
	'am ar ary bg bn ckb el fa hi ka mk ne pa ps ru si ta th ti uk ur zh-Hans'.split(' '),
)

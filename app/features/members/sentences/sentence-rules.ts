import { pluralForm } from '~/platform/i18n/format'

/** The ending of a key that is said for some numbers only. */
export const PLURAL = /_(zero|one|two|few|many|other)$/

const PLACEHOLDERS = /\{\{\s*\w+\s*\}\}|\$t\(|<\/?\d+>/g
/** What would be said as it stands, and was meant as a placeholder. */
const BROKEN_PLACEHOLDER = /(?<!\{)\{(?!\{)(?!n\})|%s/

/** What is filled into a sentence or marks a part of it, in the order of the letters. */
export const placeholdersIn = (text: string) => (text.match(PLACEHOLDERS) ?? []).sort()

/** `{{count}}` in a sentence that is said for some numbers: it may be left out where it is said for one number alone. */
const isCount = (placeholder: string) => /^\{\{\s*count\s*\}\}$/.test(placeholder)

const UP_TO = 1000
const numbersUpTo = Array.from({ length: UP_TO + 1 }, (_, number) => number)
/** A language may keep a form for large numbers, or for fractions. */
const OTHERS = [1_000_000, 1.5]

/** The numbers a plural form is said for, as far as anybody counts. */
export const numbersOf = (tag: string, category: string) =>
	[...numbersUpTo, ...OTHERS].filter((number) => pluralForm(tag, number) === category)

/** The letters of the script that a language is written in, as Unicode has it. */
export function ownLetters(tag: string): RegExp {
	const { script = 'Latn' } = new Intl.Locale(tag).maximize()
	return new RegExp(`\\p{Script=${/^Han[st]$/.test(script) ? 'Hani' : script}}`, 'u')
}
/** Letters that look alike on a keyboard of a neighbour, and are another language's. */
const NEIGHBOURS: Record<string, RegExp> = { bg: /[ыэё]/i, uk: /[ыэъё]/i }
const MIXED_WORD =
	/\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u

const SWAPPED: Record<string, [RegExp, string][]> = {
	fa: [
		[/ك/g, 'ک'],
		[/[يى]/g, 'ی'],
	],
	fr: [
		[/[ \u00a0](?=[;:!?»])/g, '\u202f'],
		[/(?<=«)[ \u00a0]/g, '\u202f'],
	],
	ro: [
		[/ş/g, 'ș'],
		[/ţ/g, 'ț'],
		[/Ş/g, 'Ș'],
		[/Ţ/g, 'Ț'],
	],
	ur: [
		[/ك/g, 'ک'],
		[/[يى]/g, 'ی'],
	],
}

/** The same with the letters and spaces that the language is written with, where keyboards give others. */
export const inItsLetters = (tag: string, text: string) =>
	(SWAPPED[tag] ?? []).reduce((said, [typed, meant]) => said.replace(typed, meant), text.normalize('NFC'))

/** A sentence of the catalogue in one language, as it is now. */
export interface Sentence {
	/** "safety:exit.title", with the plural's ending where it has one. */
	key: string
	text: string
	/** What it says in English; where English has no such plural form, its last one. */
	english: string
}

/** What is wrong with a better sentence: the words for it are `sentences:wrong.<fault>`. */
type Fault = 'same' | 'parts' | 'letters' | 'signs'

function keepsItsParts(tag: string, { key, english }: Sentence, better: string) {
	const category = PLURAL.exec(key)?.[1]
	const parts = (text: string) => placeholdersIn(text).filter((part) => !category || !isCount(part))
	if (parts(better).join() !== parts(english).join() || BROKEN_PLACEHOLDER.test(better)) return false
	const mayHideCount = !category || !english.includes('{{count}}') || numbersOf(tag, category).length === 1
	return mayHideCount || better.includes('{{count}}')
}

/** Names of ours and of offices keep their own letters: a better sentence has at most as many of them as those there are. */
function isInItsLetters(tag: string, { text, english }: Sentence, better: string) {
	const plain = better.replace(PLACEHOLDERS, '')
	if (MIXED_WORD.test(plain) || NEIGHBOURS[tag]?.test(plain)) return false
	const script = ownLetters(tag)
	const lettersIn = (said: string) => said.replace(PLACEHOLDERS, '').match(/\p{L}/gu) ?? []
	const share = (letters: string[]) =>
		letters.length > 0 ? letters.filter((letter) => script.test(letter)).length / letters.length : 1
	if (lettersIn(better).length === 0) return lettersIn(english).length === 0
	return share(lettersIn(better)) >= Math.min(0.5, share(lettersIn(text)))
}

/** Question marks and the like as the language writes them. */
function hasItsSigns(tag: string, better: string) {
	if (/\S {2,}\S/.test(better)) return false
	if (tag === 'es') return /\?/.test(better) === /¿/.test(better) && /!/.test(better) === /¡/.test(better)
	if (tag === 'el') return !better.includes('\u037e') && (!/\?/.test(better) || /https?:/.test(better))
	if (['ar', 'fa', 'ur'].includes(tag)) return !/\p{Script=Arabic}\s?[?,;]/u.test(better)
	return true
}

/** The first thing that keeps a sentence from standing in the catalogue: what the guards ask of all of it (T3, T4, T7, T9). */
export function faultOf(tag: string, sentence: Sentence, better: string): Fault | undefined {
	if (better === sentence.text) return 'same'
	if (!keepsItsParts(tag, sentence, better)) return 'parts'
	if (!isInItsLetters(tag, sentence, better)) return 'letters'
	if (!hasItsSigns(tag, better)) return 'signs'
	return undefined
}

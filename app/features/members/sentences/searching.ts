import type { Sentence } from './sentence-rules'

const SHOWN = 20
const WORDS_AT_MOST = 12
const PLACEHOLDER = /\{\{\s*\w+\s*\}\}/g
/** Accents and vowel signs; those of Bengali and Tigrinya are letters, and stay. */
const MARKS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g
/** Small letters that Unicode does not take apart, and Arabic ones that are typed one for the other. */
const FOLDED: Record<string, string> = {
	ı: 'i',
	ς: 'σ',
	ø: 'o',
	ł: 'l',
	ى: 'ي',
	ی: 'ي',
	ک: 'ك',
	ة: 'ه',
	ە: 'ه',
}
const FOLDS = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'g')

/** A text in the letters that are compared: small, without accents. */
const folded = (text: string) =>
	text
		.normalize('NFKD')
		.toLowerCase()
		.replace(MARKS, '')
		.replace(FOLDS, (letter) => FOLDED[letter]!)

/** What people write between words, and what stands for a value. */
const wordsOf = (text: string) =>
	folded(text.replace(PLACEHOLDER, ' '))
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		.filter(Boolean)

interface Folded {
	sentence: Sentence
	/** Words with a space before each, so that a place where a word begins can be told. */
	text: string
}

const foldedOf = new WeakMap<ReadonlyMap<string, Sentence>, Folded[]>()

function foldAll(sentences: ReadonlyMap<string, Sentence>): Folded[] {
	const known = foldedOf.get(sentences)
	if (known) return known
	const all = [...sentences.values()].map((sentence) => ({
		sentence,
		text: ` ${wordsOf(sentence.text).join(' ')} | ${wordsOf(sentence.english).join(' ')}`,
	}))
	foldedOf.set(sentences, all)
	return all
}

/**
 * The sentences that have these words, in the language or in English: those with the words as they were typed first, and
 * the shorter ones before the longer. Where none has all of them, those that have most.
 */
export function findSentences(sentences: ReadonlyMap<string, Sentence>, typed: string): Sentence[] {
	const words = wordsOf(typed).slice(0, WORDS_AT_MOST)
	if (words.length === 0) return []
	const phrase = ` ${words.join(' ')}`
	const found = foldAll(sentences).map(({ sentence, text }) => ({
		sentence,
		words: words.filter((word) => text.includes(word)).length,
		whole: text.includes(phrase),
		length: text.length,
	}))
	const most = Math.max(...found.map((one) => one.words))
	return found
		.filter((one) => most > 0 && one.words === most)
		.sort((one, other) => Number(other.whole) - Number(one.whole) || one.length - other.length)
		.slice(0, SHOWN)
		.map(({ sentence }) => sentence)
}

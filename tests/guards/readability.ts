/** How hard a text is to read, by formulas made for each language (LANGUAGES.md 2). Words and sentences by ICU. */

const segments = (text: string, lang: string, granularity: 'word' | 'sentence') => [
	...new Intl.Segmenter(lang, { granularity }).segment(text),
]

export const wordsOf = (text: string, lang: string) =>
	segments(text, lang, 'word')
		.filter(({ isWordLike }) => isWordLike)
		.map(({ segment }) => segment)

export const sentencesOf = (text: string, lang: string) =>
	segments(text, lang, 'sentence')
		.map(({ segment }) => segment.trim())
		.filter((sentence) => /\p{L}/u.test(sentence))

const lettersIn = (words: readonly string[]) => words.join('').replace(/[^\p{L}]/gu, '').length

/** Groups of vowels; a strong vowel or one with an accent counts by itself, as in "dí-a" and "po-e-ta". */
const spanishSyllables = (word: string) =>
	(word.toLowerCase().match(/[aeiouáéíóúü]+/g) ?? []).reduce(
		(count, vowels) => count + Math.max(1, vowels.match(/[aeoáéíóú]/g)?.length ?? 0),
		0,
	) || 1

function englishSyllables(word: string) {
	const letters = word.toLowerCase().replace(/[^a-z]/g, '')
	if (letters.length <= 3) return 1
	const spoken = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').replace(/^y/, '')
	return spoken.match(/[aeiouy]{1,2}/g)?.length || 1
}

interface Counts {
	words: string[]
	sentences: number
}

const perSentence = ({ words, sentences }: Counts) => words.length / sentences
const perWord = ({ words }: Counts, count: (word: string) => number) =>
	words.reduce((sum, word) => sum + count(word), 0) / words.length

/** 89 + (300 · sentences − 10 · letters) / words: higher is easier; below 60 is hard for lower secondary school (GULP). */
export const gulpease = ({ words, sentences }: Counts) =>
	89 + (300 * sentences - 10 * lettersIn(words)) / words.length

/** 206.835 − 62.3 · syllables per word − words per sentence: higher is easier; 65 to 80 is fairly easy (INFLESZ). */
export const inflesz = (counts: Counts) =>
	206.835 - 62.3 * perWord(counts, spanishSyllables) - perSentence(counts)

/** 0.39 · words per sentence + 11.8 · syllables per word − 15.59: years of school (Flesch and Kincaid). */
export const fleschKincaid = (counts: Counts) =>
	0.39 * perSentence(counts) + 11.8 * perWord(counts, englishSyllables) - 15.59

/** Words per sentence + percentage of words over six letters: lower is easier; below 35 is easy (Björnsson). */
export const lix = (counts: Counts) =>
	perSentence(counts) + (100 * counts.words.filter((word) => word.length > 6).length) / counts.words.length

/** Of many texts together. A text without an end mark is a label: no sentence, so not asked for here. */
export function countsOf(texts: readonly string[], lang: string): Counts {
	return {
		words: texts.flatMap((text) => wordsOf(text, lang)),
		sentences: texts.reduce((sum, text) => sum + Math.max(1, sentencesOf(text, lang).length), 0),
	}
}

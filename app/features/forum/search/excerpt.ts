import { normal, UNSPACED } from './normal'
import { type WordReader, WRITTEN, wordReader } from './written'

/** A piece of a text, and whether it is what she looked for. */
export interface Piece {
	text: string
	found: boolean
}

interface Range {
	from: number
	to: number
}

const NONE: Range[] = []

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A sign with its marks. Rougher than a segmenter, which takes a third of a second for one long text. */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant for itself
const LETTER = /[\s\S][\p{M}\u200c\u200d\ufe00-\ufe0f]*/gu

export interface LookedFor {
	/** Words of the texts that were found, in search's letters. */
	words: readonly string[]
	/** Signs and pairs of scripts without spaces. */
	signs: readonly string[]
	wordsOf?: WordReader
}

/** What is looked for on one page; it remembers how each written word was judged, since texts repeat their words. */
export function finderOf({ words, signs, wordsOf = wordReader() }: LookedFor) {
	const sought = new Set(words)
	const pairs = new Set(signs)
	const isWord = (written: string) => wordsOf(written).some((word) => sought.has(word))
	const letterOf = remembering(normal)
	/** Most words are of scripts with spaces, and texts repeat them. */
	const judged = remembering((written: string) =>
		written.search(UNSPACED) >= 0 ? 'unspaced' : isWord(written) ? 'found' : 'other',
	)

	/** Where a run of signs without spaces holds what is looked for, letter by letter as she sees them. */
	function signsIn(run: string, at: number): Range[] {
		const letters = [...run.matchAll(LETTER)].map(({ 0: letter, index }) => ({
			from: at + index,
			to: at + index + letter.length,
			normal: letterOf(letter),
		}))
		/** Each sign with the letter it belongs to. */
		const points = letters.flatMap((letter) => Array.from(letter.normal, (sign) => ({ sign, letter })))
		return points.flatMap(({ sign, letter }, index) => {
			const next = points[index + 1]
			if (pairs.has(sign)) return [{ from: letter.from, to: letter.to }]
			return next && pairs.has(sign + next.sign) ? [{ from: letter.from, to: next.letter.to }] : []
		})
	}

	/** What of one written word is found: all of it, or signs inside it. */
	function rangesOf(written: string, at: number): Range[] {
		const judgement = judged(written)
		if (judgement === 'other') return NONE
		if (judgement === 'found') return [{ from: at, to: at + written.length }]
		const ranges: Range[] = []
		let rest = 0
		const word = (to: number) => {
			if (to > rest && isWord(written.slice(rest, to))) ranges.push({ from: at + rest, to: at + to })
		}
		for (const run of written.matchAll(UNSPACED)) {
			word(run.index)
			ranges.push(...signsIn(run[0], at + run.index))
			rest = run.index + run[0].length
		}
		word(written.length)
		return ranges
	}

	/** What is found in a text, in order and without overlaps, as far as `letters` behind the first. */
	return function rangesIn(text: string, letters = text.length): Range[] {
		const ranges: Range[] = []
		for (const { 0: written, index } of text.matchAll(WRITTEN)) {
			if (ranges[0] && index > ranges[0].from + letters) break
			ranges.push(...rangesOf(written, index))
		}
		return joined(ranges)
	}
}

export type Finder = ReturnType<typeof finderOf>

function remembering<T>(judge: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>()
	return (text) => {
		const before = known.get(text)
		if (before !== undefined) return before
		const judged = judge(text)
		known.set(text, judged)
		return judged
	}
}

function joined(ranges: Range[]): Range[] {
	const out: Range[] = []
	for (const range of ranges) {
		const last = out.at(-1)
		if (last && range.from <= last.to) last.to = Math.max(last.to, range.to)
		else out.push({ ...range })
	}
	return out
}

function piecesOf(text: string, ranges: Range[]): Piece[] {
	const pieces: Piece[] = []
	let at = 0
	for (const { from, to } of ranges) {
		if (from > at) pieces.push({ text: text.slice(at, from), found: false })
		pieces.push({ text: text.slice(from, to), found: true })
		at = to
	}
	if (at < text.length) pieces.push({ text: text.slice(at), found: false })
	return pieces
}

/** A whole text (a title) with what was found marked. */
export const markedText = (text: string, rangesIn: Finder) => piecesOf(text, rangesIn(text))

/** Letters of a text that are shown at most. */
export const EXCERPT_LETTERS = 220
const LETTERS_BEFORE = 60

/** The part of a text around what was found first, with "…" where something is left out. */
export function excerptAround(text: string, rangesIn: Finder): Piece[] {
	const line = text.replace(/\s+/g, ' ').trim()
	const ranges = rangesIn(line, EXCERPT_LETTERS)
	const from = wordStart(line, (ranges[0]?.from ?? 0) - LETTERS_BEFORE)
	const to = wordEnd(line, from + EXCERPT_LETTERS)
	const inside = ranges.filter((range) => range.from >= from && range.to <= to)
	const pieces = piecesOf(
		line.slice(from, to),
		inside.map((range) => ({ from: range.from - from, to: range.to - from })),
	)
	if (from > 0) pieces.unshift({ text: '… ', found: false })
	if (to < line.length) pieces.push({ text: ' …', found: false })
	return pieces
}

const NEAR = 30

/** The start of a word at or after a place; of a letter, where no word begins nearby. */
function wordStart(line: string, place: number): number {
	if (place <= 0) return 0
	const space = line.indexOf(' ', place)
	return space >= 0 && space - place < NEAR ? space + 1 : letterStart(line, place)
}

function wordEnd(line: string, place: number): number {
	if (place >= line.length) return line.length
	const space = line.lastIndexOf(' ', place)
	return place - space < NEAR ? space : letterStart(line, place)
}

/** Where the letter begins that holds this place. */
const letterStart = (line: string, place: number) => segmenter.segment(line).containing(place)?.index ?? place

import { normal, UNSPACED } from './normal'

/** A piece of a text, and whether it is what she looked for. */
export interface Piece {
	text: string
	found: boolean
}

interface Range {
	from: number
	to: number
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A word as it is written, with all marks, joiners and unseen signs inside it, so that none of its letters is cut. */
const WRITTEN =
	// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant for itself
	/(?:[\p{L}\p{M}\p{N}\u00ad\u061c\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|(?<=[\u0400-\u04ff])['\u2018\u2019\u02bc`](?=[\u0400-\u04ff]))+/gu

/** Where a run of signs without spaces holds what is looked for, letter by letter as she sees them. */
function signsIn(run: string, at: number, signs: readonly string[]): Range[] {
	const letters = [...segmenter.segment(run)].map(({ segment, index }) => ({
		from: at + index,
		to: at + index + segment.length,
		normal: normal(segment),
	}))
	const plain = letters.map((letter) => letter.normal).join('')
	/** The letter each sign of `plain` belongs to. */
	const owner = letters.flatMap((letter) => Array.from(letter.normal, () => letter))
	const points = Array.from(plain)
	return signs.flatMap((sign) => {
		const length = [...sign].length
		return points.flatMap((_, index) =>
			points.slice(index, index + length).join('') === sign
				? [{ from: owner[index]!.from, to: owner[index + length - 1]!.to }]
				: [],
		)
	})
}

/** What is found in a text: whole words, and signs of scripts without spaces. In order, without overlaps. */
function rangesIn(text: string, found: ReadonlySet<string>, signs: readonly string[]): Range[] {
	const ranges: Range[] = []
	for (const { 0: written, index } of text.matchAll(WRITTEN)) {
		let rest = index
		for (const run of written.matchAll(UNSPACED)) {
			const start = index + run.index
			ranges.push(...wordAt(text, { from: rest, to: start }, found))
			ranges.push(...signsIn(run[0], start, signs))
			rest = start + run[0].length
		}
		ranges.push(...wordAt(text, { from: rest, to: index + written.length }, found))
	}
	return joined(ranges.toSorted((one, other) => one.from - other.from))
}

function wordAt(text: string, range: Range, found: ReadonlySet<string>): Range[] {
	const word = text.slice(range.from, range.to)
	return normal(word)
		.split(' ')
		.some((part) => found.has(part))
		? [range]
		: []
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

export interface LookedFor {
	/** Words of this text that were found, in search's letters. */
	words: readonly string[]
	/** Signs and pairs of scripts without spaces. */
	signs: readonly string[]
}

/** A whole text (a title) with what was found marked. */
export const markedText = (text: string, { words, signs }: LookedFor) =>
	piecesOf(text, rangesIn(text, new Set(words), signs))

const LETTERS = 220
const LETTERS_BEFORE = 60

/** The part of a text around what was found first, with "…" where something is left out. */
export function excerptAround(text: string, lookedFor: LookedFor): Piece[] {
	const line = text.replace(/\s+/g, ' ').trim()
	const ranges = rangesIn(line, new Set(lookedFor.words), lookedFor.signs)
	const from = wordStart(line, (ranges[0]?.from ?? 0) - LETTERS_BEFORE)
	const to = wordEnd(line, from + LETTERS)
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

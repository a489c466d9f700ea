import { cleanHandle } from '~/features/members/handle'
import { isLanguage } from '~/platform/i18n/languages'
import { isStorable, isUuid } from '~/platform/text'
import { normal, UNSPACED } from './normal'

export const KINDS = ['question', 'answer', 'translation'] as const
export const TIMES = ['month', 'year'] as const

/** Letters of a query that are read; the rest of a pasted page would only leave fewer and fewer texts. */
const LETTERS_READ = 300
const WORDS_READ = 12
/** Pages of twenty conversations; what lies further back wants another word, not another page. */
const PAGES = 10

export interface AskedWord {
	word: string
	/** In quotes: this form of it and no other. */
	asItStands: boolean
}

/** What she looks for, read from the address. */
export interface Asked {
	q: string
	words: AskedWord[]
	/** With a minus before them: texts with these are left out. */
	without: string[]
	/** She gave more than is read. */
	shortened: boolean
	language: string | null
	kind: (typeof KINDS)[number] | null
	space: string | null
	author: string | null
	time: (typeof TIMES)[number] | null
	page: number
}

const oneOf = <T extends string>(list: readonly T[], value: string | null) =>
	list.find((entry) => entry === value) ?? null

/** Words with what stood before and around them: `-word`, `"two words"`. */
const PIECES =
	/(?<minus>(?<![^\s])[-\u2212\u2013](?=[^\s"-]))?(?:["\u201c\u201d\u201e\u00ab\u00bb](?<quoted>[^"\u201c\u201d\u201e\u00ab\u00bb]+)["\u201c\u201d\u00ab\u00bb]|(?<plain>[^\s"\u201c\u201d\u201e\u00ab\u00bb]+))/gu

const split = (text: string) => normal(text).split(' ').filter(Boolean)

function readWords(typed: string) {
	const words = new Map<string, AskedWord>()
	const without = new Set<string>()
	for (const { groups = {} } of typed.matchAll(PIECES)) {
		const { minus, quoted, plain = '' } = groups
		for (const word of split(quoted ?? plain)) {
			if (minus) without.add(word)
			else if (!words.has(word)) words.set(word, { word, asItStands: quoted !== undefined })
		}
	}
	return { words: [...words.values()], without: [...without] }
}

/** Reads the search from an address. Nothing in it is refused: what cannot be read is left out. */
export function readAsked(params: URLSearchParams): Asked {
	const given = params.get('q') ?? ''
	const q = isStorable(given) ? given.trim() : ''
	const letters = [...q.slice(0, LETTERS_READ * 4)]
	const { words, without } = readWords(letters.slice(0, LETTERS_READ).join(''))
	const language = params.get('language') ?? ''
	const space = params.get('space') ?? ''
	const author = params.get('author') ?? ''
	const page = Number(params.get('page') ?? 1)
	return {
		q: letters.slice(0, LETTERS_READ).join(''),
		words: words.slice(0, WORDS_READ),
		without: without.slice(0, WORDS_READ),
		shortened: letters.length > LETTERS_READ || words.length > WORDS_READ,
		language: isLanguage(language) ? language : null,
		kind: oneOf(KINDS, params.get('kind')),
		space: isUuid(space) ? space : null,
		author: (isStorable(author) && cleanHandle(author.slice(0, 400))) || null,
		time: oneOf(TIMES, params.get('time')),
		page: Number.isInteger(page) && page > 1 ? Math.min(page, PAGES) : 1,
	}
}

/** Whether anything besides words narrows the search. */
export const isNarrowed = ({ language, kind, space, author, time }: Asked) =>
	[language, kind, space, author, time].some((value) => value !== null)

/** The address of a page of the same search; none behind the last. */
export function pageOf(asked: Asked, page: number): string | null {
	if (page < 1 || page > PAGES) return null
	const { q, language, kind, space, author, time } = asked
	const given = Object.entries({
		q,
		language,
		kind,
		space,
		author,
		time,
		page: page > 1 ? String(page) : null,
	})
	return `/search?${new URLSearchParams(given.filter((entry): entry is [string, string] => entry[1] !== null))}`
}

/** Words of a script without spaces, as the signs and pairs that are looked for. */
export function signsOf(words: readonly AskedWord[]): string[] {
	return words.flatMap(({ word }) => {
		if (!word.match(UNSPACED)) return []
		const signs = [...word]
		return signs.length === 1 ? signs : signs.slice(1).map((sign, index) => signs[index]! + sign)
	})
}

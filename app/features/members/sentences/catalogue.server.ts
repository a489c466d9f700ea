import { formatNumber } from '~/platform/i18n/format'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { graphemes } from '~/platform/text'
import { numbersOf, PLURAL, type Sentence } from './sentence-rules'

export interface Tree {
	[key: string]: string | Tree
}

type Files<T> = Record<string, T>

const files = import.meta.glob<Tree>('/locales/*/[!_]*.json', { eager: true, import: 'default' })
const NAMED = /^\/locales\/([^/]+)\/([^/]+)\.json$/

/** The files of a language as they are, by name: `safety` is `locales/<tag>/safety.json`. Empty for a language there is not. */
export function filesOf(tag: string): Files<Tree> {
	const named = Object.entries(files).map(([path, tree]) => [NAMED.exec(path)!, tree] as const)
	return Object.fromEntries(
		named.filter(([[, folder]]) => folder === tag).map(([[, , name], tree]) => [name!, tree]),
	)
}

function* leaves(tree: Tree, path: string): Generator<[string, string]> {
	for (const [name, value] of Object.entries(tree)) {
		if (typeof value === 'string') yield [path + name, value]
		else yield* leaves(value, `${path}${name}.`)
	}
}

const textsOf = (tag: string) =>
	new Map(Object.entries(filesOf(tag)).flatMap(([name, tree]) => [...leaves(tree, `${name}:`)]))

/** For whoever looks at a sentence without the page: where it stands, and how many letters have room there. */
interface Place {
	where?: string
	max?: number
}

const baseOf = (key: string) => key.replace(PLURAL, '')

function placeOf(key: string): Place {
	const [name = '', path = ''] = baseOf(key).split(':')
	let at: unknown = filesOf('_meta')[name]
	for (const word of path.split('.')) at = (at as Record<string, unknown> | undefined)?.[word]
	return (at ?? {}) as Place
}

/** A sentence where nothing says how much room it has. */
const LETTERS_AT_MOST = 600

function* sentencesIn(tag: string): Generator<Sentence> {
	const english = textsOf(FALLBACK_LOCALE)
	for (const [key, text] of textsOf(tag))
		yield { key, text, english: english.get(key) ?? english.get(`${baseOf(key)}_other`) ?? '' }
}

const read = new Map<string, ReadonlyMap<string, Sentence>>()

/** Every sentence of a language, by its key. */
export function sentencesOf(tag: string): ReadonlyMap<string, Sentence> {
	const known = read.get(tag) ?? new Map([...sentencesIn(tag)].map((sentence) => [sentence.key, sentence]))
	read.set(tag, known)
	return known
}

/** How many letters a better sentence may have: as much room as there is, and never less than the sentence has taken. */
export const roomOf = ({ key, text }: Sentence) =>
	Math.max(placeOf(key).max ?? LETTERS_AT_MOST, graphemes(text))

const NUMBERS_SHOWN = 3

/** For which numbers it is said, a few of them; empty for one that is said for all. */
function examplesOf(tag: string, key: string): string[] {
	const category = PLURAL.exec(key)?.[1]
	if (!category) return []
	const numbers = numbersOf(tag, category)
	const shown = numbers.slice(0, NUMBERS_SHOWN).map((number) => formatNumber(tag, number))
	return numbers.length > NUMBERS_SHOWN ? [...shown, '…'] : shown
}

/** A sentence as a page shows it. `where` is a note in English, for those who look after the texts. */
export const presentSentence = (tag: string, sentence: Sentence, withPlace: boolean) => ({
	...sentence,
	numbers: examplesOf(tag, sentence.key),
	where: withPlace ? placeOf(sentence.key).where : undefined,
})

export type ShownSentence = ReturnType<typeof presentSentence>

import { readdirSync, readFileSync } from 'node:fs'

/** What a language must never say, and which words it uses for the terms of this place (LANGUAGES.md T8). */
export interface Words {
	/** Why a word must not stand here, and the words. */
	forbidden: Record<string, string[]>
	/** A term by its English name, and the words for it: one of them stands wherever English has the term. */
	glossary: Record<string, string[]>
	/** A term or a reason, the texts in which it does not count, and why. Those of English count for every language. */
	exceptions: Record<string, Record<string, string>>
}

/** English says which of its words are the term, and in which phrases they are not. */
export interface EnglishWords extends Words {
	apart: Record<string, string[]>
}

export const wordsOf = (tag: string): Words =>
	JSON.parse(readFileSync(`tests/guards/words/${tag}.json`, 'utf8'))

export const englishWords = wordsOf('en') as EnglishWords

type Tree = { [key: string]: string | Tree }

const SUFFIX = /_(zero|one|two|few|many|other)$/

const flat = (tree: Tree, prefix: string): [string, string][] =>
	Object.entries(tree).flatMap(([key, value]): [string, string][] =>
		typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
	)

/** Every text of a language by its key. */
export function textsOf(tag: string): Map<string, string> {
	const files = readdirSync(`locales/${tag}`).filter((name) => !name.startsWith('_'))
	return new Map(
		files.flatMap((file) =>
			flat(JSON.parse(readFileSync(`locales/${tag}/${file}`, 'utf8')), `${file.replace('.json', '')}:`),
		),
	)
}

/** The key of a text, whichever number it is for. */
export const keyOf = (name: string) => name.replace(SUFFIX, '')

/** One text a key: of those that count, the form every language has. */
export const oneEach = (texts: Map<string, string>) =>
	new Map(
		[...texts]
			.filter(([name]) => !SUFFIX.test(name) || name.endsWith('_other'))
			.map(([name, text]) => [keyOf(name), text]),
	)

/** Words and the spaces between them, small: no marks of direction, joiners, or signs for short vowels. */
const wording = (text: string, tag: string) =>
	text
		.replace(/[\u2066-\u2069\u200c\u0640\u064b-\u0652]/g, '')
		.replace(/[^\p{L}\p{M}]+/gu, ' ')
		.toLocaleLowerCase(tag)

/** A text as its words, with one space on each side of a word; placeholders are left out. */
export const plain = (text: string, tag: string) =>
	` ${wording(text.replace(/\{\{\w+\}\}/g, ' '), tag).trim()} `

/**
 * Finds whole words in a plain text; a `*` stands for any letters, or none: `mentor*`, `*мод*`, `frase* secreta*`.
 * Chinese puts no spaces between words, so there a word may stand anywhere.
 */
export function pattern(words: readonly string[], tag: string) {
	const one = (word: string) =>
		word
			.split('*')
			.map((part) => wording(part, tag))
			.join('[^ ]*')
	const any = words.map(one).join('|')
	return new RegExp(tag === 'zh-Hans' ? any : `(?<= )(?:${any})(?= )`, 'g')
}

import type { RE2JS } from 're2js'
import { Automaton } from './automaton'
import { forPatterns, forTerm, forWords } from './normal'
import { compilePattern } from './pattern'
import type { WatchAction, WatchKind } from './watch.words'

export interface WatchRule {
	id: string
	/** Null: every language. */
	language: string | null
	kind: WatchKind
	text: string
	action: WatchAction
}

/** What is about to be written. */
export interface Said {
	text: string
	/** What it is written in, as she says; null where nobody said. */
	lang: string | null
}

/** Whether a rule counts for a text in one of these languages; where nobody said which (null), every rule does. */
export const concerns =
	(languages: readonly (string | null)[]) =>
	({ language }: WatchRule) =>
		language === null || languages.includes(null) || languages.includes(language)

/** All rules in force, ready to be looked for. Made once for each change of them. */
export class Rulebook {
	readonly #words: readonly WatchRule[]
	readonly #automaton: Automaton
	readonly #patterns: readonly { rule: WatchRule; pattern: RE2JS }[]

	constructor(rules: readonly WatchRule[]) {
		this.#words = rules.filter(({ kind }) => kind === 'word')
		this.#automaton = new Automaton(this.#words.map(({ text }) => forTerm(text)))
		this.#patterns = rules
			.filter(({ kind }) => kind === 'pattern')
			.map((rule) => ({ rule, pattern: compilePattern(rule.text) }))
	}

	/** The rules that find something in it, of its language and of every language; where nobody said which, of all. */
	find({ text, lang }: Said): WatchRule[] {
		return this.findAny(text).filter(concerns([lang]))
	}

	/** The rules that find something in a text, whatever language they are for. */
	findAny(text: string): WatchRule[] {
		const words = this.#words.length > 0 ? [...this.#automaton.find(forWords(text))] : []
		const shown = this.#patterns.length > 0 ? forPatterns(text) : ''
		return [
			...words.map((place) => this.#words[place]!),
			...this.#patterns.filter(({ pattern }) => pattern.test(shown)).map(({ rule }) => rule),
		]
	}
}

import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { englishWords, keyOf, oneEach, pattern, plain, textsOf, wordsOf } from './words'

const tags = readdirSync('locales').filter((name) => !name.startsWith('_'))

/** What is amiss in a text, before it is asked whether that is an exception. */
interface Finding {
	/** The reason why the word must not stand here, or the term that is not said by its word. */
	name: string
	key: string
	says: string
}

const english = [...oneEach(textsOf('en'))]

/** The keys whose English says a term, as that term. */
const keysWith = new Map(
	Object.entries(englishWords.glossary).map(([name, words]) => {
		const apart = pattern(englishWords.apart[name] ?? [], 'en')
		const term = pattern(words, 'en')
		const says = english.filter(([, text]) => plain(plain(text, 'en').replace(apart, ''), 'en').match(term))
		return [name, says.map(([key]) => key)]
	}),
)

function forbiddenIn(tag: string): Finding[] {
	const texts = [...textsOf(tag)].map(([name, text]) => [keyOf(name), plain(text, tag)] as const)
	return Object.entries(wordsOf(tag).forbidden).flatMap(([name, words]) => {
		const wrong = pattern(words, tag)
		return texts.flatMap(([key, text]) => (text.match(wrong) ?? []).map((says) => ({ name, key, says })))
	})
}

function straysIn(tag: string): Finding[] {
	const texts = oneEach(textsOf(tag))
	return Object.entries(wordsOf(tag).glossary).flatMap(([name, words]) => {
		const right = pattern(words, tag)
		return keysWith.get(name)!.flatMap((key) => {
			const says = texts.get(key)
			return says === undefined || plain(says, tag).match(right) ? [] : [{ name, key, says }]
		})
	})
}

const forbidden = new Map(tags.map((tag) => [tag, forbiddenIn(tag)]))
const strays = new Map(tags.map((tag) => [tag, straysIn(tag)]))

const left = (tag: string, findings: Finding[]) =>
	findings
		.filter(
			({ name, key }) => !(key in { ...englishWords.exceptions[name], ...wordsOf(tag).exceptions[name] }),
		)
		.map(({ name, key, says }) => `${name}: ${key}: ${says}`)

describe('T8 words', () => {
	test.each([
		['it', 'utent*', 'Gli utenti scrivono', true],
		['it', 'utente', 'Gli utenti scrivono', false],
		['it', 'stanz* privat*', 'nella Stanza\u00a0privata, qui', true],
		['fr', 'ami', 'des amies', false],
		['fr', 'numéro* d’aide', 'Le numéro d’aide : {{number}}', true],
		['ar', '*مرشد*', 'اسألي مُرشِدة', true],
		['fa', 'پیش‌نویس', 'پیش‌نویس شما', true],
		['tr', 'iltica', 'İLTİCA', true],
		['bn', 'দল', 'ছোট দলটি', false],
		['zh-Hans', '用户', '新用户注册', true],
	])('%s: %s is looked for as a whole word', (tag, word, text, found) => {
		expect(pattern([word], tag).test(plain(text, tag))).toBe(found)
	})

	test.each(tags)('%s has words for every reason and every term', (tag) => {
		const lists = wordsOf(tag)
		expect(Object.keys(lists.forbidden)).toEqual(Object.keys(englishWords.forbidden))
		expect(Object.keys(lists.glossary)).toEqual(Object.keys(englishWords.glossary))
		const words = [...Object.values(lists.forbidden), ...Object.values(lists.glossary)]
		expect(words.filter((list) => list.length === 0)).toEqual([])
		expect(words.flat().filter((word) => !/^[\p{L}\p{M}\u200c’ *-]+$/u.test(word))).toEqual([])
	})

	test.each(tags)('%s calls nobody illegal, a man, a victim or wrong', (tag) => {
		expect(left(tag, forbidden.get(tag)!)).toEqual([])
	})

	test.each(tags)('%s has one word for each term', (tag) => {
		expect(left(tag, strays.get(tag)!)).toEqual([])
	})

	test.each(tags)('every exception of %s is needed', (tag) => {
		const within = tag === 'en' ? tags : [tag]
		const found = within.flatMap((one) => [...forbidden.get(one)!, ...strays.get(one)!])
		const needed = new Set(found.map(({ name, key }) => `${name}: ${key}`))
		const named = Object.entries(wordsOf(tag).exceptions).flatMap(([name, keys]) =>
			Object.keys(keys).map((key) => `${name}: ${key}`),
		)
		expect(named.filter((exception) => !needed.has(exception))).toEqual([])
	})
})

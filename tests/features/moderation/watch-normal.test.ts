import { describe, expect, test } from 'vitest'
import { Automaton } from '~/features/moderation/watch/automaton'
import { forPatterns, forTerm, forWords } from '~/features/moderation/watch/normal'
import { compilePattern } from '~/features/moderation/watch/pattern'
import { findsTooMuch } from '~/features/moderation/watch/reach'
import { Rulebook, type WatchRule } from '~/features/moderation/watch/rulebook'
import type { AppError } from '~/platform/errors'

const rule = (text: string, fields: Partial<WatchRule> = {}): WatchRule => ({
	id: text,
	language: null,
	kind: 'word',
	text,
	action: 'flag',
	...fields,
})
const finds = (one: WatchRule, text: string, lang: string | null = null) =>
	new Rulebook([one]).find({ text, lang }).length > 0

describe('a word is found however it is written', () => {
	test.each([
		['Latin, capitals', 'violence', 'VIOLENCE!'],
		['Latin, accents', 'perche', 'perché'],
		['Latin, wide letters', 'violence', 'ｖｉｏｌｅｎｃｅ'],
		['Latin, Cyrillic letters in it', 'violence', 'vіоlеnce'],
		['Latin, Greek letters in it', 'violence', 'viοlence'],
		['Latin, blanks of no width in it', 'violence', 'vio\u200bl\u2060ence'],
		['Latin, turned around', 'violence', '\u202evio\u202clence'],
		['Latin, a soft hyphen', 'violence', 'vio\u00adlence'],
		['Latin, the whole phrase', 'shut up', 'oh, Shut   up.'],
		['German', 'straße', 'STRASSE'],
		['Turkish', 'ısı', 'ISI'],
		['Greek, without accents', 'γυναίκα', 'ΓΥΝΑΙΚΑ'],
		['Greek, the last sigma', 'άνθρωπος', 'ΑΝΘΡΩΠΟΣ'],
		['Cyrillic', 'насилие', 'НАСИЛИЕ'],
		['Cyrillic, Latin letters in it', 'насилие', 'нacилиe'],
		['Cyrillic, yo', 'ещё', 'еще'],
		['Arabic, vowel signs', 'عنف', 'عُنْف'],
		['Arabic, forms of alif', 'إمرأة', 'امراة'],
		['Arabic, drawn out', 'عنف', 'عنـــف'],
		['Persian, ya and kaf', 'یک', 'يك'],
		['Persian, with and without a joiner', 'می‌خواهم', 'میخواهم'],
		['Urdu', 'ہے', 'ھے'],
		['Bengali', 'সহিংসতা', 'এটা সহিংসতা।'],
		['Georgian, capitals', 'ძალადობა', 'ᲫᲐᲚᲐᲓᲝᲑᲐ'],
		['Ethiopic', 'ጥቃት', 'ይህ፡ጥቃት፡ነው።'],
		['Han, no blanks', '暴力', '他用暴力对她'],
		['Han beside Latin', 'police', '我爱police吗'],
	])('%s', (_name, term, text) => {
		expect(finds(rule(term), text)).toBe(true)
	})

	test.each([
		['only a part of a word', 'art', 'a party'],
		['only a part of a Cyrillic word', 'рот', 'ротация'],
		['only a part of an Arabic word', 'عنف', 'عنفوان'],
		['another vowel in Bengali', 'কলা', 'কালা'],
		['spaced letters are not chased', 'violence', 'v i o l e n c e'],
	])('and not %s', (_name, term, text) => {
		expect(finds(rule(term), text)).toBe(false)
	})

	test('nothing is left of signs alone', () => {
		expect(forTerm('…!')).toBe('')
		expect(forWords('\u200b')).toBe('')
	})

	test('a rule of one language leaves the others alone, and looks at what nobody named', () => {
		const swedish = rule('slut', { language: 'en' })
		expect(finds(swedish, 'Det är slut', 'sv')).toBe(false)
		expect(finds(swedish, 'slut', 'en')).toBe(true)
		expect(finds(swedish, 'slut', null)).toBe(true)
	})

	test('patterns see signs, figures, and mixed words as one script', () => {
		const pattern = rule('\\bpay(pal)?\\s?\\d{2}€', { kind: 'pattern' })
		expect(finds(pattern, 'send by PayPal 20€')).toBe(true)
		expect(finds(pattern, 'send by раyраl 20€')).toBe(true)
		expect(forPatterns('рот 20€')).toBe('рот 20€')
	})
})

describe('the automaton finds what a simple search finds', () => {
	test('of 3,000 random texts', () => {
		let seed = 7
		const next = (n: number) => {
			seed = (seed * 1103515245 + 12345) % 2147483648
			return seed % n
		}
		const word = (most: number) => Array.from({ length: 1 + next(most) }, () => 'ab✓'[next(3)]).join('')
		for (let round = 0; round < 3_000; round++) {
			const words = Array.from({ length: 1 + next(8) }, () => word(4))
			const text = word(12)
			const wanted = words.flatMap((one, place) => (text.includes(one) ? [place] : []))
			expect([...new Automaton(words).find(text)].sort((a, b) => a - b)).toEqual(wanted)
		}
	})
})

describe('patterns', () => {
	const long = 'a'.repeat(100_000)
	const mixed = Array.from({ length: 20_000 }, (_, n) => ['la', 'дом', 'بيت', 'b1'][n % 4])
		.join(' ')
		.slice(0, 100_000)
	test.each([
		'(a+)+$',
		'(a|aa)+$',
		'(.*){10}x',
		'(x+x+)+y',
		'(a|a?)+b',
		'(?:a?){25}a{25}b',
		'[ab]*a[ab]{90}c',
	])('%s takes less than 50 ms on 100,000 letters', (text) => {
		const pattern = compilePattern(text)
		pattern.test('ready')
		const times = [`${long}!`, mixed].flatMap((tried) =>
			[0, 1, 2].map(() => {
				const from = performance.now()
				pattern.test(tried)
				return performance.now() - from
			}),
		)
		// Of three, the best: other work of this machine is not its.
		expect(Math.min(...times.slice(0, 3))).toBeLessThan(50)
		expect(Math.min(...times.slice(3))).toBeLessThan(50)
	})

	test('one that knows no short way reads the longest post in the time of a page', () => {
		const post = Array.from({ length: 10_000 }, (_, n) => 'ab'[(n * n * 7 + (n >> 3)) % 2]).join('')
		const pattern = compilePattern('[ab]*a[ab]{90}c')
		const from = performance.now()
		pattern.test(post)
		expect(performance.now() - from).toBeLessThan(500)
	})

	test.each([
		['(', 'watch:refused.noPattern'],
		['(?=a)b', 'watch:refused.noPattern'],
		['(a)\\1', 'watch:refused.noPattern'],
		['([a-z]{1,500}){1,2}x', 'watch:refused.large'],
	])('%s is refused', (text, why) => {
		try {
			compilePattern(text)
			expect.unreachable()
		} catch (error) {
			expect((error as AppError).fields).toEqual({ text: why })
		}
	})
})

describe('a rule that finds too much', () => {
	const said = (text: string, count: number, fields = {}) =>
		Array.from({ length: count }, () => ({ text, lang: 'en', public: true, ...fields }))

	test.each(['.*', '', 'a|e|i|o|u', '\\w', '\\s', '.'])('the pattern "%s" finds everything', (text) => {
		expect(findsTooMuch(rule(text, { kind: 'pattern' }), [])).toBeDefined()
	})

	test('more than a hundredth of what was said; the example is of a public post', () => {
		const lately = [
			...said('nothing', 970),
			...said('secret house', 29, { public: false }),
			...said('my house', 1),
		]
		expect(findsTooMuch(rule('house'), lately)).toEqual({ example: 'my house' })
		const between = [...said('nothing', 970), ...said('secret house', 30, { public: false })]
		expect(findsTooMuch(rule('house'), between)).toEqual({ example: '' })
	})

	test('a hundredth is allowed, and two in a young community', () => {
		expect(findsTooMuch(rule('house'), [...said('x', 990), ...said('my house', 10)])).toBeUndefined()
		expect(findsTooMuch(rule('house'), said('my house', 2))).toBeUndefined()
		expect(findsTooMuch(rule('house'), said('my house', 3))).toBeDefined()
	})
})

import { describe, expect, test } from 'vitest'
import { along, chainOf, menuOrder, secondOf } from '~/platform/i18n/chain'

const LOCALES = ['ar', 'bg', 'el', 'en', 'es', 'fa', 'fr', 'it', 'ru', 'uk']

describe('the chain of languages a text is looked for in', () => {
	test.each([
		['a visitor of whom nothing is known', 'it', null, ['it', 'en']],
		['one who reads English', 'en', { secondLocale: null, hostCountry: null }, ['en']],
		['one who lives in Bulgaria', 'ar', { secondLocale: null, hostCountry: 'BG' }, ['ar', 'bg', 'en']],
		['one with a second language', 'ar', { secondLocale: 'fr', hostCountry: 'BG' }, ['ar', 'fr', 'bg', 'en']],
		['one whose second is her host’s', 'uk', { secondLocale: 'it', hostCountry: 'IT' }, ['uk', 'it', 'en']],
		[
			'one who named Russian herself',
			'uk',
			{ secondLocale: 'ru', hostCountry: 'CY' },
			['uk', 'ru', 'el', 'en'],
		],
		['one who did not', 'uk', { secondLocale: null, hostCountry: 'CY' }, ['uk', 'el', 'en']],
	])('of %s', (_who, locale, reader, chain) => {
		expect(chainOf(locale, reader)).toEqual(chain)
	})

	test('a text is said in the first language that has it, with its direction', () => {
		const texts = { ar: ' ', fr: 'Bonjour', en: 'Hello' }
		expect(along(['ar', 'fr', 'en'], texts)).toEqual({ text: 'Bonjour', lang: 'fr', dir: 'ltr' })
		expect(along(['it', 'en'], texts)).toEqual({ text: 'Hello', lang: 'en', dir: 'ltr' })
		expect(along(['fa', 'it'], { fa: 'سلام' })).toEqual({ text: 'سلام', lang: 'fa', dir: 'rtl' })
		expect(along(['it', 'en'], {})).toEqual({ text: '', lang: 'en', dir: 'ltr' })
	})

	test('stands in both languages of a page that is shown in two, where it says something else', () => {
		const texts = { ar: 'عمل', en: 'Work', bg: 'Work', it: ' ' }
		const beside = { text: 'Work', lang: 'en', dir: 'ltr' }
		expect(along(['ar', 'en'], texts, 'en')).toEqual({ text: 'عمل', lang: 'ar', dir: 'rtl', beside })
		for (const also of ['ar', 'it', 'el', undefined])
			expect(along(['ar', 'en'], texts, also)).not.toHaveProperty('beside')
		expect(along(['en'], texts, 'bg')).not.toHaveProperty('beside')
	})
})

describe('the second language of a visitor', () => {
	test.each([
		['the next one her browser names', 'ar', ['ar', 'fr', 'en'], 'fr'],
		['none where it names no other', 'it', ['it'], null],
		['none where it names nothing of ours', 'it', [], null],
		['not Russian, which phones in Ukrainian list on their own', 'uk', ['uk', 'ru', 'en'], 'en'],
		['not Ukrainian for one who reads Russian', 'ru', ['ru', 'uk'], null],
	])('%s', (_what, locale, accepted, second) => {
		expect(secondOf(locale, accepted)).toBe(second)
	})
})

describe('the order of the language menu', () => {
	test('is hers, three that are probably hers, then the rest by their own names', () => {
		expect(menuOrder('ar', ['fr', null, 'ar', 'fr', 'xx', 'bg', 'it', 'es'], LOCALES)).toEqual([
			...['ar', 'fr', 'bg', 'it'],
			...['en', 'es', 'el', 'ru', 'uk', 'fa'],
		])
	})

	test('has every language once, also one without a name of its own', () => {
		const order = menuOrder('it', ['en-XA', 'it'], [...LOCALES, 'en-XA'])
		expect(order.slice(0, 2)).toEqual(['it', 'en-XA'])
		expect([...order].sort()).toEqual([...LOCALES, 'en-XA'].sort())
	})
})

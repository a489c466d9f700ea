import { describe, expect, test } from 'vitest'
import { herLanguages } from '~/her-languages.server'
import { localeOf } from '~/platform/i18n/i18n.server'
import { aMemberWithToken } from '../factories/members'

const asked = (headers: Record<string, string> = {}, path = '/') =>
	new Request(`http://localhost:3000${path}`, { headers })

describe('profile, cookie, browser, host country, English, in this order', () => {
	test.each([
		['nothing said', {}, '', 'en'],
		['nothing said, in a house in Italy', {}, 'IT', 'it'],
		['a browser that names no language of ours', { 'accept-language': 'xx' }, 'BG', 'bg'],
		['one that names none, nowhere', { 'accept-language': 'xx' }, '', 'en'],
		['a browser in English', { 'accept-language': 'en-GB, xx' }, 'IT', 'en'],
		['a browser in Greek', { 'accept-language': 'el' }, 'IT', 'el'],
		['English chosen here', { cookie: 'language=en', 'accept-language': 'el' }, 'IT', 'en'],
		['a cookie that is none', { cookie: 'language=xx', 'accept-language': 'el' }, 'IT', 'el'],
		['a country without a language of ours', {}, 'XX', 'en'],
	])('%s', async (_what, headers, country, locale) => {
		expect(await localeOf(asked(headers as Record<string, string>), null, country)).toBe(locale)
	})

	test('a member’s own country is before that of the house, her profile before everything', async () => {
		const { actor } = await aMemberWithToken({ locale: 'ar' })
		expect(await localeOf(asked({ cookie: 'language=it' }), actor, 'IT')).toBe('ar')
		const unsaid = { ...actor, locale: null as never, hostCountry: 'GR' }
		expect(await localeOf(asked(), unsaid, 'IT')).toBe('el')
		expect(await localeOf(asked(), { ...unsaid, hostCountry: null }, 'IT')).toBe('it')
	})
})

describe('a link that names a language', () => {
	const languages = (path: string) => herLanguages(asked({ 'accept-language': 'fr, ar' }, path), null)

	test('offers it first in the menu and changes nothing', async () => {
		const { locale, locales } = await languages('/?lng=bg')
		expect([locale, ...locales.slice(0, 3)]).toEqual(['fr', 'fr', 'bg', 'ar'])
	})

	test.each(['/?lng=xx', '/?lng=', '/?lng=fr', '/?lng[]=bg'])('%s offers nothing new', async (path) => {
		expect(await languages(path)).toEqual(await languages('/'))
	})
})

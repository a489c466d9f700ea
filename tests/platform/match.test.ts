import { describe, expect, test } from 'vitest'
import { acceptedTags, matchLocale, matchLocales } from '~/platform/i18n/match'

const HAVE = 'ar bg el en es fa fr it pt ro ru sv ti tr uk zh-Hans'.split(' ')

describe('the language of a browser', () => {
	test.each([
		['wo,fr;q=0.9,it;q=0.8', 'fr'],
		['pl,vi;q=0.9,bg;q=0.5', 'bg'],
		['ckb,ar;q=0.8', 'ar'],
		['ar-EG', 'ar'],
		['ary', 'ar'],
		['ary-MA', 'ar'],
		['arz', 'ar'],
		['apc', 'ar'],
		['aeb', 'ar'],
		['prs-AF', 'fa'],
		['pes', 'fa'],
		['fa-AF,fa', 'fa'],
		['mo', 'ro'],
		['ro-MD', 'ro'],
		['zh', 'zh-Hans'],
		['zh-CN', 'zh-Hans'],
		['zh-SG', 'zh-Hans'],
		['zh-Hans-CN', 'zh-Hans'],
		['zh-TW', 'zh-Hans'],
		['zh-Hant-HK', 'zh-Hans'],
		['zh-TW,en;q=0.7', 'en'],
		['ti-ER', 'ti'],
		['ti-ET', 'ti'],
		['pt-BR', 'pt'],
		['es-419,es;q=0.9', 'es'],
		['es-CO,en', 'es'],
		['tl', 'en'],
		['fil-PH', 'en'],
		['fil,it', 'it'],
		['ku', undefined],
		['ku,en,tr;q=0.5', 'tr'],
		['kmr-TR,tr;q=0.5', 'tr'],
		['kmr,en', 'en'],
		['uk', 'uk'],
		['uk-UA,ru;q=0.9', 'uk'],
		['ru', 'ru'],
		['it;q=0.2,bg;q=0.9', 'bg'],
		['en;q=0,bg', 'bg'],
		['sr', 'en'],
		['sh', 'en'],
		['hr-HR', 'en'],
		['bs', 'en'],
		['sr,it;q=0.5', 'it'],
		['xx,yy', undefined],
		['', undefined],
		['*', undefined],
		['../../x, ar%00;q=1', undefined],
	])('%s is answered in %s', (header, expected) => {
		expect(matchLocale(acceptedTags(header), HAVE)).toBe(expected)
	})

	test('Ukrainian is never answered in Russian, nor the other way, where it is missing', () => {
		const without = (tag: string) => HAVE.filter((other) => other !== tag)
		expect(matchLocale(['uk', 'uk-UA'], without('uk'))).toBeUndefined()
		expect(matchLocale(['ru'], without('ru'))).toBeUndefined()
	})

	test('a Filipino of ours would come before English', () => {
		expect(matchLocale(['tl'], [...HAVE, 'fil'])).toBe('fil')
	})

	test('all that she names are found in her order, each once', () => {
		const tags = acceptedTags('en;q=0.3,sr,ar-EG,wo,fr;q=0.8,arz;q=0.5')
		expect(matchLocales(tags, HAVE)).toEqual(['ar', 'fr', 'en'])
	})

	test('a header of 100,000 tags is read in no time', () => {
		const started = performance.now()
		acceptedTags('x-y,'.repeat(100_000))
		expect(performance.now() - started).toBeLessThan(50)
	})
})

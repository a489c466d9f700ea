import { describe, expect, test } from 'vitest'
import { acceptedTags, matchLocale } from '~/platform/i18n/match'

const HAVE = ['ar', 'bg', 'el', 'en', 'es', 'fa', 'fr', 'it', 'ro', 'ti', 'zh-Hans']

describe('the language of a browser', () => {
	test.each([
		['wo,fr;q=0.9,it;q=0.8', 'fr'],
		['pl,uk;q=0.9,bg;q=0.5', 'bg'],
		['ckb,ar;q=0.8', 'ar'],
		['ar-EG', 'ar'],
		['ary', 'ar'],
		['prs-AF', 'fa'],
		['fa-AF,fa', 'fa'],
		['mo', 'ro'],
		['zh-CN', 'zh-Hans'],
		['ti-ER', 'ti'],
		['es-419,es;q=0.9', 'es'],
		['it;q=0.2,bg;q=0.9', 'bg'],
		['en;q=0,bg', 'bg'],
		['sr', 'en'],
		['xx,yy', undefined],
		['', undefined],
		['*', undefined],
		['../../x, ar%00;q=1', undefined],
	])('%s is answered in %s', (header, expected) => {
		expect(matchLocale(acceptedTags(header), HAVE)).toBe(expected)
	})

	test('a header of 100,000 tags is read in no time', () => {
		const started = performance.now()
		acceptedTags('x-y,'.repeat(100_000))
		expect(performance.now() - started).toBeLessThan(50)
	})
})

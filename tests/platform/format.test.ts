import { describe, expect, test } from 'vitest'
import { formatDate, formatDateTime, formatList, formatNumber, formatRelative } from '~/platform/i18n/format'

const AT = new Date('2026-03-08T13:05:00Z')
const LOCALES = ['ar', 'bg', 'el', 'en', 'es', 'it', 'fa', 'bn']

describe('in every language', () => {
	test.each(LOCALES)('%s: digits are 0 to 9 and the year is the one on the wall', (locale) => {
		const text = [formatDate(locale, AT), formatDateTime(locale, AT), formatNumber(locale, 1234567)].join(' ')
		expect(text).toContain('2026')
		expect(text.match(/\p{Nd}/gu)?.every((digit) => digit >= '0' && digit <= '9')).toBe(true)
	})

	test.each(LOCALES)('%s: time is told with 24 hours, in the zone asked for', (locale) => {
		expect(formatDateTime(locale, AT, 'Europe/Rome')).toContain('14:05')
		expect(formatDateTime(locale, AT, 'Europe/Sofia')).toContain('15:05')
	})
})

test('lists and ages are words', () => {
	expect(formatList('it', ['arabo', 'italiano', 'francese'])).toBe('arabo, italiano e francese')
	const hourBefore = new Date(AT.getTime() - 3_600_000)
	expect(formatRelative('en', hourBefore, AT)).toBe('1 hour ago')
	expect(formatRelative('bg', new Date(AT.getTime() - 86_400_000), AT)).toBe('вчера')
	expect(formatRelative('en', new Date(AT.getTime() - 5_000), AT)).toBe('now')
})

import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { MeetingTime, type Zones } from '~/features/mentoring/together/components/meeting-time'
import { CALENDARS } from '~/platform/actor'
import { otherDay } from '~/platform/i18n/format-names'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'

const AT = new Date('2026-03-08T13:05:00Z')
/** The day of the month and the year of 8 March 2026. */
const THAT_DAY = { persian: ['17', '1404'], islamic: ['19', '1447'], ethiopic: ['29', '2018'] }

describe.each(UI_LOCALES)('a day in another calendar, in %s', (locale) => {
	test.each(CALENDARS)('%s: is the same day, with digits 0 to 9, and no era', (calendar) => {
		const { date } = otherDay(locale, AT, 'Europe/Rome', calendar)!
		expect(date.match(/\p{Nd}+/gu)).toEqual(expect.arrayContaining(THAT_DAY[calendar]))
		expect(date).not.toMatch(/[٠-٩۰-۹০-৯]|\b(AP|AH|AM)\b|^\s|\s$/)
	})
})

test('the day is that of her zone, not of Greenwich', () => {
	const late = new Date('2026-03-08T22:30:00Z')
	expect(otherDay('en', late, 'Europe/Athens', 'persian')!.date).toBe('Esfand 18, 1404')
	expect(otherDay('en', late, 'Europe/London', 'persian')!.date).toBe('Esfand 17, 1404')
	expect(otherDay('en', late, 'Europe/London', null)).toBeNull()
})

describe('under the time of a meeting', () => {
	const zones: Zones = { hers: 'Europe/Rome', other: 'Europe/Athens', calendar: null }
	const shown = (locale: string, calendar: Zones['calendar']) =>
		renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor(locale)}>
				<MeetingTime at={AT} zones={{ ...zones, calendar }} />
			</I18nextProvider>,
		)

	test('stands what she chose, named, outside the element that says the Gregorian moment', () => {
		const html = shown('en', 'persian')
		expect(html).toContain('<time dateTime="2026-03-08T13:05:00.000Z">')
		expect(html).toMatch(
			/<\/time><\/p><p [^>]*data-calendar="persian">Persian calendar: Esfand 17, 1404<\/p>/,
		)
	})

	test('stands nothing where she chose nothing', () => {
		expect(shown('en', null)).not.toContain('data-calendar')
	})

	test('both clocks are named', () => {
		const html = shown('en', null)
		expect(html).toContain('Sunday, March 8, 2026 at 14:05 (Central European Time)')
		expect(html).toContain('Sunday, March 8, 2026 at 15:05 (Eastern European Time)')
	})
})

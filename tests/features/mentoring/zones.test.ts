import { describe, expect, test } from 'vitest'
import { HOST_COUNTRIES } from '~/features/members/host-countries'
import { firstSharedHour, type Week } from '~/features/mentoring/matching/week'
import { BOXES, boxesOfHours, boxOf, DAY_PARTS, hoursOfBoxes } from '~/features/mentoring/times/free-hours'
import { Hours, How, Zone } from '~/features/mentoring/times/times.schema'
import {
	comingHour,
	hourIn,
	isZone,
	utcWeek,
	ZONE_NAMES,
	zoneFor,
	zoneLabel,
	zoneOf,
} from '~/features/mentoring/times/zones'
import { formatWeekdayTime } from '~/platform/i18n/format'
import '~/platform/i18n/format-packs.server'

const WINTER = new Date('2026-01-14T10:20:00Z')
const SUMMER = new Date('2026-07-15T10:20:00Z')
const hoursIn = (week: Week) =>
	Array.from({ length: 168 }, (_, hour) => hour).filter((hour) => (week[hour >> 5]! >>> (hour & 31)) & 1)

describe('the zones', () => {
	test('are known to the runtime, each once, with a name in every language', () => {
		for (const zone of ZONE_NAMES) {
			expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow()
		}
		for (const locale of ['en', 'it', 'es', 'el', 'bg', 'ar']) {
			const labels = ZONE_NAMES.map((zone) => zoneLabel(locale, zone))
			expect(new Set(labels).size).toBe(ZONE_NAMES.length)
			expect(labels.join()).not.toMatch(/Europe|Africa\/|undefined/)
		}
	})

	test('each country we serve has its own, and whoever has none gets one', () => {
		expect(HOST_COUNTRIES.map((country) => zoneOf(country))).toEqual([
			'Europe/Sofia',
			'Asia/Nicosia',
			'Europe/Madrid',
			'Europe/Paris',
			'Europe/London',
			'Europe/Athens',
			'Europe/Rome',
			'Europe/Oslo',
			'Europe/Stockholm',
		])
		expect([zoneOf(null), zoneOf('XX')]).toEqual(['Europe/Rome', 'Europe/Rome'])
		expect(zoneFor({ zone: 'Asia/Kabul', hostCountry: 'GR' })).toBe('Asia/Kabul')
		expect(zoneFor({ zone: null, hostCountry: 'GR' })).toBe('Europe/Athens')
	})

	test.each(['Mars/Olympus', '', 'UTC+2', null, undefined, 3, ['Europe/Rome']])('%j is none', (text) => {
		expect(isZone(text)).toBe(false)
		expect(Zone.safeParse(text).success).toBe(false)
	})
})

describe('hours on her clock', () => {
	/** Thursday, 18 to 22. */
	const thursdayEvening = [90, 91, 92, 93]

	test.each([
		['Europe/Rome', WINTER, [89, 90, 91, 92]],
		['Europe/Rome', SUMMER, [88, 89, 90, 91]],
		['Europe/London', WINTER, [90, 91, 92, 93]],
		['Europe/London', SUMMER, [89, 90, 91, 92]],
		['Europe/Athens', WINTER, [88, 89, 90, 91]],
		['America/Bogota', WINTER, [95, 96, 97, 98]],
		// Four hours between the hours of UTC hold three whole ones.
		['Asia/Kathmandu', WINTER, [85, 86, 87]],
		['Asia/Kabul', WINTER, [86, 87, 88]],
	])('in %s on %s', (zone, from, expected) => {
		expect(hoursIn(utcWeek(thursdayEvening, zone, from))).toEqual(expected)
	})

	test('Monday before sunrise is Sunday in UTC, and the week comes round', () => {
		expect(hoursIn(utcWeek([0], 'Europe/Rome', WINTER))).toEqual([167])
		expect(hoursIn(utcWeek([167], 'America/Bogota', WINTER))).toEqual([4])
	})

	test('no hours are no hours, all are all, whatever the zone', () => {
		const all = Array.from({ length: 168 }, (_, hour) => hour)
		for (const zone of ZONE_NAMES) {
			expect(hoursIn(utcWeek([], zone, WINTER))).toEqual([])
			expect(hoursIn(utcWeek(all, zone, WINTER))).toHaveLength(168)
		}
	})

	test('a change of the clock within the week counts from its own hour on', () => {
		// Rome changes on Sunday 29 March 2026 at 02:00.
		const from = new Date('2026-03-26T00:00:00Z')
		const [saturday10, sunday2, sunday10, wednesday10] = [130, 146, 154, 58]
		expect(hoursIn(utcWeek([saturday10], 'Europe/Rome', from))).toEqual([129])
		expect(hoursIn(utcWeek([sunday2], 'Europe/Rome', from))).toEqual([])
		expect(hoursIn(utcWeek([sunday10], 'Europe/Rome', from))).toEqual([152])
		expect(hoursIn(utcWeek([wednesday10], 'Europe/Rome', from))).toEqual([56])
		// And back on Sunday 25 October 2026 at 03:00: the hour from 02:00 comes twice.
		const autumn = new Date('2026-10-22T00:00:00Z')
		expect(hoursIn(utcWeek([sunday2], 'Europe/Rome', autumn))).toEqual([144, 145])
		expect(hoursIn(utcWeek([sunday10], 'Europe/Rome', autumn))).toEqual([153])
	})

	test('two women who change their clocks on different days meet at the hours they share that week', () => {
		// New York changes on 8 March 2026, Rome on 29 March: for three weeks they are five hours apart, not six.
		const [hers, theirs] = [
			[90, 91, 92, 93],
			[84, 85],
		]
		const shared = (from: string) =>
			firstSharedHour(
				utcWeek(hers, 'Europe/Rome', new Date(from)),
				utcWeek(theirs, 'America/New_York', new Date(from)),
			)
		expect(shared('2026-02-23T00:00:00Z')).toBe(89)
		expect(shared('2026-03-09T00:00:00Z')).toBe(89)
		expect(hourIn('America/New_York', 89, new Date('2026-02-23T00:00:00Z')).hour).toBe(12)
		expect(hourIn('America/New_York', 89, new Date('2026-03-09T00:00:00Z')).hour).toBe(13)
	})

	test('what goes there comes back, for every zone of whole hours', () => {
		for (const from of [WINTER, SUMMER])
			for (const zone of ZONE_NAMES) {
				const week = hoursIn(utcWeek(thursdayEvening, zone, from))
				const back = week.map((hour) => hourIn(zone, hour, from))
				if (back.some(({ minute }) => minute !== 0)) continue
				expect(back.map(({ weekday, hour }) => weekday * 24 + hour)).toEqual(thursdayEvening)
			}
	})

	test('an hour is shown on the reader’s clock, to the minute, the next time it comes', () => {
		expect(comingHour(92, WINTER).toISOString()).toBe('2026-01-15T20:00:00.000Z')
		expect(comingHour(0, WINTER).toISOString()).toBe('2026-01-19T00:00:00.000Z')
		expect(hourIn('Asia/Kathmandu', 92, WINTER)).toEqual({ weekday: 4, hour: 1, minute: 45 })
		const at = comingHour(92, WINTER)
		expect(formatWeekdayTime('en', at, 'Europe/Rome')).toBe('Thursday 21:00')
		expect(formatWeekdayTime('ar', at, 'Europe/Rome')).toMatch(/الخميس.*21:00/)
	})
})

describe('the table of boxes', () => {
	test('has twenty-eight boxes of whole hours, no hour in two', () => {
		expect(BOXES).toHaveLength(28)
		const hours = hoursOfBoxes(BOXES)
		expect(new Set(hours).size).toBe(hours.length)
		expect(hours).toHaveLength(7 * 14)
		expect(boxesOfHours(hours)).toEqual(BOXES)
	})

	test('is read in order, each box once; half a box is none', () => {
		const evening = boxOf(3, DAY_PARTS[3])
		expect(Hours.parse([evening, '8', evening])).toEqual([8, 9, 10, 11, 90, 91, 92, 93])
		expect(Hours.parse(evening)).toEqual([90, 91, 92, 93])
		expect(Hours.parse(undefined)).toEqual([])
		expect(boxesOfHours([90, 91, 92])).toEqual([])
	})

	test.each([['9'], ['-1'], ['168'], ['8.0'], [''], ['8', 'x']])('%j is no box', (...sent) => {
		expect(Hours.safeParse(sent).success).toBe(false)
	})

	test('ways come in our order', () => {
		expect(How.parse(['meet', 'write', 'meet'])).toEqual(['write', 'meet'])
		expect(How.safeParse('telepathy').success).toBe(false)
	})
})

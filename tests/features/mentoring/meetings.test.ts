import { describe, expect, test } from 'vitest'
import { type Appointment, calendarFile } from '~/features/mentoring/together/calendar'
import { isFirstOfTwo, momentsOf } from '~/platform/i18n/moments'

const iso = (moments: Date[]) => moments.map((at) => at.toISOString())

describe('a time on the clock of a zone', () => {
	test.each([
		['in winter', '2026-01-15', '14:00', 'Europe/Rome', ['2026-01-15T13:00:00.000Z']],
		['in summer', '2026-07-15', '14:00', 'Europe/Rome', ['2026-07-15T12:00:00.000Z']],
		['the hour the clock jumps over', '2026-03-29', '02:30', 'Europe/Rome', []],
		['just before it', '2026-03-29', '01:59', 'Europe/Rome', ['2026-03-29T00:59:00.000Z']],
		['just after it', '2026-03-29', '03:00', 'Europe/Rome', ['2026-03-29T01:00:00.000Z']],
		[
			'the hour that comes twice, the earlier first',
			'2026-10-25',
			'02:30',
			'Europe/Rome',
			['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
		],
		['just after the second', '2026-10-25', '03:00', 'Europe/Rome', ['2026-10-25T02:00:00.000Z']],
		['London jumps at another hour', '2026-03-29', '01:30', 'Europe/London', []],
		['Athens too', '2026-03-29', '03:30', 'Europe/Athens', []],
		['half an hour beside UTC', '2026-03-29', '12:00', 'Asia/Tehran', ['2026-03-29T08:30:00.000Z']],
		['a quarter beside UTC', '2026-06-01', '12:00', 'Asia/Kathmandu', ['2026-06-01T06:15:00.000Z']],
		['behind UTC', '2026-06-01', '22:00', 'America/Caracas', ['2026-06-02T02:00:00.000Z']],
		['across the year', '2026-12-31', '23:30', 'America/New_York', ['2027-01-01T04:30:00.000Z']],
	])('%s', (_what, date, time, zone, expected) => {
		expect(iso(momentsOf(date, time, zone))).toEqual(expected)
	})

	test('is said to be the first of two only where it is', () => {
		const first = new Date('2026-10-25T00:30:00Z')
		expect(isFirstOfTwo('Europe/Rome', first)).toBe(true)
		expect(isFirstOfTwo('Europe/Rome', new Date('2026-10-25T01:30:00Z'))).toBe(false)
		expect(isFirstOfTwo('Europe/Rome', new Date('2026-10-24T00:30:00Z'))).toBe(false)
		// Elsewhere the same moment is one like any other.
		expect(isFirstOfTwo('Africa/Tunis', first)).toBe(false)
		expect(isFirstOfTwo('Asia/Tehran', first)).toBe(false)
	})
})

describe('the calendar file', () => {
	const appointment: Appointment = {
		id: '6f1c2f0e-6a5b-4c1d-8e2f-0a1b2c3d4e5f',
		startsAt: new Date('2026-12-03T14:00:00Z'),
		minutes: 45,
		changes: 1,
		cancelled: false,
		changedAt: new Date('2026-11-22T10:05:06.789Z'),
		summary: 'Appointment',
	}

	test('is this, byte for byte', () => {
		expect(calendarFile(appointment)).toBe(
			[
				'BEGIN:VCALENDAR',
				'VERSION:2.0',
				'PRODID:-//Calendar//EN',
				'BEGIN:VEVENT',
				'UID:6f1c2f0e-6a5b-4c1d-8e2f-0a1b2c3d4e5f',
				'DTSTAMP:20261122T100506Z',
				'DTSTART:20261203T140000Z',
				'DTEND:20261203T144500Z',
				'SEQUENCE:1',
				'STATUS:CONFIRMED',
				'CLASS:PRIVATE',
				'SUMMARY:Appointment',
				'END:VEVENT',
				'END:VCALENDAR',
				'',
			].join('\r\n'),
		)
	})

	test('called off it has the same name, a higher number and says so', () => {
		const file = calendarFile({ ...appointment, changes: 2, cancelled: true })
		expect(file).toContain('UID:6f1c2f0e-6a5b-4c1d-8e2f-0a1b2c3d4e5f\r\n')
		expect(file).toContain('SEQUENCE:2\r\nSTATUS:CANCELLED\r\n')
	})

	test('escapes what the format uses itself', () => {
		const file = calendarFile({ ...appointment, summary: 'a;b,c\\d\ne' })
		expect(file).toContain('SUMMARY:a\\;b\\,c\\\\d\\ne\r\n')
	})

	test.each([['موعد '], ['Ραντεβού '], ['a'], ['👩‍👩‍👧‍👦']])(
		'folds long lines at 75 octets, no letter cut in two: %s',
		(word) => {
			const summary = word.repeat(60).trim()
			const file = calendarFile({ ...appointment, summary })
			const lines = file.split('\r\n')
			expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
			expect(file).not.toMatch(/[^\r]\n|\r[^\n]/)
			expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${summary}\r\n`)
			expect(file.isWellFormed()).toBe(true)
		},
	)

	test('holds nothing else', () => {
		const names = calendarFile(appointment)
			.split('\r\n')
			.flatMap((line) => line.split(':')[0] || [])
		expect(names).not.toContain('METHOD')
		expect(names).not.toContain('DESCRIPTION')
		expect(names).not.toContain('ATTENDEE')
		expect(names).not.toContain('ORGANIZER')
		expect(names).not.toContain('LOCATION')
	})
})

import {
	formatDate,
	formatDateTime,
	formatDayTime,
	formatHowLong,
	formatList,
	formatMonths,
	formatNumber,
	formatRelative,
	formatSpan,
	formatWeekday,
	formatWeekdayTime,
} from '~/platform/i18n/format'
import { STEPS } from '~/platform/i18n/format-packs'

/**
 * What the golden file holds (LANGUAGES.md T15): every format in every shape a language can give it. Made in Node and in
 * a browser, so nothing here may need either.
 */
const NUMBERS = [0, 7, 999, 1000, 12_345, 1_234_567, 123_456_789, 0.5, 1234.75, -3, -12_345.6]
const COUNTS = [1, 2, 3, 5, 11, 21, 40, 100]
const ZONES = ['UTC', 'Europe/Sofia', 'Asia/Kathmandu', 'America/New_York']
/** Through a year, at hours of the night, the morning, the afternoon and the evening. */
const MOMENTS = [
	...Array.from(
		{ length: 12 },
		(_, month) => new Date(Date.UTC(2026, month, 2 + month * 2, month * 2, month * 5)),
	),
	new Date('2025-12-31T23:30:00Z'),
	new Date('2028-02-29T00:00:00Z'),
	new Date('2026-03-29T01:00:00Z'),
]
const NOW = new Date('2026-03-08T13:05:00Z')
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const MONTHS: [string, string][] = [
	['2026-03-01', '2026-03-01'],
	['2026-01-01', '2026-03-01'],
	['2026-05-01', '2026-12-01'],
	['2025-11-01', '2026-02-01'],
]
const LISTS = ['A', 'A B', 'A B C', 'A B C D E', 'A Italia', 'A B hijas', 'A hielo', '{0} {1}'].map((words) =>
	words.split(' '),
)

/** Every case of a language by its name. */
export function formatCases(locale: string): Record<string, string> {
	const said: Record<string, string> = {}
	for (const value of NUMBERS) said[`number ${value}`] = formatNumber(locale, value)
	for (const at of MOMENTS) {
		for (const zone of ZONES) said[`date ${at.toISOString()} ${zone}`] = formatDate(locale, at, zone)
		said[`date and time ${at.toISOString()}`] = formatDateTime(locale, at, 'Europe/Rome')
		said[`day and time ${at.toISOString()}`] = formatDayTime(locale, at, 'Europe/Rome')
		said[`weekday and time ${at.toISOString()}`] = formatWeekdayTime(locale, at, 'Europe/Rome')
	}
	for (let day = 0; day < 7; day += 1)
		said[`weekday ${day}`] = `${formatWeekday(locale, day)} ${formatWeekday(locale, day, 'short')}`
	for (const [from, to] of MONTHS)
		said[`months ${from} ${to}`] = formatMonths(locale, new Date(from), new Date(to))
	for (const words of LISTS) said[`list ${words.join()}`] = formatList(locale, words)
	said['relative now'] = formatRelative(locale, after(-5), NOW)
	for (const [unit, seconds] of STEPS) {
		for (const count of COUNTS.filter((count) => count <= mostOf(unit))) {
			said[`relative ${-count} ${unit}`] = formatRelative(locale, after(-count * seconds), NOW)
			said[`relative ${count} ${unit}`] = formatRelative(locale, after(count * seconds), NOW)
			said[`span ${count} ${unit}`] = formatSpan(locale, NOW, after(count * seconds))
		}
	}
	for (const days of [1, 2, 13, 14, 35, 400])
		said[`how long ${days} days`] = formatHowLong(locale, after(-days * 86_400), NOW)
	return said
}

/** More of a unit than this is said in the next larger one. */
const mostOf = (unit: (typeof STEPS)[number][0]) =>
	({ year: 100, month: 11, week: 4, day: 6, hour: 23, minute: 59 })[unit]

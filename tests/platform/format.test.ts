import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
	formatDate,
	formatDateTime,
	formatDayTime,
	formatList,
	formatMonths,
	formatNumber,
	formatRelative,
	formatSpan,
	formatWeekday,
	formatWeekdayTime,
} from '~/platform/i18n/format'
import { packOf, STEPS } from '~/platform/i18n/format-packs'
import '~/platform/i18n/format-packs.server'
import { COMMAND, MADE_WITH, packedTags, packFile, packText } from '../../scripts/intl-pack.mjs'
import { formatCases } from './format-cases'

const AT = new Date('2026-03-08T13:05:00Z')
const LOCALES = packedTags()

describe('T15 the golden file', () => {
	const golden = new Map(LOCALES.map((locale) => [locale, formatCases(locale)]))

	test('holds what every language says', async () => {
		const text = `${JSON.stringify(Object.fromEntries(golden), null, '\t')}\n`
		await expect(text).toMatchFileSnapshot('formats.golden.json')
	})

	test.each(LOCALES)('%s: digits are 0 to 9, and the year is the one on the wall', (locale) => {
		for (const [name, text] of Object.entries(golden.get(locale)!)) {
			expect(text, name).not.toMatch(/undefined|NaN|\{(?![01]\})/)
			expect(text.match(/\p{Nd}/gu)?.join('') ?? '', name).toMatch(/^[0-9]*$/)
			const year = /^(?:date|day).* (202\d)-/.exec(name)?.[1]
			// The last evening of 2025 is already the first of 2026 in the east.
			if (year) expect(text, name).toMatch(year === '2025' ? /202[56]/ : year)
		}
	})

	test.each(LOCALES)('%s: before and after are never the same', (locale) => {
		const said = golden.get(locale)!
		for (const name of Object.keys(said).filter((one) => one.startsWith('relative -')))
			expect(said[name], name).not.toBe(said[name.replace('-', '')])
	})
})

/** Where the packs say something else than ICU, on purpose: see scripts/intl-pack.mjs. */
const OURS = /^ti (relative -\d+ day|span \d+ month|(date|day|weekday) and time)/

describe('the packs', () => {
	const madeHere = LOCALES.every((locale) => packOf(locale).madeWith === MADE_WITH)
	const others = [...new Set(LOCALES.map((locale) => packOf(locale).madeWith))].join(', ')

	test.for(LOCALES)('%s is as the script writes it', (locale, { skip }) => {
		skip(!madeHere, `The packs were made with ${others}, this Node has ${MADE_WITH}: they are not compared.`)
		const message = `locales/${locale}/_intl.json is not what this Node writes: run \`${COMMAND}\``
		expect(readFileSync(packFile(locale), 'utf8') === packText(locale), message).toBe(true)
	})

	test.for(LOCALES)('%s says what ICU says', (locale, { skip }) => {
		skip(!madeHere, `The packs were made with ${others}, this Node has ${MADE_WITH}: they are not compared.`)
		const wrong = [...compared(locale)].filter(
			([name, ours, icu]) => ours !== icu && !OURS.test(`${locale} ${name}`),
		)
		expect(wrong).toEqual([])
	})
})

/** Only `formatRange` keeps the narrow space that the other formats of V8 write as a common one. */
const plain = (text: string) => text.replaceAll('\u202f', ' ')

/** Many more cases than the golden file has, each with what ICU makes of it. */
function* compared(locale: string): Generator<[string, string, string]> {
	const pinned = `${locale}-u-nu-latn-ca-gregory`
	const clock = { hourCycle: 'h23', timeZone: 'Europe/Athens' } as const
	const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(pinned, options)
	const [date, dateTime, dayTime, weekdayTime, weekday, short, months] = [
		dates({ dateStyle: 'long', timeZone: 'Europe/Athens' }),
		dates({ dateStyle: 'long', timeStyle: 'short', ...clock }),
		dates({ dateStyle: 'full', timeStyle: 'short', ...clock }),
		dates({ weekday: 'long', hour: '2-digit', minute: '2-digit', ...clock }),
		dates({ weekday: 'long', timeZone: 'UTC' }),
		dates({ weekday: 'short', timeZone: 'UTC' }),
		dates({ month: 'long', year: 'numeric', timeZone: 'UTC' }),
	]
	for (let step = 0; step < 800; step += 1) {
		const at = new Date(Date.UTC(2024, 0, 1) + step * 31 * 3_600_000 + step * 60_000)
		yield [`date ${step}`, formatDate(locale, at, 'Europe/Athens'), date.format(at)]
		yield [`date and time ${step}`, formatDateTime(locale, at, 'Europe/Athens'), dateTime.format(at)]
		yield [`day and time ${step}`, formatDayTime(locale, at, 'Europe/Athens'), dayTime.format(at)]
		yield [`weekday and time ${step}`, formatWeekdayTime(locale, at, 'Europe/Athens'), weekdayTime.format(at)]
	}
	for (let day = 0; day < 7; day += 1) {
		const at = new Date(Date.UTC(1970, 0, 5 + day))
		yield [`weekday ${day}`, formatWeekday(locale, day), weekday.format(at)]
		yield [`short weekday ${day}`, formatWeekday(locale, day, 'short'), short.format(at)]
	}
	for (let from = 0; from < 12; from += 1)
		for (let length = 0; length < 15; length += 1) {
			const [start, end] = [new Date(Date.UTC(2025, from)), new Date(Date.UTC(2025, from + length))]
			yield [
				`months ${from} ${length}`,
				formatMonths(locale, start, end),
				plain(months.formatRange(start, end)),
			]
		}
	const numbers = new Intl.NumberFormat(pinned)
	for (let step = 0; step < 400; step += 1) {
		const value = (Math.round(1.09 ** (step % 200)) + (step % 8) / 8) * (step < 200 ? 1 : -1)
		yield [`number ${value}`, formatNumber(locale, value), numbers.format(value)]
	}
	const list = new Intl.ListFormat(pinned, { type: 'conjunction' })
	for (const last of ['B', 'inglés', 'hindi', 'hielo', 'Irán', 'hi'])
		for (let size = 0; size < 6; size += 1) {
			const words = [...Array.from({ length: size }, (_, index) => `w${index}`), last]
			yield [`list ${words}`, formatList(locale, words), list.format(words)]
		}
	yield* comparedUnits(locale, pinned)
}

function* comparedUnits(locale: string, pinned: string): Generator<[string, string, string]> {
	const words = new Intl.RelativeTimeFormat(pinned, { numeric: 'auto' })
	yield ['now', formatRelative(locale, AT, AT), words.format(0, 'second')]
	for (const [unit, seconds] of STEPS) {
		const units = new Intl.NumberFormat(pinned, { style: 'unit', unit, unitDisplay: 'long' })
		const most = { year: 130, month: 11, week: 4, day: 6, hour: 23, minute: 59 }[unit]
		for (let count = 1; count <= most; count += 1) {
			const later = new Date(AT.getTime() + count * seconds * 1000)
			yield [`relative -${count} ${unit}`, formatRelative(locale, AT, later), words.format(-count, unit)]
			yield [`relative ${count} ${unit}`, formatRelative(locale, later, AT), words.format(count, unit)]
			yield [`span ${count} ${unit}`, formatSpan(locale, AT, later), units.format(count)]
		}
	}
}

test('time is told with 24 hours, in the zone asked for', () => {
	expect(formatDateTime('it', AT, 'Europe/Rome')).toBe('8 marzo 2026 alle ore 14:05')
	expect(formatDateTime('it', AT, 'Europe/Sofia')).toBe('8 marzo 2026 alle ore 15:05')
	expect(formatDate('it', new Date('2026-03-08T23:30:00Z'), 'Europe/Rome')).toBe('9 marzo 2026')
	expect(formatDateTime('en', new Date('2026-03-08T00:00:00Z'))).toBe('March 8, 2026 at 00:00')
})

test('where hours are counted from sunrise, the part of the day is said with them', () => {
	const at = (hour: string) => formatDayTime('ti', new Date(`2026-03-08T${hour}:00Z`), 'UTC')
	expect(at('02:00')).toMatch(/02:00 ለይቲ$/)
	expect(at('07:00')).toMatch(/07:00 ንግሆ$/)
	expect(at('14:05')).toMatch(/14:05 ድሕሪ ቀትሪ$/)
	expect(at('19:00')).toMatch(/19:00 ምሸት$/)
})

test('lists and ages are words', () => {
	expect(formatList('it', ['arabo', 'italiano', 'francese'])).toBe('arabo, italiano e francese')
	expect(formatList('it', [])).toBe('')
	const hourBefore = new Date(AT.getTime() - 3_600_000)
	expect(formatRelative('en', hourBefore, AT)).toBe('1 hour ago')
	expect(formatRelative('bg', new Date(AT.getTime() - 86_400_000), AT)).toBe('вчера')
	expect(formatRelative('en', new Date(AT.getTime() - 5_000), AT)).toBe('now')
	expect(formatRelative('ti', new Date(AT.getTime() - 3 * 86_400_000), AT)).toBe('ቅድሚ 3 መዓልቲ')
})

test('a language made for looking at pages formats as its base does', () => {
	expect(formatNumber('en-XA', 1234)).toBe('1,234')
	expect(() => formatNumber('nn', 1234)).toThrow('"nn"')
})

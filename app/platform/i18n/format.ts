import { type Forms, type Pack, packOf, STEPS, type Unit } from './format-packs'
import { spoken } from './spoken'

/**
 * Formats dates, numbers and lists, on the server and in the browser alike: by the pack of the language, not by what this
 * or that browser knows (docs/decisions/023). Digits are 0 to 9 and the calendar is Gregorian in every language: a wrong
 * appointment date is a harm (LANGUAGES.md 1.2).
 */
const filled = (pattern: string, values: Readonly<Record<string, string>>) =>
	pattern.replace(/\{(\w+)\}/g, (_all, name: string) => values[name]!)

const FRACTION_DIGITS = 3

function grouped(digits: string, { group, groupFrom, groupSize }: Pack['number']) {
	if (digits.length < groupFrom) return digits
	const before = digits.slice(0, -3).replace(new RegExp(`\\B(?=(\\d{${groupSize}})+$)`, 'g'), group)
	return `${before}${group}${digits.slice(-3)}`
}

/** 1,234 · 1.234 */
export function formatNumber(locale: string, value: number): string {
	const { number } = packOf(locale)
	const [whole = '', fraction] = String(Number(Math.abs(value).toFixed(FRACTION_DIGITS))).split('.')
	const digits = grouped(whole, number) + (fraction ? number.decimal + fraction : '')
	return value < 0 ? number.minus + digits : digits
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Numbers alone, and in English: that much every browser knows. */
function clockOf(timeZone: string) {
	const known = clocks.get(timeZone)
	if (known) return known
	const [numeric, hourCycle] = ['numeric', 'h23'] as const
	const parts = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric }
	const clock = new Intl.DateTimeFormat('en-u-nu-latn-ca-gregory', { ...parts, hourCycle, timeZone })
	clocks.set(timeZone, clock)
	return clock
}

/** What the calendar and the clock of a zone show at a moment: `month` 0 is January, `weekday` 0 is Monday. */
function shownAt(timeZone: string, at: Date) {
	const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
	for (const { type, value } of clockOf(timeZone).formatToParts(at)) parts[type] = value
	const [year, month, day] = [Number(parts.year), Number(parts.month) - 1, Number(parts.day)]
	const weekday = (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7
	return { year, month, day, weekday, hour: Number(parts.hour), minute: Number(parts.minute) }
}

/** What the clock of a zone shows at a moment, as numbers: `weekday` 0 is Monday. */
export function clockAt(timeZone: string, at: Date) {
	const { weekday, hour, minute } = shownAt(timeZone, at)
	return { weekday, hour, minute }
}

const HOURS_A_PART = 6
const twoDigits = (value: number) => String(value).padStart(2, '0')

/** Everything that a pattern can ask for. */
const datePattern = spoken(
	(locale, kind: 'date' | 'dateTime' | 'dayTime' | 'weekdayTime', at: Date, zone: string) => {
		const pack = packOf(locale)
		const { year, month, day, weekday, hour, minute } = shownAt(zone, at)
		return filled(pack[kind], {
			year: String(year),
			...monthWords(pack, month),
			day: String(day),
			day2: twoDigits(day),
			weekday: pack.weekdays[weekday]!,
			weekdayInDate: pack.weekdaysInDate?.[weekday] ?? '',
			hour: String(hour),
			hour2: twoDigits(hour),
			minute: twoDigits(minute),
			partOfDay: pack.partsOfDay?.[Math.floor(hour / HOURS_A_PART)] ?? '',
		})
	},
)

const monthWords = ({ months, monthsAlone = months }: Pack, month: number) => ({
	month: months[month]!,
	monthAlone: monthsAlone[month]!,
	monthNumber: String(month + 1),
})

/** "3 March 2026". `timeZone` is an IANA name. */
export const formatDate = (locale: string, at: Date, timeZone = 'UTC') =>
	datePattern(locale, 'date', at, timeZone)

/** "3 March 2026, 14:05", always with 24 hours. */
export const formatDateTime = (locale: string, at: Date, timeZone = 'UTC') =>
	datePattern(locale, 'dateTime', at, timeZone)

/** "Thursday, 5 March 2026, 14:05": an appointment, always with 24 hours. */
export const formatDayTime = (locale: string, at: Date, timeZone: string) =>
	datePattern(locale, 'dayTime', at, timeZone)

/** "Thursday 18:00": a time that comes back each week. */
export const formatWeekdayTime = (locale: string, at: Date, timeZone: string) =>
	datePattern(locale, 'weekdayTime', at, timeZone)

/** "January – March 2026", of whole months. */
export function formatMonths(locale: string, from: Date, to: Date): string {
	const pack = packOf(locale)
	const [year, toYear] = [from.getUTCFullYear(), to.getUTCFullYear()]
	const [month, toMonth] = [from.getUTCMonth(), to.getUTCMonth()]
	const kind = year !== toYear ? 'otherYear' : month !== toMonth ? 'sameYear' : 'one'
	const end = monthWords(pack, toMonth)
	return filled(pack.monthRange[kind], {
		year: String(year),
		...monthWords(pack, month),
		toYear: String(toYear),
		toMonth: end.month,
		toMonthAlone: end.monthAlone,
		toMonthNumber: end.monthNumber,
	})
}

/** "Monday", or "Mon"; `day` 0 is Monday. */
export const formatWeekday = spoken(
	(locale, day: number, width: 'long' | 'short' = 'long') =>
		packOf(locale)[width === 'long' ? 'weekdays' : 'weekdaysShort'][day]!,
)

/** Before these Spanish says "e", not "y". */
const SOUNDS_LIKE_I = /^(i|hi(?![ae]))/i

/** "Arabic, Italian and French" in the language of the page. */
export const formatList = spoken((locale, items: readonly string[]) => {
	const { list } = packOf(locale)
	const last = items.at(-1) ?? ''
	if (items.length < 2) return last
	const { two, last: end } = list.beforeI && SOUNDS_LIKE_I.test(last) ? list.beforeI : list
	const [pattern, before] = [items.length === 2 ? two : end, items.slice(0, -1).join(list.between)]
	return pattern.replace(/\{([01])\}/g, (_all, at) => (at === '0' ? before : last))
})

const rules = new Map<string, Intl.PluralRules>()

/** Which of its forms a language uses for this many ("one", "few" …): browsers know it of all of ours. */
export function pluralForm(locale: string, count: number): Intl.LDMLPluralRule {
	const rule = rules.get(locale) ?? new Intl.PluralRules(locale)
	rules.set(locale, rule)
	return rule.select(count)
}

const counted = (locale: string, forms: Forms, count: number) =>
	(forms[pluralForm(locale, count)] ?? forms.other ?? '').replace('{n}', () => formatNumber(locale, count))

const stepFor = (seconds: number) => STEPS.find(([, length]) => Math.abs(seconds) >= length)

/** "an hour ago", "yesterday": how long before `now` a thing was, in words. */
export function formatRelative(locale: string, at: Date, now: Date): string {
	const seconds = (at.getTime() - now.getTime()) / 1000
	const { relative } = packOf(locale)
	const step = stepFor(seconds)
	// What is younger than a minute is "now" in every language, not a count of seconds.
	if (!step) return relative.now
	const [unit, size] = step
	const count = Math.round(seconds / size)
	const { words, past, future } = relative[unit]
	return words?.[count] ?? counted(locale, count < 0 ? past : future, Math.abs(count))
}

const inUnits = (locale: string, count: number, unit: Unit) =>
	counted(locale, packOf(locale).units[unit], count)

/** "3 hours", "20 minutes": a span of time however it lies, never finer than a minute. */
export function formatSpan(locale: string, from: Date, to: Date): string {
	const seconds = Math.max(60, Math.abs(to.getTime() - from.getTime()) / 1000)
	const [unit, size] = stepFor(seconds)!
	return inUnits(locale, Math.round(seconds / size), unit)
}

const DAY_MS = 86_400_000
const WEEKS_FROM_DAYS = 14

/** "12 days", "5 weeks": how long something has lasted, never coarser than in weeks. */
export function formatHowLong(locale: string, since: Date, now: Date): string {
	const days = Math.max(1, Math.floor((now.getTime() - since.getTime()) / DAY_MS))
	const unit = days < WEEKS_FROM_DAYS ? 'day' : 'week'
	return inUnits(locale, unit === 'day' ? days : Math.floor(days / 7), unit)
}

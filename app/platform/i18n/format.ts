import { type Shown, shownAt } from './format-clock'
import { type Forms, type Pack, packOf, STEPS, type Unit } from './format-packs'
import { spoken } from './spoken'

/*
 * Formats dates, numbers and lists, on the server and in the browser alike: by the pack of the language, not by what this
 * or that browser knows (docs/decisions/023). Digits are 0 to 9 and the calendar is Gregorian in every language: a wrong
 * appointment date is a harm (LANGUAGES.md 1.2).
 */

const FRACTION_DIGITS = 3
/** Before each group of two digits, or of three. */
const GROUPS: Record<number, RegExp> = { 2: /\B(?=(\d{2})+$)/g, 3: /\B(?=(\d{3})+$)/g }

function grouped(digits: string, { group, groupFrom, groupSize }: Pack['number']) {
	if (digits.length < groupFrom) return digits
	return digits.slice(0, -3).replace(GROUPS[groupSize]!, group) + group + digits.slice(-3)
}

/** 1,234 · 1.234 */
export function formatNumber(locale: string, value: number): string {
	const { number } = packOf(locale)
	if (Number.isInteger(value) && value >= 0) return grouped(String(value), number)
	const [whole = '', fraction] = String(Number(Math.abs(value).toFixed(FRACTION_DIGITS))).split('.')
	const digits = grouped(whole, number) + (fraction ? number.decimal + fraction : '')
	return value < 0 ? number.minus + digits : digits
}

const HOURS_A_PART = 6
const twoDigits = (value: number) => String(value).padStart(2, '0')

/** What the words of a pattern stand for. */
const WORDS: Record<string, (pack: Pack, shown: Shown) => string> = {
	year: (_, { year }) => String(year),
	month: ({ months }, { month }) => months[month]!,
	monthAlone: ({ months, monthsAlone = months }, { month }) => monthsAlone[month]!,
	monthNumber: (_, { month }) => String(month + 1),
	day: (_, { day }) => String(day),
	day2: (_, { day }) => twoDigits(day),
	weekday: ({ weekdays }, { weekday }) => weekdays[weekday]!,
	weekdayInDate: ({ weekdays, weekdaysInDate = weekdays }, { weekday }) => weekdaysInDate[weekday]!,
	hour: (_, { hour }) => String(hour),
	hour2: (_, { hour }) => twoDigits(hour),
	minute: (_, { minute }) => twoDigits(minute),
	partOfDay: ({ partsOfDay }, { hour }) => partsOfDay?.[Math.floor(hour / HOURS_A_PART)] ?? '',
}

type Kind = 'date' | 'dateTime' | 'dayTime' | 'weekdayTime'

const filledDate = spoken((locale, kind: Kind, at: Date, timeZone: string) => {
	const pack = packOf(locale)
	const shown = shownAt(timeZone, at)
	return pack[kind].replace(/\{(\w+)\}/g, (_all, word: string) => WORDS[word]!(pack, shown))
})

/** "3 March 2026". `timeZone` is an IANA name. */
export const formatDate = (locale: string, at: Date, timeZone = 'UTC') =>
	filledDate(locale, 'date', at, timeZone)

/** "3 March 2026, 14:05", always with 24 hours. */
export const formatDateTime = (locale: string, at: Date, timeZone = 'UTC') =>
	filledDate(locale, 'dateTime', at, timeZone)

/** "Thursday, 5 March 2026, 14:05": an appointment, always with 24 hours. */
export const formatDayTime = (locale: string, at: Date, timeZone: string) =>
	filledDate(locale, 'dayTime', at, timeZone)

/** "Thursday 18:00": a time that comes back each week. */
export const formatWeekdayTime = (locale: string, at: Date, timeZone: string) =>
	filledDate(locale, 'weekdayTime', at, timeZone)

/** "January – March 2026", of whole months; the end has words of its own, "toMonth" and "toYear". */
export function formatMonths(locale: string, from: Date, to: Date): string {
	const pack = packOf(locale)
	const [start, end] = [shownAt('UTC', from), shownAt('UTC', to)]
	const kind = start.year !== end.year ? 'otherYear' : start.month !== end.month ? 'sameYear' : 'one'
	return pack.monthRange[kind].replace(/\{(to)?(\w+)\}/g, (_all, isEnd: string | undefined, word: string) =>
		WORDS[word[0]!.toLowerCase() + word.slice(1)]!(pack, isEnd ? end : start),
	)
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

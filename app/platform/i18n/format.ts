import { endonym } from './languages'

/**
 * The only place that formats dates, numbers and lists, for the server and the alive pages alike. Digits are 0 to 9 and
 * the calendar is Gregorian in every language: a wrong appointment date is a harm (LANGUAGES.md 1.2).
 */
const pinned = (locale: string) => `${locale}-u-nu-latn-ca-gregory`

const cache = new Map<string, unknown>()
function kept<T>(kind: string, locale: string, make: (tag: string) => T): T {
	const key = `${kind} ${locale}`
	if (!cache.has(key)) cache.set(key, make(pinned(locale)))
	return cache.get(key) as T
}

/** 1,234 · 1.234 */
export const formatNumber = (locale: string, value: number) =>
	kept('number', locale, (tag) => new Intl.NumberFormat(tag)).format(value)

/** "3 March 2026". `timeZone` is an IANA name. */
export const formatDate = (locale: string, at: Date, timeZone = 'UTC') =>
	kept(
		`date ${timeZone}`,
		locale,
		(tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone }),
	).format(at)

/** "January – March 2026", of whole months. */
export const formatMonths = (locale: string, from: Date, to: Date) =>
	kept(
		'months',
		locale,
		(tag) => new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
	).formatRange(from, to)

/** "3 March 2026, 14:05", always with 24 hours. */
export const formatDateTime = (locale: string, at: Date, timeZone = 'UTC') =>
	kept(
		`dateTime ${timeZone}`,
		locale,
		(tag) =>
			new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone }),
	).format(at)

/** "Thursday, 5 March 2026, 14:05": an appointment, always with 24 hours. */
export const formatDayTime = (locale: string, at: Date, timeZone: string) =>
	kept(
		`dayTime ${timeZone}`,
		locale,
		(tag) =>
			new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23', timeZone }),
	).format(at)

/** "Central European Time": how the hours of a zone are called, which names no town. */
export const formatZone = (locale: string, timeZone: string, at: Date) =>
	kept(
		`zone ${timeZone}`,
		locale,
		(tag) => new Intl.DateTimeFormat(tag, { timeZone, timeZoneName: 'longGeneric' }),
	)
		.formatToParts(at)
		.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** The first Monday of 1970; `day` 0 is Monday. */
const weekdayDate = (day: number) => new Date(Date.UTC(1970, 0, 5 + day))

/** "Monday", or "Mon". */
export const formatWeekday = (locale: string, day: number, width: 'long' | 'short' = 'long') =>
	kept(
		`weekday ${width}`,
		locale,
		(tag) => new Intl.DateTimeFormat(tag, { weekday: width, timeZone: 'UTC' }),
	).format(weekdayDate(day))

/** "Thursday 18:00": a time that comes back each week. */
export const formatWeekdayTime = (locale: string, at: Date, timeZone: string) =>
	kept(
		`weekdayTime ${timeZone}`,
		locale,
		(tag) =>
			new Intl.DateTimeFormat(tag, {
				weekday: 'long',
				hour: '2-digit',
				minute: '2-digit',
				hourCycle: 'h23',
				timeZone,
			}),
	).format(at)

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** What the clock of a zone shows at a moment, as numbers: `weekday` 0 is Monday. */
export function clockAt(timeZone: string, at: Date) {
	const clock = kept(
		`clock ${timeZone}`,
		'en-GB',
		(tag) =>
			new Intl.DateTimeFormat(tag, {
				weekday: 'short',
				hour: '2-digit',
				minute: '2-digit',
				hourCycle: 'h23',
				timeZone,
			}),
	)
	const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]))
	return {
		weekday: WEEKDAYS.indexOf(parts.get('weekday')!),
		hour: Number(parts.get('hour')),
		minute: Number(parts.get('minute')),
	}
}

/** "Arabic, Italian and French" in the language of the page. */
export const formatList = (locale: string, items: readonly string[]) =>
	kept('list', locale, (tag) => new Intl.ListFormat(tag, { type: 'conjunction' })).format(items)

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
	['year', 31_557_600],
	['month', 2_629_800],
	['week', 604_800],
	['day', 86_400],
	['hour', 3600],
	['minute', 60],
]

/** "an hour ago", "yesterday": how long before `now` a thing was, in words. */
export function formatRelative(locale: string, at: Date, now: Date): string {
	const seconds = (at.getTime() - now.getTime()) / 1000
	const words = kept('relative', locale, (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }))
	const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const)
	// What is younger than a minute is "now" in every language, not a count of seconds.
	return unit === 'second' ? words.format(0, 'second') : words.format(Math.round(seconds / size), unit)
}

const inUnits = (locale: string, count: number, unit: string) =>
	kept(
		`unit ${unit}`,
		locale,
		(tag) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }),
	).format(count)

/** "3 hours", "20 minutes": a span of time however it lies, never finer than a minute. */
export function formatSpan(locale: string, from: Date, to: Date): string {
	const seconds = Math.max(60, Math.abs(to.getTime() - from.getTime()) / 1000)
	const [unit, size] = STEPS.find(([, length]) => seconds >= length)!
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

/** The names of countries and languages in the language of the page. */
export const formatCountry = (locale: string, code: string) =>
	kept('country', locale, (tag) => new Intl.DisplayNames(tag, { type: 'region' })).of(code) ?? code

/** A language, named in the language of the page; in its own name where the page's language has no word for it. */
export const formatLanguage = (locale: string, language: string) =>
	kept('language', locale, (tag) => new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' })).of(
		language,
	) ?? endonym(language)

/** Sorts words as the readers of the language expect. */
export const compareWords = (locale: string) =>
	kept('compare', locale, (tag) => new Intl.Collator(tag)).compare

/** Which of its forms a language uses for this many ("one", "few" …). */
export const pluralForm = (locale: string, count: number) =>
	kept('plural', locale, (tag) => new Intl.PluralRules(tag)).select(count)

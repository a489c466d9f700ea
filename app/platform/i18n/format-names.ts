import type { Calendar } from '../actor'
import { endonym } from './languages'
import { spoken } from './spoken'

/**
 * What only pages made on the server say: names of countries, languages and zones, words in order, dates of other
 * calendars. ICU has too many of these for a pack, and Node has all of them in every language of ours; browsers lack some,
 * so nothing that lives in the browser takes from here.
 */
const cache = new Map<string, unknown>()
function kept<T>(kind: string, locale: string, make: (locale: string) => T): T {
	const key = `${kind} ${locale}`
	if (!cache.has(key)) cache.set(key, make(locale))
	return cache.get(key) as T
}

/** "Central European Time": how the hours of a zone are called, which names no town. */
export const formatZone = spoken(
	(locale, timeZone: string, at: Date) =>
		kept(
			`zone ${timeZone}`,
			locale,
			(tag) => new Intl.DateTimeFormat(`${tag}-u-nu-latn`, { timeZone, timeZoneName: 'longGeneric' }),
		)
			.formatToParts(at)
			.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone,
)

/** The names of countries in the language of the page. */
export const formatCountry = spoken(
	(locale, code: string) =>
		kept('country', locale, (tag) => new Intl.DisplayNames(tag, { type: 'region' })).of(code) ?? code,
)

/** A language, named in the language of the page; in its own name where the page's language has no word for it. */
export const formatLanguage = spoken(
	(locale, language: string) =>
		kept('language', locale, (tag) => new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' })).of(
			language,
		) ?? endonym(language),
)

/** Sorts words as the readers of the language expect. */
export const compareWords = (locale: string) =>
	kept('compare', locale, (tag) => new Intl.Collator(tag)).compare

const CALENDARS: Record<Calendar, string> = {
	persian: 'persian',
	islamic: 'islamic-umalqura',
	ethiopic: 'ethiopic',
}

/** A day as another calendar has it. */
export interface OtherDay {
	calendar: Calendar
	date: string
}

/**
 * The day of a moment in the calendar she counts by, "17 Esfand 1404", with digits 0 to 9 as everywhere; null where she
 * chose none. The era is left out: the calendar is named beside it, and "AM" would look like a morning.
 */
export function otherDay(
	locale: string,
	at: Date,
	timeZone: string,
	calendar: Calendar | null,
): OtherDay | null {
	if (!calendar) return null
	const parts = kept(
		`${calendar} ${timeZone}`,
		locale,
		(tag) =>
			new Intl.DateTimeFormat(`${tag}-u-nu-latn-ca-${CALENDARS[calendar]}`, { dateStyle: 'long', timeZone }),
	).formatToParts(at)
	const date = parts.map(({ type, value }) => (type === 'era' ? '' : value)).join('')
	return { calendar, date: date.trim() }
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

const clocks = new Map<string, Intl.DateTimeFormat>()

/** "3/8/2026, 14:05": numbers alone, and in English. That much every browser knows. */
function clockOf(timeZone: string) {
	const known = clocks.get(timeZone)
	if (known) return known
	const [numeric, hourCycle] = ['numeric', 'h23'] as const
	const parts = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric }
	const clock = new Intl.DateTimeFormat('en-u-nu-latn-ca-gregory', { ...parts, hourCycle, timeZone })
	clocks.set(timeZone, clock)
	return clock
}

/** The difference as the clock itself shows it at a moment. */
function readAhead(timeZone: string, at: number): number {
	const numbers = clockOf(timeZone).format(at).match(/\d+/g)!.map(Number)
	const [month, day, year, hour, minute] = numbers as [number, number, number, number, number]
	return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE_MS) * MINUTE_MS
}

/** Days on which a clock is not changed, by zone and day: to read it takes a hundred times as long as to look here. */
const days = new Map<string, number>()
const DAYS_AT_MOST = 10_000

/** By how many milliseconds the clock of a zone is ahead of UTC at a moment; negative where it is behind. */
export function aheadOf(timeZone: string, at: number): number {
	const day = Math.floor(at / DAY_MS)
	const key = `${timeZone} ${day}`
	const known = days.get(key)
	if (known !== undefined) return known
	const [first, last] = [day * DAY_MS, (day + 1) * DAY_MS - MINUTE_MS].map((end) => readAhead(timeZone, end))
	if (first !== last) return readAhead(timeZone, at)
	if (days.size >= DAYS_AT_MOST) days.clear()
	days.set(key, first!)
	return first!
}

/** What the calendar and the clock of a zone show at a moment: `month` 0 is January, `weekday` 0 is Monday. */
export function shownAt(timeZone: string, at: Date) {
	const shown = new Date(at.getTime() + aheadOf(timeZone, at.getTime()))
	return {
		year: shown.getUTCFullYear(),
		month: shown.getUTCMonth(),
		day: shown.getUTCDate(),
		weekday: (shown.getUTCDay() + 6) % 7,
		hour: shown.getUTCHours(),
		minute: shown.getUTCMinutes(),
	}
}

export type Shown = ReturnType<typeof shownAt>

/** What the clock of a zone shows at a moment, as numbers: `weekday` 0 is Monday. */
export function clockAt(timeZone: string, at: Date) {
	const { weekday, hour, minute } = shownAt(timeZone, at)
	return { weekday, hour, minute }
}

import { clockAt } from './format'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const WEEK_MINUTES = 7 * 24 * 60
/** The first Monday of 1970, 00:00 UTC. */
const A_MONDAY = Date.UTC(1970, 0, 5)

const within = (minutes: number, size: number) => ((minutes % size) + size) % size

/** By how many minutes the clock of a zone is ahead of UTC at a moment; negative where it is behind. */
function minutesAhead(zone: string, at: number): number {
	const { weekday, hour, minute } = clockAt(zone, new Date(at))
	const shown = weekday * 24 * 60 + hour * 60 + minute
	const utc = Math.floor((at - A_MONDAY) / MINUTE_MS)
	// No clock is half a week away, so the nearer of the two differences is the one.
	const ahead = within(shown - utc, WEEK_MINUTES)
	return ahead > WEEK_MINUTES / 2 ? ahead - WEEK_MINUTES : ahead
}

/** What the clock of a zone shows at a moment, counted as if it were UTC. */
const shownAt = (zone: string, at: number) => at + minutesAhead(zone, at) * MINUTE_MS

/**
 * The moments at which the clock of a zone shows this day ("2026-10-25") and time ("02:30"), the earlier first: none
 * where the clock jumps over it, two where it is set back and shows it twice.
 */
export function momentsOf(date: string, time: string, zone: string): Date[] {
	const shown = Date.parse(`${date}T${time}:00Z`)
	const offsets = [shown - DAY_MS, shown + DAY_MS].map((at) => minutesAhead(zone, at))
	return [...new Set(offsets)]
		.map((ahead) => shown - ahead * MINUTE_MS)
		.filter((at) => shownAt(zone, at) === shown)
		.sort((a, b) => a - b)
		.map((at) => new Date(at))
}

/** The day ("2026-10-25") and time ("02:30") that the clock of a zone shows, as fields of forms have them. */
export function shownIn(zone: string, at: Date) {
	const [date = '', time = ''] = new Date(shownAt(zone, at.getTime())).toISOString().split('T')
	return { date, time: time.slice(0, 5) }
}

/** Whether the clock of a zone shows this time twice that day, and the first of the two is meant. */
export function isFirstOfTwo(zone: string, at: Date): boolean {
	const { date, time } = shownIn(zone, at)
	const moments = momentsOf(date, time, zone)
	return moments.length === 2 && moments[0]!.getTime() === at.getTime()
}

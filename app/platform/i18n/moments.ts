import { aheadOf } from './format-clock'

const DAY_MS = 24 * 60 * 60_000

/** What the clock of a zone shows at a moment, counted as if it were UTC. */
const shownAt = (zone: string, at: number) => at + aheadOf(zone, at)

/**
 * The moments at which the clock of a zone shows this day ("2026-10-25") and time ("02:30"), the earlier first: none
 * where the clock jumps over it, two where it is set back and shows it twice.
 */
export function momentsOf(date: string, time: string, zone: string): Date[] {
	const shown = Date.parse(`${date}T${time}:00Z`)
	const offsets = [shown - DAY_MS, shown + DAY_MS].map((at) => aheadOf(zone, at))
	return [...new Set(offsets)]
		.map((ahead) => shown - ahead)
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

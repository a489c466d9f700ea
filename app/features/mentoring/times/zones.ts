import { clockAt } from '~/platform/i18n/format-clock'
import { FALLBACK_ZONE } from '~/platform/i18n/zones'
import { type Week, weekOf } from '../matching/week'

export { isZone, ZONE_NAMES, zoneFor, zoneLabel, zoneOf } from '~/platform/i18n/zones'

const HOUR_MS = 60 * 60 * 1000
const WEEK_HOURS = 7 * 24
/** The first Monday of 1970, 00:00 UTC. */
const A_MONDAY = Date.UTC(1970, 0, 5)

const inWeek = (hour: number) => ((hour % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS
const utcHourOf = (instant: number) => inWeek(Math.floor((instant - A_MONDAY) / HOUR_MS))

/** The next time this UTC hour of the week (0 to 167) comes, from a moment on. */
export function comingHour(hour: number, from: Date): Date {
	const start = Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS
	return new Date(start + inWeek(hour - utcHourOf(start)) * HOUR_MS)
}

/** A UTC hour of the week (0 to 167) on the clock of a zone, the next time it comes. */
export const hourIn = (zone: string, hour: number, from: Date) => clockAt(zone, comingHour(hour, from))

function localHourAt(zone: string, instant: number): number {
	const { weekday, hour } = clockAt(zone, new Date(instant))
	return weekday * 24 + hour
}

/** For each UTC hour of the seven days from a moment on, the local hours in which it begins and ends. */
type HourTable = readonly (readonly [begins: number, ends: number])[]

const TABLES_AT_MOST = 200
const tables = new Map<string, HourTable>()

function hourTable(zone: string, from: Date): HourTable {
	const key = `${zone} ${Math.ceil(from.getTime() / HOUR_MS)}`
	const known = tables.get(key)
	if (known) return known
	const table = Array.from({ length: WEEK_HOURS }, (_, hour) => {
		const begins = comingHour(hour, from).getTime()
		return [localHourAt(zone, begins), localHourAt(zone, begins + HOUR_MS - 1)] as const
	})
	if (tables.size >= TABLES_AT_MOST) tables.clear()
	tables.set(key, table)
	return table
}

/**
 * The hours of a week on the clock of a zone (0 is Monday 00:00) as UTC hours in the seven days from a moment on, so
 * that a change of the clock within them is settled: an hour the clock skips is nobody's, one it shows twice counts
 * twice. In zones that are a half or quarter of an hour beside UTC, a UTC hour counts only where she is free for the
 * whole of it; four hours in Kathmandu are three of UTC.
 */
export function utcWeek(hours: readonly number[], zone: string | null, from: Date): Week {
	if (hours.length === 0) return weekOf([])
	const free: boolean[] = new Array(WEEK_HOURS).fill(false)
	for (const hour of hours) free[hour] = true
	const utc: number[] = []
	// A round does this ten thousand times: no function is made and no list joined for each hour.
	const table = hourTable(zone ?? FALLBACK_ZONE, from)
	for (let hour = 0; hour < WEEK_HOURS; hour++) {
		const [begins, ends] = table[hour]!
		if (free[begins] && free[ends]) utc.push(hour)
	}
	return weekOf(utc)
}

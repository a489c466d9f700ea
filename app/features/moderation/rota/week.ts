import { clockAt } from '~/platform/i18n/format-clock'
import { momentsOf, shownIn } from '~/platform/i18n/moments'

export const DAY_MINUTES = 24 * 60
const WEEK_MINUTES = 7 * DAY_MINUTES
const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** A time that comes back each week: `weekday` 1 is Monday; an end that is not after its beginning is on the next day. */
export interface WeeklyTime {
	weekday: number
	fromMinute: number
	toMinute: number
}

/** From when to when, in minutes from Monday 00:00; the end may be in the week after. */
export interface Stretch {
	from: number
	to: number
}

export function stretchOf({ weekday, fromMinute, toMinute }: WeeklyTime): Stretch {
	const from = (weekday - 1) * DAY_MINUTES + fromMinute
	const minutes = toMinute > fromMinute ? toMinute - fromMinute : toMinute - fromMinute + DAY_MINUTES
	return { from, to: from + minutes }
}

/** Stretches of a week, put together where they touch; what runs over Sunday night is cut there. */
function together(times: readonly WeeklyTime[]): Stretch[] {
	const cut = times.map(stretchOf).flatMap(({ from, to }) =>
		to > WEEK_MINUTES
			? [
					{ from, to: WEEK_MINUTES },
					{ from: 0, to: to - WEEK_MINUTES },
				]
			: [{ from, to }],
	)
	const joined: Stretch[] = []
	for (const next of cut.sort((a, b) => a.from - b.from)) {
		const last = joined.at(-1)
		if (last && next.from <= last.to) last.to = Math.max(last.to, next.to)
		else joined.push({ ...next })
	}
	return joined
}

/** When nobody is there in a week; a gap over Sunday night is one. Null: nobody is there at all. */
export function gapsOf(times: readonly WeeklyTime[]): Stretch[] | null {
	const there = together(times)
	const [first] = there
	if (!first) return null
	const gaps = there.map(({ to }, at) => ({ from: to, to: there[at + 1]?.from ?? WEEK_MINUTES + first.from }))
	return gaps.filter(({ from, to }) => to > from).map(({ from, to }) => startingIn({ from, to }))
}

const startingIn = ({ from, to }: Stretch): Stretch =>
	from >= WEEK_MINUTES ? { from: from - WEEK_MINUTES, to: to - WEEK_MINUTES } : { from, to }

/** A gap that comes on several days at the same time of day is said once; one of a day or longer by itself. */
export interface Gap {
	/** 1 is Monday; the days it begins on. */
	weekdays: number[]
	fromMinute: number
	minutes: number
}

/** Gaps with the same times together, in the order of the week. */
export function sameTimes(gaps: readonly Stretch[]): Gap[] {
	const byTimes = new Map<string, Gap>()
	for (const { from, to } of gaps) {
		const [day, fromMinute, minutes] = [Math.floor(from / DAY_MINUTES) + 1, from % DAY_MINUTES, to - from]
		const times = minutes < DAY_MINUTES ? `${fromMinute} ${minutes}` : `from ${from}`
		const gap = byTimes.get(times) ?? { weekdays: [], fromMinute, minutes }
		gap.weekdays.push(day)
		byTimes.set(times, gap)
	}
	return [...byTimes.values()]
}

const two = (number: number) => String(number).padStart(2, '0')

/** "22:00". */
export const timeOf = (minute: number) =>
	`${two(Math.floor((minute % DAY_MINUTES) / 60))}:${two(minute % 60)}`

/**
 * The moment of a minute of the week that began with a Monday: `monday` is its date ("2026-11-23"). A time that the clock
 * jumps over that day is an hour later, one it shows twice is the first of the two.
 */
function momentIn(monday: string, minute: number, zone: string): Date {
	const day = new Date(Date.parse(`${monday}T00:00:00Z`) + Math.floor(minute / DAY_MINUTES) * DAY_MS)
	const date = day.toISOString().slice(0, 10)
	const [at] = momentsOf(date, timeOf(minute), zone)
	const [later] = at ? [at] : momentsOf(date, timeOf(minute + 60), zone)
	return later ?? day
}

/** The Monday of the week that the clock of a zone shows now. */
function mondayIn(zone: string, now: Date): string {
	const { weekday } = clockAt(zone, now)
	const { date } = shownIn(zone, now)
	return new Date(Date.parse(`${date}T00:00:00Z`) - weekday * DAY_MS).toISOString().slice(0, 10)
}

/** When a weekly time is in the week of now, by the clock of its zone. */
export function momentsThisWeek(time: WeeklyTime, zone: string, now: Date): { from: Date; to: Date } {
	const monday = mondayIn(zone, now)
	const { from, to } = stretchOf(time)
	return { from: momentIn(monday, from, zone), to: momentIn(monday, to, zone) }
}

/** Until when a weekly time lasts that is going on now; null where it is not. */
export function goingOnUntil(time: WeeklyTime, zone: string, now: Date): Date | null {
	// One that began on Sunday evening belongs to the week before.
	for (const week of [now, new Date(now.getTime() - DAY_MS)]) {
		const { from, to } = momentsThisWeek(time, zone, week)
		if (from <= now && now < to) return to
	}
	return null
}

const HOURS = 7 * 24
const WORD = 32

/**
 * The hours of a week in which someone is free, one bit each: hour 0 is Monday 00:00 to 01:00 UTC. Whoever makes it
 * from her own grid puts it into UTC as her zone is in the week of the round, so that a change of the clock is settled
 * before anything is compared. An empty week says that she named no times.
 */
export type Week = Uint32Array

/** A week from its hours (0 to 167). Throws `RangeError` for an hour no week has. */
export function weekOf(hours: Iterable<number>): Week {
	const week = new Uint32Array(Math.ceil(HOURS / WORD))
	for (const hour of hours) {
		if (!Number.isInteger(hour) || hour < 0 || hour >= HOURS)
			throw new RangeError(`no hour ${hour} in a week`)
		const word = Math.floor(hour / WORD)
		week[word] = week[word]! | (1 << (hour % WORD))
	}
	return week
}

/** Every hour of the week. */
export const WHOLE_WEEK: Week = weekOf(Array.from({ length: HOURS }, (_, hour) => hour))

/** How many hours two weeks share, counted up to `most`. */
export function sharedHours(a: Week, b: Week, most: number): number {
	let count = 0
	for (let word = 0; word < a.length; word++) {
		// Takes away the lowest bit until none is left (Kernighan).
		for (let bits = a[word]! & b[word]!; bits !== 0; bits &= bits - 1) if (++count >= most) return most
	}
	return count
}

/** The first hour two weeks share. */
export function firstSharedHour(a: Week, b: Week): number | undefined {
	for (let word = 0; word < a.length; word++) {
		const bits = a[word]! & b[word]!
		if (bits !== 0) return word * WORD + 31 - Math.clz32(bits & -bits)
	}
	return undefined
}

export const isEmpty = (week: Week) => firstSharedHour(week, WHOLE_WEEK) === undefined

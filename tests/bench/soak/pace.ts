/** What was done, and what went wrong. */
export class Tally {
	readonly took: number[] = []
	readonly wrong: string[] = []
	/** Begun and not done yet. */
	under = 0
}

/**
 * Begins something so many times a second on average, at random moments, whether or not what was begun before is done:
 * women do not wait for each other. `stop` begins no more; what is under way goes on.
 */
export function keepDoing(aSecond: number, act: () => Promise<unknown>, tally = new Tally()) {
	let stopped = false
	let timer: NodeJS.Timeout
	const once = async () => {
		const began = performance.now()
		tally.under += 1
		try {
			await act()
			tally.took.push(performance.now() - began)
		} catch (error) {
			tally.wrong.push((error as Error).message || String(error))
		} finally {
			tally.under -= 1
		}
	}
	let due = performance.now()
	const next = () => {
		// By the moment that was due, not by now: a busy driver begins late, but not less often.
		due += (-Math.log(1 - Math.random()) * 1_000) / aSecond
		timer = setTimeout(
			() => {
				if (stopped) return
				void once()
				next()
			},
			Math.max(0, due - performance.now()),
		)
	}
	next()
	return {
		tally,
		stop() {
			stopped = true
			clearTimeout(timer)
		},
	}
}

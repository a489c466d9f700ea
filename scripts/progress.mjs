/** @param {string} line */
export const say = (line) => void process.stderr.write(`  ${line}\n`)

/** Seconds since a moment of `performance.now()`. @param {number} moment */
export const secondsSince = (moment) => `${((performance.now() - moment) / 1000).toFixed(1)} s`

/**
 * Tells the person at the terminal what is being done, one stage after the other, with the seconds each took. Slow
 * work is announced after a moment, so that nobody looks at a silent terminal; quick work takes one line.
 */
export function stages() {
	let end = (/** @type {boolean} */ _well) => {}
	return {
		/** @param {string} label */
		next(label) {
			end(true)
			const began = performance.now()
			const announce = setTimeout(() => say(`${label} …`), 700)
			end = (well) => {
				clearTimeout(announce)
				if (well) say(`${label}: ${secondsSince(began)}`)
				end = () => {}
			}
		},
		done: () => end(true),
		failed: () => end(false),
	}
}

/**
 * One stage around a piece of work.
 * @template T
 * @param {string} label
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
	const stage = stages()
	stage.next(label)
	try {
		const result = await work()
		stage.done()
		return result
	} finally {
		stage.failed()
	}
}

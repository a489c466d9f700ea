import { childrenOf, residentMb } from '../processes.mjs'

const EVERY_MS = 5_000

export interface Sample {
	/** Seconds since the watch began. */
	at: number
	/** Resident memory in MB of each process that serves, by its id. */
	each: Record<number, number>
	all: number
}

/** Looks at the memory of a server and of the processes it started, every five seconds. */
export class MemoryWatch {
	readonly samples: Sample[] = []
	readonly #began = performance.now()
	readonly #timer: NodeJS.Timeout

	constructor(readonly pid: number) {
		this.#look()
		this.#timer = setInterval(() => this.#look(), EVERY_MS)
	}

	#look() {
		const each = Object.fromEntries(
			[this.pid, ...childrenOf(this.pid)].map((pid) => [pid, residentMb(pid)] as const),
		)
		const all = Object.values(each).reduce((sum, mb) => sum + mb, 0)
		this.samples.push({ at: this.now(), each, all })
	}

	/** Seconds since it began. */
	now = () => (performance.now() - this.#began) / 1_000

	stop() {
		clearInterval(this.#timer)
	}
}

/** By how many MB a minute it grew: the straight line nearest to all samples (least squares). */
export function slopeOf(points: readonly { at: number; mb: number }[]): number {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
	const [at, mb] = [mean(points.map((point) => point.at)), mean(points.map((point) => point.mb))]
	const over = points.reduce((sum, point) => sum + (point.at - at) * (point.mb - mb), 0)
	const under = points.reduce((sum, point) => sum + (point.at - at) ** 2, 0)
	return (over / under) * 60
}

/** What was resident around a moment, and how it grew from one to another; the largest process, and all of them. */
export function memoryBetween(samples: readonly Sample[], from: number, to: number) {
	const between = samples.filter(({ at }) => at >= from && at <= to)
	const last = between.at(-1)
	if (!last) return undefined
	// Those that were there all the time: one that was started in between says nothing of growing.
	const stayed = Object.keys(last.each)
		.map(Number)
		.filter((pid) => between.every(({ each }) => pid in each))
	const slopes = stayed.map((pid) => slopeOf(between.map(({ at, each }) => ({ at, mb: each[pid]! }))))
	return {
		largest: Math.max(...Object.values(last.each)),
		all: last.all,
		slopeOfSteepest: Math.max(...slopes),
		slopeOfAll: slopeOf(between.map(({ at, all }) => ({ at, mb: all }))),
	}
}

// Work that waits for processes and processors, moment by moment: who comes when, who waits for whom, how long.

/** @typedef {{ process?: number, ms: number }} Step  of work on one processor; of a process, which does one thing at a time, or of the database */
/** @typedef {{ at: number, steps: Step[], place?: number, counts: boolean }} Job  `at` in ms; `place`: of which process it takes a place */
/** @typedef {{ app: number, database: number, shared: boolean, places: number, patienceMs: number }} Machines  processors; processes are numbered by who gives the jobs */
/** @typedef {{ p50: number, p99: number, mean: number, waited: number, refused: number, appBusy: number, databaseBusy: number }} Seen  ms waited; shares of refused and of processor time */

/**
 * A generator of numbers between 0 and 1, the same for the same seed (mulberry32).
 * @param {number} seed
 */
export function randomFrom(seed) {
	let state = seed >>> 0
	return () => {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
	}
}

/** @param {() => number} random @param {number} mean */
export const exponential = (random, mean) => -Math.log(1 - random()) * mean

/** @template T */
class Line {
	/** @type {T[]} */
	#waiting = []
	#next = 0

	get length() {
		return this.#waiting.length - this.#next
	}

	/** @param {T} one */
	add(one) {
		this.#waiting.push(one)
	}

	/** @returns {T | undefined} */
	take() {
		const one = this.#waiting[this.#next]
		if (one === undefined) return undefined
		this.#next += 1
		if (this.#next > 10_000) {
			this.#waiting.splice(0, this.#next)
			this.#next = 0
		}
		return one
	}
}

/** What ends next, the earliest first: a binary heap. */
class Ends {
	/** @type {{ at: number, task: Task }[]} */
	#heap = []

	get first() {
		return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY
	}

	/** @param {number} at @param {Task} task */
	add(at, task) {
		const heap = this.#heap
		let place = heap.push({ at, task }) - 1
		while (place > 0) {
			const above = (place - 1) >> 1
			if (/** @type {{ at: number }} */ (heap[above]).at <= at) break
			this.#swap(place, above)
			place = above
		}
	}

	take() {
		const heap = this.#heap
		const first = heap[0]
		const last = heap.pop()
		if (last && heap.length > 0) {
			heap[0] = last
			this.#sink()
		}
		return first?.task
	}

	#sink() {
		const at = (/** @type {number} */ place) => this.#heap[place]?.at ?? Number.POSITIVE_INFINITY
		let place = 0
		for (;;) {
			const below = at(2 * place + 1) <= at(2 * place + 2) ? 2 * place + 1 : 2 * place + 2
			if (at(below) >= at(place)) return
			this.#swap(place, below)
			place = below
		}
	}

	/** @param {number} one @param {number} other */
	#swap(one, other) {
		const heap = this.#heap
		const kept = /** @type {{ at: number, task: Task }} */ (heap[one])
		heap[one] = /** @type {{ at: number, task: Task }} */ (heap[other])
		heap[other] = kept
	}
}

/** @typedef {{ job: Job, step: number }} Task */
/** @typedef {{ free: number, line: Line<Task>, busyMs: number }} Processors */

/** One run over jobs that are given in the order in which they come. */
class Run {
	/** @param {Machines} machines */
	constructor(machines) {
		this.machines = machines
		this.now = 0
		this.refused = 0
		/** @type {number[]} */
		this.waits = []
		this.ends = new Ends()
		/** @type {Processors} */
		this.app = { free: machines.app, line: new Line(), busyMs: 0 }
		/** @type {Processors} */
		this.database = machines.shared ? this.app : { free: machines.database, line: new Line(), busyMs: 0 }
		this.databaseMs = 0
		/** @type {Map<number, { busy: boolean, line: Line<Task>, inside: number, outside: Line<Job> }>} */
		this.processes = new Map()
	}

	/** @param {number} number */
	process(number) {
		const known = this.processes.get(number)
		if (known) return known
		const made = { busy: false, line: new Line(), inside: 0, outside: new Line() }
		this.processes.set(number, made)
		return made
	}

	/** @param {Job} job */
	come(job) {
		if (job.place === undefined) return this.begin({ job, step: 0 })
		const process = this.process(job.place)
		if (process.inside >= this.machines.places) return process.outside.add(job)
		process.inside += 1
		this.begin({ job, step: 0 })
	}

	/** @param {Task} task */
	begin(task) {
		const { process: number } = /** @type {Step} */ (task.job.steps[task.step])
		if (number === undefined) return this.onProcessor(this.database, task)
		const process = this.process(number)
		if (process.busy) return process.line.add(task)
		process.busy = true
		this.onProcessor(this.app, task)
	}

	/** @param {Processors} processors @param {Task} task */
	onProcessor(processors, task) {
		if (processors.free === 0) return processors.line.add(task)
		processors.free -= 1
		const { ms, process } = /** @type {Step} */ (task.job.steps[task.step])
		processors.busyMs += ms
		if (process === undefined) this.databaseMs += ms
		this.ends.add(this.now + ms, task)
	}

	/** @param {Task} task */
	end(task) {
		const { process: number } = /** @type {Step} */ (task.job.steps[task.step])
		const processors = number === undefined ? this.database : this.app
		processors.free += 1
		const next = processors.line.take()
		if (next) this.onProcessor(processors, next)
		if (number !== undefined) {
			const process = this.process(number)
			process.busy = false
			const waiting = process.line.take()
			if (waiting) this.begin(waiting)
		}
		if (task.step + 1 < task.job.steps.length) return this.begin({ ...task, step: task.step + 1 })
		this.leave(task.job)
	}

	/** @param {Job} job */
	leave(job) {
		const worked = job.steps.reduce((sum, { ms }) => sum + ms, 0)
		if (job.counts) this.waits.push(this.now - job.at - worked)
		if (job.place === undefined) return
		const process = this.process(job.place)
		for (let next = process.outside.take(); next; next = process.outside.take()) {
			if (this.now - next.at <= this.machines.patienceMs) return this.begin({ job: next, step: 0 })
			this.refused += 1
		}
		process.inside -= 1
	}

	/** @param {number} until */
	endAllUntil(until) {
		while (this.ends.first <= until) {
			this.now = this.ends.first
			this.end(/** @type {Task} */ (this.ends.take()))
		}
		this.now = until
	}
}

/**
 * Works through jobs and says how long those that count waited beside being worked on. Who waits longer than
 * `patienceMs` for one of a process' places is refused.
 * @param {Machines} machines @param {Iterable<Job>} jobs  in the order of `at` @param {number} lastsMs
 * @returns {Seen}
 */
export function workThrough(machines, jobs, lastsMs) {
	const run = new Run(machines)
	for (const job of jobs) {
		run.endAllUntil(job.at)
		run.come(job)
	}
	run.endAllUntil(lastsMs)
	const waits = Float64Array.from(run.waits).sort()
	const at = (/** @type {number} */ share) => waits[Math.floor(waits.length * share)] ?? 0
	const appMs = machines.shared ? run.app.busyMs - run.databaseMs : run.app.busyMs
	return {
		p50: at(0.5),
		p99: at(0.99),
		mean: waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, waits.length),
		waited: waits.filter((wait) => wait > 1e-9).length / Math.max(1, waits.length),
		refused: run.refused / Math.max(1, run.refused + waits.length),
		appBusy: appMs / lastsMs / machines.app,
		databaseBusy: run.databaseMs / lastsMs / (machines.shared ? machines.app : machines.database),
	}
}

import { setTimeout as sleep } from 'node:timers/promises'

/** A promise still open this long after the database is back will never settle. */
const HUNG_AFTER_MS = 5_000

/** Follows every promise the driver gives, and everything that would have ended the process. */
export class Watch {
	readonly #open = new Map<Promise<unknown>, string>()
	readonly #checks: Promise<void>[] = []
	/** What never settled, each kind once. */
	readonly hung: string[] = []
	readonly uncaught: string[] = []
	readonly #note = (error: unknown) => {
		this.uncaught.push(String(error))
	}

	start() {
		process.on('uncaughtException', this.#note).on('unhandledRejection', this.#note)
	}

	stop() {
		process.off('uncaughtException', this.#note).off('unhandledRejection', this.#note)
	}

	/** Returns the promise itself; `what` names it should it hang. */
	follow<T>(what: string, promise: Promise<T>): Promise<T> {
		const settled = () => void this.#open.delete(promise)
		this.#open.set(promise, what)
		promise.then(settled, settled)
		return promise
	}

	/** Call when the database is back: whatever is open now must be settled before long. */
	checkSoon() {
		const now = [...this.#open.keys()]
		this.#checks.push(
			(async () => {
				const until = Date.now() + HUNG_AFTER_MS
				while (Date.now() < until && now.some((promise) => this.#open.has(promise))) await sleep(50)
				for (const promise of now) {
					const what = this.#open.get(promise)
					if (what && !this.hung.includes(what)) this.hung.push(what)
				}
			})(),
		)
	}

	/** Waits for every check that was asked for, and for all that is open now. */
	async finish() {
		this.checkSoon()
		await Promise.all(this.#checks)
	}
}

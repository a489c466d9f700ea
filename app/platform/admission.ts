/**
 * Who asks: for a page, with words she has written, or for what must work whatever else does not (signing in, leaving,
 * help, reports).
 */
export type Kind = 'reading' | 'writing' | 'protected'

/**
 * How many may be worked on at once: enough that the processor need not wait for the database, few enough that one turn
 * of the process is short. What is protected has places of its own beside those that all share.
 */
const PLACES = { shared: 16, protected: 8 } as const
/** How long one waits for a place; who reads waits less once not everybody can be served. */
const WAITS_AT_MOST_MS = { reading: 3_000, writing: 8_000, protected: 8_000 } as const
const WAITS_UNDER_LOAD_MS = 500
/** In a longer line the oldest is refused at the next look, however short she has waited. */
const WAITING_AT_MOST = { reading: 2_000, writing: 500, protected: 500 } as const
/** So many times as long, and there is no more room: whoever sends many requests at once could fill the memory. */
const BEYOND_BEARING = 4
/** Who takes longer waits for something else than us (a slow phone, another machine): the place is not hers alone. */
const PLACE_FOR_MS = 2_000
/** So long after the last one was refused it is over. */
const CALM_AFTER_MS = 2_000
const LOOK_EVERY_MS = 25
/**
 * What refusals may take of each look. Those refused all at once would come back all at once, and where each is refused as
 * she comes, nothing else comes to its turn.
 */
const REFUSING_FOR_MS = 10

interface Asking {
	kind: Kind
	since: number
	enter(): void
	refuse(): void
}

/** In which order places are given. */
const ORDER = ['protected', 'writing', 'reading'] as const

/**
 * Gives places to requests, so that as many are worked on at once as keep the machine busy and no more. The others wait
 * their turn. When somebody who reads has waited for three seconds, more is asked than can be done: then the newest of
 * them is served first, for she is still there to see it, and who waits for half a second is refused, until for two
 * seconds nobody had to be.
 */
export class Admission {
	readonly #inside: Record<'shared' | 'protected', Map<Asking, number>> = {
		shared: new Map(),
		protected: new Map(),
	}
	readonly #waiting: Record<Kind, Asking[]> = { protected: [], writing: [], reading: [] }
	#refusedAt = Number.NEGATIVE_INFINITY
	#timer: NodeJS.Timeout | undefined
	#opening = false

	/** Whether more is asked than can be done. */
	get overloaded() {
		return performance.now() - this.#refusedAt < CALM_AFTER_MS
	}

	/** Requests that are worked on, and that wait. */
	get counts() {
		const { shared, protected: own } = this.#inside
		const waiting = ORDER.reduce((sum, kind) => sum + this.#waiting[kind].length, 0)
		return { running: shared.size + own.size, waiting }
	}

	/**
	 * Asks for a place. Either `enter` or `refuse` is called, at once or later, unless she leaves before. Returns what is
	 * to be called when she leaves: answered or gone.
	 */
	ask(kind: Kind, { enter, refuse }: Pick<Asking, 'enter' | 'refuse'>): () => void {
		const asking: Asking = { kind, since: performance.now(), enter, refuse }
		const line = this.#waiting[kind]
		line.push(asking)
		if (!this.#opening) this.#letIn()
		if (line.length > BEYOND_BEARING * WAITING_AT_MOST[kind]) this.#refuse(line.shift()!)
		if (line.length > 0) this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref()
		return () => this.#leave(asking)
	}

	#leave(asking: Asking) {
		for (const places of Object.values(this.#inside)) places.delete(asking)
		const line = this.#waiting[asking.kind]
		const at = line.indexOf(asking)
		if (at >= 0) line.splice(at, 1)
		this.#letInSoon()
	}

	/** Whoever left in the same moment is no longer there: nothing is begun for her. */
	#letInSoon() {
		if (this.#opening || this.counts.waiting === 0) return
		this.#opening = true
		setImmediate(() => {
			this.#opening = false
			this.#letIn()
		})
	}

	#refuse(asking: Asking) {
		if (asking.kind === 'reading') this.#refusedAt = performance.now()
		asking.refuse()
	}

	#placeFor(kind: Kind) {
		const { shared, protected: own } = this.#inside
		if (shared.size < PLACES.shared) return shared
		return kind === 'protected' && own.size < PLACES.protected ? own : undefined
	}

	#letIn() {
		for (const kind of ORDER) {
			const line = this.#waiting[kind]
			for (let places = this.#placeFor(kind); places && line.length > 0; places = this.#placeFor(kind)) {
				const next = this.overloaded && kind === 'reading' ? line.pop()! : line.shift()!
				places.set(next, performance.now())
				next.enter()
			}
		}
	}

	/** Who has waited too long is refused; whose place has been hers for too long counts no more. */
	#look() {
		const now = performance.now()
		for (const places of Object.values(this.#inside))
			for (const [asking, since] of places) {
				if (now - since < PLACE_FOR_MS) break
				places.delete(asking)
			}
		this.#letIn()
		const until = performance.now() + REFUSING_FOR_MS
		for (const kind of ORDER) {
			const line = this.#waiting[kind]
			const isDue = (asking: Asking | undefined) =>
				asking !== undefined &&
				(line.length > WAITING_AT_MOST[kind] || now - asking.since >= this.#patience(kind))
			while (isDue(line[0]) && performance.now() < until) this.#refuse(line.shift()!)
		}
		if (this.counts.waiting > 0) return
		clearInterval(this.#timer)
		this.#timer = undefined
	}

	#patience = (kind: Kind) =>
		kind === 'reading' && this.overloaded ? WAITS_UNDER_LOAD_MS : WAITS_AT_MOST_MS[kind]
}

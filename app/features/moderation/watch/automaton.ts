/** At most this full, or looking for a free place takes long. */
const FULL = 0.5

/** Ways from state to state, by the UTF-16 unit that leads there: an open hash of numbers alone, small and quick. */
class Ways {
	readonly #keys: Float64Array
	readonly #ends: Int32Array
	readonly #mask: number

	/** @param most how many ways there will be at most */
	constructor(most: number) {
		const size = 2 ** Math.ceil(Math.log2(Math.max(8, most / FULL)))
		this.#keys = new Float64Array(size).fill(-1)
		this.#ends = new Int32Array(size)
		this.#mask = size - 1
	}

	#place(state: number, unit: number): number {
		const key = state * 0x10000 + unit
		let at = (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7
		for (at &= this.#mask; this.#keys[at] !== -1 && this.#keys[at] !== key; at = (at + 1) & this.#mask);
		return at
	}

	/** Where a unit leads from a state; -1 where it leads nowhere. */
	from(state: number, unit: number): number {
		const at = this.#place(state, unit)
		return this.#keys[at] === -1 ? -1 : this.#ends[at]!
	}

	add(state: number, unit: number, end: number) {
		const at = this.#place(state, unit)
		this.#keys[at] = state * 0x10000 + unit
		this.#ends[at] = end
	}
}

/**
 * Finds many words in a text in one pass, however many they are: a tree of all words, in which each state knows where to
 * go on when the text leaves it (A. V. Aho and M. J. Corasick, "Efficient string matching: an aid to bibliographic
 * search", Communications of the ACM 18(6), 1975). Made once, then only read.
 */
export class Automaton {
	readonly #ways: Ways
	/** Where a state goes on when it knows no way for a unit: the longest end of what was read that begins a word. */
	readonly #fail: number[] = [0]
	/** Which words end in a state, by their places in the list; and the next state on the way of failing where some end. */
	readonly #ends: (number[] | undefined)[] = [undefined]
	readonly #endsAfter: number[] = [0]

	constructor(words: readonly string[]) {
		this.#ways = new Ways(words.reduce((sum, { length }) => sum + length, 0))
		const children: number[][] = [[]]
		words.forEach((word, place) => {
			let state = 0
			for (let at = 0; at < word.length; at++) state = this.#child(state, word.charCodeAt(at), children)
			if (state === 0) return
			this.#ends[state] ??= []
			this.#ends[state]!.push(place)
		})
		this.#link(children)
	}

	#child(state: number, unit: number, children: number[][]): number {
		const known = this.#ways.from(state, unit)
		if (known !== -1) return known
		const made = this.#fail.push(0) - 1
		this.#ends.push(undefined)
		this.#endsAfter.push(0)
		children.push([])
		children[state]!.push(unit)
		this.#ways.add(state, unit, made)
		return made
	}

	/** Breadth first: where a state goes on is always nearer to the root, and known before. */
	#link(children: readonly number[][]) {
		const queue = [0]
		for (const state of queue) {
			for (const unit of children[state]!) {
				const child = this.#ways.from(state, unit)
				const on = state === 0 ? 0 : this.#step(this.#fail[state]!, unit)
				this.#fail[child] = on
				this.#endsAfter[child] = this.#ends[on] ? on : this.#endsAfter[on]!
				queue.push(child)
			}
		}
	}

	#step(from: number, unit: number): number {
		for (let state = from; ; state = this.#fail[state]!) {
			const next = this.#ways.from(state, unit)
			if (next !== -1) return next
			if (state === 0) return 0
		}
	}

	/** The places of all words that stand in the text, each once. */
	find(text: string): Set<number> {
		const found = new Set<number>()
		const seen = new Set<number>()
		let state = 0
		for (let at = 0; at < text.length; at++) {
			state = this.#step(state, text.charCodeAt(at))
			// A state that was here before has told its words already, and those after it.
			for (let end = state; end !== 0 && !seen.has(end); end = this.#endsAfter[end]!) {
				seen.add(end)
				for (const place of this.#ends[end] ?? []) found.add(place)
			}
		}
		return found
	}
}

import { randomBytes } from 'node:crypto'
import { once } from './once.server'

/** All that is kept, with what it is made of: some 4,000 posts. */
const BYTES_AT_MOST = 30_000_000
/** What nobody asked for since the time before last is let go: words that were taken back do not stay in memory for long. */
const GENERATION_MS = 10 * 60_000

/**
 * A rendered piece of a page as it is sent, cut where something hangs on the moment it is shown, and what else its page
 * must hold.
 */
interface Piece {
	parts: readonly (Buffer | Moment)[]
	/** Icons whose shapes it refers to. */
	icons: readonly string[]
}

/** A moment in a piece: its distance from now in seconds, or that distance in words. */
export interface Moment {
	as: 'seconds' | 'words'
	at: number
}

/**
 * Pieces by what they are made of, in two generations: what is asked for moves to the young one, and the old one goes
 * when there is too much or after a while.
 */
export class Pieces {
	#young = new Map<string, Piece>()
	#old = new Map<string, Piece>()
	#bytes = 0

	find(key: string): Piece | undefined {
		const young = this.#young.get(key)
		if (young) return young
		const old = this.#old.get(key)
		if (old) this.keep(key, old)
		return old
	}

	keep(key: string, piece: Piece) {
		this.#young.set(key, piece)
		this.#bytes += 2 * key.length
		for (const part of piece.parts) this.#bytes += Buffer.isBuffer(part) ? part.length : 0
		if (this.#bytes > BYTES_AT_MOST / 2) this.age()
	}

	age() {
		this.#old = this.#young
		this.#young = new Map()
		this.#bytes = 0
	}
}

const pieces = once('fragments', () => {
	const made = new Pieces()
	setInterval(() => made.age(), GENERATION_MS).unref()
	return made
})

/** How a page says a moment. */
export type SayMoment = (moment: Moment) => string

/**
 * The pieces of one page that were made before, or are made now and kept (`app/ui/remembered.tsx`). While the page is
 * rendered a mark stands for each, with a secret of this process: whatever a member writes stays letters.
 */
export class Fragments {
	static readonly #secret = randomBytes(9).toString('hex')
	static readonly #mark = new RegExp(`\\ue004${Fragments.#secret}(\\d+);`, 'g')
	static readonly #moment = new RegExp(`\\ue005${Fragments.#secret}([sw])(-?\\d+);`)
	readonly #placed: Piece[] = []

	/** The icons that the pieces of this page refer to. */
	readonly icons = new Set<string>()

	/** Puts a piece here: the one made of the same before, or what `render` makes. Returns the mark that stands for it. */
	place(key: string, render: (icons: Set<string>) => string): string {
		let piece = pieces.find(key)
		if (!piece) {
			const icons = new Set<string>()
			piece = { parts: Fragments.#cut(render(icons)), icons: [...icons] }
			pieces.keep(key, piece)
		}
		for (const icon of piece.icons) this.icons.add(icon)
		return `\ue004${Fragments.#secret}${this.#placed.push(piece) - 1};`
	}

	/** What stands in a piece for a moment, until the piece is shown. */
	static momentMark({ as, at }: Moment): string {
		return `\ue005${Fragments.#secret}${as === 'seconds' ? 's' : 'w'}${at};`
	}

	static #cut(html: string): (Buffer | Moment)[] {
		const found = html.split(Fragments.#moment)
		const parts: (Buffer | Moment)[] = []
		for (let at = 0; at < found.length; at += 3) {
			parts.push(Buffer.from(found[at]!))
			if (at + 2 < found.length)
				parts.push({ as: found[at + 1] === 's' ? 'seconds' : 'words', at: Number(found[at + 2]) })
		}
		return parts
	}

	/**
	 * The page with its pieces in their places, as it is sent. A piece is bytes already: it is not made part of a long text
	 * that would be gone through once more.
	 */
	writtenOut(html: string, say: SayMoment): Buffer {
		const written = ({ parts }: Piece) =>
			parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(say(part))))
		const around = html.split(Fragments.#mark)
		return Buffer.concat(
			around.flatMap((text, at) => (at % 2 === 0 ? Buffer.from(text) : written(this.#placed[Number(text)]!))),
		)
	}
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Person } from './people'
import { Repeater } from './repeater'
import { type Notes, Page, type PageOptions, type Patience } from './screen'

/** The wires a client may be on; each leads to whichever server serves. */
export interface Ways {
	good: number
	flaky: number
	slow: number
	/** To one server each, for who speaks to two at once. */
	direct: readonly [number, number]
}

interface CrowdOptions {
	writers: readonly Person[]
	readers: readonly Person[]
	room: string
	origin: string
	ways: Ways
	patience: Patience
	/** Between two messages of one writer, in milliseconds: from half of it to one and a half. */
	pace: number
}

const READERS = 40
const REPEATERS = 2
const ON_THE_WAY_AT_MOST = 3
/** How often a writer's page is loaded anew while she writes. */
const RELOADS = 0.03

/** Which way the nth client is on: of five, three have a good network, one a bad and one a slow one. */
const wayOf = (number: number) => (['good', 'flaky', 'good', 'slow', 'good'] as const)[number % 5]!

/** Eight women who write and forty pages on which they are read, in one room. */
export class Crowd {
	readonly notes: Notes = { intents: [], acknowledgements: [], screens: [] }
	readonly #options: CrowdOptions
	readonly #pages = new Map<string, Page>()
	readonly #repeaters: Repeater[]
	readonly #counts = new Map<string, number>()
	#writing: Promise<unknown> | undefined
	#stopped = false
	#ended = false

	constructor(options: CrowdOptions) {
		this.#options = options
		const { writers, readers, ways } = options
		const [repeaters, others] = [writers.slice(0, REPEATERS), writers.slice(REPEATERS)]
		this.#repeaters = repeaters.map((person) => new Repeater({ ...this.#common(person), ports: ways.direct }))
		for (const [at, person] of others.entries()) this.#open(person.handle, person, { port: ways[wayOf(at)] })
		for (let at = 0; at < READERS; at += 1) {
			const person = readers[at % readers.length]!
			this.#open(`reader ${at}`, person, { port: ways[wayOf(at)], shuffled: at % 10 === 9 })
		}
	}

	#common(person: Person) {
		const { room, origin, patience } = this.#options
		return { person, room, origin, patience, notes: this.notes }
	}

	#open(name: string, person: Person, more: Pick<PageOptions, 'port' | 'shuffled' | 'kept'>) {
		const page = new Page({ ...this.#common(person), name, ...more })
		this.#pages.set(name, page)
		return page
	}

	/** Waits until all are in the room. */
	entered = (ms: number) =>
		this.until(() => this.pages.every(({ live }) => live.getState().connection === 'connected'), ms)

	get pages() {
		return [...this.#pages.values()]
	}

	begin() {
		const { writers } = this.#options
		const repeating = this.#repeaters.map((repeater, at) => this.#repeat(repeater, writers[at]!))
		const writing = writers.slice(REPEATERS).map((person, at) => this.#write(person, wayOf(at)))
		this.#writing = Promise.all([...repeating, ...writing])
	}

	#pause = () => sleep(this.#options.pace * (0.5 + Math.random()))

	#next(handle: string) {
		const number = this.#counts.get(handle) ?? 0
		this.#counts.set(handle, number + 1)
		return { number, body: `${handle} says ${number}` }
	}

	async #write({ handle }: Person, way: 'good' | 'flaky' | 'slow') {
		for (let page = this.#pages.get(handle)!; !this.#stopped; await this.#pause()) {
			if (Math.random() < RELOADS) page = this.#reload(page, handle, way)
			// Nobody writes on and on while nothing gets through.
			if (page.live.getState().pending.length >= ON_THE_WAY_AT_MOST) continue
			const { number, body } = this.#next(handle)
			this.notes.intents.push({ writer: handle, number, body, begunAt: performance.now() })
			page.live.send(body)
		}
	}

	/** The page goes in the middle of what it does, and comes back with what its tab kept. */
	#reload(page: Page, handle: string, way: 'good' | 'flaky' | 'slow') {
		const { person } = page.options
		const kept = { text: page.kept.text }
		page.close()
		return this.#open(handle, person, { port: this.#options.ways[way], kept })
	}

	async #repeat(repeater: Repeater, { handle }: Person) {
		for (; !this.#stopped; await this.#pause()) {
			const { number, body } = this.#next(handle)
			await repeater.say(body, number)
		}
	}

	/** Every writer stops; resolves when the repeaters have their last answer, or after the time. */
	async stop(ms: number) {
		this.#stopped = true
		await Promise.race([this.#writing, sleep(ms)])
	}

	/** Waits until every page shows this message last and nothing is on its way. */
	level = (newest: () => Promise<string | undefined>, ms: number) =>
		this.until(async () => {
			if (this.pages.some(({ live }) => live.getState().pending.length > 0)) return false
			const id = await newest()
			return this.pages.every((page) => page.isLevel(id))
		}, ms)

	/** Every page that is not level, in a word: for a round that failed. */
	behind = (newest: string | undefined) =>
		this.pages
			.filter((page) => !page.isLevel(newest))
			.map(({ options, live, said }) => {
				const { connection, messages, pending } = live.getState()
				const waits = pending.map(({ body, state, final }) => `${body} (${final ?? state})`)
				return `${options.name}: ${connection}, shows ${messages.at(-1)?.seq}, waits ${waits.join(', ')} ${said.join(', ')}`
			})

	/** Milliseconds until each writer was acknowledged something she began after `since`; Infinity for never. */
	backAfter(since: number): number {
		const begun = new Map(this.notes.intents.map((intent) => [intent.body, intent]))
		const first = new Map<string, number>()
		for (const { body, at } of this.notes.acknowledgements) {
			const intent = begun.get(body)
			if (!intent || intent.begunAt < since || first.has(intent.writer)) continue
			first.set(intent.writer, at - since)
		}
		return first.size < this.#options.writers.length ? Number.POSITIVE_INFINITY : Math.max(...first.values())
	}

	/** Within how many milliseconds 99 of 100 messages stood on a page that others wrote on, from being begun. */
	shownP99(): number {
		const begunAt = new Map(this.notes.intents.map((intent) => [intent.body, intent.begunAt]))
		const taken = this.pages
			.flatMap(({ arrivals }) => arrivals.map(({ body, at }) => at - (begunAt.get(body) ?? at)))
			.sort((a, b) => a - b)
		return taken[Math.floor(taken.length * 0.99)] ?? 0
	}

	end() {
		if (this.#ended) return
		this.#ended = true
		this.#stopped = true
		for (const repeater of this.#repeaters) repeater.end()
		for (const page of this.#pages.values()) page.finish()
	}

	/** Milliseconds until it is so; Infinity when it does not become so in time. */
	async until(isSo: () => boolean | Promise<boolean>, ms: number) {
		const from = performance.now()
		while (!(await isSo())) {
			if (performance.now() - from > ms) return Number.POSITIVE_INFINITY
			await sleep(20)
		}
		return performance.now() - from
	}
}

import type postgres from 'postgres'
import { check, type Row } from '../../faults/rooms/history'
import type { Person } from '../../faults/rooms/people'
import { BROWSER, type Notes, Page } from '../../faults/rooms/screen'
import { keepDoing } from './pace'

interface RoomOptions {
	room: string
	origin: string
	people: readonly Person[]
	writers: number
	/** Messages a second of all writers together. */
	rate: number
	/** Pages a second that lose their connection. */
	cuts: number
}

const LETTERS = 'abcdefghij'
/** In letters: what looks like a telephone number is asked about before it goes to a room. */
const inLetters = (number: number) => String(number).replace(/\d/g, (digit) => LETTERS[Number(digit)] ?? '')

/** A room full of open pages, which run the code of the browser; some of their women write in it. */
export class TalkingRoom {
	readonly #notes: Notes = { intents: [], acknowledgements: [], screens: [] }
	readonly #pages: Page[]
	readonly #counts = new Map<string, number>()
	readonly #paces: ReturnType<typeof keepDoing>[]
	reconnects = 0

	constructor(readonly options: RoomOptions) {
		const { people, origin, room, writers, rate, cuts } = options
		const port = Number(new URL(origin).port)
		const notes = this.#notes
		this.#pages = people.map(
			(person) => new Page({ name: person.handle, person, room, port, origin, patience: BROWSER, notes }),
		)
		const writing = this.#pages.slice(0, writers)
		this.#paces = [
			keepDoing(rate, async () => this.#say(writing[Math.floor(Math.random() * writing.length)]!)),
			keepDoing(cuts, async () => this.#cut()),
		]
	}

	#say(page: Page) {
		const writer = page.options.name
		const number = this.#counts.get(writer) ?? 0
		this.#counts.set(writer, number + 1)
		const body = `${writer.replace(/\d+/, (digits) => inLetters(Number(digits)))} says that she will come to the market on Saturday, ${inLetters(number)}`
		this.#notes.intents.push({ writer, number, body, begunAt: performance.now() })
		page.live.send(body)
	}

	#cut() {
		const page = this.#pages[Math.floor(Math.random() * this.#pages.length)]!
		if (!page.socket.connected) return
		this.reconnects += 1
		page.socket.io.engine.close()
	}

	/** Says nothing more and loses no more connections. */
	quiet() {
		for (const pace of this.#paces) pace.stop()
	}

	/** Whether everything said is confirmed and every page shows the newest. */
	async isLevel(sql: postgres.Sql) {
		const newest = (await this.#rows(sql)).at(-1)?.id
		return this.#pages.every((page) => page.isLevel(newest))
	}

	/** Reads every screen for the last time, and compares them with the table and with what was acknowledged. */
	async finish(sql: postgres.Sql) {
		const arrivals = this.#pages.flatMap((page) => page.arrivals)
		const troubles = this.#pages.flatMap(({ said, options }) =>
			said.map((what) => `${options.name}: ${what}`),
		)
		for (const page of this.#pages) page.finish()
		const verdict = check({ ...this.#notes, rows: await this.#rows(sql), removals: [] })
		const begunAt = new Map(this.#notes.intents.map(({ body, begunAt: at }) => [body, at]))
		const shown = arrivals.map(({ body, at }) => at - (begunAt.get(body) ?? at))
		return { verdict, troubles, shown, reconnects: this.reconnects }
	}

	#rows = async (sql: postgres.Sql): Promise<Row[]> =>
		(
			await sql<(Omit<Row, 'seq' | 'at'> & { seq: string; at: Date })[]>`
				select id, seq, key, body, author_id as "authorId", created_at as at from messages
				where room_id = ${this.options.room} order by seq`
		).map((row) => ({ ...row, seq: Number(row.seq), at: row.at.getTime() }))
}

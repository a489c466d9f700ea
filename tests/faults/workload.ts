import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ledger, type Outcome, PARTS } from './ledger'
import type { Watch } from './watch'

type Tx = Parameters<Parameters<PostgresJsDatabase['transaction']>[0]>[0]

const WORKERS = 8
const LATE_BY_MS = 60

/** Eight callers who write, read and change their minds without pause, as the application's pages do. */
export class Workload {
	readonly outcomes = new Map<string, Outcome>()
	readonly wrongReplies: string[] = []
	/** Statements that were answered although their transaction was over. */
	readonly answeredLate: string[] = []
	#running = true
	readonly #late: Promise<unknown>[] = []
	readonly #workers: Promise<void>[]

	constructor(
		readonly db: PostgresJsDatabase,
		readonly watch: Watch,
	) {
		this.#workers = Array.from({ length: WORKERS }, (_, number) => this.#work(number))
	}

	async stop() {
		this.#running = false
		await Promise.all(this.#workers)
		await Promise.allSettled(this.#late)
	}

	async #work(number: number) {
		const kinds = [
			this.#write,
			this.#writeSlowly,
			this.#changeMind,
			this.#commitSlowly,
			this.#read,
			this.#goOn,
		]
		for (let turn = number; this.#running; turn++) {
			await kinds[turn % kinds.length]!.call(this)
			await sleep(Math.random() * 5)
		}
	}

	#say<T>(what: string, query: PromiseLike<T>) {
		return this.watch.follow(what, Promise.resolve(query))
	}

	/** Every answer must be the one to its own question. */
	async #echo(db: Tx | PostgresJsDatabase, pause = 0) {
		const nonce = randomUUID()
		const wait = sql`pg_sleep(${pause}::float8)`
		const query = db.execute<{ nonce: string }>(
			pause ? sql`select ${nonce} as nonce, ${wait}` : sql`select ${nonce} as nonce`,
		)
		const [row] = await this.#say('echo', query)
		if (row?.nonce !== nonce) this.wrongReplies.push(`${nonce}: ${row?.nonce}`)
	}

	#insert(tx: Tx, label: string, part: number, marks: { slow?: boolean; late?: boolean } = {}) {
		return this.#say(`insert ${part}`, tx.insert(ledger).values({ label, part, ...marks }))
	}

	/** A transaction around `body`, and what its caller was told. */
	async #transact(body: (tx: Tx, label: string) => Promise<void>) {
		const label = randomUUID()
		let committing = false
		const whole = this.db.transaction(async (tx) => {
			await body(tx, label)
			committing = true
		})
		try {
			await this.#say('transaction', whole)
			this.outcomes.set(label, 'committed')
		} catch {
			this.outcomes.set(label, committing ? 'unknown' : 'refused')
		}
	}

	#write = () =>
		this.#transact(async (tx, label) => {
			for (let part = 0; part < PARTS; part++) {
				await this.#insert(tx, label, part)
				await this.#echo(tx)
				await sleep(3)
			}
		})

	#writeSlowly = () =>
		this.#transact(async (tx, label) => {
			await this.#insert(tx, label, 0)
			await this.#echo(tx, 0.04)
			await Promise.all([this.#insert(tx, label, 1), this.#insert(tx, label, 2)])
		})

	#commitSlowly = () =>
		this.#transact(async (tx, label) => {
			for (let part = 0; part < PARTS; part++) await this.#insert(tx, label, part, { slow: part === 0 })
		})

	#read = async () => {
		for (let turn = 0; turn < 5; turn++) {
			await this.#echo(this.db, turn === 4 ? 0.02 : 0).catch(() => {})
			await sleep(8)
		}
	}

	/** One branch fails while another is still on its way: what that one sends after the rollback must not stay. */
	#changeMind = () =>
		this.#transact(async (tx, label) => {
			await this.#insert(tx, label, 0)
			await Promise.all([this.#insertLate(tx, label), Promise.reject(new Error('changed my mind'))])
		})

	/** Its backend may have died under it; it does not notice and goes on. */
	#goOn = () =>
		this.#transact(async (tx, label) => {
			const failed: unknown[] = []
			for (let part = 0; part < PARTS; part++) {
				await this.#insert(tx, label, part).catch((error) => failed.push(error))
				await sleep(15)
			}
			if (failed.length > 0) throw failed[0]
		})

	#insertLate(tx: Tx, label: string) {
		const late = sleep(LATE_BY_MS)
			.then(() => this.#insert(tx, label, 99, { late: true }))
			.then(
				() => void this.answeredLate.push(label),
				() => {},
			)
		this.#late.push(late)
		return late
	}
}

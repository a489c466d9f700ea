import cluster from 'node:cluster'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Fault } from './fault.mjs'
import { say, secondsSince } from './progress.mjs'
import { workerFlags } from './worker-flags.mjs'

/** @typedef {import('node:cluster').Worker} Worker */
/** @typedef {(line: string) => void} Hear */
/**
 * @typedef {object} Wishes  of a process that starts
 * @property {boolean} [prepared]  another one has prepared the database
 * @property {boolean} [others]  others serve already: nobody may be sent to it before it can answer
 * @property {boolean} [reloadExample]
 * @property {Hear} [onProgress]
 * @property {Hear} [onNotice]
 */

/** What a process needs to let its answers finish, to end what it does beside them, and a moment (server.ts). */
const LEAVES_WITHIN_MS = 15_000
/** A new version may have tables to change before it serves. */
const JOINS_WITHIN_MS = 600_000
const AGAIN_AFTER_MS = { first: 200, most: 5_000 }
/** One that lived for so long did not fail at its start. */
const LIVED_MS = 10_000
/** A process that does not listen: what is said to it waits in our memory, so it is not told more. */
const UNHEARD_AT_MOST = 200

/** Of glibc: in each place where threads take memory some of it stays, and by itself it makes eight for a processor. */
const FEWER_ARENAS = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2' }

/**
 * Processes of this machine that share one port. The first one prepares the database; then all serve. One that dies is
 * started again, and all can be replaced while they serve. What one of them signals is passed on to the others.
 */
class Workers {
	/** @type {Map<number, Worker>}  by slot: a number that no two have at a time */
	#bySlot = new Map()
	#doors = mkdtempSync(join(tmpdir(), 'mimosa-'))
	#closing = false
	/** Whoever takes their place is there, or on the way. @type {WeakSet<Worker>} */
	#replaced = new WeakSet()
	/** @type {Promise<void> | undefined}  while they are being replaced */
	#replacing
	#onceMore = false
	/** @type {WeakMap<Worker, number>} */
	#unheard = new WeakMap()

	/** @param {{ program: string }} options */
	constructor({ program }) {
		// Each takes its connections itself. Handed out by us, one that is busy would be given one in each of its turns, and
		// one that leaves would take along those on their way to it (docs/decisions/031).
		cluster.schedulingPolicy = cluster.SCHED_NONE
		cluster.setupPrimary({ exec: program, execArgv: [...process.execArgv, ...workerFlags()] })
	}

	#freeSlot() {
		let slot = 1
		while (this.#bySlot.has(slot)) slot += 1
		return slot
	}

	/**
	 * Starts one and waits until it serves. Rejects with its own line when it cannot.
	 * @param {Wishes} wishes
	 * @returns {Promise<string>}  the address
	 */
	start({ onProgress, onNotice, ...wishes }) {
		const slot = this.#freeSlot()
		const worker = cluster.fork({
			...FEWER_ARENAS,
			WORKER_SLOT: String(slot),
			WORKER_DOORS: this.#doors,
		})
		this.#bySlot.set(slot, worker)
		const began = performance.now()
		return new Promise((serves, fails) => {
			let up = false
			const late = wishes.others && setTimeout(() => worker.process.kill('SIGKILL'), JOINS_WITHIN_MS)
			worker.on('message', (said) => {
				if (said.here) worker.send(this.#closing ? { close: {} } : { open: wishes })
				if (said.signals) this.#passOn(worker, said)
				if (said.question) worker.send({ asked: { ...said.question, of: this.#passOn(worker, said) } })
				if (said.reply) this.#tell(this.#bySlot.get(said.reply.to), said)
				if (said.progress) onProgress?.(said.progress)
				if (said.notice) onNotice?.(said.notice)
				if (said.fault) fails(new Fault(said.fault))
				if (!said.url) return
				up = true
				clearTimeout(late)
				serves(said.url)
			})
			worker.on('error', () => {})
			worker.once('exit', (code, signal) => {
				clearTimeout(late)
				this.#bySlot.delete(slot)
				fails(new Fault(`a process ended before it served (${signal ?? code})`))
				if (!up || this.#closing || this.#replaced.has(worker)) return
				say(`process ${slot} ended (${signal ?? code}): starting it again`)
				void this.#again(performance.now() - began)
			})
		})
	}

	/** @param {number} lived  how long the one that ended did */
	async #again(lived) {
		let after = lived > LIVED_MS ? 0 : AGAIN_AFTER_MS.first
		while (!this.#closing) {
			await sleep(after)
			if (this.#closing) return
			try {
				return void (await this.start({ prepared: true, others: true }))
			} catch (error) {
				if (this.#closing) return
				say(`a process does not start: ${/** @type {Error} */ (error).message}`)
				after = Math.min(Math.max(after, AGAIN_AFTER_MS.first) * 2, AGAIN_AFTER_MS.most)
			}
		}
	}

	/**
	 * Has new processes take the place of all that serve, one after the other; asked meanwhile, once more after that.
	 * Never rejects: where a new one does not come up, those that serve go on, and a line says why.
	 */
	replace() {
		this.#onceMore = true
		this.#replacing ??= this.#replaceAll().finally(() => {
			this.#replacing = undefined
		})
		return this.#replacing
	}

	async #replaceAll() {
		while (this.#onceMore && !this.#closing) {
			this.#onceMore = false
			const began = performance.now()
			// The first one of a new version brings the database up to date.
			let prepared = false
			try {
				for (const worker of [...this.#bySlot.values()]) {
					await this.#replaceOne(worker, prepared)
					prepared = true
				}
				if (!this.#closing) say(`every process was replaced: ${secondsSince(began)}`)
			} catch (error) {
				if (!this.#closing)
					say(`no new process serves, the old ones go on: ${/** @type {Error} */ (error).message}`)
			}
		}
	}

	/** @param {Worker} worker @param {boolean} prepared */
	async #replaceOne(worker, prepared) {
		// One that died meanwhile was started again already.
		if (this.#closing || worker.isDead()) return
		this.#replaced.add(worker)
		try {
			await this.start({ prepared, others: true })
		} catch (error) {
			this.#replaced.delete(worker)
			if (worker.isDead()) void this.#again(0)
			throw error
		}
		await leave(worker, { replaced: true })
	}

	/** @param {Worker} from @param {object} said @returns {number}  how many were told */
	#passOn(from, said) {
		const others = [...this.#bySlot.values()].filter((worker) => worker !== from)
		return others.filter((worker) => this.#tell(worker, said)).length
	}

	/** @param {Worker | undefined} worker @param {object} said @returns {boolean}  whether it was told */
	#tell(worker, said) {
		if (!worker?.isConnected()) return false
		const unheard = this.#unheard.get(worker) ?? 0
		if (unheard >= UNHEARD_AT_MOST) return false
		this.#unheard.set(worker, unheard + 1)
		worker.send(said, () => this.#unheard.set(worker, (this.#unheard.get(worker) ?? 1) - 1))
		return true
	}

	/** All leave at once, each letting its answers finish; who takes too long is ended. */
	async close() {
		this.#closing = true
		await Promise.all([...this.#bySlot.values()].map((worker) => leave(worker)))
		rmSync(this.#doors, { recursive: true, force: true })
	}
}

/** @param {Worker} worker @param {{ replaced?: boolean }} [why] @returns {Promise<void>} */
function leave(worker, why = {}) {
	return new Promise((gone) => {
		const late = setTimeout(() => worker.process.kill('SIGKILL'), LEAVES_WITHIN_MS)
		const over = () => {
			clearTimeout(late)
			gone()
		}
		if (worker.isDead()) return over()
		worker.once('exit', over)
		if (worker.isConnected()) worker.send({ close: why })
	})
}

/** @typedef {{ url: string, close: () => Promise<void>, replace: () => Promise<void> }} Serving */

/**
 * Serves with one process or several; like `serve` of server.ts, which each of them calls. Resolves when all serve, and
 * tells when the first does. `replace` has new ones take their place while they serve.
 * @param {{
 *   count: number, program?: string, reloadExample?: boolean, onProgress?: Hear, onNotice?: Hear,
 *   onServing?: (serving: Serving) => void
 * }} options
 * @returns {Promise<Serving>}
 */
export async function serveWithWorkers({
	count,
	program = fileURLToPath(new URL('worker.mjs', import.meta.url)),
	onServing,
	...wishes
}) {
	const workers = new Workers({ program })
	const close = () => workers.close()
	const replace = () => workers.replace()
	try {
		const serving = { url: await workers.start(wishes), close, replace }
		onServing?.(serving)
		const joining = { prepared: true, others: true }
		await Promise.all(Array.from({ length: count - 1 }, () => workers.start(joining)))
		return serving
	} catch (error) {
		await close()
		throw error
	}
}

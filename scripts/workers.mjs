import cluster from 'node:cluster'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Fault } from './fault.mjs'
import { say } from './progress.mjs'

/** @typedef {import('node:cluster').Worker} Worker */
/** @typedef {(line: string) => void} Hear */

const WORKERS_AT_MOST = 64
/** What a process needs to let its answers finish (server.ts), and a moment. */
const LEAVES_WITHIN_MS = 11_500
const AGAIN_AFTER_MS = { first: 200, most: 5_000 }
/** One that lived for so long did not fail at its start. */
const LIVED_MS = 10_000
/** A process that does not listen: what is said to it waits in our memory, so it is not told more. */
const UNHEARD_AT_MOST = 200

/**
 * How many processes are asked for; the application itself looks at WORKERS as well (env.server.ts).
 * @param {string | undefined} value
 */
export function readWorkers(value) {
	if (value === undefined || value === '') return 1
	const number = Number(value)
	if (/^\d+$/.test(value) && number >= 1 && number <= WORKERS_AT_MOST) return number
	throw new Fault(`WORKERS is "${value}", but it must be a whole number from 1 to ${WORKERS_AT_MOST}.`)
}

/**
 * Processes of this machine that share one port. The first one prepares the database; then all serve. One that dies is
 * started again. What one of them signals is passed on to the others.
 */
class Workers {
	/** @type {Map<number, Worker>}  by slot */
	#bySlot = new Map()
	#doors = mkdtempSync(join(tmpdir(), 'mimosa-'))
	#closing = false
	/** @type {WeakMap<Worker, number>} */
	#unheard = new WeakMap()

	/** @param {{ program: string }} options */
	constructor({ program }) {
		cluster.setupPrimary({ exec: program })
	}

	/**
	 * Starts one and waits until it serves. Rejects with its own line when it cannot.
	 * @param {number} slot
	 * @param {{ prepared: boolean, reloadExample?: boolean, onProgress?: Hear, onNotice?: Hear }} wishes
	 * @returns {Promise<string>}  the address
	 */
	start(slot, { prepared, reloadExample = false, onProgress, onNotice }) {
		const worker = cluster.fork({ WORKER_SLOT: String(slot), WORKER_DOORS: this.#doors })
		this.#bySlot.set(slot, worker)
		const began = performance.now()
		return new Promise((serves, fails) => {
			let up = false
			worker.on('message', (said) => {
				if (said.here) worker.send(this.#closing ? { close: true } : { open: { prepared, reloadExample } })
				if (said.signals) this.#passOn(worker, said)
				if (said.progress) onProgress?.(said.progress)
				if (said.notice) onNotice?.(said.notice)
				if (said.fault) fails(new Fault(said.fault))
				if (!said.url) return
				up = true
				serves(said.url)
			})
			worker.on('error', () => {})
			worker.once('exit', (code, signal) => {
				this.#bySlot.delete(slot)
				fails(new Fault(`a process ended before it served (${signal ?? code})`))
				if (up) void this.#again(slot, { ended: signal ?? code, lived: performance.now() - began })
			})
		})
	}

	/**
	 * @param {number} slot
	 * @param {{ ended: string | number, lived: number }} how
	 */
	async #again(slot, { ended, lived }) {
		if (this.#closing) return
		say(`process ${slot} ended (${ended}): starting it again`)
		let after = lived > LIVED_MS ? 0 : AGAIN_AFTER_MS.first
		while (!this.#closing) {
			await sleep(after)
			if (this.#closing) return
			try {
				return void (await this.start(slot, { prepared: true }))
			} catch (error) {
				if (this.#closing) return
				say(`process ${slot} does not start: ${/** @type {Error} */ (error).message}`)
				after = Math.min(Math.max(after, AGAIN_AFTER_MS.first) * 2, AGAIN_AFTER_MS.most)
			}
		}
	}

	/** @param {Worker} from @param {object} said */
	#passOn(from, said) {
		for (const worker of this.#bySlot.values()) {
			const unheard = this.#unheard.get(worker) ?? 0
			if (worker === from || !worker.isConnected() || unheard >= UNHEARD_AT_MOST) continue
			this.#unheard.set(worker, unheard + 1)
			worker.send(said, () => this.#unheard.set(worker, (this.#unheard.get(worker) ?? 1) - 1))
		}
	}

	/** All leave at once, each letting its answers finish; who takes too long is ended. */
	async close() {
		this.#closing = true
		await Promise.all([...this.#bySlot.values()].map(leave))
		rmSync(this.#doors, { recursive: true, force: true })
	}
}

/** @param {Worker} worker @returns {Promise<void>} */
function leave(worker) {
	return new Promise((gone) => {
		const late = setTimeout(() => worker.process.kill('SIGKILL'), LEAVES_WITHIN_MS)
		worker.once('exit', () => {
			clearTimeout(late)
			gone()
		})
		if (worker.isConnected()) worker.send({ close: true })
	})
}

/**
 * Serves with several processes; like `serve` of server.ts, which each of them calls.
 * @param {{ count: number, program?: string, reloadExample?: boolean, onProgress?: Hear, onNotice?: Hear }} options
 */
export async function serveWithWorkers({
	count,
	program = fileURLToPath(new URL('worker.mjs', import.meta.url)),
	...wishes
}) {
	const workers = new Workers({ program })
	const close = () => workers.close()
	try {
		const url = await workers.start(1, { prepared: false, ...wishes })
		const others = Array.from({ length: count - 1 }, (_, at) => workers.start(at + 2, { prepared: true }))
		await Promise.all(others)
		return { url, close }
	} catch (error) {
		await close()
		throw error
	}
}

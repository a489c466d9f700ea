import { setTimeout as sleep } from 'node:timers/promises'
import { Garbage, type Known, type Packet } from './garbage'
import type { Person } from './people'
import { aSocket, IN_A_HURRY } from './screen'

interface FuzzOptions {
	person: Person
	origin: string
	port: number
	known: Known
	seed: number
	packets: number
}

export interface Fuzzed {
	sent: number
	answers: Record<string, number>
	/** Asked on a connection that stayed, and never answered. */
	unanswered: number
	/** How often the server ended the connection over what it was sent. */
	cut: number
}

const UNDER_WAY_AT_MOST = 60
const IN_AND_OUT = new Set(['room:join', 'room:leave'])
/** From here on a frame may be too large, so that the connection ends. */
const HEAVY_BYTES = 18_000
const CUT_WITHIN_MS = 40
const ANSWERED_WITHIN_MS = 10_000

/** One client that sends nothing but garbage, and comes back whenever it is thrown out. */
class Vandal {
	readonly fuzzed: Fuzzed = { sent: 0, answers: {}, unanswered: 0, cut: 0 }
	readonly #options: FuzzOptions
	#socket: ReturnType<typeof aSocket> | undefined
	#underWay = new Set<number>()

	constructor(options: FuzzOptions) {
		this.#options = options
	}

	async run() {
		const { seed, known, packets } = this.#options
		const garbage = new Garbage(seed, known)
		for (; this.fuzzed.sent < packets; this.fuzzed.sent += 1) {
			const socket = this.#socket?.connected ? this.#socket : await this.#come()
			const packet = garbage.next()
			// What may end the connection goes alone, so that nothing else is lost with it.
			const risky = !packet.event || Buffer.byteLength(JSON.stringify(packet.event)) > HEAVY_BYTES
			if (risky) await this.#settle(0)
			this.#send(socket, packet)
			if (risky) await sleep(CUT_WITHIN_MS)
			// It may have led out of the room, where less can be done.
			if (IN_AND_OUT.has(packet.event?.[0] ?? '')) this.#enter(socket)
			if (this.#underWay.size >= UNDER_WAY_AT_MOST) await this.#settle(UNDER_WAY_AT_MOST / 2)
			// The other side has to get a word in.
			else if (this.fuzzed.sent % 16 === 0) await new Promise(setImmediate)
		}
		await this.#settle(0)
		this.#socket?.removeAllListeners().disconnect()
		return this.fuzzed
	}

	async #come() {
		for (let tries = 0; tries < 100; tries += 1) {
			const { origin, port, person } = this.#options
			const socket = aSocket({
				origin,
				port,
				person,
				patience: { ...IN_A_HURRY, socket: { reconnection: false } },
			})
			this.#underWay = new Set()
			this.#socket?.removeAllListeners().disconnect()
			this.#socket = socket
			const came = new Promise<boolean>((resolve) => {
				socket.once('connect', () => resolve(true)).once('connect_error', () => resolve(false))
			})
			socket.connect()
			if (await came) {
				const underWay = this.#underWay
				socket.once('disconnect', () => {
					this.fuzzed.cut += 1
					underWay.clear()
				})
				this.#enter(socket)
				return socket
			}
			await sleep(100)
		}
		throw new Error('the server lets nobody in any more')
	}

	#enter(socket: ReturnType<typeof aSocket>) {
		for (const room of this.#options.known.rooms) socket.emit('room:join', { room, after: 0 }, () => {})
	}

	#send(socket: ReturnType<typeof aSocket>, { event, raw, asks }: Packet) {
		if (raw !== undefined) return void socket.io.engine.write(raw)
		const [name, ...payload] = event!
		const emit = socket.emit.bind(socket) as (name: string, ...given: unknown[]) => void
		if (!asks) return emit(name, ...payload)
		const [mark, underWay, { answers }] = [this.fuzzed.sent, this.#underWay, this.fuzzed]
		underWay.add(mark)
		emit(name, ...payload, (answer: { ok?: boolean; code?: string }) => {
			underWay.delete(mark)
			const what = answer?.ok === true ? 'ok' : String(answer?.code)
			answers[what] = (answers[what] ?? 0) + 1
		})
	}

	async #settle(left: number) {
		const until = Date.now() + ANSWERED_WITHIN_MS
		while (this.#underWay.size > left && Date.now() < until) await sleep(2)
		if (this.#underWay.size > left) this.fuzzed.unanswered += this.#underWay.size
		if (this.#underWay.size > left) this.#underWay.clear()
	}
}

/** Sends packets from several clients side by side; each has a seed of its own. */
export async function fuzz(clients: readonly FuzzOptions[]): Promise<Fuzzed> {
	const all = await Promise.all(clients.map((options) => new Vandal(options).run()))
	const answers: Record<string, number> = {}
	for (const one of all)
		for (const [what, count] of Object.entries(one.answers)) answers[what] = (answers[what] ?? 0) + count
	const sum = (pick: (one: Fuzzed) => number) => all.reduce((total, one) => total + pick(one), 0)
	return {
		sent: sum((one) => one.sent),
		unanswered: sum((one) => one.unanswered),
		cut: sum((one) => one.cut),
		answers,
	}
}

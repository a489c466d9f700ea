import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Said } from './history'
import type { Person } from './people'
import { aSocket, type Notes, note, type Patience } from './screen'

interface RepeaterOptions {
	person: Person
	room: string
	origin: string
	/** Two ways to the servers: with two servers each leads to one of them. */
	ports: readonly [number, number]
	patience: Patience
	notes: Notes
}

interface Answer {
	ok: boolean
	message?: Said
}

const ANSWER_WITHIN_MS = 1_500

/**
 * A client that trusts nothing: it sends every message three times with the same key, on two connections at once, and
 * again until one of them is acknowledged. Its clock is two years off, and it says so wherever it can.
 */
export class Repeater {
	readonly #sockets: ReturnType<typeof aSocket>[]
	readonly #options: RepeaterOptions
	#ended = false

	constructor(options: RepeaterOptions) {
		this.#options = options
		this.#sockets = options.ports.map((port) => aSocket({ ...options, port }))
		for (const socket of this.#sockets) {
			socket.on('connect', () => void this.#ask(socket, 'room:join', { room: options.room, after: 0 }))
			// It comes back by itself only where the server gave no answer at all.
			socket.on(
				'connect_error',
				() => socket.active || setTimeout(() => this.#ended || socket.connect(), 300),
			)
			socket.on(
				'disconnect',
				(reason) => reason === 'io server disconnect' && !this.#ended && socket.connect(),
			)
			socket.connect()
		}
	}

	async #ask(socket: ReturnType<typeof aSocket>, name: string, ask: object): Promise<Answer | undefined> {
		if (!socket.connected) return undefined
		return (await socket
			.timeout(ANSWER_WITHIN_MS)
			.emitWithAck(name, ask)
			.catch(() => undefined)) as Answer | undefined
	}

	/** Resolves when it is acknowledged; false when the repeater was ended before. */
	async say(body: string, number: number): Promise<boolean> {
		const { person, room, notes } = this.#options
		const key = randomUUID()
		notes.intents.push({ writer: person.handle, number, body, begunAt: performance.now() })
		const twoYearsOff = new Date(Date.now() + 2 * 365 * 86_400_000).toISOString()
		while (!this.#ended) {
			const ask = { room, key, body, at: twoYearsOff, createdAt: twoYearsOff }
			const [one, other] = this.#sockets
			const answers = await Promise.all(
				[one!, other!, one!].map((socket) => this.#ask(socket, 'message:send', ask)),
			)
			const told = answers.flatMap((answer) => (answer?.ok && answer.message ? [answer.message] : []))
			for (const message of told) note(notes.acknowledgements, message)
			if (told.length > 0) return true
			await sleep(100)
		}
		return false
	}

	end() {
		this.#ended = true
		for (const socket of this.#sockets) socket.removeAllListeners().disconnect()
	}
}

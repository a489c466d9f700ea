import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '~/features/chat/chat.wire'
import { LiveRoom, type LiveRoomOptions } from '~/features/chat/live/live-room'
import type { Acknowledgement, Intent, Said, Screen } from './history'
import type { Person } from './people'

type RoomSocket = Socket<ServerEvents, ClientEvents>

/** How a browser connects, or a tenth of its waiting where there is little time. */
export interface Patience {
	live: LiveRoomOptions['patience']
	socket: Partial<ManagerOptions & SocketOptions>
}

export const BROWSER: Patience = {
	live: undefined,
	socket: { timeout: 10_000, reconnectionDelay: 500, reconnectionDelayMax: 8_000 },
}
export const IN_A_HURRY: Patience = {
	live: { answer: 2_000, again: 400, gap: 100 },
	socket: { timeout: 2_000, reconnectionDelay: 50, reconnectionDelayMax: 400 },
}

/** What all pages of one round write down. */
export interface Notes {
	intents: Intent[]
	acknowledgements: Acknowledgement[]
	screens: Screen[]
}

export interface PageOptions {
	name: string
	person: Person
	room: string
	/** The port of the wire that leads to the servers. */
	port: number
	/** The address pages of ours come from. */
	origin: string
	patience: Patience
	notes: Notes
	/** What is told arrives twice now and then, and in any order. */
	shuffled?: boolean
	kept?: { text: string | null }
}

export function aSocket({
	port,
	origin,
	person,
	patience,
}: Pick<PageOptions, 'port' | 'origin' | 'person' | 'patience'>) {
	return io(`http://127.0.0.1:${port}`, {
		transports: ['websocket'],
		forceNew: true,
		autoConnect: false,
		extraHeaders: { origin, cookie: person.cookie },
		...patience.socket,
	}) as RoomSocket
}

/** Lets what the server tells wait up to 150 ms, each by itself, and come again at times. */
function shuffle(socket: RoomSocket) {
	const listen = socket.on.bind(socket) as (name: string, hear: (...given: unknown[]) => void) => RoomSocket
	socket.on = ((name: string, hear: (...given: unknown[]) => void) => {
		if (!/^(message|room):/.test(name)) return listen(name, hear)
		return listen(name, (...given) => {
			const later = () => setTimeout(hear, Math.random() * 150, ...given)
			later()
			if (Math.random() < 0.1) later()
		})
	}) as RoomSocket['on']
}

/** Writes down what was said and what came back, without changing either. */
function overhear(socket: RoomSocket, { acknowledgements }: Notes) {
	const emitWithAck = socket.emitWithAck.bind(socket) as (name: string, ask: object) => Promise<unknown>
	socket.emitWithAck = (async (name: string, ask: object) => {
		const answer = (await emitWithAck(name, ask)) as { ok: boolean; message?: Said }
		if (name === 'message:send' && answer.ok && answer.message) note(acknowledgements, answer.message)
		return answer
	}) as RoomSocket['emitWithAck']
}

/** Puts down an acknowledgement as it came. */
export function note(acknowledgements: Acknowledgement[], { id, seq, key, body }: Said) {
	acknowledgements.push({ id, seq, key, body, at: performance.now() })
}

/** A page of the room as a browser runs it, and all that it ever showed. */
export class Page {
	readonly socket: RoomSocket
	readonly live: LiveRoom
	readonly seen: Screen
	/** What the page said of itself beside the talk: that she is signed out, or the room lost. */
	readonly said: string[] = []
	/** What her tab would keep if it were closed now. */
	readonly kept: { text: string | null }
	readonly #end: () => void
	/** When each message came up. */
	readonly arrivals: { body: string; at: number }[] = []
	#known = new Set<string>()
	#last: readonly Said[] = []

	constructor(readonly options: PageOptions) {
		const { name, room, patience, notes, kept = { text: null }, shuffled } = options
		this.kept = kept
		this.socket = aSocket(options)
		if (shuffled) shuffle(this.socket)
		overhear(this.socket, notes)
		this.seen = { name, shown: [], wrong: [] }
		notes.screens.push(this.seen)
		this.live = new LiveRoom({
			room,
			start: { seq: 0, messages: [], older: null, alone: false, closed: false },
			socket: this.socket,
			shelf: {
				read: () => kept.text,
				write: (text) => {
					kept.text = text
				},
			},
			onSignedOut: () => void this.said.push('signed out'),
			onLost: () => void this.said.push('lost'),
			...(patience.live && { patience: patience.live }),
		})
		this.live.subscribe(() => this.#look())
		this.#end = this.live.open()
	}

	/** Compares the new picture with the last one. */
	#look() {
		const { messages } = this.live.getState()
		if (messages === this.#last) return
		this.#last = messages
		const { shown, wrong } = this.seen
		for (const [at, one] of messages.entries()) {
			if (at > 0 && one.seq <= messages[at - 1]!.seq)
				wrong.push(`${one.body} twice or misplaced in one picture`)
			if (this.#known.has(one.id)) continue
			this.#known.add(one.id)
			const { id, seq, key, body } = one
			shown.push({ id, seq, key, body })
			this.arrivals.push({ body, at: performance.now() })
		}
	}

	/** Everything said is confirmed, and this is the newest it shows. */
	isLevel(newest: string | undefined) {
		const { pending, messages } = this.live.getState()
		return pending.length === 0 && messages.at(-1)?.id === newest
	}

	/** Reads the screen for the last time. */
	finish() {
		const { messages } = this.live.getState()
		this.seen.end = messages.map(({ id, seq, key, body }) => ({ id, seq, key, body }))
		this.close()
	}

	/** Closes the page, whatever was under way. */
	close() {
		this.#end()
	}
}

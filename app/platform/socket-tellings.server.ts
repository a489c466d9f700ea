import { Encoder, PacketType } from 'socket.io-parser'
import { once } from './once.server'
import { type KnownSocket, roomName } from './socket-events.server'
import { countTellings, socketsIn } from './sockets.server'

/** An event for a room: for everyone in it, for everyone `except` these members, or `only` for them. */
export interface Telling {
	name: string
	payload: object
	except?: readonly string[]
	only?: readonly string[]
}

/** So far may telling run ahead of the time it leaves to everything else: a burst or two of a full room. */
const AHEAD_AT_MOST_MS = 30
/** However long a room of thousands takes, no rest is longer than this. */
const REST_AT_MOST_MS = 30
/** A burst is never so long that it could fill what a reader may have waiting. */
const TELLINGS_AT_ONCE = 16

const state = once('socket-tellings', () => ({
	/** What is still to be told, by room; the room that waits longest is first. */
	waiting: new Map<string, Telling[]>(),
	planned: false,
	/** When everything else will have had as much time as telling took (by `performance.now()`). */
	evenAt: 0,
}))

/**
 * Tells a room of this process. Only what is committed may be told. Told is at once, as long as that leaves half of the
 * time for everything else; where it does not, what comes meanwhile goes along in one burst, which costs one write for
 * each reader. Who is taken out of the room meanwhile gets nothing of it.
 */
export function tellIn(room: string, tellings: readonly Telling[]) {
	const line = state.waiting.get(room) ?? []
	line.push(...tellings)
	state.waiting.set(room, line)
	if (line.length >= TELLINGS_AT_ONCE) tellAllOf(room, line)
	plan()
}

function plan() {
	if (state.planned || state.waiting.size === 0) return
	state.planned = true
	const rest = state.evenAt - AHEAD_AT_MOST_MS - performance.now()
	if (rest > 0) setTimeout(tellNext, rest)
	else setImmediate(tellNext)
}

function tellNext() {
	state.planned = false
	const [next] = state.waiting
	if (next) tellAllOf(...next)
	plan()
}

function tellAllOf(room: string, line: readonly Telling[]) {
	const begun = performance.now()
	state.waiting.delete(room)
	tellAll(room, line)
	const now = performance.now()
	const even = Math.max(state.evenAt, begun) + 2 * (now - begun)
	state.evenAt = Math.min(even, now + AHEAD_AT_MOST_MS + REST_AT_MOST_MS)
}

const isFor = ({ except, only }: Telling, memberId: string) =>
	only ? only.includes(memberId) : !except?.includes(memberId)

function tellAll(room: string, tellings: readonly Telling[]) {
	const packets = new Map(tellings.map((telling) => [telling, packetOf(telling)]))
	const burst = (those: readonly Telling[]) => burstOf(those.map((telling) => packets.get(telling)!))
	const apart = new Set(tellings.flatMap(({ except = [], only = [] }) => [...except, ...only]))
	const forMost = burst(tellings.filter(({ only }) => !only))
	for (const socket of socketsIn(roomName(room))) {
		const { memberId } = socket.data
		const isApart = apart.has(memberId)
		send(socket, isApart ? burst(tellings.filter((telling) => isFor(telling, memberId))) : forMost)
	}
	countTellings(tellings.length)
}

interface Packet {
	text: string
	frame: Buffer
}

const encoder = new Encoder()
const MESSAGE = '4'

function packetOf({ name, payload }: Telling): Packet {
	const [text] = encoder.encode({ type: PacketType.EVENT, nsp: '/', data: [name, payload] }) as [string]
	return { text, frame: frameOf(MESSAGE + text) }
}

const FINAL_TEXT = 0x81

/** A server's WebSocket frame of a text (RFC 6455, 5.2), as the socket sends it. */
function frameOf(text: string): Buffer {
	const body = Buffer.from(text)
	const head = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10)
	head[0] = FINAL_TEXT
	head[1] = head.length === 2 ? body.length : head.length === 4 ? 126 : 127
	if (head.length > 2) head.writeUIntBE(body.length, head.length === 4 ? 2 : 4, head.length === 4 ? 2 : 6)
	return Buffer.concat([head, body])
}

interface Burst {
	texts: string[]
	frames: Buffer
}

const burstOf = (packets: readonly Packet[]): Burst => ({
	texts: packets.map(({ text }) => text),
	frames: Buffer.concat(packets.map(({ frame }) => frame)),
})

/** What engine.io and ws have of a connection and do not declare. */
interface Inside {
	readyState: string
	/** What waits until what was sent before is on its way. */
	writeBuffer: unknown[]
	transport: {
		name: string
		socket?: { readyState: number; _socket?: { write(bytes: Buffer): unknown } }
	}
}

const OPEN = 1

/** Where bytes of a WebSocket go; undefined while something waits that they would overtake, or with another transport. */
function wireOf({ conn }: KnownSocket) {
	const { readyState, writeBuffer, transport } = conn as unknown as Inside
	if (readyState !== 'open' || writeBuffer.length > 0 || transport.name !== 'websocket') return undefined
	return transport.socket?.readyState === OPEN ? transport.socket._socket : undefined
}

/**
 * All frames in one write, made once for everyone, and past engine.io: its queue, events and callbacks are a tenth of
 * what telling costs (docs/decisions/033). What a slow reader leaves waits in the WebSocket and is counted there.
 */
function send(socket: KnownSocket, { texts, frames }: Burst) {
	if (texts.length === 0) return
	const wire = wireOf(socket)
	if (wire) return void wire.write(frames)
	for (const text of texts) socket.conn.write(text)
}

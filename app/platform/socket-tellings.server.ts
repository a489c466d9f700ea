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

/** However long a room of thousands takes, nobody waits longer than this for what comes next. */
const REST_AT_MOST_MS = 30
/** A burst is never so long that it could fill what a reader may have waiting. */
const TELLINGS_AT_ONCE = 16

/** Rooms that something was told in just now, and what has come since. */
const busy = once('socket-tellings', () => new Map<string, Telling[]>())

/**
 * Tells a room of this process. Only what is committed may be told. What comes while the room is being told, or within
 * the same time again, goes along in one burst: a full room then costs one write for each reader and burst, and leaves
 * half of the time for everything else. Who is taken out of the room meanwhile gets nothing of it.
 */
export function tellIn(room: string, tellings: readonly Telling[]) {
	const waiting = busy.get(room)
	if (!waiting) {
		busy.set(room, [...tellings])
		setImmediate(tellNext, room)
		return
	}
	waiting.push(...tellings)
	if (waiting.length >= TELLINGS_AT_ONCE) tellAll(room, waiting.splice(0))
}

function tellNext(room: string) {
	const waiting = busy.get(room)
	if (!waiting?.length) return void busy.delete(room)
	const begun = performance.now()
	tellAll(room, waiting.splice(0))
	setTimeout(tellNext, Math.min(performance.now() - begun, REST_AT_MOST_MS), room)
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

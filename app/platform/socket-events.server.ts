import type { Socket } from 'socket.io'
import type { z } from 'zod'
import type { Actor } from './actor'
import { parse } from './command.server'
import { AppError } from './errors'
import { take } from './limits.server'
import { logFault } from './log.server'
import { once } from './once.server'
import type { Identity } from './socket-door.server'

/** What we know of a connection; set at the handshake and never from what it sends. */
export interface Known {
	token: string
	memberId: string
	/** How often it was taken out of a room, if ever, so that an entry under way at that moment does not count. */
	removals?: Map<string, number>
	/** It was told once that it sends too much. */
	told: boolean
}

export type KnownSocket = Socket<never, Record<string, (...args: unknown[]) => void>, never, Known>

type Handler = {
	schema: z.ZodType
	automatic: boolean
	run(actor: Actor, input: unknown): Promise<object | undefined>
}

/** One connection, as a feature uses it for one event: nothing of it is kept between two. */
export interface Connection {
	/**
	 * Answers an event. `run` gets who is asking as the database says now, and the checked payload; what it returns is
	 * acknowledged as `{ ok: true, … }`, an `AppError` as `{ ok: false, code }`. `automatic`: sent by the page itself,
	 * so it does not keep her session from growing idle.
	 */
	on<Schema extends z.ZodType>(
		name: string,
		schema: Schema,
		run: (actor: Actor, input: z.output<Schema>) => Promise<object | undefined>,
		options?: { automatic?: boolean },
	): void
	/** Puts it in a room if `check` does not throw; a removal meanwhile wins. */
	enter(room: string, check: () => Promise<unknown>): Promise<void>
	leave(room: string): void
	isIn(room: string): boolean
}

export type SocketFeature = (connection: Connection) => void

/** Rooms of features have a prefix of their own: no name they make up can be a session's or a member's. */
export const roomName = (room: string) => `in:${room}`

const GRACE_MS = 800

/** Ends the transport at once; what was queued for it is thrown away. The client comes back and catches up. */
export function cut({ conn }: Pick<Socket, 'conn'>) {
	const { transport } = conn as unknown as { transport: { socket?: { terminate?(): void } } }
	transport.socket?.terminate?.()
	conn.close(true)
}

/** Tells a connection that its session is over and ends it. It is out of every room before this returns. */
export function signOut(socket: KnownSocket) {
	socket.emit('signed-out')
	socket.disconnect(true)
	// A reader that does not read would otherwise keep the rest of the queue alive.
	setTimeout(() => cut(socket), GRACE_MS).unref()
}

const state = once('socket-events', () => ({ running: 0, draining: false }))

/** How many events are being answered, and whether new ones are turned away. */
export const eventsUnderWay = () => state.running
export const turnEventsAway = (away: boolean) => {
	state.draining = away
}

type Ack = (answer: object) => void

function refusal(error: unknown) {
	if (!(error instanceof AppError)) {
		logFault('socket', error)
		return { ok: false, code: 'unavailable' }
	}
	const { code, fields, details } = error
	return {
		ok: false,
		code,
		...(Object.keys(fields).length > 0 && { fields }),
		...(Object.keys(details).length > 0 && { details }),
	}
}

/** Counts an event. Too many are told once; whoever goes on is cut. */
async function count(socket: KnownSocket) {
	try {
		await take('chat.event', socket.data.memberId)
		socket.data.told = false
	} catch (error) {
		if (socket.data.told) cut(socket)
		socket.data.told = true
		throw error
	}
}

async function answer(
	socket: KnownSocket,
	handler: Handler | undefined,
	payload: unknown,
	identity: Identity,
) {
	if (state.draining) throw new AppError('unavailable')
	await count(socket)
	if (!handler) throw new AppError('not-found')
	const input = parse(handler.schema, payload)
	const actor = await identity.actorOfToken(socket.data.token, { quietly: handler.automatic })
	if (actor?.status !== 'active') {
		signOut(socket)
		throw new AppError('not-signed-in')
	}
	return handler.run(actor, input)
}

/** Whatever was sent, with or without something to call back: it ends here and never throws. */
async function receive(
	socket: KnownSocket,
	handlers: Map<unknown, Handler>,
	packet: unknown[],
	identity: Identity,
) {
	const last = packet.at(-1)
	const ack = typeof last === 'function' ? (last as Ack) : undefined
	const payload = packet[1] === ack ? undefined : packet[1]
	state.running += 1
	try {
		const out = await answer(socket, handlers.get(packet[0]), payload, identity)
		ack?.({ ok: true, ...out })
	} catch (error) {
		if (socket.connected) ack?.(refusal(error))
	} finally {
		state.running -= 1
	}
}

async function enter(socket: KnownSocket, room: string, check: () => Promise<unknown>) {
	const removals = () => socket.data.removals?.get(room)
	const before = removals()
	await check()
	// Joining a closed connection would leave its id in the room for ever.
	if (removals() !== before || !socket.connected) throw new AppError('not-found')
	socket.join(roomName(room))
}

/** Takes a connection out of a room. */
export function takeOut(socket: KnownSocket, room: string) {
	socket.data.removals ??= new Map()
	socket.data.removals.set(room, (socket.data.removals.get(room) ?? 0) + 1)
	socket.leave(roomName(room))
}

/**
 * What a connection answers. Made for each event and gone with it: kept, it would be a good part of what an open page
 * that nobody writes in costs.
 */
function handlersOf(socket: KnownSocket, features: readonly SocketFeature[]) {
	const handlers = new Map<unknown, Handler>()
	const connection: Connection = {
		on: (name, schema, run, { automatic = false } = {}) =>
			void handlers.set(name, { schema, automatic, run: run as Handler['run'] }),
		enter: (room, check) => enter(socket, room, check),
		leave: (room) => void socket.leave(roomName(room)),
		isIn: (room) => socket.rooms.has(roomName(room)),
	}
	for (const feature of features) feature(connection)
	return handlers
}

const ignore = () => {}

/** Gives a new connection its events. Names that no feature answers, reserved ones among them, reach nothing. */
export function listen(socket: KnownSocket, identity: Identity, features: readonly SocketFeature[]) {
	// `next` is never called: an event named "error" would otherwise reach Node's emitter and end the process.
	socket.use((packet) => void receive(socket, handlersOf(socket, features), packet, identity))
	socket.on('error' as never, ignore as never)
}

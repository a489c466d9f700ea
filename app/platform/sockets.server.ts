import type { Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import { aside } from './aside.server'
import { subscribe } from './bus.server'
import { env } from './env.server'
import { log, logFault } from './log.server'
import { keepLookingOut, lookOut } from './lookouts.server'
import { openSockets } from './metrics.server'
import { once } from './once.server'
import { hasRoomForSocket } from './overload.server'
import { openDoor } from './siblings.server'
import { signal } from './signals.server'
import {
	connectionsOf,
	guardLaterRequests,
	type Identity,
	isOwnPage,
	keepOnlyCookies,
	SOCKET_PATH,
	textParser,
} from './socket-door.server'
import {
	cut,
	eventsUnderWay,
	type Known,
	type KnownSocket,
	listen,
	roomName,
	type SocketFeature,
	signOut,
	takeOut,
	turnEventsAway,
} from './socket-events.server'

const FRAME_AT_MOST_BYTES = 20_000
const CONNECTIONS_PER_MEMBER = 10
const QUEUE_AT_MOST_BYTES = 1_000_000
const LOOK_AT_QUEUES_EVERY_MS = 500
/** A room that is busy is looked at sooner: this many tellings of 12 kB are less than half of what may queue. */
const LOOK_AT_QUEUES_EVERY_TELLINGS = 32
const SWEEP_EVERY_MS = 60_000
const DRAIN_EVENTS_MS = 2_000
const CLOSE_GRACE_MS = 1_000

interface OpenServer {
	io: Server<never, Record<string, (...args: unknown[]) => void>, never, Known>
	identity: Identity
	timers: (NodeJS.Timeout | undefined)[]
	closeDoor?: () => void
	closing: boolean
}

const state = once('sockets', () => ({
	open: undefined as OpenServer | undefined,
	tellings: 0,
	listening: false,
}))

/** The open connections in a room, by its name in Socket.IO, in this process. */
export function socketsIn(room: string): KnownSocket[] {
	const space = state.open?.io.sockets
	const ids = space?.adapter.rooms.get(room) ?? []
	return [...ids].map((id) => space?.sockets.get(id)).filter((socket) => socket !== undefined)
}

const everySocket = (): KnownSocket[] => [...(state.open?.io.sockets.sockets.values() ?? [])]

/** Counts what rooms were told: a busy one must not fill the queues between two looks at them. */
export function countTellings(count: number) {
	state.tellings += count
	if (state.tellings < LOOK_AT_QUEUES_EVERY_TELLINGS) return
	state.tellings = 0
	cutSlowReaders()
}

/** Tells only these members, as far as they are in the room, in this process. */
export function emitToMembers(room: string, memberIds: readonly string[], name: string, payload: object) {
	for (const socket of memberIds.flatMap((memberId) => socketsIn(`member:${memberId}`))) {
		if (socket.rooms.has(roomName(room))) socket.emit(name as never, payload as never)
	}
}

/** Takes every connection of a member out of a room: from here on she is told nothing of it. */
export function removeFrom(memberId: string, room: string) {
	for (const socket of socketsIn(`member:${memberId}`)) takeOut(socket, room)
}

/** Who is in a room by a connection of this process. */
export function membersIn(room: string): string[] {
	return [...new Set(socketsIn(roomName(room)).map(({ data }) => data.memberId))]
}

/** Characters that wait for a reader who does not read: in engine.io's queue and in the WebSocket's own. */
function queued({ conn }: Pick<Socket, 'conn'>): number {
	const { writeBuffer, transport } = conn as unknown as {
		writeBuffer: { data?: string }[]
		transport: { socket?: { bufferedAmount?: number } }
	}
	let size = transport.socket?.bufferedAmount ?? 0
	for (const packet of writeBuffer) size += packet.data?.length ?? 0
	return size
}

function cutSlowReaders() {
	for (const socket of everySocket()) {
		if (queued(socket) <= QUEUE_AT_MOST_BYTES) continue
		log.warn({ where: 'sockets' }, 'slow reader cut')
		cut(socket)
	}
}

/** Asks again who it is; ends the connection when nobody is there any more. True if it may stay. */
async function checkAgain(socket: KnownSocket): Promise<boolean> {
	const actor = await state.open?.identity.actorOfToken(socket.data.token, { quietly: true })
	if (actor?.status === 'active') return true
	signOut(socket)
	return false
}

/** So many are asked about together: few statements, and none that holds up who writes meanwhile. */
const SWEPT_TOGETHER = 50

/** Finds what no event announced: a session that grew too old, a signal that was missed. */
async function sweep() {
	const sockets = everySocket()
	for (let at = 0; at < sockets.length; at += SWEPT_TOGETHER) {
		const some = sockets.slice(at, at + SWEPT_TOGETHER)
		await Promise.all(some.map((socket) => checkAgain(socket).catch((error) => logFault('sockets', error))))
	}
}

/** What she may do changed: connections that may stay begin anew, so that every room is asked for again. */
async function beginAgain(memberId: string) {
	for (const socket of socketsIn(`member:${memberId}`)) {
		const stays = await checkAgain(socket).catch(() => true)
		if (stays) cut(socket)
	}
}

function endHere(sessionIds: readonly string[]) {
	for (const id of sessionIds) for (const socket of socketsIn(`session:${id}`)) signOut(socket)
}

/** Looks whether a session of an open connection is over without a word of it having come here. */
async function lookForEnded() {
	const rooms = [...(state.open?.io.sockets.adapter.rooms.keys() ?? [])]
	const ids = rooms.filter((room) => room.startsWith('session:')).map((room) => room.slice('session:'.length))
	if (ids.length > 0) endHere((await state.open?.identity.endedAmong(ids)) ?? [])
}

const Ended = z.object({ sessionIds: z.array(z.string()) })
const Changed = z.object({ memberId: z.string() })

function hearOfChanges() {
	if (state.listening) return
	state.listening = true
	const sayEnded = signal('session:ended', Ended, ({ sessionIds }) => endHere(sessionIds))
	const sayChanged = signal('member:changed', Changed, ({ memberId }) => beginAgain(memberId))
	subscribe('session:ended', ({ sessionIds }) => {
		endHere(sessionIds)
		if (sessionIds.length > 0) sayEnded({ sessionIds })
	})
	subscribe('member:changed', ({ memberId }) => {
		sayChanged({ memberId })
		return beginAgain(memberId)
	})
	lookOut('sockets.ended', lookForEnded)
}

/** The handshake: a session, an active member, and not her eleventh connection. */
async function welcome(socket: KnownSocket, identity: Identity) {
	const token = identity.tokenIn(socket.handshake.headers.cookie)
	const actor = await identity.actorOfToken(token, { quietly: true })
	if (!token || !actor) throw new Error('not-signed-in')
	if (actor.status !== 'active') throw new Error('forbidden')
	// Many of hers may be let in at the same moment: each counts from here on, though it is not open before a moment later.
	const hers = state.open?.io.sockets.adapter.rooms.get(`member:${actor.id}`)
	if ((hers?.size ?? 0) >= CONNECTIONS_PER_MEMBER) throw new Error('too-many')
	socket.join([`session:${actor.sessionId}`, `member:${actor.id}`])
	socket.data = { token, memberId: actor.id, told: false }
}

function admit(socket: KnownSocket, identity: Identity, next: (error?: Error) => void) {
	welcome(socket, identity).then(
		() => next(),
		(error: Error) => {
			const known = ['not-signed-in', 'forbidden', 'too-many'].includes(error.message)
			if (!known) logFault('sockets', error)
			next(known ? error : new Error('unavailable'))
			// It has nothing to say here; the refusal goes out first.
			setImmediate(() => socket.conn.close())
		},
	)
}

/** Every other upgrade (an h2c probe, a stray WebSocket) would wait for an answer that never comes. */
function refuseOtherUpgrades(http: HttpServer) {
	http.on('upgrade', ({ url = '' }, stream: Duplex) => {
		if (!url.startsWith(`${SOCKET_PATH}/`)) stream.destroy()
	})
}

const countDown = () => openSockets.dec()

/** Puts Socket.IO on the server that also answers pages. `features` give each new connection its events. */
export function openSocketServer(http: HttpServer, identity: Identity, features: readonly SocketFeature[]) {
	const io: OpenServer['io'] = new Server(http, {
		path: SOCKET_PATH,
		transports: ['websocket', 'polling'],
		parser: textParser,
		serveClient: false,
		allowEIO3: false,
		destroyUpgrade: false,
		maxHttpBufferSize: FRAME_AT_MOST_BYTES,
		perMessageDeflate: false,
		httpCompression: false,
		connectTimeout: 10_000,
		pingInterval: 25_000,
		pingTimeout: 20_000,
		allowRequest: (request, answer) =>
			answer(null, state.open?.closing === false && isOwnPage(request) && hasRoomForSocket()),
	})
	refuseOtherUpgrades(http)
	const { worker } = env()
	// Before the guard: it knows only the connections that are held here.
	const closeDoor = worker ? openDoor(io, worker) : undefined
	guardLaterRequests(io, identity)
	io.use((socket, next) => admit(socket, identity, next))
	io.on('connection', (socket) => {
		openSockets.inc()
		socket.on('disconnect', countDown)
		keepOnlyCookies(socket)
		listen(socket, identity, features)
	})
	turnEventsAway(false)
	hearOfChanges()
	const timers = [
		setInterval(cutSlowReaders, LOOK_AT_QUEUES_EVERY_MS).unref(),
		setInterval(() => aside('sockets', sweep), SWEEP_EVERY_MS).unref(),
		keepLookingOut(),
	]
	state.open = { io, identity, timers, closeDoor, closing: false }
	log.info({ origins: env().origins.length }, 'sockets open')
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Lets the events under way be answered, then closes every connection, within three seconds. Clients take a closed
 * transport as the sign to connect again, to whoever serves by then; what was not acknowledged they send again.
 */
export async function closeSockets() {
	const { open } = state
	if (!open) return
	open.closing = true
	for (const timer of open.timers) clearInterval(timer)
	turnEventsAway(true)
	const until = Date.now() + DRAIN_EVENTS_MS
	while (eventsUnderWay() > 0 && Date.now() < until) await wait(20)
	const connections = connectionsOf(open.io)
	for (const conn of Object.values(connections)) conn.close()
	if (Object.keys(connections).length > 0) await wait(CLOSE_GRACE_MS)
	for (const conn of Object.values(connections)) cut({ conn: conn as unknown as Socket['conn'] })
	open.closeDoor?.()
	if (state.open === open) state.open = undefined
}

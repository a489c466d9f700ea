import type { IncomingMessage } from 'node:http'
import type { Socket, Server as SocketServer } from 'socket.io'
import * as stock from 'socket.io-parser'
import type { Actor } from './actor'
import { env } from './env.server'

/** How the sockets find out who is there; handed in, since a session is not the platform's business. */
export interface Identity {
	/** The session token in a Cookie header. */
	tokenIn(cookies: string | undefined): string | undefined
	/** Whose token it is now. `quietly`: asking does not count as use, or an open page would never grow idle. */
	actorOfToken(token: string | undefined, how?: { quietly?: boolean }): Promise<Actor | null>
	/** Which of these sessions are over, or no longer an active member's. */
	endedAmong(sessionIds: readonly string[]): Promise<string[]>
}

export const SOCKET_PATH = '/socket.io'

/**
 * Whether a page of ours asks. Browsers send Origin with every WebSocket and every POST, but not with a GET to their
 * own site: there Sec-Fetch-Site, which no page can forge, says the same.
 */
export function isOwnPage({ headers }: IncomingMessage): boolean {
	if (headers.origin !== undefined) return env().origins.includes(headers.origin)
	return headers.upgrade === undefined && headers['sec-fetch-site'] === 'same-origin'
}

interface OpenConnection {
	/** The request it was opened with. */
	request: IncomingMessage
	close(discard?: boolean): void
}

/** Every connection of the transport below, by its id; also those that have not shown a session yet. */
export const connectionsOf = ({ engine }: Pick<SocketServer, 'engine'>) =>
	(engine as unknown as { clients: Record<string, OpenConnection> }).clients

type EngineRequest = IncomingMessage & { _query: { sid?: string } }

/**
 * Of the request that opened a connection only its cookies are asked for again (below); the rest, and what it came by,
 * would stay in memory for as long as the page is open.
 */
export function keepOnlyCookies({ conn, handshake }: Pick<Socket, 'conn' | 'handshake'>) {
	const headers = { cookie: handshake.headers.cookie }
	Object.assign(conn, { request: { headers } })
	handshake.headers = headers
}

/**
 * `allowRequest` sees only the handshake. Whoever knows a connection's id could speak for it in later requests
 * (SAFETY 2D 49), so each of them must come from a page of ours and carry the session it was opened with.
 */
export function guardLaterRequests(io: Pick<SocketServer, 'engine'>, { tokenIn }: Identity) {
	const { engine } = io
	engine.use((request: EngineRequest, _response: unknown, next: (error?: Error) => void) => {
		const { sid } = request._query
		if (sid === undefined) return next()
		const connections = connectionsOf(io)
		const opened = Object.hasOwn(connections, sid) ? connections[sid]?.request : undefined
		if (!opened) return next()
		const same = tokenIn(request.headers.cookie) === tokenIn(opened.headers.cookie)
		next(same && isOwnPage(request) ? undefined : new Error('another session'))
	})
	engine.on('initial_headers', addHeaders)
	engine.on('headers', addHeaders)
}

function addHeaders(headers: Record<string, string>) {
	headers['cache-control'] = 'no-store'
	headers['x-content-type-options'] = 'nosniff'
}

const FIRST_BINARY_TYPE = '5'

/** We speak only text: a connection that announces or sends bytes is cut before anything is kept for it. */
class TextDecoder extends stock.Decoder {
	override add(packet: unknown) {
		if (typeof packet !== 'string' || packet.charAt(0) >= FIRST_BINARY_TYPE) throw new Error('binary')
		super.add(packet)
	}
}

export const textParser = { ...stock, Decoder: TextDecoder }

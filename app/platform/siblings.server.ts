import { rmSync } from 'node:fs'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import type { Server as SocketServer } from 'socket.io'
import { logFault } from './log.server'

interface Worker {
	slot: number
	/** A folder that only this user may enter. */
	doors: string
}

type EngineRequest = IncomingMessage & { _query: { sid?: string } }

/** Where a process of this machine takes requests that came to another one. */
const doorOf = ({ doors }: Worker, slot: number) =>
	process.platform === 'win32'
		? `\\\\.\\pipe\\${path.basename(doors)}-${slot}`
		: path.join(doors, `${slot}.sock`)

/** Whose connection it is: each process puts its own number before the ids it gives. */
const holderOf = (sid: string | undefined) => Number(/^([1-9]\d?)\./.exec(sid ?? '')?.[1] ?? 0)

/** Hands a request on and its answer back. `otherwise`: the other process is not there. */
function passOn(request: IncomingMessage, response: ServerResponse, door: string, otherwise: () => void) {
	const { method, url, headers } = request
	const far = ask({
		socketPath: door,
		method,
		path: url,
		// Not "close": who holds it then ends the connection with its answer, and our last letters meet a closed door.
		headers: { ...headers, connection: 'keep-alive' },
		agent: false,
	})
	far.on('response', (answer) => {
		const { connection: _ours, 'keep-alive': _too, ...theirs } = answer.headers
		response.writeHead(answer.statusCode ?? 502, theirs)
		answer.pipe(response)
		answer.on('error', () => response.destroy())
	})
	far.on('error', () => (response.headersSent ? response.destroy() : otherwise()))
	response.on('close', () => far.destroy())
	request.pipe(far)
}

/**
 * With the polling transport one connection is many requests, and the system gives each to any process of the machine:
 * those of a connection held elsewhere are handed to who holds it. A connection of a process that is gone is unknown
 * there, and its client opens another. Returns what closes the door.
 */
export function openDoor({ engine }: Pick<SocketServer, 'engine'>, worker: Worker) {
	const makeId = engine.generateId.bind(engine)
	engine.generateId = (request: IncomingMessage) => `${worker.slot}.${makeId(request)}`
	engine.use((request: EngineRequest, response: ServerResponse, next: () => void) => {
		const holder = holderOf(request._query.sid)
		// A WebSocket is one request: only a client that polled before asks for one with an id, and it goes on polling.
		if (holder === 0 || holder === worker.slot || request.headers.upgrade) return next()
		passOn(request, response, doorOf(worker, holder), next)
	})
	const door = createServer((request, response) => engine.handleRequest(request as never, response as never))
	door.on('error', (error) => logFault('siblings', error))
	const place = doorOf(worker, worker.slot)
	// One that was killed leaves its door behind.
	if (process.platform !== 'win32') rmSync(place, { force: true })
	door.listen(place)
	return () => {
		door.close()
		door.closeAllConnections()
	}
}

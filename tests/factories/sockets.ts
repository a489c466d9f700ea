import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { z } from 'zod'
import { actorOfToken, endedAmong, tokenIn } from '~/features/members/session.server'
import { env } from '~/platform/env.server'
import { AppError } from '~/platform/errors'
import type { Connection, SocketFeature } from '~/platform/socket-events.server'
import { closeSockets, openSocketServer } from '~/platform/sockets.server'

export interface TestServer {
	url: string
	port: number
	/** A client with her session, from a page of ours unless told otherwise. */
	connect(token: string | undefined, options?: ClientOptions): Promise<Socket>
	/** The refusal of a handshake, in a word. */
	refusal(token: string | undefined, options?: ClientOptions): Promise<string>
	/** A client that is not waited for. */
	open(token: string | undefined, options?: ClientOptions): Socket
	closeClients(): void
	close(): Promise<void>
}

const own = (origin: string | null): Record<string, string> => (origin === null ? {} : { origin })

type ClientOptions = Partial<ManagerOptions & SocketOptions> & { origin?: string | null }

/** The Cookie header of a session. */
export const cookieOf = (token: string | undefined): Record<string, string> =>
	token === undefined ? {} : { cookie: `mimosa=${token}` }

/** The server of a test file that calls `withSocketServer`. */
export let server: TestServer

/** Opens the server anew, with the echo on it. */
export async function openServer() {
	server = await aSocketServer([echo])
}

/** One server for a whole test file; between its tests all clients go and the echo falls silent. */
export function withSocketServer() {
	beforeAll(openServer)
	afterAll(() => server.close())
	beforeEach(() => {
		echoed.ran = []
		echoed.hold = undefined
	})
	afterEach(() => server.closeClients())
}

/** That a connection still answers. */
export const works = async (client: Socket) =>
	expect(await say(client, { word: 'still' })).toMatchObject({ ok: true })

/** A real http server with the sockets on it, as server.ts makes it; pages answer "page". */
export async function aSocketServer(features: SocketFeature[]): Promise<TestServer> {
	const http = createServer((_request, response) => response.end('page'))
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
	openSocketServer(http, { tokenIn, actorOfToken, endedAmong }, features)
	const { port } = http.address() as AddressInfo
	const url = `http://127.0.0.1:${port}`
	const clients: Socket[] = []

	function open(token: string | undefined, { origin = env().origins[0], ...options }: ClientOptions = {}) {
		const client = io(url, {
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
			timeout: 5000,
			extraHeaders: { ...cookieOf(token), ...own(origin) },
			...options,
		})
		clients.push(client)
		return client
	}

	const server: TestServer = {
		url,
		port,
		open,
		connect(token, options) {
			const client = open(token, options)
			return new Promise((resolve, reject) => {
				client.once('connect', () => resolve(client))
				client.once('connect_error', reject)
			})
		},
		refusal(token, options) {
			const client = open(token, options)
			return new Promise((resolve, reject) => {
				client.once('connect', () => reject(new Error('it was let in')))
				client.once('connect_error', (error) => resolve(error.message))
			})
		},
		closeClients() {
			for (const client of clients.splice(0)) client.disconnect()
		},
		async close() {
			server.closeClients()
			await closeSockets()
			http.closeAllConnections()
			await new Promise((resolve) => http.close(resolve))
		},
	}
	return server
}

/** Everything a client is told, by event name, in order. */
export function recorded(client: Socket) {
	const heard: { name: string; data: Record<string, never> & { message?: { body: string; id: string } } }[] =
		[]
	client.onAny((name, data) => void heard.push({ name, data }))
	return heard
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until it is so, and fails after the time. */
export async function until(isSo: () => boolean, ms = 15_000) {
	const end = Date.now() + ms
	while (!isSo()) {
		if (Date.now() > end) throw new Error('it did not become so in time')
		await pause(10)
	}
}

/** What the echo below was made to run, what an event waits for while it is set, and how many were let in no further. */
export const echoed = { ran: [] as unknown[], hold: undefined as Promise<void> | undefined, waiting: 0 }

/** A feature with nothing of the product in it. */
export function echo(connection: Connection) {
	const Word = z.object({ word: z.string('errors:empty').max(20, 'errors:tooLong') })
	connection.on('say', Word, async (actor, { word }) => {
		echoed.ran.push(word)
		if (word === 'trip') throw new Error('her words must not get out')
		if (word === 'refuse') throw new AppError('forbidden')
		if (word === 'hold') await echoed.hold
		return { word, who: actor.id }
	})
	connection.on('look', z.object({}), async () => ({}), { automatic: true })
	connection.on('enter', z.object({ room: z.string() }), async (_actor, { room }) => {
		await connection.enter(room, async () => {
			echoed.waiting += 1
			await echoed.hold
			echoed.waiting -= 1
		})
		return { rooms: connection.isIn(room) }
	})
}

/** An event of the echo, and its answer. */
export const say = (client: Socket, word: unknown) => client.timeout(3000).emitWithAck('say', word)

interface Asked {
	port: number
	path?: string
	method?: string
	headers?: Record<string, string>
	body?: string
}

/** One plain request; the status and the text, or "closed" for a connection ended without an answer. */
export const ask = ({
	port,
	path = '/socket.io/?EIO=4&transport=polling',
	method = 'GET',
	headers = {},
	body,
}: Asked) =>
	new Promise<{ status: number | 'closed'; text: string }>((resolve) => {
		const call = request({ port, host: '127.0.0.1', path, method, headers }, async (response) => {
			let text = ''
			for await (const chunk of response) text += chunk
			resolve({ status: response.statusCode ?? 0, text })
		})
		call.on('upgrade', (_response, stream) => {
			stream.destroy()
			resolve({ status: 101, text: '' })
		})
		call.on('error', () => resolve({ status: 'closed', text: '' }))
		call.end(body)
	})

/** Headers of a WebSocket's first request. */
export const UPGRADE = {
	connection: 'Upgrade',
	upgrade: 'websocket',
	'sec-websocket-version': '13',
	'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

import { existsSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { env } from '~/platform/env.server'
import { anotherProcess } from '../factories/instances'
import { aMemberWithToken } from '../factories/members'
import { aSocketServer, ask, cookieOf, echo, pause, say, type TestServer } from '../factories/sockets'

/** Before the settings are read: this is the first of two processes, and no signal gets anywhere. */
await vi.hoisted(async () => {
	const { mkdtempSync } = await import('node:fs')
	const { tmpdir } = await import('node:os')
	process.env.WORKER_SLOT = '1'
	process.env.WORKER_DOORS = mkdtempSync(`${tmpdir()}/mimosa-doors-`)
	process.env.REDIS_URL = 'redis://127.0.0.1:1'
})

let first: TestServer
let second: Awaited<ReturnType<typeof anotherProcess>>
let balancer: Awaited<ReturnType<typeof openBalancer>>
const clients: Socket[] = []

/** Gives each request to the next process, as the system does; `fixed` gives all to one. */
async function openBalancer() {
	let turn = 0
	const given = { fixed: undefined as number | undefined, answers: [] as number[] }
	const server = createServer((near, answer) => {
		const port = given.fixed ?? [first.port, second.server.port][turn++ % 2]!
		const { method, url: path, headers } = near
		const far = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (from) => {
			given.answers.push(from.statusCode ?? 0)
			answer.writeHead(from.statusCode ?? 502, from.headers)
			from.pipe(answer)
		})
		far.on('error', () => answer.destroy())
		answer.on('close', () => far.destroy())
		near.pipe(far)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	return { given, port: (server.address() as AddressInfo).port, close: () => server.close() }
}

beforeAll(async () => {
	first = await aSocketServer([echo])
	second = await anotherProcess({ WORKER_SLOT: '2' })
	balancer = await openBalancer()
})
afterEach(() => {
	for (const client of clients.splice(0)) client.disconnect()
	balancer.given.answers.length = 0
	balancer.given.fixed = undefined
})
afterAll(async () => {
	balancer.close()
	await second.close()
	await first.close()
	rmSync(env().worker!.doors, { recursive: true, force: true })
})

const POLLING = '/socket.io/?EIO=4&transport=polling'

function connect(token: string) {
	const client = io(`http://127.0.0.1:${balancer.port}`, {
		transports: ['polling'],
		forceNew: true,
		reconnection: false,
		extraHeaders: { ...cookieOf(token), origin: env().origins[0] },
	})
	clients.push(client)
	return new Promise<Socket>((resolve, reject) => {
		client.once('connect', () => resolve(client))
		client.once('connect_error', reject)
	})
}

test('a connection by polling holds, whichever process each of its requests comes to', async () => {
	const { actor, token } = await aMemberWithToken()
	const client = await connect(token)
	const slot = Number(client.io.engine.id?.split('.')[0])
	expect([1, 2]).toContain(slot)
	const known =
		slot === 1 ? { event: 'say', answer: { ok: true, word: 'hello', who: actor.id } } : { event: 'room:join' }
	for (let times = 0; times < 6; times += 1) {
		if (known.event === 'say') expect(await say(client, { word: 'hello' })).toEqual(known.answer)
		else expect(await client.timeout(3_000).emitWithAck('room:join', {})).toMatchObject({ code: 'invalid' })
	}
	expect(client.connected).toBe(true)
	expect(balancer.given.answers.every((status) => status === 200)).toBe(true)
	expect(balancer.given.answers.length).toBeGreaterThan(8)
})

test('who knows the id of a connection cannot speak for it by way of the other process', async () => {
	const [her, other] = [await aMemberWithToken(), await aMemberWithToken()]
	const client = await connect(her.token)
	const sid = client.io.engine.id
	const origin = env().origins[0]
	const asked: Record<string, string>[] = [
		{ ...cookieOf(her.token), origin: 'https://evil.example' },
		{ ...cookieOf(other.token), origin },
		{ origin },
	]
	for (const headers of asked) {
		for (const port of [first.port, second.server.port]) {
			const { status } = await ask({
				port,
				path: `${POLLING}&sid=${sid}`,
				method: 'POST',
				headers,
				body: '42["say"]',
			})
			expect([headers, status]).toEqual([headers, 400])
		}
	}
	await pause(50)
	expect(client.connected).toBe(true)
})

test.each(['9.AAAAAAAAAAAAAAAAAAAA', '2.AAAAAAAAAAAAAAAAAAAA', '0.x', '64.x', '../../x', '2./../1'])(
	'an id nobody gave (%s) is unknown, and no more',
	async (sid) => {
		const { token } = await aMemberWithToken()
		const headers = { ...cookieOf(token), origin: env().origins[0] }
		for (const method of ['GET', 'POST'])
			expect(
				(await ask({ port: first.port, path: `${POLLING}&sid=${sid}`, method, headers, body: '2' })).status,
			).toBe(400)
	},
)

test('a process that is gone leaves its door to the next one in its place', async () => {
	const door = path.join(env().worker!.doors, '2.sock')
	expect(existsSync(door)).toBe(true)
	await second.close()
	expect(existsSync(door)).toBe(false)
	second = await anotherProcess({ WORKER_SLOT: '2' })
	expect(existsSync(door)).toBe(true)
})

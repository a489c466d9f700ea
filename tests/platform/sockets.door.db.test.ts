import { connect as connectTcp } from 'node:net'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import { aMemberWithToken } from '../factories/members'
import {
	ask,
	cookieOf,
	echoed,
	pause,
	server,
	UPGRADE,
	until,
	withSocketServer,
	works,
} from '../factories/sockets'

const OWN = 'http://localhost:3000'

withSocketServer()

describe('who is let in', () => {
	test.each([
		['our page', OWN, 'websocket', 101],
		['our page by its other name', 'http://127.0.0.1:3000', 'websocket', 101],
		['another site with her cookie', 'https://evil.example', 'websocket', 400],
		['our name on another port', 'http://localhost:3001', 'websocket', 400],
		['our name as a beginning', 'http://localhost:3000.evil.example', 'websocket', 400],
		['a sandboxed frame', 'null', 'websocket', 400],
		['nobody', undefined, 'websocket', 400],
		['our page', OWN, 'polling', 200],
		['another site with her cookie', 'https://evil.example', 'polling', 403],
		['nobody', undefined, 'polling', 403],
	])('a connection from %s (%s) by %s: %s', async (_who, origin, transport, status) => {
		const { token } = await aMemberWithToken()
		const headers = {
			...cookieOf(token),
			...(origin ? { origin } : {}),
			...(transport === 'websocket' ? UPGRADE : {}),
		}
		expect(
			(await ask({ port: server.port, path: `/socket.io/?EIO=4&transport=${transport}`, headers })).status,
		).toBe(status)
	})

	test('a browser sends no Origin to its own site with a GET, but says where the page is from', async () => {
		const cookie = cookieOf((await aMemberWithToken()).token)
		const from = async (site: string, more = {}) =>
			(await ask({ port: server.port, headers: { ...cookie, 'sec-fetch-site': site, ...more } })).status
		expect(await from('same-origin')).toBe(200)
		expect(await from('same-site')).toBe(403)
		expect(await from('cross-site')).toBe(403)
		expect(await from('none')).toBe(403)
		expect(await from('same-origin', { origin: 'https://evil.example' })).toBe(403)
	})

	test.each([
		['an old protocol', '/socket.io/?EIO=3&transport=polling'],
		['an unknown transport', '/socket.io/?EIO=4&transport=pigeon'],
		['WebTransport', '/socket.io/?EIO=4&transport=webtransport'],
		['no transport', '/socket.io/?EIO=4'],
		['an unknown id', '/socket.io/?EIO=4&transport=polling&sid=__proto__'],
	])('%s is 400', async (_what, path) => {
		expect((await ask({ port: server.port, path, headers: { origin: OWN } })).status).toBe(400)
	})

	test('without a living session there is only a refusal', async () => {
		const { actor, token } = await aMemberWithToken()
		expect(await server.refusal(undefined)).toBe('not-signed-in')
		expect(await server.refusal('x'.repeat(43))).toBe('not-signed-in')
		expect(await server.refusal(undefined, { transports: ['polling'] })).toBe('not-signed-in')
		await db.update(members).set({ status: 'waiting' }).where(eq(members.id, actor.id))
		expect(await server.refusal(token)).toBe('forbidden')
		await db.update(members).set({ status: 'active' }).where(eq(members.id, actor.id))
		await db.update(sessions).set({ lastSeenAt: sql`now() - interval '15 days'` })
		expect(await server.refusal(token)).toBe('not-signed-in')
	})

	test('ten connections each; a house with 60 women on one address is no problem', async () => {
		const { token } = await aMemberWithToken()
		const own = await Promise.all(Array.from({ length: 10 }, () => server.connect(token)))
		expect(await server.refusal(token)).toBe('too-many')
		own[0]!.disconnect()
		await until(() => !own[0]!.connected)
		await pause(50)
		await works(await server.connect(token))
		const women = await Promise.all(Array.from({ length: 60 }, () => aMemberWithToken()))
		const all = await Promise.all(women.map((woman) => server.connect(woman.token)))
		expect(all.every((client) => client.connected)).toBe(true)
	})

	test('twenty connections at the same moment: ten', async () => {
		const { token } = await aMemberWithToken()
		const tries = await Promise.allSettled(Array.from({ length: 20 }, () => server.connect(token)))
		expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
	})
})

describe('later requests of a polling connection', () => {
	test('need our page and the session it was opened with', async () => {
		const [hers, other] = [await aMemberWithToken(), await aMemberWithToken()]
		const headers = { origin: OWN, ...cookieOf(hers.token) }
		const { text } = await ask({ port: server.port, headers })
		const { sid, pingInterval, pingTimeout } = JSON.parse(text.slice(1))
		// A pulled cable is noticed within 45 seconds.
		expect(pingInterval + pingTimeout).toBeLessThanOrEqual(45_000)
		const path = `/socket.io/?EIO=4&transport=polling&sid=${sid}`
		const post = (more: Record<string, string>, body: string) =>
			ask({
				port: server.port,
				path,
				method: 'POST',
				headers: { 'content-type': 'text/plain', ...more },
				body,
			})
		expect((await post(headers, '40')).text).toBe('ok')
		expect((await ask({ port: server.port, path, headers })).text).toMatch(/^40/)

		const event = '42["say",{"word":"stolen"}]'
		expect((await post({ origin: OWN }, event)).status).toBe(400)
		expect((await post({ ...headers, origin: 'https://evil.example' }, event)).status).toBe(400)
		expect((await post(cookieOf(hers.token), event)).status).toBe(400)
		expect((await post({ origin: OWN, ...cookieOf(other.token) }, event)).status).toBe(400)
		expect((await ask({ port: server.port, path, headers: { origin: OWN } })).status).toBe(400)
		const upgrade = { origin: OWN, ...cookieOf(other.token), ...UPGRADE }
		expect(
			(await ask({ port: server.port, path: path.replace('polling', 'websocket'), headers: upgrade })).status,
		).toBe(400)
		expect(echoed.ran).toEqual([])

		expect((await post(headers, '42["say",{"word":"hers"}]')).text).toBe('ok')
		await until(() => echoed.ran.length === 1)
		expect(echoed.ran).toEqual(['hers'])
	})

	test('work through a client that has only polling', async () => {
		const { token } = await aMemberWithToken()
		await works(await server.connect(token, { transports: ['polling'] }))
	})
})

describe('around it', () => {
	test('every other upgrade and CONNECT is closed at once, pages are served', async () => {
		expect((await ask({ port: server.port, path: '/' })).text).toBe('page')
		for (const path of ['/', '/chat', '/socket.iox/', '/socket.io']) {
			expect((await ask({ port: server.port, path, headers: { origin: OWN, ...UPGRADE } })).status).toBe(
				'closed',
			)
		}
		const closed = await new Promise((resolve) => {
			const stream = connectTcp(server.port, '127.0.0.1', () =>
				stream.write('CONNECT a.example:443 HTTP/1.1\r\nHost: a\r\n\r\n'),
			)
			stream.on('close', () => resolve('closed')).on('error', () => {})
			stream.resume()
		})
		expect(closed).toBe('closed')
	})

	test('no client script, no metadata of ours', async () => {
		expect(
			(await ask({ port: server.port, path: '/socket.io/socket.io.js', headers: { origin: OWN } })).status,
		).toBe(400)
	})
})

import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import net from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fromOwnPage, gate, headers, loadContext, originOf, sizeGate } from '~/platform/gate.server'

const PORT = 3000
let http: Server
let port: number
let reached: string[] = []
/** Who has a session, and who cannot be asked about. */
const hasSession = vi.fn(async (cookies: string | undefined) => {
	if (cookies === 'down') throw new Error('no database')
	return cookies === 'hers'
})

beforeAll(async () => {
	const app = express()
	app.disable('x-powered-by')
	app.use(headers(), gate, sizeGate(hasSession))
	app.all('*', (incoming, response) => {
		if (loadContext(incoming, response).tooLarge) return void response.sendStatus(413)
		reached.push(
			`${incoming.method} ${incoming.url} ${incoming.headers.origin ?? '-'} ${incoming.headers.host}`,
		)
		response.json({
			forwarded: Object.keys(incoming.headers).filter((name) => name.startsWith('x-forwarded-h')),
		})
	})
	http = createServer(app).listen(0, '127.0.0.1')
	await once(http, 'listening')
	port = (http.address() as net.AddressInfo).port
})
afterAll(() => void http.close())

interface Sent {
	method?: string
	path?: string
	headers?: Record<string, string>
	body?: string
}

/** As the browser of a woman at http://localhost:3000 would send it; `headers` change that. */
function send({ method = 'GET', path = '/', headers: given = {}, body }: Sent) {
	reached = []
	return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
		(resolve, reject) => {
			const outgoing = request(
				{ port, host: '127.0.0.1', method, path, headers: { host: `localhost:${PORT}`, ...given } },
				(response) => {
					let text = ''
					response.on('data', (chunk) => {
						text += chunk
					})
					response.on('end', () =>
						resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
					)
				},
			)
			outgoing.on('error', reject)
			outgoing.end(body)
		},
	)
}

describe('addresses (SAFETY 2A 1, 2, 17, 21)', () => {
	test.each([
		['/%E0%A4%A', 400],
		['/forum/%ZZ', 400],
		['/forum?x=%E0%A4%A', 400],
		['//evil.example/x', 404],
		['/\\evil.example', 404],
		['/..%2f..%2fetc/passwd', 404],
		['/%2e%2e/package.json', 404],
		['/forum/%00', 404],
		['/forum/x.data', 404],
		['/_root.data', 404],
		['/__manifest', 404],
		['/?_data=routes/home', 404],
		['/forum?before=1&_data=root', 404],
		['/forum?lng=../../x', 200],
		['/?lng=ar%00', 200],
		['/?lng[]=x', 200],
		['/forum/%D9%86', 200],
	])('%s is answered with %i', async (path, status) => {
		const answer = await send({ path })
		expect(answer.status).toBe(status)
		expect(reached).toHaveLength(status === 200 ? 1 : 0)
		expect(answer.text).not.toMatch(/at |node_modules|Error/)
	})
})

describe('hosts and proxies (2A 3, 4)', () => {
	test.each([
		['evil.example', 421],
		['', 421],
		['localhost:3000', 200],
		['LOCALHOST:3000', 200],
		['127.0.0.1:3000', 200],
		['[::1]:3000', 200],
		['localhost:3001', 421],
	])('host "%s": %i', async (host, status) => {
		expect((await send({ headers: { host } })).status).toBe(status)
	})

	test('what a stranger says about host and scheme is not believed', async () => {
		const answer = await send({
			headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
		})
		expect(JSON.parse(answer.text)).toEqual({ forwarded: [] })
		expect(reached[0]).toContain('localhost:3000')
	})

	test('operators may ask by whatever name their probe uses', async () => {
		expect((await send({ path: '/healthz', headers: { host: '10.0.0.7:8080' } })).status).toBe(200)
	})
})

describe('methods (2A 5)', () => {
	test.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused', async (method) => {
		const answer = await send({ method })
		expect(answer.status).toBe(405)
		expect(answer.headers.allow).toBe('GET, HEAD, POST')
	})

	test.each([
		'FOO / HTTP/1.1\r\nHost: localhost:3000\r\n\r\n',
		'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
	])('what Node does not know is 400 (%j)', async (text) => {
		const socket = net.connect(port, '127.0.0.1')
		socket.end(text)
		const [answer] = await once(socket, 'data')
		expect(String(answer)).toMatch(/^HTTP\/1\.1 400/)
	})

	test('CONNECT is closed', async () => {
		const socket = net.connect(port, '127.0.0.1')
		socket.write('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')
		await once(socket, 'close')
		expect(socket.bytesRead).toBe(0)
	})

	test('headers of 64 kB are 431', async () => {
		expect((await send({ headers: { 'x-long': 'a'.repeat(64 * 1024) } })).status).toBe(431)
		expect((await send({ path: `/${'a'.repeat(60_000)}` })).status).toBe(431)
	})
})

const OWN = 'http://localhost:3000'
describe('forms from elsewhere (2A 10 to 15)', () => {
	test.each([
		['her own page', { origin: OWN, 'sec-fetch-site': 'same-origin' }, 200],
		['her own page, an older browser', { origin: OWN }, 200],
		[
			'her own page, a browser that hides its origin',
			{ origin: 'null', 'sec-fetch-site': 'same-origin' },
			200,
		],
		['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
		['another site, an older browser', { origin: 'https://evil.example' }, 403],
		['another site that hides its origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
		['a sandboxed frame, an older browser', { origin: 'null' }, 403],
		['a sister site', { origin: 'http://localhost:3001', 'sec-fetch-site': 'same-site' }, 403],
		['one of our names under another of our names', { origin: 'http://127.0.0.1:3000' }, 403],
		['nowhere it would name', {}, 403],
		['the address bar', { 'sec-fetch-site': 'none' }, 403],
		[
			'another site that says it is ours',
			{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
			403,
		],
	])('from %s', async (_where, from, status) => {
		for (const path of ['/forum/x/y', '/language', '/exit', '/?index', '/nothing']) {
			expect(
				(
					await send({
						method: 'POST',
						path,
						headers: { ...(from as Record<string, string>), 'content-length': '0' },
					})
				).status,
			).toBe(status)
			expect(reached).toHaveLength(status === 200 ? 1 : 0)
		}
	})

	test('Remix is always told an origin it can compare', async () => {
		await send({
			method: 'POST',
			headers: { origin: 'null', 'sec-fetch-site': 'same-origin', 'content-length': '0' },
		})
		expect(reached[0]).toBe(`POST / ${OWN} localhost:3000`)
	})

	test('the rule itself, with two answers that contradict each other', () => {
		expect(fromOwnPage({ origin: OWN, 'sec-fetch-site': ['same-origin', 'cross-site'] }, OWN)).toBe(false)
	})
})

describe('the size of forms (2A 9)', () => {
	const KB = 1024
	test.each([
		['anyone', 256, '', 200],
		['anyone', 300, '', 413],
		['a woman with a session', 300, 'hers', 200],
		['a woman with a session', 1280, 'hers', 200],
		['a woman with a session', 1281, 'hers', 413],
		['a woman with a session', 17 * KB, 'hers', 413],
		['whoever it is while nobody can be asked', 300, 'down', 200],
		['whoever it is while nobody can be asked', 1281, 'down', 413],
	])('from %s, %i kB (%j)', async (_who, kilobytes, cookie, status) => {
		const size = kilobytes * KB
		const from = { origin: OWN, cookie, 'content-length': String(size) }
		// A form beyond all measure is cut off: whether the answer still comes through is not ours to say.
		const answer = await send({ method: 'POST', headers: from, body: 'a'.repeat(size) }).catch(() => ({
			status: 413,
		}))
		expect(answer.status).toBe(status)
		expect(reached).toHaveLength(status === 200 ? 1 : 0)
	})

	test('nobody is asked about where it makes no difference', async () => {
		hasSession.mockClear()
		for (const size of [10, 256 * KB, 1281 * KB])
			await send({ method: 'POST', headers: { origin: OWN, cookie: 'hers' }, body: 'a'.repeat(size) })
		expect(hasSession).not.toHaveBeenCalled()
	})
})

test('every answer carries the headers, refusals too (X6, X7, 2A 20)', async () => {
	for (const sent of [{}, { path: '/%E0' }, { method: 'TRACE' }, { headers: { host: 'evil.example' } }]) {
		const { headers: got } = await send(sent)
		const policy = String(got['content-security-policy'])
		expect(policy).toMatch(/script-src 'nonce-[\w+/]{22}==' 'strict-dynamic'/)
		for (const part of [
			"default-src 'self'",
			"object-src 'none'",
			"base-uri 'none'",
			"frame-ancestors 'none'",
		])
			expect(policy).toContain(part)
		expect(policy).not.toMatch(/unsafe|https?:|\*/)
		expect(got).toMatchObject({
			'referrer-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
			'cross-origin-opener-policy': 'same-origin',
			'x-frame-options': 'DENY',
		})
		expect(got['permissions-policy']).toContain('geolocation=()')
		expect(got['x-powered-by']).toBeUndefined()
	}
	const nonces = await Promise.all([send({}), send({})])
	expect(new Set(nonces.map(({ headers: got }) => got['content-security-policy'])).size).toBe(2)
})

test.each([
	['203.0.113.9', '203.0.113.9'],
	['::ffff:203.0.113.9', '203.0.113.9'],
	['2001:db8:1:2::5', '2001:db8:1:2'],
	['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2'],
	['2001:db8:1:3::5', '2001:db8:1:3'],
	['2001:db8::5', '2001:db8:0:0'],
	['::1', '0:0:0:0'],
	['fe80::1%eth0', 'fe80:0:0:0'],
	['', ''],
	['unknown', 'unknown'],
])('of the address %s is counted %s: an IPv6 line is one, however many addresses it has', (ip, origin) => {
	expect(originOf(ip)).toBe(origin)
})

test('an address is only ever kept as a keyed hash', () => {
	const incoming = { ip: '203.0.113.9', headers: { cookie: 'visit=abcdefghijklmnopqrstuv' }, socket: {} }
	const context = loadContext(incoming as never, { locals: { nonce: 'n' } } as never)
	expect(context.visitor.address).toMatch(/^[0-9a-f]{64}$/)
	expect(JSON.stringify(context.visitor)).not.toContain('203.0.113')
	expect(JSON.stringify(context.visitor)).not.toContain('abcdefghij')
})

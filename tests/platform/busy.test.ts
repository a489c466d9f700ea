import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { busy } from '~/busy.server'
import { fixedT, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { dirOf } from '~/platform/i18n/languages'

const POLICY = "default-src 'self'; script-src 'nonce-of-this-one' 'strict-dynamic'"
const server = createServer((request, response) => {
	response.setHeader('content-security-policy', POLICY)
	busy(request, response)
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

/** Asks for it as browsers do; `body` is what came, before it is unpacked. */
function ask(headers: Record<string, string>, method = 'GET') {
	const { port } = server.address() as AddressInfo
	return new Promise<{ response: IncomingMessage; body: Buffer }>((resolve, reject) => {
		get({ port, host: '127.0.0.1', headers, method, agent: false }, async (response) =>
			resolve({ response, body: Buffer.concat(await response.toArray()) }),
		).on('error', reject)
	})
}

test.each(UI_LOCALES)(
	'%s: says that it does not work just now, and leads out and to help',
	async (locale) => {
		const { response, body } = await ask({ cookie: `a=b; language=${locale}`, 'accept-language': 'en' })
		const page = String(body)
		expect(response.statusCode).toBe(503)
		expect(response.headers).toMatchObject({
			'content-language': locale,
			'content-type': 'text/html; charset=utf-8',
			'content-length': String(body.length),
			'cache-control': 'no-store',
			'retry-after': '30',
			vary: 'Cookie, Accept-Language, Accept-Encoding',
		})
		expect(page).toMatch(new RegExp(`^<!DOCTYPE html><html lang="${locale}" dir="${dirOf(locale)}"`))
		const t = fixedT(locale)
		for (const text of [t('errors:unavailable'), t('common:exit.leave'), t('common:footer.help')])
			expect(page).toContain(text.replaceAll("'", '&#x27;').replaceAll('&nbsp;', ' '))
		expect(page).toMatch(/<a id="leave"[^>]* href="\/exit"/)
		expect(page).toContain('href="/help"')
	},
)

test.each([
	['it', 'it'],
	['aeb, fr;q=0.5', 'ar'],
	['wo, fr', 'fr'],
	['wo', 'en'],
	['', 'en'],
])('asked for in "%s" it comes in %s', async (accepted, locale) => {
	const { response } = await ask({ 'accept-language': accepted, cookie: 'language=nothing' })
	expect(response.headers['content-language']).toBe(locale)
})

test('its scripts may run, and no others', async () => {
	const { response, body } = await ask({})
	const nonces = [...String(body).matchAll(/<script[^>]* nonce="([^"]+)"/g)].map(([, nonce]) => nonce)
	expect(nonces).toHaveLength(1)
	expect(response.headers['content-security-policy']).toBe(
		POLICY.replace('nonce-of-this-one', `nonce-${nonces[0]}`),
	)
})

test('is sent as small as the browser takes it, and without a body where none is asked for', async () => {
	const { body: plain } = await ask({ 'accept-encoding': 'identity' })
	const { response: br, body: small } = await ask({ 'accept-encoding': 'gzip, deflate, br' })
	expect(br.headers['content-encoding']).toBe('br')
	expect(brotliDecompressSync(small)).toEqual(plain)
	expect(small.length).toBeLessThan(plain.length / 3)
	const { response: gzip, body } = await ask({ 'accept-encoding': 'gzip' })
	expect(gzip.headers['content-encoding']).toBe('gzip')
	expect(gunzipSync(body)).toEqual(plain)
	const { response: head, body: none } = await ask({}, 'HEAD')
	expect([head.statusCode, none.length]).toEqual([503, 0])
})

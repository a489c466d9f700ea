import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { chooseFor } from '~/features/members/choosing-language.server'
import { gate, headers, loadContext, sizeGate } from '~/platform/gate.server'
import { FORM_BYTES } from '~/platform/http.server'
import { alsoOf } from '~/platform/i18n/also.server'
import { switching } from '~/platform/switching.server'
import { aMemberWithToken } from '../factories/members'
import { cookieOf } from '../matrix/door'

interface Reached {
	method: string
	url: string
	cookie: string
	kept?: unknown
}

let http: Server
let origin: string
let reached: Reached[] = []
let choose = chooseFor

beforeAll(async () => {
	const app = express()
	app.use(
		headers(),
		gate,
		sizeGate(async () => false),
	)
	app.all(
		'*',
		switching((...asked) => choose(...asked)),
		(request, response) => {
			const { kept } = loadContext(request, response)
			reached.push({ method: request.method, url: request.url, cookie: request.headers.cookie ?? '', kept })
			response.send('page')
		},
	)
	http = createServer(app).listen(0, '127.0.0.1')
	await once(http, 'listening')
	origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})
afterAll(() => void http.close())
beforeEach(() => {
	reached = []
	choose = chooseFor
})

/** A form of the page as a browser sends it when she presses a language. */
function form(fields: Record<string, string | string[]>) {
	const sent = new FormData()
	for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) sent.append(name, one)
	return sent
}

async function send(
	body: FormData | URLSearchParams | string,
	cookie = '',
	more: Record<string, string> = {},
) {
	const sent = new Request(`${origin}/forum/x/new?about=3`, { method: 'POST', body })
	const { request } = await import('node:http')
	const bytes = Buffer.from(await sent.arrayBuffer())
	const all = {
		host: 'localhost:3000',
		origin: 'http://localhost:3000',
		'sec-fetch-site': 'same-origin',
		'content-type': sent.headers.get('content-type') ?? '',
		'content-length': String(bytes.length),
		cookie,
		...more,
	}
	const asking = request(`${origin}/forum/x/new?about=3`, { method: 'POST', headers: all })
	asking.end(bytes)
	const [answer] = await once(asking, 'response')
	answer.resume()
	return { status: answer.statusCode as number, set: (answer.headers['set-cookie'] ?? []) as string[] }
}

test('the page is asked for anew in her language, with what she typed', async () => {
	const typed = { title: 'Un "titolo"', body: 'Riga\r\ndue', tags: ['a', 'b'] }
	const { status, set } = await send(form({ ...typed, 'showIn question-form': 'it' }), 'visit=abc')
	expect(status).toBe(200)
	expect(set).toEqual([expect.stringMatching(/^language=it; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+/)])
	expect(reached).toEqual([
		{
			method: 'GET',
			url: '/forum/x/new?about=3',
			cookie: 'language=it; visit=abc',
			kept: { form: 'question-form', values: { title: 'Un "titolo"', body: 'Riga\ndue', tags: ['a', 'b'] } },
		},
	])
})

test('the new language goes before the one of her cookie', async () => {
	await send(form({ 'showIn languages': 'ar' }), 'language=it')
	expect(reached[0]?.cookie).toBe('language=ar; language=it')
})

test.each([
	['+it', 'with=it', 'it'],
	['-', 'with=', undefined],
	['+xx', 'with=', undefined],
])('%s is a second language beside hers, for this visit', async (value, kept, also) => {
	const { token, actor } = await aMemberWithToken({ locale: 'ar' })
	const { set } = await send(form({ body: 'Parole', 'showIn write': value }), `${cookieOf(token)}; with=bg`)
	expect(set).toEqual([expect.stringContaining(kept)])
	expect(reached[0]).toMatchObject({ method: 'GET', kept: { form: 'write', values: { body: 'Parole' } } })
	const again = new Request(origin, { headers: { cookie: reached[0]!.cookie } })
	expect(alsoOf(again, 'ar')).toBe(also)
	expect(await localeOf(actor.id)).toBe('ar')
})

test('no passphrase and no recovery code comes back', async () => {
	const secrets = { passphrase: 'a', newPassphrase: 'b', recoveryCode: 'c', secondFactor: 'd' }
	await send(form({ ...secrets, handle: 'Amira', 'showIn join': 'it' }))
	expect(reached[0]?.kept).toEqual({ form: 'join', values: { handle: 'Amira' } })
})

test.each(['xx', '', 'en-XZ', '__proto__'])(
	'%j is no language of the interface: nothing changes but the page comes',
	async (tag) => {
		const { token, actor } = await aMemberWithToken()
		const { status, set } = await send(form({ body: 'Parole', 'showIn write': tag }), cookieOf(token))
		expect([status, set]).toEqual([200, []])
		expect(reached[0]).toMatchObject({ method: 'GET', kept: { form: 'write', values: { body: 'Parole' } } })
		expect(await localeOf(actor.id)).toBe(actor.locale)
	},
)

const localeOf = async (id: string) => {
	const [row] = await db.select({ locale: members.locale }).from(members).where(eq(members.id, id))
	return row?.locale
}

describe('a member', () => {
	test('has it in her profile', async () => {
		const { token, actor } = await aMemberWithToken()
		await send(form({ 'showIn languages': 'bg' }), cookieOf(token))
		expect(await localeOf(actor.id)).toBe('bg')
	})

	test('gets the page with her words when it cannot be kept', async () => {
		choose = async () => {
			throw new Error('no database')
		}
		const { status } = await send(form({ body: 'Parole', 'showIn write': 'it' }))
		expect(status).toBe(200)
		expect(reached[0]).toMatchObject({ method: 'GET', kept: { values: { body: 'Parole' } } })
	})
})

describe('is left alone:', () => {
	test('a form of ours, whatever its fields are named', async () => {
		await send(new URLSearchParams({ body: 'Words', 'showIn write': 'it' }))
		expect(reached).toEqual([{ method: 'POST', url: '/forum/x/new?about=3', cookie: '', kept: undefined }])
	})

	test('a form that is too large to be read', async () => {
		const { set } = await send(form({ body: 'x'.repeat(FORM_BYTES.anyone), 'showIn write': 'it' }))
		expect(set).toEqual([])
		expect(reached).toMatchObject([{ method: 'POST', kept: undefined }])
	})
})

test.each([
	['that names no form', form({ body: 'Words' })],
	['whose form is no name', form({ body: 'Words', 'showIn "><script>': 'it' })],
	['with too many fields', form({ x: Array.from({ length: 401 }, () => 'y'), 'showIn write': 'it' })],
	['that the database could not keep', form({ x: 'a\u0000b', 'showIn write': 'it' })],
])('one %s is refused', async (_name, body) => {
	expect((await send(body)).status).toBe(400)
	expect(reached).toEqual([])
})

test('one that cannot be read is refused', async () => {
	const { status } = await send('no parts', '', { 'content-type': 'multipart/form-data; boundary=x' })
	expect(status).toBe(400)
})

test('one from another site is refused', async () => {
	const from = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
	expect((await send(form({ 'showIn languages': 'it' }), '', from)).status).toBe(403)
	expect(reached).toEqual([])
})

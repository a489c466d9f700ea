import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { FORM_BYTES, formFields, ownPath, page, type RequestArgs, respond } from '~/platform/http.server'

const TYPE = 'application/x-www-form-urlencoded'
const post = (body: BodyInit | null, type = TYPE) =>
	new Request('http://localhost:3000/x', { method: 'POST', body, headers: { 'content-type': type } })
const args = (request: Request) => ({ request, context: {} }) as unknown as RequestArgs

describe('the fields of a form', () => {
	test('are what she typed, line ends and all scripts', async () => {
		expect(await formFields(post('body=one%0D%0Atwo&title=%D8%A3&a=1&a=2'))).toEqual({
			body: 'one\ntwo',
			title: 'أ',
			a: ['1', '2'],
		})
	})

	test.each([
		['NUL', 'body=a%00b', { body: 'errors:strange' }],
		['300 kB', `body=${'a'.repeat(300 * 1024)}`, { '': 'errors:tooMuch' }],
		['400 fields too many', 'a=1&'.repeat(801), {}],
	])('%s cannot be read: 400', async (_what, body, fields) => {
		await expect(formFields(post(body))).rejects.toMatchObject({ code: 'invalid', status: 400, fields })
	})

	test('are read up to a size that was told, and so judged at the gate', async () => {
		const told = (size: number) => {
			const body = `body=${'a'.repeat(size - 'body='.length)}`
			const headers = { 'content-type': TYPE, 'content-length': String(size) }
			return formFields(new Request('http://localhost:3000/x', { method: 'POST', body, headers }))
		}
		expect((await told(FORM_BYTES.member)).body).toHaveLength(FORM_BYTES.member - 'body='.length)
		await expect(told(FORM_BYTES.member + 1)).rejects.toMatchObject({ status: 400 })
	})

	test.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', ''])(
		'a body of type "%s": 400',
		async (type) => {
			await expect(formFields(post('{"a":1}', type || ' '))).rejects.toMatchObject({
				code: 'invalid',
				status: 400,
			})
		},
	)

	test('a field named like a part of every object is only a field', async () => {
		const fields = await formFields(post('__proto__=x&constructor=y&toString=z'))
		expect(Object.keys(fields).sort()).toEqual(['__proto__', 'constructor', 'toString'])
		expect(({} as Record<string, unknown>).x).toBeUndefined()
	})
})

describe('where to go after signing in (2A 18)', () => {
	test.each([
		['/forum', '/forum'],
		['/forum/1?after=20', '/forum/1?after=20'],
		['//evil.example', undefined],
		['/.//evil.example/x', undefined],
		['/..//evil.example', undefined],
		['/a/..//evil.example', undefined],
		['/%2e//evil.example', undefined],
		['/forum//x', '/forum//x'],
		['https:evil', undefined],
		['https://evil.example/', undefined],
		['/\\evil.example', undefined],
		['javascript:alert(1)', undefined],
		['/x\r\nset-cookie: a=b', undefined],
		['', undefined],
		[['/a', '/b'], undefined],
		[undefined, undefined],
	])('%j → %s', (next, path) => {
		expect(ownPath(next)).toBe(path)
	})
})

describe('a refusal', () => {
	test('in a form keeps what she typed, but no secret', async () => {
		const request = post('handle=Amina&passphrase=four+words+of+mine&code=12345')
		const answer = await respond(args(request), async () => {
			throw new AppError('invalid', { fields: { handle: 'errors:handleTaken' } })
		})
		expect(answer).toMatchObject({
			data: {
				ok: false,
				code: 'invalid',
				fields: { handle: 'errors:handleTaken' },
				values: { handle: 'Amina' },
			},
			init: { status: 422 },
		})
		expect(JSON.stringify(answer)).not.toMatch(/four|12345/)
	})

	test('of a form too large to be read is a page', async () => {
		const answer = respond(
			{ request: post('body=x'), context: { tooLarge: true } } as unknown as RequestArgs,
			() => expect.unreachable('nothing is done'),
		)
		await expect(answer).rejects.toMatchObject({ data: { code: 'too-large' }, init: { status: 413 } })
	})

	test('of a hidden thing is that of a missing one', async () => {
		const refuse = (code: 'not-found' | 'forbidden') =>
			page(args(new Request('http://localhost:3000/forum/1')), async () => {
				throw new AppError(code)
			})
		await expect(refuse('not-found')).rejects.toMatchObject({
			data: { code: 'not-found', details: {} },
			init: { status: 404 },
		})
		await expect(refuse('forbidden')).rejects.toMatchObject({ init: { status: 403 } })
	})

	test('of a guest leads to signing in, and back', async () => {
		const asked = page(args(new Request('http://localhost:3000/forum/1?after=20')), async () => {
			throw new AppError('not-signed-in')
		})
		const answer = await asked.catch((thrown: Response) => thrown)
		expect((answer as unknown as Response).headers.get('location')).toBe('/sign-in?next=%2Fforum%2F1')
	})
})

test('Zod’s own English never reaches anyone', () => {
	try {
		parse(z.object({ a: z.string(), b: z.number().min(3, 'errors:tooFew') }), { a: 1, b: 1 })
		expect.unreachable()
	} catch (error) {
		expect(error).toMatchObject({ fields: { a: 'errors:notUnderstood', b: 'errors:tooFew' } })
	}
})

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '~/platform/errors'
import { AppError, STATUS } from '~/platform/errors'
import { type FormResult, leadOn, type RequestArgs } from '~/platform/http.server'
import { aMemberWithToken } from '../factories/members'
import { ADDRESSES, knock } from '../matrix/door'

const source = (file: string) => readFileSync(path.resolve('app', file), 'utf8')
const TAKING_FORMS = ADDRESSES.filter(({ file }) => /export const action\b/.test(source(file)))

/** Routes that take a form and lead on: what is refused there has to be shown by the error page. */
const WITHOUT_PAGE = TAKING_FORMS.filter(({ file }) => !/export default\b/.test(source(file)))

test.each(WITHOUT_PAGE)('/$address leads on, and is known to Remix for a page', ({ file }) => {
	expect(source(file)).toContain("export { NoPage as default } from '~/ui/trouble'")
	expect(source(file)).toContain('leadOn(args')
})

const concrete = (address: string) => `/${address.replace(/:\w+/g, () => randomUUID())}`

test('these are all of them', () => {
	expect(WITHOUT_PAGE.map(({ address }) => address).sort()).toEqual([
		'forum/:space/:topic/reading',
		'forum/draft',
		'forum/translate/thank',
		'forum/translate/wish',
		'language',
		'me/recovery',
		'notices/:id',
		'sign-out',
	])
})

/** Their forms, and with what they refuse: a guest, and a member who asks for what is not there. */
const OF_MEMBERS = WITHOUT_PAGE.filter(({ address }) => address !== 'language' && address !== 'sign-out')

test.each(OF_MEMBERS)('/$address tells a guest in words that she is signed out', async ({ address }) => {
	const { status, bytes } = await knock(concrete(address), { fields: { intent: 'read' } })
	expect(status).toBe(401)
	expect(bytes).toContain('text/html')
	expect(bytes).toContain('You are signed out. Sign in to go on.')
})

test.each([
	['forum/translate/thank', { translation: randomUUID(), thanks: 'yes' }],
	['forum/translate/wish', { post: randomUUID(), wanted: 'it' }],
	['notices/:id', {}],
	['forum/:space/:topic/reading', { intent: 'follow' }],
])('/%s shows a page for what is not there', async (address, fields) => {
	const { token } = await aMemberWithToken()
	const { status, bytes } = await knock(concrete(address), { token, fields })
	expect(status).toBe(404)
	expect(bytes).toContain('text/html')
	expect(bytes).toContain('There is no page here')
})

test.each(WITHOUT_PAGE)('/$address: a form that cannot be read is a page, too', async ({ address }) => {
	const { token } = await aMemberWithToken()
	const { status, bytes } = await knock(concrete(address), { token, fields: { body: 'a\u0000b' } })
	expect(status).toBe(400)
	expect(bytes).toContain('text/html')
	expect(bytes).not.toContain('"ok\\":false')
})

test('what a script sends quietly is answered with nothing', async () => {
	const { token } = await aMemberWithToken()
	const fields = { place: `topic:${randomUUID()}`, body: 'Begun' }
	expect(await knock('/forum/draft', { token, fields })).toMatchObject({ status: 204, to: null })
})

describe('leadOn', () => {
	const args = () =>
		({
			request: new Request('http://localhost:3000/x', {
				method: 'POST',
				body: new URLSearchParams({ a: 'b' }),
			}),
			context: {},
		}) as unknown as RequestArgs

	test.each(Object.entries(STATUS) as [ErrorCode, number][])(
		'%s becomes the error page with status %i',
		async (code, status) => {
			const refused = leadOn(args(), async () => {
				throw new AppError(code, { details: { minutes: 5 } })
			})
			await expect(refused).rejects.toMatchObject({ data: { code }, init: { status } })
		},
	)

	test('nothing she typed goes into it', async () => {
		const refused = leadOn(args(), async () => {
			throw new AppError('invalid', { fields: { a: 'errors:choose' } })
		})
		const { data } = (await refused.catch((thrown: unknown) => thrown)) as { data: FormResult }
		expect(data).toEqual({ code: 'invalid', details: {}, fields: { a: 'errors:choose' } })
	})
})

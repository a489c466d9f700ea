import { data, type LoaderFunctionArgs, redirect, type ServerBuild } from '@remix-run/node'
import { isRouteErrorResponse } from '@remix-run/router'
import { describe, expect, test, vi } from 'vitest'
import { createRequestHandler, type RenderPage } from '~/platform/request-handler.server'
import { aVisitor } from '../factories/members'

const context = () => ({ nonce: 'n', memo: new Map<string, unknown>(), visitor: aVisitor() })
const Nothing = () => null

/** Says what it was given to show, instead of a page. */
const render: RenderPage = async (_request, status, headers, { staticHandlerContext: shown }) => {
	const errors = Object.entries(shown.errors ?? {}).map(([id, error]) => [
		id,
		isRouteErrorResponse(error) ? error.data : String(error),
	])
	const { loaderData, actionData, matches } = shown
	const at = matches.map(({ route }) => route.id)
	return { status, headers, body: Buffer.from(JSON.stringify({ loaderData, actionData, at, errors })) }
}

function build(routes: Record<string, object>, handleError = vi.fn(), entry: RenderPage = render) {
	const all = Object.entries({ root: { path: '', module: { default: Nothing } }, ...routes })
	const made = {
		entry: { module: { default: entry, handleError } },
		routes: Object.fromEntries(all.map(([id, route]) => [id, { id, ...route }])),
		assets: { routes: {} },
		future: {},
	}
	return createRequestHandler(made as unknown as ServerBuild)
}

async function ask(handler: ReturnType<typeof build>, path: string, init?: RequestInit) {
	const answer = await handler(new Request(`http://localhost${path}`, init), context())
	const text = answer instanceof Response ? await answer.text() : String(answer.body)
	return { status: answer.status, headers: answer.headers, text }
}

const shownBy = async (handler: ReturnType<typeof build>, path: string, init?: RequestInit) => {
	const { status, text } = await ask(handler, path, init)
	return { status, ...JSON.parse(text) }
}

describe('which route answers', () => {
	const say = (word: string) => ({ default: Nothing, loader: () => ({ word }) })
	const handler = build({
		home: { index: true, module: say('home') },
		waiting: { path: 'forum/waiting', module: say('waiting') },
		space: {
			path: 'forum/:space',
			module: { default: Nothing, loader: ({ params }: LoaderFunctionArgs) => ({ word: params.space }) },
		},
		ics: {
			path: 'forum/:space/:meeting.ics',
			module: { loader: ({ params }: LoaderFunctionArgs) => new Response(JSON.stringify(params)) },
		},
	})

	test.each([
		['/', 'home', { word: 'home' }],
		['/?a=b', 'home', { word: 'home' }],
		['/forum/waiting', 'waiting', { word: 'waiting' }],
		['/forum/waiting/', 'waiting', { word: 'waiting' }],
		['/forum/%C3%A8', 'space', { word: 'è' }],
	])('%s is %s', async (path, id, found) => {
		expect(await shownBy(handler, path)).toMatchObject({
			status: 200,
			at: ['root', id],
			loaderData: { [id]: found },
		})
	})

	test('an address nobody answers is the root with its error', async () => {
		expect(await shownBy(handler, '/nowhere')).toMatchObject({ status: 404, at: ['root'] })
		expect(await shownBy(handler, '/forum/a/b/c')).toMatchObject({ status: 404, at: ['root'] })
	})

	test('or of the route for all that nobody answers', async () => {
		const all = build({
			space: { path: 'forum/:space', module: say('space') },
			rest: { path: '*', module: say('rest') },
		})
		for (const path of ['/nowhere', '/forum/a/b'])
			expect(await shownBy(all, path)).toMatchObject({ at: ['root', 'rest'] })
		expect(await shownBy(all, '/forum/a')).toMatchObject({ at: ['root', 'space'] })
	})

	test('a route without a page answers by itself', async () => {
		const { status, text } = await ask(handler, '/forum/one/two.ics')
		expect(status).toBe(200)
		expect(JSON.parse(text)).toMatchObject({ space: 'one' })
	})
})

describe('what loaders and actions may do', () => {
	const refuse = () => {
		throw data({ code: 'not-found' }, { status: 404, headers: { 'set-cookie': 'gone=1' } })
	}

	test('a form: its result, its status, and the loaders after it', async () => {
		const order: string[] = []
		const handler = build({
			page: {
				path: 'page',
				module: {
					default: Nothing,
					action: async ({ request }: LoaderFunctionArgs) => {
						order.push(await request.text())
						return data({ wrong: true }, { status: 422 })
					},
					loader: () => {
						order.push('loader')
						return { found: 1 }
					},
				},
			},
		})
		const shown = await shownBy(handler, '/page', { method: 'POST', body: 'a=b' })
		expect(shown).toMatchObject({
			status: 422,
			actionData: { page: { wrong: true } },
			loaderData: { page: { found: 1 } },
		})
		expect(order).toEqual(['a=b', 'loader'])
	})

	test('lead on, from loader and action, returned or thrown, with their cookies', async () => {
		const lead = () => redirect('/there', { status: 303, headers: { 'set-cookie': 'a=1' } })
		const leadByThrowing = () => {
			throw lead()
		}
		const handler = build({
			one: { path: 'one', module: { default: Nothing, loader: lead, action: leadByThrowing } },
			two: { path: 'two', module: { loader: leadByThrowing, action: lead } },
		})
		for (const path of ['/one', '/two'])
			for (const method of ['GET', 'POST']) {
				const { status, headers } = await ask(handler, path, { method })
				expect([status, headers.get('location'), headers.getSetCookie()]).toEqual([303, '/there', ['a=1']])
			}
	})

	test('refuse: the nearest boundary shows it, with the cookies set on the way', async () => {
		const handler = build({
			own: { path: 'own', module: { default: Nothing, ErrorBoundary: Nothing, loader: refuse } },
			none: { path: 'none', module: { default: Nothing, loader: refuse } },
		})
		expect(await shownBy(handler, '/own')).toMatchObject({
			status: 404,
			errors: [['own', { code: 'not-found' }]],
		})
		expect(await shownBy(handler, '/none')).toMatchObject({ errors: [['root', { code: 'not-found' }]] })
		expect((await ask(handler, '/own')).headers.getSetCookie()).toEqual(['gone=1'])
	})

	test('a refused file is a page, with the refusal in it', async () => {
		const handleError = vi.fn()
		const handler = build({ csv: { path: 'figures.csv', module: { loader: refuse } } }, handleError)
		const { status, errors } = await shownBy(handler, '/figures.csv')
		expect([status, errors]).toEqual([404, [['root', { code: 'not-found' }]]])
		expect(handleError).not.toHaveBeenCalled()
	})
})

test('a refused file is, to the byte, an address that nobody answers', async () => {
	const refuse = () => {
		throw data({ code: 'not-found' }, { status: 404 })
	}
	const handler = build({
		csv: { path: 'figures.csv', module: { loader: refuse, action: refuse } },
		rest: { path: '*', module: { default: Nothing, loader: refuse, action: refuse } },
	})
	for (const method of ['GET', 'POST'])
		expect(await ask(handler, '/figures.csv', { method })).toEqual(await ask(handler, '/nowhere', { method }))
	expect(await shownBy(handler, '/figures.csv')).toMatchObject({ at: ['root', 'rest'] })
})

describe('a fault of ours', () => {
	const fail = () => {
		throw new Error('the password of the database')
	}

	test.each([
		['a loader', { default: Nothing, loader: fail }, 'GET'],
		['an action', { default: Nothing, action: fail }, 'POST'],
		['a route without a page', { loader: fail }, 'GET'],
	])('in %s is logged, and nothing of it shown', async (_where, module, method) => {
		const handleError = vi.fn()
		const handler = build({ page: { path: 'page', module } }, handleError)
		const { status, text } = await ask(handler, '/page', { method })
		expect(status).toBe(500)
		expect(text).not.toContain('password')
		expect(handleError).toHaveBeenCalledOnce()
		expect(String(handleError.mock.calls[0]![0])).toContain('the password of the database')
	})

	test('in a page: the boundary is rendered instead, once', async () => {
		const handleError = vi.fn()
		let times = 0
		const failing: RenderPage = (...args) => {
			times += 1
			if (times === 1) fail()
			return render(...args)
		}
		const module = { default: Nothing, loader: () => ({ found: 1 }) }
		const handler = build({ page: { path: 'page', module } }, handleError, failing)
		const { status, text } = await ask(handler, '/page')
		expect([status, times]).toEqual([500, 2])
		expect(text).not.toContain('password')
		expect(handleError).toHaveBeenCalledOnce()
	})
})

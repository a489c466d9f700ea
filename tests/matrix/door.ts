import path from 'node:path'
import type { ServerBuild } from '@remix-run/node'
import { isRouteErrorResponse, matchRoutes } from '@remix-run/react'
import { handleError } from '~/entry.server'
import { sessionCookie } from '~/features/members/session.server'
import { createRequestHandler, type RenderPage } from '~/platform/request-handler.server'
import type { Kept } from '~/platform/switching.server'
import routes from '~/routes'
import { aVisitor } from '../factories/members'

/** Every address of the site with the file that answers it, as the router knows them. */
export const ADDRESSES = routes.map(({ path: address = '', file, index }) => ({
	address,
	file,
	index: index === true,
}))

const idOf = (file: string) => file.replace(/\.tsx?$/, '')
const loaded = (file: string) => import(/* @vite-ignore */ path.resolve('app', file))

type Address = (typeof ADDRESSES)[number]

const placed = ({ index, address }: Address) => (index ? { index: true as const } : { path: address })

/** Which of all addresses answers there, as the router ranks them. */
const answering = (pathname: string) =>
	matchRoutes(
		ADDRESSES.map((one) => ({ ...placed(one), handle: one })),
		pathname,
	)!.at(-1)!.route.handle

const wordsOf = (error: unknown) => (isRouteErrorResponse(error) ? [error.status, error.data] : String(error))

/** In the place of the pages: all that they would be rendered from, in a fraction of the time. */
const render: RenderPage = async (_request, status, headers, { staticHandlerContext: found }) => {
	const { loaderData, actionData, errors } = found
	const refused = errors && Object.entries(errors).map(([id, error]) => [id, wordsOf(error)])
	return { status, headers, body: Buffer.from(JSON.stringify({ loaderData, actionData, refused })) }
}
const DATA_ALONE = { default: render, handleError }

const FUTURE = {
	v3_fetcherPersist: true,
	v3_lazyRouteDiscovery: true,
	v3_relativeSplatPath: true,
	v3_routeConfig: true,
	v3_singleFetch: true,
	v3_throwAbortReason: true,
}

/**
 * What Vite's build tells the server, made from the sources themselves: the same boundaries and entry. Of the routes the
 * one that answers: Remix looks through all of them for every request, which here took longer than to answer.
 */
async function buildOf(address: Address, data: boolean): Promise<ServerBuild> {
	const root = { id: 'root', path: '', module: await loaded('root.tsx') }
	const own = {
		id: idOf(address.file),
		parentId: 'root',
		...placed(address),
		module: await loaded(address.file),
	}
	const all = [root, own]
	const manifest = all.map(({ module, ...route }) => [
		route.id,
		{
			...route,
			module: '/x.js',
			hasLoader: 'loader' in module,
			hasAction: 'action' in module,
			hasErrorBoundary: 'ErrorBoundary' in module,
		},
	])
	return {
		entry: { module: data ? DATA_ALONE : await loaded('entry.server.tsx') },
		routes: Object.fromEntries(all.map((route) => [route.id, route])),
		assets: {
			version: '1',
			url: '/m.js',
			entry: { module: '/e.js', imports: [] },
			routes: Object.fromEntries(manifest),
		},
		publicPath: '/',
		assetsBuildDirectory: 'build/client',
		future: FUTURE,
		isSpaMode: false,
	} as unknown as ServerBuild
}

type Handler = ReturnType<typeof createRequestHandler>

const handlers = new Map<string, Promise<Handler>>()
const byPath = new Map<string, Promise<Handler>>()

function handlerOf(address: Address, data: boolean) {
	const key = `${address.file} ${data}`
	const made = handlers.get(key) ?? buildOf(address, data).then(createRequestHandler)
	handlers.set(key, made)
	return made
}

function handlerAt(pathname: string, data: boolean) {
	const key = `${pathname} ${data}`
	const found = byPath.get(key) ?? handlerOf(answering(pathname), data)
	byPath.set(key, found)
	return found
}

export interface Answered {
	status: number
	to: string | null
	/** All that was sent: the status, the headers and the body. */
	bytes: string
}

export interface Asked {
	token?: string
	fields?: Record<string, string>
	/** What the loaders and actions answer, without the page of it. */
	data?: boolean
	/** All cookies, where there are more than that of her session. */
	cookies?: string
	/** What she had typed when she asked for the page in another language. */
	kept?: Kept
}

const ORIGIN = 'http://localhost:3000'

/** The cookie of a session as the browser sends it. */
export const cookieOf = (token: string) => sessionCookie(token, 'own').split(';')[0]!

function requestOf(address: string, { token, fields, cookies }: Asked) {
	const headers: Record<string, string> = { 'accept-language': 'en' }
	if (token) headers.cookie = cookieOf(token)
	if (cookies) headers.cookie = cookies
	if (!fields) return new Request(`${ORIGIN}${address}`, { headers })
	headers['content-type'] = 'application/x-www-form-urlencoded'
	headers.origin = ORIGIN
	headers.host = 'localhost:3000'
	return new Request(`${ORIGIN}${address}`, {
		method: 'POST',
		headers,
		body: new URLSearchParams(fields).toString(),
	})
}

/** Asks the whole application, as the server does behind its gate. */
export async function knock(address: string, asked: Asked = {}): Promise<Answered> {
	const handler = await handlerAt(address.split('?')[0]!, asked.data === true)
	const context = { nonce: 'nonce', memo: new Map<string, unknown>(), visitor: aVisitor(), kept: asked.kept }
	const answer = await handler(requestOf(address, asked), context)
	const body = answer instanceof Response ? await answer.text() : String(answer.body)
	const { headers, status } = answer
	return { status, to: headers.get('location'), bytes: JSON.stringify([status, [...headers], body]) }
}

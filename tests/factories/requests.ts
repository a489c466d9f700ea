import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { sessionCookie } from '~/features/members/session.server'
import type { FormResult } from '~/platform/http.server'
import { aVisitor } from './members'

interface RequestFields {
	/** The token of her session. */
	token?: string
	/** More cookies, as a browser sends them. */
	cookies?: string[]
	headers?: Record<string, string>
	visitor?: number
	/** What the router found in the address. */
	params?: Record<string, string>
}

const ORIGIN = 'http://localhost:3000'

const cookieHeader = ({ token, cookies = [] }: RequestFields) =>
	[...(token ? [sessionCookie(token, 'own').split(';')[0]] : []), ...cookies].join('; ')

/** What a loader or an action is called with: a request of our own pages, with her cookies. */
function argsOf(path: string, init: RequestInit, from: RequestFields) {
	const headers = { cookie: cookieHeader(from), 'accept-language': 'en', ...init.headers, ...from.headers }
	return {
		request: new Request(ORIGIN + path, { ...init, headers }),
		context: { nonce: 'nonce', memo: new Map<string, unknown>(), visitor: aVisitor(from.visitor) },
		params: from.params ?? {},
	}
}

export interface Answer {
	status: number
	/** Where it sends her. */
	to: string | null
	cookies: string[]
	headers: Headers
	/** The data of the page or the result of the form. */
	body: unknown
}

type Raw = Response | { init?: ResponseInit | null; data?: unknown; type?: string } | unknown

function answerOf(raw: Raw): Answer {
	if (raw instanceof Response) return answer(raw.status, raw.headers, null)
	const { init, data, type } = (raw ?? {}) as { init?: ResponseInit | null; data?: unknown; type?: string }
	if (type !== 'DataWithResponseInit') return answer(200, new Headers(), raw)
	return answer(init?.status ?? 200, new Headers(init?.headers), data)
}

const answer = (status: number, headers: Headers, body: unknown): Answer => ({
	status,
	to: headers.get('location'),
	cookies: headers.getSetCookie(),
	headers,
	body,
})

async function settle(run: () => unknown): Promise<Answer> {
	try {
		return answerOf(await run())
	} catch (thrown) {
		// A redirect and a refused page are thrown; anything else is a fault and fails the test.
		if (thrown instanceof Response || (thrown as { type?: string })?.type === 'DataWithResponseInit')
			return answerOf(thrown)
		throw thrown
	}
}

/** Opens a page through its route's loader. */
export const open = (loader: (args: LoaderFunctionArgs) => unknown, path: string, from: RequestFields = {}) =>
	settle(() => loader(argsOf(path, {}, from) as unknown as LoaderFunctionArgs))

/** Sends a form through its route's action; `body` may also be the raw text of a form. */
export const send = (
	action: (args: ActionFunctionArgs) => unknown,
	path: string,
	body: Record<string, string> | string,
	from: RequestFields = {},
) =>
	settle(() => {
		const text = typeof body === 'string' ? body : new URLSearchParams(body).toString()
		const headers = { 'content-type': 'application/x-www-form-urlencoded' }
		return action(
			argsOf(path, { method: 'POST', body: text, headers }, from) as unknown as ActionFunctionArgs,
		)
	})

/** The result of a form that was refused. */
export const resultOf = ({ body }: Answer) => body as FormResult

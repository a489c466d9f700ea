import {
	createReadableStreamFromReadable,
	type ServerBuild,
	writeReadableStreamToWritable,
} from '@remix-run/node'
import type { Request as HttpRequest, Response as HttpResponse, NextFunction } from 'express'
import { loadContext } from './gate.server'
import { createRequestHandler, type Page } from './request-handler.server'

/** The request as loaders and actions know it. It is aborted when she is gone before she was answered. */
function requestOf(request: HttpRequest, response: HttpResponse): Request {
	const left = new AbortController()
	response.once('close', () => response.writableFinished || left.abort())
	const headers = new Headers()
	for (const [name, value] of Object.entries(request.headers))
		for (const one of [value].flat()) if (one !== undefined) headers.append(name, one)
	const { method } = request
	const init: RequestInit & { duplex?: 'half' } = { method, headers, signal: left.signal }
	if (method === 'POST') {
		init.body = createReadableStreamFromReadable(request)
		init.duplex = 'half'
	}
	// The gate has put the host by which we are reached in the place of whatever was sent.
	return new Request(`http://${request.headers.host}${request.originalUrl}`, init)
}

/** In one write: the whole page is there, and its length is known. */
async function send(response: HttpResponse, answer: Page | Response) {
	response.statusCode = answer.status
	for (const [name, value] of answer.headers) response.appendHeader(name, value)
	if (!(answer instanceof Response)) return void response.end(answer.body)
	if (!answer.body) return void response.end()
	await writeReadableStreamToWritable(answer.body, response)
}

/**
 * Answers what comes over Node's HTTP with the pages of a build. While developing `build` is a function: the sources may
 * have changed.
 */
export function answering(build: ServerBuild | (() => Promise<ServerBuild>)) {
	const ready = typeof build === 'function' ? undefined : createRequestHandler(build)
	return async (request: HttpRequest, response: HttpResponse, next: NextFunction) => {
		try {
			const handler = ready ?? createRequestHandler(await (build as () => Promise<ServerBuild>)())
			await send(response, await handler(requestOf(request, response), loadContext(request, response)))
		} catch (error) {
			// Who has left is not answered, and what broke off with her is no fault.
			if (!response.destroyed) next(error)
		}
	}
}

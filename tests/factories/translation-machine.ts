import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Asked {
	path: string
	body: Record<string, unknown>
}

type Answering = (asked: Asked, response: ServerResponse) => void

async function readBody(request: IncomingMessage) {
	let text = ''
	for await (const chunk of request) text += chunk
	return text ? (JSON.parse(text) as Record<string, unknown>) : {}
}

/** Sends JSON as the protocol does. */
export const sendJson = (response: ServerResponse, value: unknown, status = 200) =>
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

const LANGUAGES = [
	{ code: 'ar', name: 'Arabic', targets: ['en', 'zh'] },
	{ code: 'en', name: 'English', targets: ['ar'] },
	{ code: 'zh', name: 'Chinese', targets: ['en'] },
]

/** A server that speaks LibreTranslate's protocol on this machine: it puts the target before the text. */
export async function aTranslationMachine() {
	const asked: Asked[] = []
	const machine = { asked, languages: LANGUAGES as unknown, translate: undefined as Answering | undefined }
	const server = createServer(async (request, response) => {
		const one = { path: request.url ?? '', body: await readBody(request) }
		asked.push(one)
		if (one.path === '/languages') return sendJson(response, machine.languages)
		if (one.path !== '/translate') return sendJson(response, { error: 'Not found' }, 404)
		if (machine.translate) return machine.translate(one, response)
		sendJson(response, { translatedText: `${one.body.target}: ${one.body.q}` })
	})
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
	const close = () =>
		new Promise<void>((done) => {
			server.close(() => done())
			server.closeAllConnections()
		})
	return Object.assign(machine, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close })
}

import { Agent, type IncomingMessage, request } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import type { Person } from '../../faults/rooms/people'

const ANSWER_WITHIN_S = 60

export interface Answer {
	status: number
	headers: IncomingMessage['headers']
	text: string
}

interface Ask {
	method: 'GET' | 'POST'
	path: string
	cookie: string
	/** Her own address, as the proxy in front says it. */
	address: string
	fields?: Record<string, string>
}

/** A connection that was kept open ended just when it was used again: nothing was answered, so browsers ask once more. */
class StaleConnection extends Error {
	override message = 'a connection ended under a request'
}

/** Connections to the server as a proxy in front keeps them, and what had to be asked again on them. */
export class Door {
	readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })
	/** Requests that met the end of a kept connection and were sent once more. */
	again = 0

	constructor(readonly origin: string) {}

	async ask(ask: Ask): Promise<Answer> {
		try {
			return await this.#once(ask, this.#agent)
		} catch (error) {
			if (!(error instanceof StaleConnection)) throw error
			this.again += 1
			return this.#once(ask, false)
		}
	}

	#once({ method, path, cookie, address, fields }: Ask, agent: Agent | false): Promise<Answer> {
		const body = fields && new URLSearchParams(fields).toString()
		const headers = {
			accept: 'text/html',
			'accept-encoding': 'br',
			'accept-language': 'en',
			cookie,
			'x-forwarded-for': address,
			...(body !== undefined && {
				origin: this.origin,
				'sec-fetch-site': 'same-origin',
				'content-type': 'application/x-www-form-urlencoded',
				'content-length': Buffer.byteLength(body),
			}),
		}
		return new Promise((resolve, reject) => {
			const sent = request(this.origin + path, { method, headers, agent })
			let answered = false
			sent.setTimeout(ANSWER_WITHIN_S * 1_000, () =>
				sent.destroy(new Error(`no answer in ${ANSWER_WITHIN_S} s`)),
			)
			sent.on('response', (response) => {
				answered = true
				read(response).then(resolve, reject)
			})
			sent.on('error', (error: NodeJS.ErrnoException) => {
				const stale = sent.reusedSocket && !answered && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '')
				reject(stale ? new StaleConnection() : error)
			})
			sent.end(body)
		})
	}

	close() {
		this.#agent.destroy()
	}
}

async function read(response: IncomingMessage): Promise<Answer> {
	const chunks: Buffer[] = []
	for await (const chunk of response) chunks.push(chunk)
	const bytes = Buffer.concat(chunks)
	const plain =
		response.headers['content-encoding'] === 'br' ? await promisify(brotliDecompress)(bytes) : bytes
	return { status: response.statusCode ?? 0, headers: response.headers, text: plain.toString() }
}

/** A woman at her phone: her session and her address. */
export class Browser {
	#cookie: string
	readonly #address: string

	constructor(
		readonly door: Door,
		readonly person: Person,
		place: number,
		signedIn = true,
	) {
		this.#cookie = signedIn ? person.cookie : ''
		this.#address = `10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`
	}

	get = (path: string) => this.#ask({ method: 'GET', path })

	/** Sends a form; follows nothing. */
	post = (path: string, fields: Record<string, string>) => this.#ask({ method: 'POST', path, fields })

	async #ask(ask: Pick<Ask, 'method' | 'path' | 'fields'>) {
		const answer = await this.door.ask({ ...ask, cookie: this.#cookie, address: this.#address })
		for (const line of answer.headers['set-cookie'] ?? []) {
			const token = /^mimosa=([\w-]*)/.exec(line)?.[1]
			if (token !== undefined) this.#cookie = token ? `mimosa=${token}` : ''
		}
		return answer
	}
}

const unescaped = (text: string) =>
	text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => CHARACTERS[name] ?? '')
const CHARACTERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

const attribute = (tag: string, name: string) =>
	unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

/** What a form of a page is sent with when nothing is changed in it: hidden fields and chosen options. */
export function fieldsOf(html: string, id: string): Record<string, string> {
	const form = new RegExp(`<form[^>]*\\sid="${id}"[^>]*>(.*?)</form>`, 's').exec(html)?.[1]
	if (!form) throw new Error(`the page has no form "${id}"`)
	const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
		attribute(tag, 'name'),
		attribute(tag, 'value'),
	])
	const chosen = [...form.matchAll(/(<select[^>]*>)(.*?)<\/select>/gs)].map(([, tag, options]) => {
		const tags = [...options!.matchAll(/<option[^>]*>/g)].map(([option]) => option)
		const option = tags.find((one) => /\sselected(=|\s|>)/.test(one)) ?? tags[0] ?? ''
		return [attribute(tag!, 'name'), attribute(option, 'value')]
	})
	return Object.fromEntries([...hidden, ...chosen])
}

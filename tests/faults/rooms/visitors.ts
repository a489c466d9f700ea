import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a member and a guest look at; with a pause, on connections that lie idle between two pages. */
const PAGES = ['/', '/forum', '/chat', '/notices', '/help', '/sign-in'] as const
const BUSY = 6
const IDLE = 6
const BUSY_MS = 20
const IDLE_MS = 1_500

interface VisitorsOptions {
	port: number
	/** The address they know it by. */
	origin: string
	/** Of the session of those who are signed in; half of them are. */
	cookie: string
}

/** Women who read pages, one after the other, each on a connection that is kept as a browser keeps it. */
export class Visitors {
	readonly #options: VisitorsOptions
	/** How often each of these went wrong. */
	readonly #wrong = new Map<string, number>()
	readonly #all: Promise<void>[]
	#answered = 0
	#leaving = false

	constructor(options: VisitorsOptions) {
		this.#options = options
		this.#all = Array.from({ length: BUSY + IDLE }, (_, at) => this.#visit(at, at < BUSY ? BUSY_MS : IDLE_MS))
	}

	async #visit(number: number, pause: number) {
		const agent = new Agent({ keepAlive: true, maxSockets: 1 })
		for (let turn = number; !this.#leaving; turn += 1) {
			const path = PAGES[turn % PAGES.length]!
			const answer = await this.#read(path, agent, number % 2 === 0)
			const what = `${path} was answered with ${answer}`
			// Who is signed in is led on from where one signs in, and who is not is led there.
			if (answer === 200 || answer === 303) this.#answered += 1
			else this.#wrong.set(what, (this.#wrong.get(what) ?? 0) + 1)
			await sleep(pause)
		}
		agent.destroy()
	}

	#read(path: string, agent: Agent, signedIn: boolean): Promise<number | string | undefined> {
		const { port, origin, cookie } = this.#options
		const headers = { host: new URL(origin).host, ...(signedIn && { cookie }) }
		return new Promise((resolve) => {
			const asked = get({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
				response.resume()
				response.on('end', () => resolve(response.statusCode))
				response.on('error', (error) => resolve(error.message))
			})
			asked.on('error', (error) => resolve(error.message))
		})
	}

	/** Waits until so many more pages were read. */
	async answered(pages: number) {
		const until = this.#answered + pages
		while (this.#answered < until && this.#wrong.size === 0) await sleep(20)
	}

	/** Everyone leaves; says what was not answered as it should be. */
	async leave(): Promise<string[]> {
		this.#leaving = true
		await Promise.all(this.#all)
		return [...this.#wrong].map(([what, times]) => `${what}, ${times} times`)
	}
}

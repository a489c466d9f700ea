import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A stretch of network that can be made bad. */
export interface Wire {
	port: number
	/** Each piece of data waits this long, and up to `jitter` longer; it stays in order, as in TCP. */
	delay(ms: number, jitter?: number): void
	/** Nothing gets through any more, and nobody is told: a cable that is pulled. `back`: only towards the client. */
	hold(way?: 'both' | 'back'): void
	/** What was held goes on, and so does the rest. */
	release(): void
	/** Ends every connection; what is under way in them is lost. */
	cut(): void
	close(): Promise<void>
}

/** One direction of one connection. */
class Lane {
	#held: Buffer[] = []
	#due = 0
	isHeld = false

	constructor(
		readonly to: Socket,
		readonly wait: () => number,
	) {}

	take(chunk: Buffer) {
		if (this.isHeld) return this.#held.push(chunk)
		const now = performance.now()
		this.#due = Math.max(this.#due, now + this.wait())
		if (this.#due <= now) return this.#pass(chunk)
		setTimeout(() => (this.isHeld ? this.#held.push(chunk) : this.#pass(chunk)), this.#due - now)
	}

	release() {
		this.isHeld = false
		for (const chunk of this.#held.splice(0)) this.#pass(chunk)
	}

	#pass(chunk: Buffer) {
		if (this.to.writable) this.to.write(chunk)
	}
}

/** A port that leads on to `target`; asked anew for every connection, so that it can lead to whoever serves. */
export async function aWire(target: () => number | Promise<number>): Promise<Wire> {
	const lanes = new Set<{ near: Socket; far: Socket; there: Lane; back: Lane }>()
	let [least, jitter] = [0, 0]
	let held: 'none' | 'both' | 'back' = 'none'
	const wait = () => (least + jitter === 0 ? 0 : least + Math.random() * jitter)

	async function lead(near: Socket) {
		near.on('error', () => {})
		const far = connect(await target(), '127.0.0.1')
		const pair = { near, far, there: new Lane(far, wait), back: new Lane(near, wait) }
		pair.there.isHeld = held === 'both'
		pair.back.isHeld = held !== 'none'
		lanes.add(pair)
		for (const socket of [near, far]) socket.setNoDelay(true)
		near.on('data', (chunk) => void pair.there.take(chunk))
		far.on('data', (chunk) => void pair.back.take(chunk))
		near.on('close', () => {
			lanes.delete(pair)
			far.destroy()
		})
		far.on('end', () => near.end()).on('error', () => near.destroy())
		far.on('close', () => near.destroySoon())
		if (near.destroyed) far.destroy()
	}

	const server = createServer((near) => {
		lead(near).catch(() => near.destroy())
	})
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))

	return {
		port: (server.address() as AddressInfo).port,
		delay(ms, more = 0) {
			;[least, jitter] = [ms, more]
		},
		hold(way = 'both') {
			held = way
			for (const { there, back } of lanes) {
				there.isHeld = way === 'both'
				back.isHeld = true
			}
		},
		release() {
			held = 'none'
			for (const { there, back } of lanes) for (const lane of [there, back]) lane.release()
		},
		cut() {
			for (const { near, far } of lanes) for (const socket of [near, far]) socket.resetAndDestroy()
		},
		async close() {
			for (const { near, far } of lanes) for (const socket of [near, far]) socket.destroy()
			await new Promise((closed) => server.close(closed))
		},
	}
}

/** Cuts a wire at moments that nobody can foresee, until the returned function is called. */
export function keepCutting(wire: Wire, { least, most }: { least: number; most: number }) {
	let timer: NodeJS.Timeout
	const again = () => {
		timer = setTimeout(
			() => {
				wire.cut()
				again()
			},
			least + Math.random() * (most - least),
		)
	}
	again()
	return () => clearTimeout(timer)
}

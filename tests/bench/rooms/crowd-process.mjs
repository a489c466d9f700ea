// Holds the listening sockets, apart from those who write, so that writing keeps its pace. Commands come by IPC and are
// answered one by one.
import { setTimeout as sleep } from 'node:timers/promises'
import { nowMs, percentile } from './figures.mjs'
import { join, open, whenOpen } from './talk.mjs'

const AT_ONCE = 20

/** @type {import('socket.io-client').Socket[]} */
let sockets = []
/** @type {{ id: number, messages: number, seen: Uint8Array, latency: Float64Array, count: number, doubled: number, last: number } | undefined} */
let run
/** @type {{ after: number, missed: number, back: number[] } | undefined} */
let storm
let lost = 0

/** @param {number} index @param {{ run: number, number: number, at: number }} mark */
function hear(index, mark) {
	if (mark.run !== run?.id) return
	const now = nowMs()
	const place = index * run.messages + mark.number
	if (run.seen[place]) {
		run.doubled += 1
		return
	}
	run.seen[place] = 1
	run.latency[run.count] = now - mark.at
	run.count += 1
	run.last = now
}

/** After the server was gone: back in the room, with all that was said meanwhile. @param {any} place @param {import('socket.io-client').Socket} socket */
async function comeBack(place, socket) {
	for (let after = storm?.after ?? 0, heard = 0; storm; ) {
		const page = await join(socket, place, after).catch(() => undefined)
		if (!page) return
		heard += page.messages?.length ?? 0
		after = page.seq ?? after
		if (page.more) continue
		if (!place.own || heard >= storm.missed) storm.back.push(nowMs())
		return
	}
}

const commands = {
	/** @param {{ place: any, cookies: string[], reconnection?: boolean, after?: number }} how */
	async connect({ place, cookies, reconnection = false, after = 0 }) {
		const queue = cookies.map((cookie, index) => ({ cookie, index }))
		const one = async () => {
			for (let next = queue.shift(); next; next = queue.shift()) {
				const { cookie, index } = next
				const socket = open(place, cookie, { reconnection, onMark: (mark) => hear(index, mark) })
				await whenOpen(socket)
				await join(socket, place, after)
				socket.on('disconnect', () => {
					lost += 1
				})
				socket.on('connect', () => void comeBack(place, socket))
				sockets[index] = socket
			}
		}
		await Promise.all(Array.from({ length: AT_ONCE }, one))
		return { connected: sockets.length }
	},
	/** @param {{ id: number, messages: number }} about */
	start({ id, messages }) {
		const size = sockets.length * messages
		run = {
			id,
			messages,
			seen: new Uint8Array(size),
			latency: new Float64Array(size),
			count: 0,
			doubled: 0,
			last: 0,
		}
	},
	count: () => ({ count: run?.count ?? 0 }),
	report() {
		const latency = [...(run?.latency.subarray(0, run.count) ?? [])]
		return {
			delivered: run?.count ?? 0,
			doubled: run?.doubled ?? 0,
			last: run?.last ?? 0,
			p50: percentile(latency, 0.5),
			p99: percentile(latency, 0.99),
			lost,
		}
	},
	/** @param {{ after: number, missed: number }} about */
	expectStorm({ after, missed }) {
		storm = { after, missed, back: [] }
	},
	stormCount: () => ({
		back: storm?.back.length ?? 0,
		last: Math.max(0, ...(storm?.back ?? [])),
		times: storm?.back,
	}),
	async close() {
		for (const socket of sockets) socket.disconnect()
		sockets = []
		await sleep(200)
		setImmediate(() => process.exit(0))
	},
}

process.on('disconnect', () => process.exit(0))
process.on(
	'message',
	async (/** @type {{ command: keyof typeof commands, given: any }} */ { command, given }) => {
		try {
			process.send?.({ done: (await commands[command](given)) ?? {} })
		} catch (error) {
			process.send?.({ fault: String(/** @type {Error} */ (error).message) })
		}
	},
)

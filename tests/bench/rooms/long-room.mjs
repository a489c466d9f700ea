import { percentile } from './figures.mjs'
import { open, whenOpen } from './talk.mjs'

const WARM = 20
const BEHIND = 20

/**
 * What opening a room costs, in rooms of different length by turns: its page, entering it by socket with little missed,
 * and the page above. Median ms.
 * @param {import('./talk.mjs').Place} place @param {string} cookie
 * @param {{ id: string, seq: number }[]} rooms @param {number} times
 */
export async function measureOpening(place, cookie, rooms, times) {
	const socket = open(place, cookie)
	await whenOpen(socket)
	/** @param {string} event @param {object} payload */
	const ask = async (event, payload) => {
		const answer = await socket.timeout(10_000).emitWithAck(event, payload)
		if (!answer.ok) throw new Error(`${event} was refused: ${answer.code}`)
	}
	/** @param {string} path */
	const get = async (path) => {
		const answer = await fetch(place.url + path, { headers: { cookie } })
		const text = await answer.text()
		if (!answer.ok || !text.includes('id="m-')) throw new Error(`${path} answered ${answer.status}`)
	}
	/** @type {Record<string, (room: { id: string, seq: number }) => Promise<void>>} */
	const ways = {
		'the page': ({ id }) => get(`/chat/${id}`),
		'the page in the middle of the talk': ({ id, seq }) => get(`/chat/${id}?before=${Math.round(seq / 2)}`),
		'entering, 20 missed': ({ id, seq }) => ask('room:join', { room: id, after: seq - BEHIND }),
		'entering, all missed: the first 200': ({ id }) => ask('room:join', { room: id, after: 0 }),
		'the 50 above': ({ id, seq }) => ask('message:older', { room: id, before: seq - 50 }),
	}
	const rows = []
	try {
		for (const [name, way] of Object.entries(ways)) {
			/** @type {number[][]} */
			const taken = rooms.map(() => [])
			for (let n = 0; n < WARM + times; n += 1) {
				for (const [at, room] of rooms.entries()) {
					const begun = performance.now()
					await way(room)
					if (n >= WARM) taken[at]?.push(performance.now() - begun)
				}
			}
			rows.push({ name, medians: taken.map((ms) => percentile(ms, 0.5)) })
		}
	} finally {
		socket.disconnect()
	}
	return rows
}

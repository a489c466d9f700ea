import { setTimeout as sleep } from 'node:timers/promises'
import { writeTalk } from './community.mjs'
import { aCrowd } from './crowd.mjs'
import { nowMs, percentile } from './figures.mjs'

const SETTLE_MS = 3_000
const WARM_SOCKETS = 200
const MISSED = 20
const BACK_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 100

/**
 * What one open connection that says nothing costs, in KiB: beside what the server needs without any. The server is a
 * fresh one: what it grew by when it was busy would be used again, and nothing seen of it.
 * @param {import('./servers.mjs').Measured} server @param {import('./talk.mjs').Place} place @param {string[]} cookies
 * @param {number} after  how far the room is, so that nobody is sent what was said before
 */
export async function measureIdle(server, place, cookies, after) {
	await server.stop()
	await server.start()
	const warm = aCrowd()
	await warm.ask('connect', { place, cookies: cookies.slice(0, WARM_SOCKETS), after })
	await warm.close()
	await sleep(SETTLE_MS)
	const empty = await server.memory()
	const crowd = aCrowd()
	try {
		const begun = nowMs()
		await crowd.ask('connect', { place, cookies, after })
		const seconds = (nowMs() - begun) / 1_000
		await sleep(SETTLE_MS)
		const full = await server.memory()
		/** @param {(memory: NodeJS.MemoryUsage) => number} of */
		const each = (of) => (of(full) - of(empty)) / 1_024 / cookies.length
		return {
			name: server.name,
			seconds,
			rss: each(({ rss }) => rss),
			held: each(({ heapUsed, external }) => heapUsed + external),
			whole: full.rss / 1_048_576,
		}
	} finally {
		await crowd.close()
	}
}

/**
 * The server ends and is started again while everyone is in a room, where something is said meanwhile. Seconds until
 * all are back and have it.
 * @param {import('./servers.mjs').Measured} server @param {import('./talk.mjs').Place} place @param {string[]} cookies
 * @param {{ sql: import('postgres').Sql, signal: NodeJS.Signals }} how
 */
export async function measureStorm(server, place, cookies, { sql, signal }) {
	const [{ seq }] = await sql`select seq from rooms where id = ${place.room}`
	const crowd = aCrowd()
	try {
		await crowd.ask('connect', { place, cookies, reconnection: true, after: Number(seq) })
		await sleep(SETTLE_MS)
		await crowd.ask('expectStorm', { after: Number(seq), missed: MISSED })
		const begun = nowMs()
		await server.stop(signal)
		await writeTalk(sql, place.room, MISSED)
		const down = nowMs()
		await server.start()
		const up = nowMs()
		let seen = { back: 0, last: 0, times: /** @type {number[]} */ ([]) }
		while (seen.back < cookies.length && nowMs() - begun < BACK_WITHIN_MS) {
			await sleep(LOOK_EVERY_MS)
			seen = await crowd.ask('stormCount')
		}
		return {
			signal,
			clients: cookies.length,
			back: seen.back,
			ended: (down - begun) / 1_000,
			up: (up - begun) / 1_000,
			half: (percentile(seen.times, 0.5) - begun) / 1_000,
			all: (seen.last - begun) / 1_000,
		}
	} finally {
		await crowd.close()
	}
}

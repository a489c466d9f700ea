import { setTimeout as sleep } from 'node:timers/promises'
import { aCrowd } from './crowd.mjs'
import { nowMs } from './figures.mjs'
import { machineSeconds, waitForRest } from './servers.mjs'
import { join, marked, open, say, whenOpen } from './talk.mjs'

/** So many of the members write, by turns. */
const WRITERS = 10
const WARM = { rate: 5, seconds: 2 }
const REST_AT_MOST_S = 10
const DRAIN_AT_MOST_MS = 15_000
/** Nothing new for so long, and nothing will come. */
const STILL_MS = 3_000

let lastRun = 0

/**
 * A room full of members at one server.
 * @param {import('./servers.mjs').Measured} server @param {import('./talk.mjs').Place} place @param {string[]} cookies
 * @param {() => number} databaseCpu
 */
async function fill(server, place, cookies, databaseCpu) {
	const crowd = aCrowd()
	await crowd.ask('connect', { place, cookies: cookies.slice(WRITERS) })
	const heardByWriters = { run: 0, count: 0 }
	const writers = cookies.slice(0, WRITERS).map((cookie) =>
		open(place, cookie, {
			onMark: ({ run }) => {
				if (run === heardByWriters.run) heardByWriters.count += 1
			},
		}),
	)
	await Promise.all(writers.map(whenOpen))
	for (const writer of writers) await join(writer, place)
	return { server, place, crowd, writers, heardByWriters, members: cookies.length, databaseCpu }
}

/** Waits until all came, or nothing comes any more. @param {() => Promise<number>} count @param {number} expected */
async function drain(count, expected) {
	const until = nowMs() + DRAIN_AT_MOST_MS
	for (let before = -1, since = nowMs(); nowMs() < until; await sleep(50)) {
		const now = await count()
		if (now >= expected) return
		if (now !== before) since = nowMs()
		else if (nowMs() - since > STILL_MS) return
		before = now
	}
}

/**
 * Writes at a steady pace, whether or not the server keeps up, and counts who hears what, and when.
 * @param {Awaited<ReturnType<typeof fill>>} room @param {{ rate: number, seconds: number }} pace
 */
async function talk(
	{ server, place, crowd, writers, heardByWriters, members, databaseCpu },
	{ rate, seconds },
) {
	const messages = Math.round(rate * seconds)
	lastRun += 1
	Object.assign(heardByWriters, { run: lastRun, count: 0 })
	await crowd.ask('start', { id: lastRun, messages })
	const before = { machine: machineSeconds(), server: server.cpu(), database: databaseCpu(), at: nowMs() }
	const said = []
	let failed = 0
	for (let n = 0; n < messages; n += 1) {
		const wait = before.at + (n * 1_000) / rate - nowMs()
		if (wait > 0) await sleep(wait)
		const writer = writers[n % writers.length]
		said.push(
			say(writer, place, marked(lastRun, n, nowMs())).catch(() => {
				failed += 1
			}),
		)
	}
	const saidAll = nowMs()
	await Promise.all(said)
	const listening = members - writers.length
	await drain(async () => (await crowd.ask('count')).count, messages * listening)
	const cpu = { server: server.cpu() - before.server, database: databaseCpu() - before.database }
	const report = await crowd.ask('report')
	const span = (Math.max(report.last, saidAll) - before.at) / 1_000
	return {
		members,
		rate,
		name: server.name,
		perSecond: (report.delivered + heardByWriters.count) / span,
		lost: messages * members - report.delivered - heardByWriters.count,
		doubled: report.doubled,
		disconnected: report.lost,
		failed,
		p50: report.p50,
		p99: report.p99,
		serverMs: (cpu.server * 1_000) / messages,
		databaseMs: (cpu.database * 1_000) / messages,
		busy: (machineSeconds() - before.machine) / ((nowMs() - before.at) / 1_000),
	}
}

/**
 * Rooms of the given sizes at the given rates, all servers by turns.
 * @param {{ server: import('./servers.mjs').Measured, place: import('./talk.mjs').Place, cookies: string[], databaseCpu: () => number }[]} targets
 * @param {{ sizes: number[], rates: number[], seconds: number, onRow(row: any): void }} shape
 */
export async function measureFanOut(targets, { sizes, rates, seconds, onRow }) {
	for (const size of sizes) {
		const rooms = []
		try {
			for (const { server, place, cookies, databaseCpu } of targets)
				rooms.push(await fill(server, place, cookies.slice(0, size), databaseCpu))
			for (const room of rooms) await talk(room, WARM)
			for (const rate of rates) {
				for (const room of rooms) {
					await waitForRest(REST_AT_MOST_S)
					onRow(await talk(room, { rate, seconds }))
				}
			}
		} finally {
			for (const { writers, crowd } of rooms) {
				for (const writer of writers) writer.disconnect()
				await crowd.close()
			}
		}
	}
}

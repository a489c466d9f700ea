import { setTimeout as sleep } from 'node:timers/promises'
import { aCrowd } from './crowd.mjs'
import { nowMs } from './figures.mjs'
import { machineSeconds, waitForRest } from './servers.mjs'
import { join, marked, open, say, whenOpen } from './talk.mjs'

/** Rooms in which each of the rates is spoken, whether or not a server keeps up; messages a second. */
export const FULL_ROOMS = { sizes: [200, 500], rates: [5, 20, 50, 100] }
/** So many of the members write, by turns, unless it is said otherwise. */
const WRITERS = 10
const WARM = { rate: 5, seconds: 2 }
const REST_AT_MOST_S = 10
const DRAIN_AT_MOST_MS = 15_000
/** Nothing new for so long, and nothing will come. */
const STILL_MS = 3_000

let lastRun = 0

/**
 * A room full of members at one server, of whom the first `writing` write.
 * @param {Target} target @param {number} size @param {number} writing
 */
async function fill({ server, place, cookies: all, databaseCpu }, size, writing) {
	const cookies = all.slice(0, size)
	const crowd = aCrowd()
	await crowd.ask('connect', { place, cookies: cookies.slice(writing) })
	const heardByWriters = { run: 0, count: 0 }
	const writers = cookies.slice(0, writing).map((cookie) =>
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
		messages,
		writers: writers.length,
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
 * @typedef {{ server: import('./servers.mjs').Measured, place: import('./talk.mjs').Place, cookies: string[], databaseCpu: () => number }} Target
 */

/**
 * Rooms of the given sizes at the given rates, all servers by turns.
 * @param {Target[]} targets
 * @param {{ sizes: number[], rates: number[], seconds: number, writers?: number, goesOn?: (row: any) => boolean, onRow(row: any): void }} shape
 *   goesOn: whether the same server is asked for the next rate
 */
export async function measureFanOut(
	targets,
	{ sizes, rates, seconds, writers = WRITERS, goesOn = () => true, onRow },
) {
	for (const size of sizes) {
		const rooms = []
		try {
			for (const target of targets) rooms.push(await fill(target, size, writers))
			for (const room of rooms) await talk(room, WARM)
			const going = new Set(rooms)
			for (const rate of rates) {
				for (const room of going) {
					await waitForRest(REST_AT_MOST_S)
					const row = await talk(room, { rate, seconds })
					onRow(row)
					if (!goesOn(row)) going.delete(room)
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

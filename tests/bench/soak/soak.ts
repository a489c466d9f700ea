import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuSecondsOf } from '../processes.mjs'
import { median, percentile } from '../rooms/figures.mjs'
import { machineSeconds } from '../rooms/servers.mjs'
import { type ActName, actsOf, type Rates } from './acts'
import { Door } from './browser'
import { type Community, type CommunitySize, openCommunity } from './community'
import { MemoryWatch, memoryBetween, type Sample } from './memory'
import { keepDoing } from './pace'
import { rollOver } from './restart'
import { TalkingRoom } from './talk'

export interface SoakShape {
	size: CommunitySize
	rates: Rates
	chat: { people: number; writers: number; rate: number; cuts: number }
	/** Seconds of load. */
	seconds: number
	/** At which second the processes are replaced one after the other; after the last of them the rest of the load goes on. */
	restarts: number[]
	/** Between which seconds memory is looked at, and at which one it is read. */
	memory: { readAt: number; from: number; to: number }
}

const SETTLE_WITHIN_MS = 60_000

/** A community under a steady, mixed load. Resolves with everything that was seen; what was wrong is in `wrong`. */
export async function soak(shape: SoakShape, say: (line: string) => void = () => {}) {
	const community = await openCommunity(shape.size)
	const door = new Door(community.origin)
	const watch = new MemoryWatch(community.server.pid)
	try {
		say(`${shape.size.workers} processes serve ${shape.size.members} members for ${shape.seconds} s`)
		return await load({ shape, community, door, watch, say })
	} finally {
		watch.stop()
		door.close()
		await community.close()
	}
}

export type SoakResult = Awaited<ReturnType<typeof soak>>

interface Running {
	shape: SoakShape
	community: Community
	door: Door
	watch: MemoryWatch
	say: (line: string) => void
}

async function load({ shape, community, door, watch, say }: Running) {
	const { server, postmaster, sql, people, origin } = community
	const acts = actsOf(community, door)
	const rooms = community.rooms.map(
		(room, at) =>
			new TalkingRoom({
				...shape.chat,
				room,
				origin,
				people: people.slice(at * shape.chat.people, (at + 1) * shape.chat.people),
			}),
	)
	const cpu = () =>
		[cpuSecondsOf(server.pid), cpuSecondsOf(postmaster), machineSeconds(), process.cpuUsage()] as const
	const [before, began] = [cpu(), performance.now()]
	const paces = (Object.entries(shape.rates) as [ActName, number][]).map(
		([name, rate]) => [name, keepDoing(rate, acts[name])] as const,
	)
	const restarts: { at: number; seconds: number }[] = []
	for (const second of shape.restarts) {
		await sleepUntil(began + second * 1_000)
		const seconds = await rollOver(server)
		restarts.push({ at: second, seconds })
		say(`after ${second} s every process was replaced, in ${seconds.toFixed(1)} s`)
	}
	await sleepUntil(began + shape.seconds * 1_000)
	const [after, span] = [cpu(), (performance.now() - began) / 1_000]
	for (const [, pace] of paces) pace.stop()
	for (const room of rooms) room.quiet()
	const idle = () => paces.every(([, { tally }]) => tally.under === 0)
	const level = async () => (await Promise.all(rooms.map((room) => room.isLevel(sql)))).every(Boolean)
	const settled = await within(SETTLE_WITHIN_MS, async () => idle() && (await level()))
	const talks = await Promise.all(rooms.map((room) => room.finish(sql)))
	const driver = process.cpuUsage(before[3])
	return {
		processes: shape.size.workers,
		processors: availableParallelism(),
		seconds: span,
		settled,
		acts: Object.fromEntries(
			paces.map(([name, { tally }]) => [
				name,
				{
					done: tally.took.length,
					wrong: countOf(tally.wrong),
					unanswered: tally.under,
					p50: median(tally.took),
					p99: percentile(tally.took, 0.99),
				},
			]),
		),
		again: door.again,
		talk: talkOf(talks),
		restarts,
		/** Processors kept busy. */
		cores: {
			server: (after[0] - before[0]) / span,
			database: (after[1] - before[1]) / span,
			driver: (driver.user + driver.system) / 1e6 / span,
			machine: (after[2] - before[2]) / span,
		},
		faults: server.lines,
		memory: {
			read: memoryBetween(watch.samples, 0, shape.memory.readAt),
			window: { ...shape.memory, figures: memoryBetween(watch.samples, shape.memory.from, shape.memory.to) },
			samples: watch.samples as Sample[],
		},
	}
}

const sleepUntil = (moment: number) => sleep(Math.max(0, moment - performance.now()))

async function within(ms: number, isSo: () => Promise<boolean>) {
	for (const until = performance.now() + ms; performance.now() < until; await sleep(100))
		if (await isSo()) return true
	return false
}

function countOf(lines: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {}
	for (const line of lines) counts[line] = (counts[line] ?? 0) + 1
	return counts
}

function talkOf(talks: Awaited<ReturnType<TalkingRoom['finish']>>[]) {
	const all = <T>(of: (talk: (typeof talks)[number]) => readonly T[]) => talks.flatMap(of)
	const sum = (of: (talk: (typeof talks)[number]) => number) =>
		talks.reduce((total, talk) => total + of(talk), 0)
	const shown = all(({ shown: times }) => times)
	return {
		said: sum(({ verdict }) => verdict.said),
		acknowledged: sum(({ verdict }) => verdict.acknowledged),
		deliveries: shown.length,
		reconnects: sum(({ reconnects }) => reconnects),
		lost: all(({ verdict }) => verdict.lost),
		doubled: all(({ verdict }) => verdict.doubled),
		outOfOrder: all(({ verdict }) => verdict.outOfOrder),
		unsent: all(({ verdict }) => verdict.unsent),
		troubles: all(({ troubles }) => troubles),
		p50: median(shown),
		p99: percentile(shown, 0.99),
	}
}

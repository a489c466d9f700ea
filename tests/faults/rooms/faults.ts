import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf, isReady } from './servers'
import type { Place, Setup, Town } from './town'
import { Visitors } from './visitors'

/** How long things stay broken, in milliseconds. */
export interface Durations {
	redis: number
	pause: number
	partition: number
	/** Times backends are ended, and clients cut. */
	times: number
}

export const SHORT: Durations = { redis: 5_000, pause: 3_000, partition: 2_000, times: 4 }
export const LONG: Durations = { redis: 60_000, pause: 30_000, partition: 10_000, times: 20 }

export interface Fault {
	name: string
	/** What serves when it is broken, in the long form and in the short one. */
	long: readonly Setup[]
	short: readonly Setup[]
	redis?: boolean
	/** Breaks something and mends it. Returns what went wrong with the breaking itself. */
	run(town: Town, durations: Durations): Promise<string[]>
}

const DRAINED_WITHIN_MS = 10_000
const REPLACED_WITHIN_MS = 60_000

async function drain(town: Town, place: Place) {
	const began = performance.now()
	const how = await town.end(place, 'SIGTERM')
	const took = performance.now() - began
	await town.start(place)
	if (how !== 0) return [`SIGTERM ended the server with ${how}`]
	return took > DRAINED_WITHIN_MS ? [`draining took ${Math.round(took)} ms`] : []
}

async function killAndStart(town: Town, place: Place) {
	await town.end(place, 'SIGKILL')
	await town.start(place)
	return []
}

/** Everyone who reads pages meanwhile is answered, every time. */
async function replaceWorkers(town: Town) {
	const [{ server, port }, [reader]] = [town.serving[0]!, town.people.readers]
	const before = childrenOf(server!.pid)
	const said = () => server!.lines.filter((line) => /replaced|go on/.test(line))
	const visitors = new Visitors({ port, origin: town.origin, cookie: reader!.cookie })
	// So many that each of the workers has some.
	await visitors.answered(100)
	const already = said().length
	server!.kill('SIGUSR2')
	const until = Date.now() + REPLACED_WITHIN_MS
	while (said().length === already && Date.now() < until) await sleep(50)
	await visitors.answered(100)
	const wrong = await visitors.leave()
	if (!said().at(-1)?.includes('every process was replaced')) wrong.push(`told: ${said().slice(already)}`)
	const stayed = childrenOf(server!.pid).filter((pid) => before.includes(pid))
	return stayed.length > 0 ? [...wrong, `still there: ${stayed}`] : wrong
}

async function restartPostgres(town: Town, mode: 'fast' | 'immediate') {
	await town.stopPostgres(mode)
	await sleep(300)
	await town.startPostgres()
	return []
}

export const FAULTS: readonly Fault[] = [
	{
		name: 'nothing but bad networks',
		long: ['1 server', '2 servers', '2 workers'],
		short: [],
		async run(_town, { partition }) {
			await sleep(partition)
			return []
		},
	},
	{
		name: 'kill -9 of a server',
		long: ['1 server', '2 servers'],
		short: ['2 servers'],
		run: (town) => killAndStart(town, town.serving[0]!),
	},
	{
		name: 'kill -9 of every server at once',
		long: ['2 servers'],
		short: [],
		run: async (town) => (await Promise.all(town.serving.map((place) => killAndStart(town, place)))).flat(),
	},
	{
		name: 'SIGTERM under load',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		run: (town) => drain(town, town.serving[0]!),
	},
	{
		name: 'rolling deploy: each server drained by turns',
		long: ['2 servers'],
		short: [],
		async run(town, { times }) {
			const wrong: string[] = []
			for (let turn = 0; turn < times / 2; turn += 1)
				wrong.push(...(await drain(town, town.serving[turn % 2]!)))
			return wrong
		},
	},
	{
		name: 'Postgres restarted, fast',
		long: ['1 server', '2 servers'],
		short: [],
		run: (town) => restartPostgres(town, 'fast'),
	},
	{
		name: 'Postgres crashed (immediate)',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['1 server'],
		run: (town) => restartPostgres(town, 'immediate'),
	},
	{
		name: 'backends terminated',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		async run(town, { times }) {
			let killed = 0
			for (let turn = 0; turn < times; turn += 1) {
				killed += await town.killBackends()
				await sleep(200)
			}
			return killed > 0 ? [] : ['no backend was there to be ended']
		},
	},
	{
		name: 'kill -9 of a worker',
		long: ['2 workers'],
		short: ['2 workers'],
		async run(town) {
			process.kill(childrenOf(town.serving[0]!.server!.pid)[0]!, 'SIGKILL')
			return []
		},
	},
	{
		name: 'workers replaced one by one (SIGUSR2)',
		long: ['2 workers'],
		short: ['2 workers'],
		run: replaceWorkers,
	},
	{
		name: 'a worker paused (SIGSTOP)',
		long: ['2 workers'],
		short: [],
		async run(town, { pause }) {
			const worker = childrenOf(town.serving[0]!.server!.pid)[0]!
			process.kill(worker, 'SIGSTOP')
			await sleep(pause)
			process.kill(worker, 'SIGCONT')
			return []
		},
	},
	{
		name: 'a server paused (SIGSTOP)',
		long: ['1 server', '2 servers'],
		short: ['2 servers'],
		async run(town, { pause }) {
			const { server } = town.serving[0]!
			server!.kill('SIGSTOP')
			await sleep(pause)
			server!.kill('SIGCONT')
			return []
		},
	},
	{
		name: 'the way to the database slow, then cut off, then back',
		long: ['1 server', '2 servers'],
		short: [],
		async run(town, { partition }) {
			const { toDatabase } = town.serving[0]!
			toDatabase.delay(100, 100)
			await sleep(partition)
			toDatabase.hold()
			await sleep(partition)
			toDatabase.cut()
			toDatabase.delay(0)
			toDatabase.release()
			return []
		},
	},
	{
		name: 'answers to the clients held back, then all clients cut at once',
		long: ['1 server', '2 servers'],
		short: ['2 servers'],
		async run(town, { partition, times }) {
			const wires = [...Object.values(town.wires), ...town.serving.map(({ direct }) => direct)]
			for (const wire of wires) wire.hold('back')
			await sleep(partition)
			for (const wire of wires) wire.release()
			for (let turn = 0; turn < times; turn += 1) {
				await sleep(200)
				for (const wire of wires) wire.cut()
			}
			return []
		},
	},
	{
		name: 'Redis gone',
		long: ['2 servers'],
		short: ['2 servers'],
		redis: true,
		async run(town, { redis }) {
			await town.redis!.stop()
			await sleep(redis)
			await town.redis!.start()
			return []
		},
	},
	{
		name: 'the way of one server to Redis cut off',
		long: ['2 servers'],
		short: [],
		redis: true,
		async run(town, { partition }) {
			const wire = town.serving[0]!.toRedis
			wire.hold()
			await sleep(partition)
			wire.cut()
			wire.release()
			return []
		},
	},
]

/** Whether all servers that should be up are, before the next thing is broken. */
export async function isWhole(town: Town) {
	const up = await Promise.all(town.serving.map(({ port }) => isReady(port, 3_000)))
	return up.every(Boolean)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readWorkers, workersFor } from '../../scripts/worker-count.mjs'

const PORT = 21_000 + (process.pid % 3_000)

const PATIENTLY = { timeout: 15_000 }

/** Stands in for scripts/worker.mjs: says who it is, and what it heard. */
const WORKER = `
	import { createServer } from 'node:http'
	import { getHeapStatistics } from 'node:v8'
	const heap = Math.round(getHeapStatistics().heap_size_limit / 1024 ** 2)
	const slot = Number(process.env.WORKER_SLOT)
	const heard = []
	const VERSION = 1
	let wishes, left
	for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {})
	const server = createServer((request, response) => {
		if (request.url === '/signal') process.send({ signals: 'from ' + slot })
		if (request.url === '/die') process.exit(7)
		if (request.url === '/ask') process.send({ question: { id: 'q', by: slot } })
		response.setHeader('connection', 'close')
		response.end(JSON.stringify({ slot, pid: process.pid, version: VERSION, heard, wishes, heap, arenas: process.env.MALLOC_ARENA_MAX, flags: process.execArgv }))
	})
	process.on('message', (asked) => {
		if (asked.open) {
			wishes = asked.open
			if (process.env.BROKEN === String(slot)) return void process.send({ fault: 'it is broken' }, () => process.exit(1))
			if (!wishes.prepared && !wishes.others) process.send({ notice: 'sign in as' })
			server.listen(${PORT}, '127.0.0.1', () => process.send({ url: 'http://here' }))
		}
		if (asked.signals) heard.push(asked.signals)
		if (asked.asked) heard.push(asked.asked)
		if (asked.question) process.send({ reply: { to: asked.question.by, id: asked.question.id, from: slot } })
		if (asked.reply) heard.push(asked.reply)
		if (asked.close && process.env.STUCK !== String(slot)) {
			console.log('process ' + slot + (asked.close.replaced ? ' is replaced' : ' leaves'))
			server.close(() => process.exit(0))
		}
	})
	process.send({ here: true })
`

const PRIMARY = `
	const { serveWithWorkers } = await import(${JSON.stringify(path.resolve('scripts/workers.mjs'))})
	const say = (words) => console.log(JSON.stringify(words))
	try {
		const { url, close, replace } = await serveWithWorkers({
			count: 3, program: process.env.PROGRAM, reloadExample: true, onNotice: (notice) => say({ notice }),
			onServing: ({ url }) => say({ first: url }),
		})
		process.on('SIGUSR2', () => void replace())
		process.once('SIGTERM', () => close().then(() => process.exit(0)))
		say({ url })
	} catch (error) {
		say({ fault: error.message })
		process.exit(1)
	}
`

let folder: string
let program: string
let primary: ChildProcess
let output: string
let ended: Promise<number | null>

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mimosa-workers-'))
	program = path.join(folder, 'worker.mjs')
	// A file, not a text after -e: the processes it starts are given the same flags.
	writeFileSync(path.join(folder, 'primary.mjs'), PRIMARY)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(async () => {
	primary.kill('SIGKILL')
	await ended
})

/** Starts three; the folder is their own temporary one, where their doors would be. */
async function start(env: Record<string, string> = {}) {
	output = ''
	writeFileSync(program, WORKER)
	primary = spawn(process.execPath, [path.join(folder, 'primary.mjs')], {
		env: { ...process.env, TMPDIR: folder, PROGRAM: program, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	primary.stdout?.on('data', (chunk) => {
		output += chunk
	})
	primary.stderr?.on('data', (chunk) => {
		output += chunk
	})
	ended = new Promise((resolve) => primary.once('exit', (code) => resolve(code)))
	await expect.poll(() => output, PATIENTLY).toMatch(/"url"|"fault"/)
}

interface Worker {
	slot: number
	pid: number
	version: number
	heard: unknown[]
	/** MB that its heap may take. */
	heap: number
	arenas: string
	flags: string[]
	wishes: { prepared?: boolean; others?: boolean; reloadExample?: boolean }
}

const asked = (address: string) =>
	new Promise<Worker | undefined>((resolve) =>
		get(`http://127.0.0.1:${PORT}${address}`, { agent: false }, async (response) => {
			let text = ''
			for await (const chunk of response) text += chunk
			resolve(JSON.parse(text))
		}).on('error', () => resolve(undefined)),
	)

/** Everyone who answers, by slot: whoever is free takes the next request, so many ask until all three have. */
async function everyone() {
	const found = new Map<number, Worker>()
	for (let times = 0; times < 20 && found.size < 3; times += 1)
		for (const worker of await Promise.all(Array.from({ length: 12 }, () => asked('/'))))
			if (worker) found.set(worker.slot, worker)
	return found
}

test('one prepares the database, then all serve on one port; what one signals the others hear', async () => {
	await start()
	const workers = await everyone()
	expect([...workers.keys()].sort()).toEqual([1, 2, 3])
	expect(workers.get(1)?.wishes).toEqual({ reloadExample: true })
	for (const slot of [2, 3]) expect(workers.get(slot)?.wishes).toEqual({ prepared: true, others: true })
	expect(output.match(/sign in as/g)).toHaveLength(1)
	// Whoever waits is told as soon as one serves.
	expect(output.match(/"(first|url)":/g)).toEqual(['"first":', '"url":'])
	const from = (await asked('/signal'))!.slot
	await expect
		.poll(async () => [...(await everyone())].map(([slot, { heard }]) => [slot, heard]).sort(), PATIENTLY)
		.toEqual([1, 2, 3].map((slot) => [slot, slot === from ? [] : [`from ${from}`]]))
})

test.each(['/die', 'SIGKILL'])('one that ends by %s is started again, and prepares nothing', async (how) => {
	await start()
	const before = await everyone()
	const gone = how === '/die' ? undefined : before.get(1)!.pid
	if (gone) process.kill(gone, 'SIGKILL')
	else await asked('/die')
	await expect.poll(() => output, PATIENTLY).toMatch(/starting it again/)
	await expect.poll(async () => (await everyone()).size, PATIENTLY).toBe(3)
	const after = await everyone()
	const fresh = [...after.values()].filter(({ pid }) => ![...before.values()].some((old) => old.pid === pid))
	expect(fresh.map(({ wishes }) => wishes)).toEqual([{ prepared: true, others: true }])
})

test('what one asks all others answer, and it is told how many those are', async () => {
	await start()
	const by = (await asked('/ask'))!.slot
	const others = [1, 2, 3].filter((slot) => slot !== by)
	await expect
		.poll(async () => (await everyone()).get(by)?.heard, PATIENTLY)
		.toEqual(
			expect.arrayContaining([{ id: 'q', by, of: 2 }, ...others.map((from) => ({ id: 'q', to: by, from }))]),
		)
})

describe('asked to replace them (SIGUSR2)', () => {
	/** Asks again and again until `stop`; gives how many were not answered. */
	function asking() {
		let going = true
		const unanswered = (async () => {
			let count = 0
			while (going) if (!(await asked('/'))) count += 1
			return count
		})()
		return {
			stop() {
				going = false
				return unanswered
			},
		}
	}

	test('new ones of what now lies there take over one by one, and nobody goes unanswered', async () => {
		await start()
		const before = [...(await everyone()).values()].map(({ pid }) => pid)
		writeFileSync(program, WORKER.replace('VERSION = 1', 'VERSION = 2'))
		const people = asking()
		primary.kill('SIGUSR2')
		await expect.poll(() => output, PATIENTLY).toContain('every process was replaced')
		expect(await people.stop()).toBe(0)
		const after = [...(await everyone()).values()]
		expect(after.map(({ version }) => version)).toEqual([2, 2, 2])
		expect(after.filter(({ pid }) => before.includes(pid))).toEqual([])
		for (const pid of before) expect(() => process.kill(pid, 0)).toThrow()
		// The first brings the database up to date, beside those that serve; nothing else is done anew.
		expect(after.map(({ wishes }) => wishes).sort((a, b) => Number(a.prepared) - Number(b.prepared))).toEqual(
			[
				{ prepared: false, others: true },
				{ prepared: true, others: true },
				{ prepared: true, others: true },
			],
		)
		expect(output.match(/is replaced/g)).toHaveLength(3)
		expect(output.match(/sign in as/g)).toHaveLength(1)
		expect(output).not.toContain('starting it again')
	})

	test('twice at once, it is done twice, one after the other', async () => {
		await start()
		primary.kill('SIGUSR2')
		await expect.poll(() => output, PATIENTLY).toContain('process 1 is replaced')
		for (let times = 0; times < 3; times += 1) primary.kill('SIGUSR2')
		await expect.poll(() => output.match(/every process was replaced/g)?.length, PATIENTLY).toBe(2)
		expect(output.match(/is replaced/g)).toHaveLength(6)
		expect((await everyone()).size).toBe(3)
	})

	test('where the new one does not come up the old ones go on, and one line says why', async () => {
		await start()
		const before = [...(await everyone()).values()].map(({ pid }) => pid).sort()
		writeFileSync(
			program,
			WORKER.replace(
				'if (asked.open) {',
				"if (asked.open) return process.send({ fault: 'it is broken' }); if (0) {",
			),
		)
		const people = asking()
		primary.kill('SIGUSR2')
		await expect.poll(() => output, PATIENTLY).toContain('the old ones go on: it is broken')
		expect(await people.stop()).toBe(0)
		expect([...(await everyone()).values()].map(({ pid }) => pid).sort()).toEqual(before)
		expect(output).not.toContain('is replaced')
		writeFileSync(program, WORKER)
		primary.kill('SIGUSR2')
		await expect.poll(() => output, PATIENTLY).toContain('every process was replaced')
	})

	test('asked to leave meanwhile, all leave', async () => {
		await start()
		primary.kill('SIGUSR2')
		primary.kill('SIGTERM')
		expect(await ended).toBe(0)
		expect(await asked('/')).toBeUndefined()
		expect(output).not.toContain('go on')
	})
})

test('asked to leave, all leave, and nothing of theirs stays', async () => {
	const before = readdirSync(folder)
	await start()
	const pids = [...(await everyone()).values()].map(({ pid }) => pid)
	primary.kill('SIGTERM')
	expect(await ended).toBe(0)
	for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow()
	expect(readdirSync(folder)).toEqual(before)
})

test('one that does not leave is ended', { timeout: 30_000 }, async () => {
	await start({ STUCK: '2' })
	const began = Date.now()
	primary.kill('SIGTERM')
	expect(await ended).toBe(0)
	expect(Date.now() - began).toBeLessThan(17_500)
})

test.each(['1', '3'])(
	'when process %s cannot start, that is the one line, and nobody stays',
	async (slot) => {
		await start({ BROKEN: slot })
		expect(output).toContain('{"fault":"it is broken"}')
		expect(await ended).toBe(1)
		expect(await asked('/')).toBeUndefined()
	},
)

describe('WORKERS', () => {
	test.each([
		['1', 1],
		['64', 64],
	])('%s is %s', (value, count) => expect(readWorkers(value)).toBe(count))

	test.each([undefined, ''])('%s is as many as the machine has room for', (value) => {
		expect(readWorkers(value)).toBe(workersFor({ cores: availableParallelism(), memory: totalmem() }))
	})

	test.each(['0', '65', '-1', '2.5', 'all', ' 2'])('"%s" is refused in one line', (value) =>
		expect(() => readWorkers(value)).toThrow(
			`WORKERS is "${value}", but it must be a whole number from 1 to 64.`,
		),
	)

	test.each([
		{ cores: 1, gigabytes: 1, workers: 1 },
		{ cores: 4, gigabytes: 0.5, workers: 1 },
		{ cores: 4, gigabytes: 1, workers: 1 },
		{ cores: 2, gigabytes: 2, workers: 2 },
		{ cores: 4, gigabytes: 2, workers: 3 },
		{ cores: 4, gigabytes: 4, workers: 4 },
		{ cores: 8, gigabytes: 4, workers: 8 },
		{ cores: 32, gigabytes: 64, workers: 8 },
	])('$cores cores and $gigabytes GB: $workers', ({ cores, gigabytes, workers }) =>
		expect(workersFor({ cores, memory: gigabytes * 1024 ** 3 })).toBe(workers),
	)
})

test.each([
	['as much as we give it', {}, [768, 900]],
	['as much as she said', { NODE_OPTIONS: '--max-old-space-size=1500' }, [1_500, 1_600]],
] as const)('what the heap of a process may take: %s', async (_name, env, [least, most]) => {
	await start(env)
	const { heap, arenas } = (await asked('/'))!
	expect(arenas).toBe('2')
	expect(heap).toBeGreaterThanOrEqual(least)
	expect(heap).toBeLessThanOrEqual(most)
})

test.each([
	['one', {}, ['--v8-pool-size=1']],
	['as many as she said', { NODE_OPTIONS: '--v8-pool-size=3' }, []],
] as const)('threads that help a process clear away: %s', async (_name, env, given) => {
	await start(env)
	const { flags } = (await asked('/'))!
	expect(flags.filter((flag) => flag.includes('pool'))).toEqual(given)
})

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readWorkers } from '../../scripts/workers.mjs'

const PORT = 21_000 + (process.pid % 3_000)

const PATIENTLY = { timeout: 15_000 }

/** Stands in for scripts/worker.mjs: says who it is, and what it heard. */
const WORKER = `
	import { createServer } from 'node:http'
	const slot = Number(process.env.WORKER_SLOT)
	const heard = []
	let wishes
	for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {})
	const server = createServer((request, response) => {
		if (request.url === '/signal') process.send({ signals: 'from ' + slot })
		if (request.url === '/die') process.exit(7)
		response.setHeader('connection', 'close')
		response.end(JSON.stringify({ slot, pid: process.pid, heard, wishes }))
	})
	process.on('message', (asked) => {
		if (asked.open) {
			wishes = asked.open
			if (process.env.BROKEN === String(slot)) return void process.send({ fault: 'it is broken' }, () => process.exit(1))
			if (!wishes.prepared) process.send({ notice: 'sign in as' })
			server.listen(${PORT}, '127.0.0.1', () => process.send({ url: 'http://here' }))
		}
		if (asked.signals) heard.push(asked.signals)
		if (asked.close && process.env.STUCK !== String(slot)) server.close(() => process.exit(0))
	})
	process.send({ here: true })
`

const PRIMARY = `
	const { serveWithWorkers } = await import(${JSON.stringify(path.resolve('scripts/workers.mjs'))})
	const say = (words) => console.log(JSON.stringify(words))
	try {
		const { url, close } = await serveWithWorkers({
			count: 3, program: process.env.PROGRAM, reloadExample: true, onNotice: (notice) => say({ notice }),
		})
		say({ url })
		process.once('SIGTERM', () => close().then(() => process.exit(0)))
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
	writeFileSync(program, WORKER)
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
	heard: string[]
	wishes: { prepared: boolean; reloadExample: boolean }
}

const asked = (address: string) =>
	new Promise<Worker | undefined>((resolve) =>
		get(`http://127.0.0.1:${PORT}${address}`, { agent: false }, async (response) => {
			let text = ''
			for await (const chunk of response) text += chunk
			resolve(JSON.parse(text))
		}).on('error', () => resolve(undefined)),
	)

/** Everyone who answers, by slot: each request goes to the next. */
async function everyone() {
	const found = new Map<number, Worker>()
	for (let times = 0; times < 12; times += 1) {
		const worker = await asked('/')
		if (worker) found.set(worker.slot, worker)
	}
	return found
}

test('one prepares the database, then all serve on one port; what one signals the others hear', async () => {
	await start()
	const workers = await everyone()
	expect([...workers.keys()].sort()).toEqual([1, 2, 3])
	expect(workers.get(1)?.wishes).toEqual({ prepared: false, reloadExample: true })
	for (const slot of [2, 3])
		expect(workers.get(slot)?.wishes).toEqual({ prepared: true, reloadExample: false })
	expect(output.match(/sign in as/g)).toHaveLength(1)
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
	expect(fresh.map(({ wishes }) => wishes)).toEqual([{ prepared: true, reloadExample: false }])
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
	expect(Date.now() - began).toBeLessThan(14_000)
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
		[undefined, 1],
		['', 1],
		['1', 1],
		['64', 64],
	])('%s is %s', (value, count) => expect(readWorkers(value)).toBe(count))

	test.each(['0', '65', '-1', '2.5', 'all', ' 2'])('"%s" is refused in one line', (value) =>
		expect(() => readWorkers(value)).toThrow(
			`WORKERS is "${value}", but it must be a whole number from 1 to 64.`,
		),
	)
})

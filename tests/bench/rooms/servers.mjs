import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuSeconds } from './processor.mjs'

const root = resolve(import.meta.dirname, '../../..')
const UP_WITHIN_MS = 30_000
/** Linux counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100

/**
 * @typedef {object} Measured  a server and the processes that work for it
 * @property {string} name
 * @property {string} url
 * @property {() => Promise<void>} start
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop
 * @property {() => Promise<NodeJS.MemoryUsage>} memory  after its garbage is collected
 * @property {() => number} cpu  seconds of the server alone
 */

/**
 * @param {{ name: string, port: number, program: string, flags?: string[], env?: Record<string, string>, ready: string }} how
 * @returns {Measured}
 */
export function aServer({ name, port, program, flags: own = [], env = {}, ready }) {
	const url = `http://127.0.0.1:${port}`
	/** @type {import('node:child_process').ChildProcess | undefined} */
	let child
	const started = () => {
		if (!child?.pid || child.exitCode !== null) throw new Error(`${name} does not run`)
		return child
	}

	async function start() {
		if (await answers(url + ready)) throw new Error(`${name}: something answers at ${url} already`)
		const flags = [...own, '--expose-gc', '--import', join(root, 'tests/bench/rooms/after-collection.mjs')]
		if (process.env.BENCH_PROFILE === name)
			flags.push('--cpu-prof', `--cpu-prof-dir=${root}/.cache/bench-rooms`)
		child = spawn(process.execPath, [...flags, program], {
			cwd: root,
			env: { ...process.env, ...env, NODE_ENV: 'production', PORT: String(port) },
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		})
		const until = performance.now() + UP_WITHIN_MS
		while (!(await answers(url + ready))) {
			if (performance.now() > until || child.exitCode !== null) throw new Error(`${name} did not come up`)
			await sleep(50)
		}
	}

	async function stop(signal = /** @type {NodeJS.Signals} */ ('SIGTERM')) {
		if (!child || child.exitCode !== null || child.signalCode !== null) return
		const ended = new Promise((done) => child?.once('exit', done))
		child.kill(signal)
		await ended
	}

	return {
		name,
		url,
		start,
		stop,
		memory: () =>
			new Promise((tell) => {
				started().once('message', (answer) => tell(/** @type {any} */ (answer).memory))
				started().send('memory')
			}),
		cpu: () => cpuSeconds(started().pid ?? 0),
	}
}

/** Whether anything is said there, whatever it is. @param {string} url */
const answers = (url) =>
	fetch(url).then(
		(answer) => answer.status < 500,
		() => false,
	)

/** Processor time of all cores since the machine started, in seconds. */
export function machineSeconds() {
	const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
		.split('\n', 1)[0]
		.trim()
		.split(/\s+/)
		.slice(1)
		.map(Number)
	return (user + nice + system + irq + softirq) / TICKS_A_SECOND
}

/** Waits for a second in which the machine does almost nothing, though not for ever. @param {number} seconds */
export async function waitForRest(seconds) {
	for (let n = 0; n < seconds; n += 1) {
		const before = machineSeconds()
		await sleep(1_000)
		if (machineSeconds() - before < 0.3) return
	}
}

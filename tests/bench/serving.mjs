import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = resolve(import.meta.dirname, '../..')
const UP_WITHIN_MS = 60_000
const LINES_AT_MOST = 1_000

/**
 * @typedef {object} Serving  the built server and the processes it started
 * @property {number} pid
 * @property {string[]} lines  what it wrote: with LOG_LEVEL=error each is a fault, or about its processes
 * @property {() => boolean} hasEnded
 * @property {() => void} replace  has new processes take the place of those that serve
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the built server and waits until all its processes serve; rejects with what it said when it does not.
 * @param {{ port: number, workers: number, env: Record<string, string> }} how
 * @returns {Promise<Serving>}
 */
export async function startServing({ port, workers, env }) {
	const child = spawn(process.execPath, [resolve(root, 'tests/bench/server.mjs')], {
		cwd: root,
		env: {
			...process.env,
			...env,
			NODE_ENV: 'production',
			PORT: String(port),
			WORKERS: String(workers),
			LOG_LEVEL: 'error',
			EXAMPLE: '0',
		},
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	})
	/** @type {string[]} */
	const lines = []
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk) => {
			lines.push(...String(chunk).split('\n').filter(Boolean))
			lines.splice(LINES_AT_MOST)
		})
	let over = false
	const ended = new Promise((done) => child.once('exit', done)).then(() => {
		over = true
	})
	const serving = new Promise((done) => child.once('message', () => done(true)))
	const late = sleep(UP_WITHIN_MS, undefined, { ref: false })
	if (!(await Promise.race([serving, ended, late]))) {
		child.kill('SIGKILL')
		throw new Error(`the server did not come up:\n${lines.join('\n')}`)
	}
	return {
		pid: child.pid ?? 0,
		lines,
		hasEnded: () => over,
		replace: () => void child.kill('SIGUSR2'),
		stop() {
			child.kill('SIGTERM')
			return ended
		},
	}
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Whether this machine has a Redis to break. */
export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', reject)
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo
			probe.close(() => resolve(port))
		})
	})
}

/** A Redis of our own that keeps nothing. */
export class Redis {
	#child: ChildProcess | undefined

	constructor(readonly port: number) {}

	async start() {
		const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
		const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] })
		this.#child = child
		process.once('exit', () => child.kill('SIGKILL'))
		let said = ''
		child.stdout?.on('data', (chunk) => {
			said += chunk
		})
		for (let tries = 0; !said.includes('Ready to accept'); tries += 1) {
			if (tries > 200 || child.exitCode !== null) throw new Error(`Redis did not come up:\n${said}`)
			await sleep(20)
		}
	}

	async stop() {
		const child = this.#child
		if (!child || child.exitCode !== null || child.signalCode !== null) return
		const ended = new Promise((resolve) => child.once('exit', resolve))
		child.kill('SIGKILL')
		await ended
	}
}

import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export interface RoomServer {
	port: number
	pid: number
	/** Resolves with the code or the signal it ended with. */
	ended: Promise<number | NodeJS.Signals | null>
	hasEnded(): boolean
	kill(signal: NodeJS.Signals): void
	/** Lines it wrote: with LOG_LEVEL=error each is a fault of ours, or the last words of a process. */
	lines: string[]
}

const UP_WITHIN_MS = 20_000

const PROGRAM = 'tests/faults/rooms/server.mjs'

/** Starts the built server. Resolves when it is ready; rejects with what it said when it does not come up. */
export async function startServer(port: number, env: Record<string, string>): Promise<RoomServer> {
	const child: ChildProcess = spawn(process.execPath, [PROGRAM], {
		env: { ...process.env, ...env, PORT: String(port), NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	const lines: string[] = []
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (chunk) => lines.push(...String(chunk).split('\n').filter(Boolean)))
	let over = false
	const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
		child.once('exit', (code, signal) => {
			over = true
			resolve(code ?? signal)
		}),
	)
	const until = Date.now() + UP_WITHIN_MS
	while (!(await isReady(port))) {
		if (over || Date.now() > until) {
			child.kill('SIGKILL')
			throw new Error(`a server did not come up:\n${lines.join('\n')}`)
		}
		await sleep(50)
	}
	return { port, pid: child.pid!, ended, hasEnded: () => over, kill: (signal) => child.kill(signal), lines }
}

/** Whether a server takes work: what a balancer in front of it would ask. */
export async function isReady(port: number, ms = 1_000): Promise<boolean> {
	try {
		const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(ms) })
		await answer.arrayBuffer()
		return answer.ok
	} catch {
		return false
	}
}

/** The processes a process has started. */
export const childrenOf = (pid: number) =>
	readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').map(Number).filter(Boolean)

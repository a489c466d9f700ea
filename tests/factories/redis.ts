import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Whether tests can start a Redis here. Where they cannot they are skipped, and this says why. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis)
	process.stderr.write(
		'redis-server is not installed: what needs it is skipped (apt-get install redis-server)\n',
	)

/** A port for each test process. */
export const redisPort = 17_000 + (process.pid % 3_000)

const answers = (port: number) =>
	new Promise<boolean>((resolve) => {
		const socket = connect(port, '127.0.0.1', () => resolve(true))
		socket.on('error', () => resolve(false)).on('connect', () => socket.end())
	})

/** Starts a Redis that keeps nothing; resolves when it answers. */
export async function startRedis(port = redisPort) {
	const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
	const child: ChildProcess = spawn('redis-server', flags, { stdio: 'ignore' })
	// A test that fails before it stops it leaves nothing behind.
	process.once('exit', () => child.kill('SIGKILL'))
	while (!(await answers(port))) await sleep(20)
	return {
		/** As a pulled plug would. */
		async stop() {
			if (child.exitCode !== null || child.signalCode !== null) return
			child.kill('SIGKILL')
			await once(child, 'exit')
		},
		pause: () => void child.kill('SIGSTOP'),
		goOn: () => void child.kill('SIGCONT'),
	}
}

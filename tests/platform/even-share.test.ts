import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { shareEvenly } from '~/platform/even-share.server'

const TOGETHER = 50
const TIMES = 6
/** What the process with fewer has of those that come together, on average: without a rest between two it had far less. */
const SMALLER_SHARE = 0.38

/** Two processes on one port, as scripts/workers.mjs has them; each says its number to whoever connects. */
const PROCESSES = `
	import cluster from 'node:cluster'
	import { createServer } from 'node:http'
	import { shareEvenly } from ${JSON.stringify(path.resolve('app/platform/even-share.server.ts'))}
	cluster.schedulingPolicy = cluster.SCHED_NONE
	if (cluster.isPrimary) {
		let listening = 0
		cluster.on('listening', (_worker, { port }) => {
			listening += 1
			if (listening === 2) console.log(port)
		})
		cluster.fork()
		cluster.fork()
	} else {
		const http = createServer().listen(0, '127.0.0.1')
		shareEvenly(http)
		http.on('connection', (socket) => socket.write(String(cluster.worker.id)))
	}
`

async function takenBy(port: number) {
	const sockets: Socket[] = Array.from({ length: TOGETHER }, () => connect(port, '127.0.0.1'))
	const said = await Promise.all(sockets.map((socket) => once(socket, 'data')))
	for (const socket of sockets) socket.destroy()
	return said.map(([number]) => String(number))
}

test('a process rests only between two that come together', () => {
	const rest = vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out')
	const clock = vi.spyOn(performance, 'now')
	const http = new EventEmitter()
	shareEvenly(http as Server)
	const restedAt = (ms: number) => {
		rest.mockClear()
		clock.mockReturnValue(ms)
		http.emit('connection')
		return rest.mock.calls.length === 1
	}
	expect([0, 4, 8, 20, 26, 26.1].map(restedAt)).toEqual([false, true, true, false, false, true])
})

// Where both processors are taken by others, chance may have it otherwise once.
test('connections that come together fall evenly to the processes of a port', { retry: 3 }, async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'mimosa-share-'))
	const file = path.join(folder, 'processes.mjs')
	writeFileSync(file, PROCESSES)
	let processes: ChildProcess | undefined
	try {
		processes = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['ignore', 'pipe', 'inherit'] })
		const [line] = await once(processes.stdout!, 'data')
		const smaller: number[] = []
		for (let time = 0; time < TIMES; time += 1) {
			const taken = await takenBy(Number(line))
			const first = taken.filter((number) => number === '1').length / TOGETHER
			smaller.push(Math.min(first, 1 - first))
			// Both fall asleep again: that is when one would take all.
			await sleep(150)
		}
		expect(smaller.reduce((sum, share) => sum + share, 0) / TIMES).toBeGreaterThan(SMALLER_SHARE)
	} finally {
		processes?.kill()
		rmSync(folder, { recursive: true, force: true })
	}
})

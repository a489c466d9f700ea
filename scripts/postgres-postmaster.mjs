import { execFile, spawn } from 'node:child_process'
import { chmodSync, closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isAlive } from './lock.mjs'
import { program, spawnOptions, whyNot } from './postgres-cluster.mjs'

/** @typedef {import('./postgres-cluster.mjs').Cluster} Cluster */
/** @typedef {{ pid: number, port: number, status: string }} Postmaster */

/** Nothing a woman wrote may reach a log: neither statements nor the row in an error's detail. */
const SETTINGS = {
	listen_addresses: '127.0.0.1',
	unix_socket_directories: '',
	timezone: 'UTC',
	log_timezone: 'UTC',
	log_min_messages: 'log',
	log_min_error_statement: 'panic',
	log_error_verbosity: 'terse',
	log_statement: 'none',
	log_checkpoints: 'off',
	log_autovacuum_min_duration: '-1',
}
const THROWAWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '256MB' }

/** What the postmaster wrote about itself, whether it still lives or not. @param {{ data: string }} cluster @returns {Postmaster | null} */
function readPostmaster({ data }) {
	try {
		const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
		return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' }
	} catch {
		return null
	}
}

/**
 * The postmaster of this very folder if one lives. A process that only got the same number does not count, and the
 * file that speaks of it goes: Postgres would refuse to start.
 * @param {{ data: string }} cluster
 * @returns {Promise<Postmaster | null>}
 */
export async function livingPostmaster(cluster) {
	const found = readPostmaster(cluster)
	if (!found || !isAlive(found.pid)) return null
	if (await isOurs(found.pid, cluster.data)) return found
	rmSync(join(cluster.data, 'postmaster.pid'), { force: true })
	return null
}

/** @param {number} pid @param {string} data */
async function isOurs(pid, data) {
	if (process.platform === 'win32') return true
	const said = existsSync('/proc/self')
		? readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')
		: (await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout
	return said.includes('postgres') && said.includes(data)
}

/** @param {Cluster} cluster */
const logFile = ({ data }) => `${data}.log`

/**
 * Starts the postmaster in a process group of its own: Ctrl-C in the terminal reaches only us, and we end it when the
 * app is done with it.
 * @param {Cluster} cluster
 * @param {number} [wanted]  the port; a free one when left out
 * @returns {Promise<Postmaster>}
 */
export async function startPostmaster(cluster, wanted) {
	const until = Date.now() + 15_000
	for (;;) {
		const started = await launch(cluster, wanted ?? (await freePort()))
		if ('pid' in started) return started
		// Another program was quicker at the port, or the last processes of a killed postmaster are still leaving.
		const passing =
			/Address already in use|shared memory block .* is still in use|lock file .* already exists/
		if (Date.now() > until || !passing.test(started.words)) throw whyNot(started.words)
		await sleep(200)
	}
}

/** @param {Cluster} cluster @param {number} port @returns {Promise<Postmaster | { words: string }>} */
async function launch(cluster, port) {
	const settings = { ...SETTINGS, ...(cluster.throwaway && THROWAWAY), port: String(port) }
	const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
	const log = openSync(logFile(cluster), 'w', 0o600)
	chmodSync(logFile(cluster), 0o600)
	const child = spawn(program(cluster, 'postgres'), ['-D', cluster.data, ...flags], {
		...spawnOptions(cluster),
		detached: true,
		stdio: ['ignore', log, log],
	})
	closeSync(log)
	child.unref()
	let ended = false
	child.on('exit', () => (ended = true)).on('error', () => (ended = true))
	while (!ended) {
		const found = readPostmaster(cluster)
		if (found && found.pid === child.pid && found.status === 'ready') return found
		await sleep(15)
	}
	return { words: readFileSync(logFile(cluster), 'utf8') }
}

/** @param {Cluster} cluster @param {number} seconds @returns {Promise<Postmaster | null>} null when it left instead */
export async function waitUntilReady(cluster, seconds) {
	for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(20)) {
		const found = readPostmaster(cluster)
		if (!found || !isAlive(found.pid)) return null
		if (found.status === 'ready') return found
	}
	return null
}

/**
 * @param {Cluster} cluster
 * @param {'fast' | 'immediate'} mode  fast ends transactions and writes everything down; immediate is a crash
 */
export async function stopPostmaster(cluster, mode) {
	const args = ['stop', '-D', cluster.data, '-m', mode, '-w', '-t', '10']
	await promisify(execFile)(program(cluster, 'pg_ctl'), args, spawnOptions(cluster)).catch(async (error) => {
		if (!(await livingPostmaster(cluster))) return
		if (mode === 'immediate') throw whyNot(String(error.stderr), error)
		await stopPostmaster(cluster, 'immediate')
	})
}

/** @returns {Promise<number>} */
function freePort() {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', reject)
		probe.listen(0, '127.0.0.1', () => {
			const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address())
			probe.close(() => resolve(port))
		})
	})
}

import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readlinkSync,
	rmSync,
	symlinkSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from './fault.mjs'
import { isAlive, takeLock } from './lock.mjs'
import { findBinaries } from './postgres-binaries.mjs'
import { livingPostmaster } from './postgres-postmaster.mjs'
import { canReach, chooseRunner } from './postgres-runner.mjs'

/** @typedef {import('./postgres-cluster.mjs').Cluster} Cluster */

/** Where root keeps what an ordinary user must reach: every other root-owned folder may be closed to it. */
const ELSEWHERE = '/var/lib/mimosa'

/** The folder the cluster lies in: the data folder, or the one a link in it names. @param {string} home */
function placeOf(home) {
	const data = join(home, 'postgres')
	return lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink() ? dirname(readlinkSync(data)) : home
}

/**
 * Settles who runs Postgres, with which binaries and where its data lies.
 * @param {string} home @param {boolean} throwaway @param {(line: string) => void} onProgress
 * @returns {Cluster}
 */
export function findCluster(home, throwaway, onProgress) {
	const data = join(home, 'postgres')
	const runner = chooseRunner(data)
	if (runner && !canReach(runner, home, 'x')) moveElsewhere(data, onProgress)
	const place = placeOf(home)
	if (!canReach(runner, place, 'x'))
		throw new Fault(
			`${runner?.name} runs Postgres here and cannot reach ${place}: move the data to a folder open to all (DATA_DIR)`,
		)
	return {
		data: join(place, 'postgres'),
		native: findBinaries(runner, runner ? ELSEWHERE : home),
		runner,
		throwaway,
	}
}

/**
 * The data folder lies below one that is closed to the runner. That one is not ours to open, so the data goes to the
 * system's place for such things, and a link in the data folder remembers where.
 * @param {string} data @param {(line: string) => void} onProgress
 */
function moveElsewhere(data, onProgress) {
	if (lstatSync(data, { throwIfNoEntry: false })) return
	mkdirSync(ELSEWHERE, { recursive: true, mode: 0o755 })
	const place = mkdtempSync(join(ELSEWHERE, 'data-'))
	chmodSync(place, 0o711)
	symlinkSync(join(place, 'postgres'), data)
	onProgress(`the database lies in ${place}: Postgres does not run as root and cannot reach ${dirname(data)}`)
}

/**
 * Deletes a data folder with all that belongs to it, and ends a postmaster that was left running in it.
 * @param {string} dataDir
 * @returns {Promise<boolean>} false when a living process uses it: then nothing is touched
 */
export async function removeDatabase(dataDir) {
	const home = resolve(dataDir)
	if (!existsSync(home)) return true
	const lock = await takeLock(join(home, 'lock'))
	if ('holder' in lock) return false
	const place = placeOf(home)
	const living = await livingPostmaster({ data: join(place, 'postgres') })
	if (living) await endAtOnce(living.pid)
	for (const folder of [place, home]) rmSync(folder, { recursive: true, force: true })
	return true
}

/**
 * Deletes what test runs that were killed left behind, often still running. Those of living processes stay: two runs at
 * once are none of each other's business.
 * @param {string} folder
 */
export async function removeLeftovers(folder) {
	for (const name of existsSync(folder) ? readdirSync(folder) : []) {
		const owner = Number(/^(?:test|faults)-(\d+)$/.exec(name)?.[1])
		if (owner && !isAlive(owner)) await removeDatabase(join(folder, name))
	}
}

/** @param {number} pid  of a postmaster whose data is not wanted any more */
async function endAtOnce(pid) {
	process.kill(pid, 'SIGQUIT')
	for (const until = Date.now() + 10_000; isAlive(pid) && Date.now() < until; ) await sleep(20)
}

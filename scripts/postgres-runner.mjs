import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { Fault } from './fault.mjs'

/** @typedef {{ uid: number, gid: number, name: string }} Runner  who Postgres runs as when we are root */

/**
 * Postgres refuses to run as root. Then it runs as the owner of the data where data exists, else as the system's
 * `postgres` user, else as `nobody`.
 * @param {string} data  the data folder, which need not exist
 * @returns {Runner | null}  null when this process is an ordinary user
 */
export function chooseRunner(data) {
	if (process.getuid?.() !== 0) return null
	const owner = statSync(data, { throwIfNoEntry: false })
	if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `user ${owner.uid}` }
	for (const name of ['postgres', 'nobody']) {
		const [uid, gid] = [idOf('-u', name), idOf('-g', name)]
		if (uid && gid) return { uid, gid, name }
	}
	throw new Fault(
		'Postgres refuses to run as root and there is no user postgres or nobody: start as an ordinary user',
	)
}

/** @param {string} flag @param {string} name */
function idOf(flag, name) {
	try {
		return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
	} catch {
		return 0
	}
}

/**
 * Asks the system itself, as that user: modes alone miss access lists and mounts.
 * @param {Runner | null} runner
 * @param {string} path
 * @param {'x' | 'w'} want  x: can go in or run it; w: can write it
 */
export function canReach(runner, path, want) {
	if (!runner) return true
	try {
		const { uid, gid } = runner
		execFileSync('/bin/sh', ['-c', `test -${want} "$1"`, 'sh', path], { uid, gid, cwd: '/', stdio: 'ignore' })
		return true
	} catch (error) {
		const code = /** @type {NodeJS.ErrnoException} */ (error).code
		if (code === 'EPERM')
			throw new Fault(`root may not act as ${runner.name} here: start as an ordinary user`)
		return false
	}
}

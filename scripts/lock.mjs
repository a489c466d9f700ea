import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What tells a process from a later one that got the same number (after kill -9, or in a container that starts
 * again, numbers repeat). Empty where the system does not say.
 * @param {number} pid
 */
function birthOf(pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
		return fields[0] === 'Z' ? 'dead' : `${boot}:${fields[19]}`
	} catch {
		return ''
	}
}

/** @param {number} pid */
export function isAlive(pid) {
	try {
		process.kill(pid, 0)
		return birthOf(pid) !== 'dead'
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
	}
}

/** @param {string} path @returns {string | null} null when there is none */
function read(path) {
	try {
		return readFileSync(path, 'utf8')
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null
		throw error
	}
}

/**
 * The process that holds the lock, or 0 when its holder is gone.
 * @param {string} text
 */
function holderOf(text) {
	const [pid = '', birth = ''] = text.trim().split(' ')
	const number = Number(pid)
	if (!Number.isInteger(number) || number < 1 || !isAlive(number)) return 0
	return birth && birthOf(number) !== birth ? 0 : number
}

/** Takes a dead holder's lock away; a lock that changed hands in between is put back. */
function clear(/** @type {string} */ path, /** @type {string} */ seen) {
	const aside = `${path}.${process.pid}`
	try {
		renameSync(path, aside)
		if (read(aside) !== seen) return renameSync(aside, path)
		rmSync(aside, { force: true })
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
	}
}

/**
 * Takes the lock file `path` for the life of this process. A lock left by kill -9 does not count.
 * @param {string} path  in a folder that exists
 * @returns {Promise<{ release: () => void } | { holder: number }>}  the lock, or the process that has it
 */
export async function takeLock(path) {
	const mine = `${process.pid} ${birthOf(process.pid)}\n`
	for (let empty = 0; ; ) {
		try {
			writeFileSync(path, mine, { flag: 'wx', mode: 0o600 })
			return { release: () => void (read(path) === mine && rmSync(path, { force: true })) }
		} catch (error) {
			if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
		}
		const text = read(path)
		if (text === null) continue
		// Created a moment ago and not yet written, or its writer died between the two.
		if (text === '' && empty++ < 20) {
			await sleep(25)
			continue
		}
		const holder = holderOf(text)
		if (holder) return { holder }
		clear(path, text)
	}
}

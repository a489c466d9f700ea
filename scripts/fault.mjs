import { statfsSync } from 'node:fs'

/** A reason the start cannot go on. `message` is the one line a person reads: what is wrong and what to do. */
export class Fault extends Error {
	code = 'start'
}

/**
 * The one line for a known fault, or null when the error is a bug and its stack is wanted.
 * @param {unknown} thrown
 * @returns {string | null}
 */
export function lineFor(thrown) {
	const error = /** @type {NodeJS.ErrnoException & { port?: number }} */ (thrown)
	const place = error?.path ?? error?.message
	switch (error?.code) {
		case 'start':
			return error.message
		case 'EADDRINUSE':
			return `port ${error.port} is taken by another program. Choose another one: PORT=${(error.port ?? 3000) + 1} npm start`
		case 'EACCES':
			if (error.syscall === 'listen')
				return `this user may not listen on port ${error.port}. Choose one above 1023: PORT=3000 npm start`
			return `may not write ${place}. Make it writable for this user, or choose another folder: DATA_DIR=/path npm start`
		case 'EPERM':
		case 'EROFS':
			return `cannot write ${place}. Make it writable for this user, or choose another folder: DATA_DIR=/path npm start`
		case 'EADDRNOTAVAIL':
			return `this machine has no address ${place}. Set HOST to one of its own, or leave it out`
		case 'ENOTDIR':
			return `${place} is not a folder. Choose another one: DATA_DIR=/path npm start`
		case 'ENOSPC':
		case 'EDQUOT':
			return 'the disk is full. Free some space (about 1 GB) and start again'
		default:
			return null
	}
}

/**
 * Whether a disk is as good as full: what fails then seldom says so. 32 MB hold neither a build nor two pieces of the
 * database's journal.
 * @param {string} folder
 * @param {number} [megabytes]  what still counts as full
 */
export function isDiskFull(folder, megabytes = 32) {
	try {
		const { bavail, bsize } = statfsSync(folder)
		return bavail * bsize < megabytes * 1024 ** 2
	} catch {
		return false
	}
}

/** @param {string} text  Whether a program's own words say that the disk is full. */
export const saysDiskFull = (text) =>
	/ENOSPC|EDQUOT|no space left on device|disk quota exceeded|check free disk space|wrote only \d+ of/i.test(
		text,
	)

import { createWriteStream, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Fault } from './fault.mjs'

const STDOUT = '-'

/** A name that sorts by time and that every file system takes. */
const nameNow = () => `mimosa-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}Z.backup.gz`

/**
 * Where a backup goes: a file, a folder (then the file is named after the moment), or "-" for the standard output.
 * @param {string | undefined} asked  relative to where npm was called
 * @param {string} folder  for who names none
 */
export function choosePlace(asked, folder) {
	if (asked === STDOUT) {
		if (process.stdout.isTTY)
			throw new Fault('a backup is nothing to read: send it on, as in "npm run -s backup -- - | age …"')
		return STDOUT
	}
	const path = asked === undefined ? folder : resolve(process.env.INIT_CWD ?? '.', asked)
	if (asked === undefined) mkdirSync(path, { recursive: true, mode: 0o700 })
	const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
	const file = isFolder ? join(path, nameNow()) : path
	if (existsSync(file)) throw new Fault(`${file} is there already: choose another name`)
	if (!existsSync(dirname(file))) throw new Fault(`there is no folder ${dirname(file)}: make it first`)
	return file
}

/**
 * Writes content to a place, compressed. A file has its name only once all of it is on the disk; only this user can read it.
 * @param {string} place  from `choosePlace`
 * @param {AsyncIterable<Buffer>} content
 * @param {AbortSignal} leaving
 */
export async function writeTo(place, content, leaving) {
	const signal = { signal: leaving }
	if (place === STDOUT) return pipeline(content, createGzip(), process.stdout, { ...signal, end: false })
	const half = `${place}.${process.pid}.part`
	// Opened here: a folder she may not write is a fault before the database is asked for anything.
	const fd = openSync(half, 'wx', 0o600)
	try {
		await pipeline(content, createGzip(), createWriteStream(half, { fd, flush: true }), signal)
		await rename(half, place)
		await syncFolder(dirname(place))
	} catch (error) {
		await rm(half, { force: true })
		throw error
	}
}

/** A name outlives a power cut only when its folder is on the disk too. @param {string} folder */
async function syncFolder(folder) {
	// Windows cannot open one.
	if (process.platform === 'win32') return
	const handle = await open(folder)
	await handle.sync().finally(() => handle.close())
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** @param {string} path @returns {string[]} every file at or below the path, sorted; none when it is missing */
function filesBelow(path) {
	const found = statSync(path, { throwIfNoEntry: false })
	if (!found) return []
	if (!found.isDirectory()) return [path]
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesBelow(join(path, name)))
}

/**
 * One hash over names and contents: content and not times, because a checkout touches times.
 * @param {string[]} paths  files and folders, relative to the working folder
 * @param {string[]} words  whatever else the result depends on
 */
export function fingerprint(paths, words = []) {
	const hash = createHash('sha256')
	for (const word of words) hash.update(`${word}\0`)
	for (const file of paths.flatMap(filesBelow))
		hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
	return hash.digest('hex')
}

/** @param {string} path */
export function readStamp(path) {
	try {
		return readFileSync(path, 'utf8').trim()
	} catch {
		return ''
	}
}

import { accessSync, constants, mkdirSync } from 'node:fs'

/**
 * Makes a folder of ours if it is missing, and fails at once if this user may not write in it. Closed to others; as
 * root the user that runs Postgres must get through to its own folder inside, and everything else in there is 0600.
 * @param {string} path
 */
export function makeDataDir(path) {
	mkdirSync(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
	accessSync(path, constants.W_OK)
}

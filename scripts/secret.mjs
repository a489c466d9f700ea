import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * A secret made once and kept for its owner only.
 * @param {string} path
 */
export function keepSecret(path) {
	if (!existsSync(path))
		writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
	return readFileSync(path, 'utf8').trim()
}

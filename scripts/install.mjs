import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Fault, isDiskFull, saysDiskFull } from './fault.mjs'
import { fingerprint, readStamp } from './fingerprint.mjs'

const STAMP = 'node_modules/.mimosa-install'
const DISK_FULL = 'the disk is full: npm needs about 1 GB for the packages. Free some and start again'
const FULL_MB = 4
const FULL_LOOKS = 5
const INPUTS = ['package-lock.json', '.npmrc', 'patches']

const wanted = () => fingerprint(INPUTS, [process.platform, process.arch])

/** Whether node_modules is what the lock file says; also true of an `npm ci` made by hand. */
export function isInstalled() {
	if (readStamp(STAMP) === wanted()) return true
	if (!matchesLockFile() || !isPatched()) return false
	writeFileSync(STAMP, wanted())
	return true
}

/** npm leaves a copy of what it installed; packages for other machines are missing from it. */
function matchesLockFile() {
	if (!existsSync('node_modules/.package-lock.json')) return false
	const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
	const installed = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8')).packages
	return Object.entries(locked).every(
		([path, entry]) =>
			path === '' ||
			(installed[path] ? installed[path].version === entry.version : entry.optional || entry.peer),
	)
}

/** npm can be told to run no install scripts, our own included: then the patch is not in. */
function isPatched() {
	const file = 'node_modules/postgres/src/index.js'
	return existsSync(file) && readFileSync(file, 'utf8').includes('TRANSACTION_ENDED')
}

/**
 * Installs what the lock file says.
 * @param {AbortSignal} [leaving]  ends npm
 * @returns {Promise<void>} rejects with a Fault when npm is missing or fails
 */
export async function install(leaving) {
	await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], leaving)
	if (!isPatched()) await run(process.execPath, ['node_modules/patch-package/index.js'], leaving)
	if (!isPatched())
		throw new Fault('the database driver could not be patched: delete node_modules and start again')
	writeFileSync(STAMP, wanted())
}

/**
 * On a full disk npm tries again and again for minutes, clears up and says nothing of the disk: we look ourselves.
 * @param {string[]} args
 * @param {AbortSignal} [leaving]
 */
async function runNpm(args, leaving) {
	const { npm_execpath: own, npm_node_execpath: node = process.execPath } = process.env
	const [program, ...first] = own?.endsWith('.js') ? [node, own] : ['npm']
	const full = new AbortController()
	let seen = 0
	const look = setInterval(() => {
		seen = isDiskFull('.', FULL_MB) ? seen + 1 : 0
		if (seen === FULL_LOOKS) full.abort()
	}, 1000)
	try {
		await run(program, [...first, ...args], AbortSignal.any(leaving ? [leaving, full.signal] : [full.signal]))
	} catch (error) {
		throw full.signal.aborted ? new Fault(DISK_FULL) : error
	} finally {
		clearInterval(look)
	}
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function run(program, args, signal) {
	// Windows finds npm.cmd only through its shell.
	const shell = process.platform === 'win32' && program === 'npm'
	return new Promise((resolve, reject) => {
		let words = ''
		const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], shell, signal })
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk) => {
				words = (words + chunk).slice(-20_000)
			})
		child.on('error', (error) => {
			const missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT'
			reject(missing ? new Fault('npm was not found. Install Node.js with npm (20.11 or later)') : error)
		})
		child.on('close', (code) => (code === 0 ? resolve() : reject(new Fault(whyNpmFailed(words)))))
	})
}

/** @param {string} words */
function whyNpmFailed(words) {
	if (saysDiskFull(words)) return DISK_FULL
	const said = words
		.split('\n')
		.map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
		.filter((line) => line && !/^(code|errno|syscall|A complete log|path|network (This|In most))/.test(line))
	return `npm could not install the packages (${said[0] ?? 'it gave no reason'}). Try by hand: npm ci --include=dev`
}

import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join, resolve } from 'node:path'
import { say } from './progress.mjs'
import { whenNpmEnds } from './run-start.mjs'

/**
 * What a running server keeps until it ends: socket handlers, settings, the pool. Pages are compiled anew by Vite on
 * their own.
 * @param {string} file  below app/
 */
const isKept = (file) =>
	/\.socket\.server\.ts$|^(platform|db)\/|^[\w-]+\.server\.ts$/.test(file.replaceAll('\\', '/'))

/** An editor saves a file in several steps, and several files at once. */
const SAVED_WITHIN_MS = 200

/** `npm run dev`: the server in development, started again when a file changes that it keeps. Ends the process. */
export function runDev() {
	const root = resolve(import.meta.dirname, '..')
	let leaving = false
	let again = false
	let child = start()

	function start() {
		again = false
		const started = spawn(process.execPath, [join(import.meta.dirname, 'start.mjs'), '--dev'], {
			stdio: 'inherit',
		})
		started.on('exit', (code, signal) => {
			if (!again || leaving) process.exit(code ?? (signal ? 1 : 0))
			child = start()
		})
		return started
	}

	/** @type {NodeJS.Timeout | undefined} */
	let saved
	watch(join(root, 'app'), { recursive: true }, (_event, file) => {
		if (!file || !isKept(file)) return
		clearTimeout(saved)
		saved = setTimeout(() => {
			if (again || leaving) return
			say(`app/${file} has changed: starting again`)
			again = true
			child.kill('SIGTERM')
		}, SAVED_WITHIN_MS)
	})

	const leave = (/** @type {NodeJS.Signals} */ signal) => {
		leaving = true
		child.kill(signal)
	}
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, leave)
	whenNpmEnds(() => leaving || leave('SIGTERM'))
}

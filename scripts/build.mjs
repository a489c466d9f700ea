import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { putInPlace } from './build-place.mjs'
import { Fault, lineFor, saysDiskFull } from './fault.mjs'
import { fingerprint, readStamp } from './fingerprint.mjs'
import { step } from './progress.mjs'

const PLACE = 'build'
/** Beside the one that may be serving: one that fails, or is cut short, leaves that as it was. */
const MADE = '.cache/build'
const STAMP = '.stamp'
/** Recordings are served as they lie there: a new one needs no build. */
const COPIED = readdirSync(join(import.meta.dirname, '../public'))
	.filter((name) => name !== 'audio')
	.map((name) => `public/${name}`)
const SOURCES = [
	'app',
	'locales',
	...COPIED,
	'server.ts',
	'vite.config.ts',
	'tsconfig.json',
	'package-lock.json',
	'scripts/build.mjs',
]

export const isBuilt = () => readStamp(join(PLACE, STAMP)) === fingerprint(SOURCES)

/**
 * Builds pages, assets and server, and puts them into build/ when all is there.
 * @param {AbortSignal} [leaving]  ends it
 */
export async function build(leaving) {
	// Taken before, so that a file saved while the build runs makes the next start build again.
	const stamp = fingerprint(SOURCES)
	rmSync(MADE, { recursive: true, force: true })
	await buildPages(leaving)
	compressAssets(join(MADE, 'client/assets'))
	await buildServer()
	await buildWorkers()
	writeFileSync(join(MADE, STAMP), stamp)
	putInPlace(MADE, PLACE)
}

/**
 * A copy of each text asset as small as brotli makes it (quality 11): an eighth less than what can be made while a
 * phone waits.
 * @param {string} folder
 */
function compressAssets(folder) {
	for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file)))
		writeFileSync(join(folder, `${name}.br`), brotliCompressSync(readFileSync(join(folder, name))))
}

/** @param {AbortSignal} [signal] @returns {Promise<void>} */
function buildPages(signal) {
	return new Promise((done, fail) => {
		let words = ''
		const child = spawn(process.execPath, ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build'], {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, NODE_ENV: 'production', BUILD_DIRECTORY: MADE },
			signal,
		})
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk) => {
				words = (words + chunk).slice(-50_000)
			})
		child.on('error', fail)
		child.on('close', (code) => {
			if (code === 0) return done()
			if (saysDiskFull(words)) return fail(Object.assign(new Error('build'), { code: 'ENOSPC' }))
			process.stderr.write(`${words.trimEnd()}\n`)
			fail(new Fault('the pages could not be built: the reason stands above'))
		})
	})
}

const BUNDLED = /** @type {const} */ ({
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	packages: 'external',
	logLevel: 'warning',
})

/** The server in one file: it is up in a second, without a compiler in production. */
async function buildServer() {
	const { build: bundle } = await import('esbuild')
	await bundle({ ...BUNDLED, entryPoints: ['server.ts'], outfile: join(MADE, 'server.js') })
}

const WORKERS = {
	'language-guess.worker.mjs': 'app/platform/language-guess.worker.mjs',
	'round.worker.mjs': 'app/features/mentoring/rounds/round-thread.server.ts',
}

/**
 * A thread starts from a file of its own, looked for beside the part of the server that starts it: which part that is,
 * the entry or one of its chunks, the bundler decides.
 */
async function buildWorkers() {
	const { build: bundle, stop } = await import('esbuild')
	const folders = [join(MADE, 'server'), join(MADE, 'server/assets')]
	for (const folder of folders.filter((name) => existsSync(name)))
		for (const [name, source] of Object.entries(WORKERS))
			await bundle({ ...BUNDLED, entryPoints: [source], outfile: join(folder, name) })
	// Its compiler is a process of its own, and would stay beside the server for as long as that runs.
	await stop()
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
	process.chdir(resolve(import.meta.dirname, '..'))
	await step('building', () => build()).catch((error) => {
		process.stderr.write(`mimosa: ${lineFor(error) ?? error.stack}\n`)
		process.exitCode = 1
	})
}

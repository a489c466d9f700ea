import { join, resolve } from 'node:path'
import { makeDataDir } from './data-dir.mjs'
import { Fault, isDiskFull, lineFor } from './fault.mjs'
import { say, secondsSince, stages } from './progress.mjs'
import { keepSecret } from './secret.mjs'
import { setUp } from './setup.mjs'
import { readWorkers } from './worker-count.mjs'
import { serveWithWorkers } from './workers.mjs'

/** @typedef {{ dev: boolean, reloadExample: boolean, dataDir: string }} Wishes */
/** @typedef {{ url: string, close: () => Promise<void>, replace?: () => Promise<void> }} Server */
/** @typedef {import('./postgres.mjs').Database} Database */
/** @typedef {{ opening?: Promise<Database>, database?: Database, starting?: Promise<Server>, server?: Server }} House  what is up */

/** npm passes Ctrl-C on to us though the terminal sent it to us already: that is one wish to stop, not two. */
const ONE_WISH_MS = 1000
const DATABASES = { real: 'mimosa', example: 'mimosa_example' }

/**
 * `npm start`, `npm run dev` and `npm run example`: sets up what is missing, brings the database and the app up, and
 * takes both down again in order. Ends the process.
 * @param {string[]} flags  --dev, --reload-example
 */
export async function runStart(flags) {
	const root = resolve(import.meta.dirname, '..')
	const dataDir = resolve(process.env.DATA_DIR || join(root, '.data'))
	process.chdir(root)
	/** @type {House} */
	const house = {}
	const leaving = onSignals(house)
	let code = 0
	try {
		const wishes = {
			dev: flags.includes('--dev'),
			reloadExample: flags.includes('--reload-example'),
			dataDir,
		}
		await Promise.race([openHouse(wishes, house, leaving), whenAborted(leaving)])
		await whenAborted(leaving)
	} catch (error) {
		code = complain(error, dataDir)
	}
	await closeHouse(house).catch((error) => {
		code = complain(error, dataDir)
	})
	process.exit(code)
}

/** @param {AbortSignal} signal @returns {Promise<void>} */
const whenAborted = (signal) =>
	new Promise((done) =>
		signal.aborted ? done() : signal.addEventListener('abort', () => done(), { once: true }),
	)

const ignore = () => {}

/**
 * The first signal asks the house to close in good order; one that comes later leaves at once.
 * @param {House} house
 */
function onSignals(house) {
	const leaving = new AbortController()
	let asked = 0
	const heard = () => {
		if (!asked) {
			asked = performance.now()
			say('stopping (once more: at once)')
			return leaving.abort()
		}
		if (performance.now() - asked < ONE_WISH_MS) return
		house.database?.leave()
		process.exit(130)
	}
	for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, heard)
	// From the first moment: unheard it would end us. While processes start, some of them may be of the version before.
	process.on('SIGUSR2', () => void house.starting?.then(({ replace }) => replace?.(), ignore))
	whenNpmEnds(() => asked || heard())
	// The terminal may be gone before we are: that is no reason to fall over while stopping.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
	return leaving.signal
}

/**
 * A signal sent to npm alone ends the shell between npm and us and never arrives here: we would stay behind, holding
 * the port. That we were given to another parent tells.
 * @param {() => unknown} then
 */
export function whenNpmEnds(then) {
	const parent = process.ppid
	if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && then(), 500).unref()
}

/** @param {Wishes} wishes @param {House} house @param {AbortSignal} leaving */
async function openHouse(wishes, house, leaving) {
	const began = performance.now()
	process.env.NODE_ENV = wishes.dev ? 'development' : 'production'
	if (readWorkers(process.env.WORKERS) > 1 && wishes.dev && process.env.WORKERS)
		throw new Fault('WORKERS is for "npm start": while developing there is one process. Unset it')
	// Before the minutes an install takes.
	if (process.env.DATABASE_URL) refuseExample(wishes)
	else makeDataDir(wishes.dataDir)
	await setUp({ building: !wishes.dev, leaving })
	if (leaving.aborted) return
	if (!process.env.DATABASE_URL) await openEmbedded(wishes, house)
	if (leaving.aborted) return
	house.starting = startServer(wishes, (server, notices) => {
		house.server = server
		process.stdout.write(`\n  Mimosa is ready: ${server.url}  (${secondsSince(began)})\n`)
		process.stdout.write(`${notices.map((line) => `  ${line}\n`).join('')}  Ctrl-C stops it.\n\n`)
	})
	await house.starting
}

/** A database of her own gets nothing invented, whatever the other settings say. @param {Wishes} wishes */
function refuseExample({ reloadExample }) {
	if (reloadExample || process.env.EXAMPLE === '1')
		throw new Fault('the example is only for the embedded database: unset DATABASE_URL, or set EXAMPLE=0')
	process.env.EXAMPLE ||= '0'
}

/** @param {Wishes} wishes @param {House} house */
async function openEmbedded({ dataDir, reloadExample }, house) {
	const { openDatabase } = await import('./postgres.mjs')
	const { EXAMPLE = '' } = process.env
	if (reloadExample && EXAMPLE === '0')
		throw new Fault('EXAMPLE=0 asks for a house without the example: unset it')
	const stage = stages()
	stage.next('starting the database')
	try {
		house.opening = openDatabase({ dataDir, databases: Object.values(DATABASES), onProgress: say })
		house.database = await house.opening
	} finally {
		stage[house.database ? 'done' : 'failed']()
	}
	house.database.keepUp(say)
	process.env.EXAMPLE = EXAMPLE || '1'
	process.env.DATABASE_URL = house.database.url(EXAMPLE === '0' ? DATABASES.real : DATABASES.example)
	process.env.SESSION_SECRET ||= keepSecret(join(dataDir, 'session-secret'))
}

/** What serves: while developing this process, else those that it starts. @param {boolean} dev */
async function readServe(dev) {
	if (dev) return (await (await import('tsx/esm/api')).tsImport('../server.ts', import.meta.url)).serve
	const count = readWorkers(process.env.WORKERS)
	return (/** @type {object} */ wishes) => serveWithWorkers({ count, ...wishes })
}

/**
 * @param {Wishes} wishes
 * @param {(server: Server, notices: string[]) => void} onServing  the first process serves, and others may be on their way
 * @returns {Promise<Server>}
 */
async function startServer({ dev, reloadExample }, onServing) {
	const serve = await readServe(dev)
	/** @type {string[]} */
	const notices = []
	const stage = stages()
	const tellServing = (/** @type {Server} */ server) => {
		stage.done()
		onServing(server, notices)
	}
	stage.next('starting the server')
	try {
		const server = await serve({
			dev,
			reloadExample,
			onProgress: stage.next,
			onNotice: (/** @type {string} */ line) => notices.push(line),
			onServing: tellServing,
		})
		if (dev) tellServing(server)
		return server
	} finally {
		stage.failed()
	}
}

/** @param {House} house */
async function closeHouse({ server, opening }) {
	await server?.close()
	// Asked to leave while the database was still coming up: it is not left behind.
	const database = await opening?.catch(() => undefined)
	await database?.stop()
}

/** Says in one line why it cannot go on; only a fault nobody foresaw shows its stack. @param {unknown} error @param {string} dataDir */
function complain(error, dataDir) {
	const known = isDiskFull(dataDir) ? lineFor({ code: 'ENOSPC' }) : lineFor(error)
	process.stderr.write(`mimosa: ${known ?? (error instanceof Error ? error.stack : error)}\n`)
	return 1
}

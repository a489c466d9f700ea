import { existsSync, readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { Fault, lineFor } from './fault.mjs'
import { openDatabase, urlOfRunning } from './postgres.mjs'

/**
 * A database to back up or to restore into, as the role that owns its tables.
 * @typedef {object} House
 * @property {import('postgres').Sql} sql
 * @property {boolean} example  whether it is that of the invented community
 * @property {boolean} embedded  whether it is ours, in DATA_DIR
 * @property {string} dataDir
 * @property {string | undefined} secret  SESSION_SECRET, as far as it is known here
 * @property {() => Promise<void>} close
 */

const NAMES = { real: 'mimosa', example: 'mimosa_example' }

/** What PostgreSQL or the way to it says, for an operator. Never its own words: they may repeat what is in a row. */
const FAULTS = {
	'28P01': 'the database refuses the name or password in its address',
	28000:
		'the database refuses the name in its address, or a connection that is not encrypted (?sslmode=require)',
	'3D000': 'there is no database of that name',
	42501: 'the database refuses: give the address of the role that owns the tables in DATABASE_OWNER_URL',
	53100: 'the disk of the database is full',
	'55P03': 'the database is being migrated: try again in a minute',
	'57P01': 'the database was stopped meanwhile',
	CONNECTION_CLOSED: 'the database went away meanwhile',
	CONNECTION_ENDED: 'stopped',
	CONNECTION_DESTROYED: 'stopped',
	CONNECT_TIMEOUT: 'the database does not answer: is it running?',
	ECONNREFUSED: 'the database does not answer: is it running?',
	ENOTFOUND: 'the database does not answer: is it running?',
	EPIPE: 'who was to take the backup has gone',
}

/** @param {unknown} error */
function explain(error) {
	const { code = '', name, table_name: table } = /** @type {import('postgres').PostgresError} */ (error)
	if (Object.hasOwn(FAULTS, code)) return FAULTS[/** @type {keyof typeof FAULTS} */ (code)]
	if (name === 'PostgresError')
		return `the database refuses what is in the backup (${[code, table].filter(Boolean).join(', ')}). Nothing was changed`
	const known = lineFor(error)
	if (known || !(error instanceof Error)) return known ?? error
	// What the system says is a line; only a fault of our own code needs to be found.
	return code ? error.message : error.stack
}

/**
 * Runs a command to its end: a fault is one line and exit code 1, and a signal a fault.
 * @param {(leaving: AbortSignal) => Promise<void>} work
 */
export async function run(work) {
	const leaving = new AbortController()
	const stop = () => leaving.abort()
	for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, stop)
	await work(leaving.signal).catch((error) => {
		process.stderr.write(`mimosa: ${leaving.signal.aborted ? 'stopped' : explain(error)}\n`)
		process.exitCode = 1
	})
	for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.off(name, stop)
}

/**
 * A connection that sends at once what it is given: the driver's own waits twice for an answer to each COPY, 40 ms each.
 * @param {{ host: string[], port: number[], path?: string }} where  @returns {Promise<import('node:net').Socket>}
 */
function openSocket({ host: [host = ''], port: [port = 0], path }) {
	const socket = path ? createConnection(path) : createConnection({ host, port, noDelay: true })
	return new Promise((opened, failed) => {
		socket.once('error', failed)
		// The driver looks for the name there when it asks for the server's certificate.
		socket.once('connect', () => opened(Object.assign(socket.off('error', failed), { host, port })))
	})
}

/** @param {string} url @param {string} name */
const connect = (url, name) =>
	postgres(url, {
		...{ socket: openSocket },
		max: 1,
		connect_timeout: 10,
		idle_timeout: 0,
		max_lifetime: null,
		onnotice: () => {},
		connection: { application_name: name },
	})

const readSettings = () => {
	const { DATABASE_OWNER_URL, DATABASE_URL, DATA_DIR, EXAMPLE, SESSION_SECRET } = process.env
	const dataDir = resolve(DATA_DIR || '.data')
	const kept = join(dataDir, 'session-secret')
	const url = DATABASE_OWNER_URL || DATABASE_URL
	const ofHouse = !url && existsSync(kept) ? readFileSync(kept, 'utf8').trim() : undefined
	const example = !url && EXAMPLE !== '0'
	return { url, house: { dataDir, example, embedded: !url, secret: SESSION_SECRET || ofHouse } }
}

/**
 * The community's database, running or not.
 * @returns {Promise<House>}
 */
export async function openToRead() {
	const { url, house } = readSettings()
	const { dataDir, example } = house
	const name = example ? NAMES.example : NAMES.real
	if (url) return { ...house, ...reach(url, 'mimosa-backup') }
	if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION')))
		throw new Fault(`there is no database in ${dataDir}: say where it is in DATA_DIR or DATABASE_URL`)
	const running = await urlOfRunning(dataDir, name).catch(() => undefined)
	if (running) return { ...house, ...reach(running, 'mimosa-backup') }
	return { ...house, ...(await open(dataDir, name, 'mimosa-backup')) }
}

/**
 * A database to restore into: the one in DATABASE_URL, or that of a DATA_DIR that no server uses, made if it is missing.
 * @returns {Promise<House>}
 */
export async function openToFill() {
	const { url, house } = readSettings()
	if (url) return { ...house, ...reach(url, 'mimosa-restore') }
	const name = house.example ? NAMES.example : NAMES.real
	return { ...house, ...(await open(house.dataDir, name, 'mimosa-restore')) }
}

/** @param {string} url @param {string} as */
function reach(url, as) {
	const sql = connect(url, as)
	return { sql, close: () => sql.end({ timeout: 0 }) }
}

/** @param {string} dataDir @param {string} name @param {string} as */
async function open(dataDir, name, as) {
	const database = await openDatabase({ dataDir, databases: [name] })
	const { sql, close } = reach(database.url(name), as)
	return { sql, close: () => close().finally(() => database.stop()) }
}

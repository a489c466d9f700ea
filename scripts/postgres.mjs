import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { makeDataDir } from './data-dir.mjs'
import { Fault } from './fault.mjs'
import { isAlive, takeLock } from './lock.mjs'
import { checkVersion, makeCluster } from './postgres-cluster.mjs'
import { findCluster } from './postgres-place.mjs'
import { livingPostmaster, startPostmaster, stopPostmaster, waitUntilReady } from './postgres-postmaster.mjs'
import { keepSecret } from './secret.mjs'

/** @typedef {import('./postgres-cluster.mjs').Cluster} Cluster */
/**
 * @typedef {object} Database
 * @property {(name: string) => string} url  for the app: an ordinary role that owns the databases
 * @property {(name: string) => string} adminUrl  for making and dropping databases: the superuser
 * @property {number} pid  of the postmaster
 * @property {() => Promise<void>} crash  ends it as a power cut would and starts it again on the same port (tests)
 * @property {(tell: (line: string) => void) => void} keepUp  starts it again should it ever end by itself
 * @property {() => void} leave  asks it to end and does not wait
 * @property {() => Promise<void>} stop
 */

const APP_ROLE = 'mimosa'

/**
 * Opens the embedded Postgres below `dataDir`: makes it the first time, takes over the one a killed process left
 * running, starts it otherwise; then makes the named databases that are missing.
 * @param {{ dataDir: string, databases?: string[], throwaway?: boolean, onProgress?: (line: string) => void }} options
 *   throwaway: faster, and lost when the machine stops (tests)
 * @returns {Promise<Database>} rejects with a Fault that says what to do
 */
export async function openDatabase({ dataDir, databases = [], throwaway = false, onProgress = () => {} }) {
	const home = resolve(dataDir)
	makeDataDir(home)
	const lock = await takeLock(join(home, 'lock'))
	if ('holder' in lock)
		throw new Fault(
			`already running on ${home} (process ${lock.holder}). Stop it first, or choose another folder in DATA_DIR`,
		)
	try {
		const secret = keepSecret(join(home, 'postgres-secret'))
		const cluster = findCluster(home, throwaway, onProgress)
		const started = await bringUp(cluster, wordFor(secret, 'postgres'), onProgress)
		const database = handleFor(cluster, started, secret, lock.release)
		await furnish(database, wordFor(secret, APP_ROLE), databases).catch(async (error) => {
			await stopPostmaster(cluster, 'fast')
			throw error
		})
		return database
	} catch (error) {
		lock.release()
		throw error
	}
}

/**
 * The address of a database in a cluster that another process runs: for tests, which look or turn clocks back there.
 * @param {string} dataDir @param {string} name
 * @returns {Promise<string>} rejects with a Fault where none runs
 */
export async function urlOfRunning(dataDir, name) {
	const home = resolve(dataDir)
	const living = await livingPostmaster(findCluster(home, false, () => {}))
	if (!living) throw new Fault(`no database runs on ${home}`)
	return urlFor(living.port, keepSecret(join(home, 'postgres-secret')), APP_ROLE, name)
}

/** Each role its own password, from one secret. @param {string} secret @param {string} role */
const wordFor = (secret, role) => createHmac('sha256', secret).update(role).digest('base64url')

/** @param {number} port @param {string} secret @param {string} role @param {string} name  of the database */
const urlFor = (port, secret, role, name) =>
	`postgres://${role}:${wordFor(secret, role)}@127.0.0.1:${port}/${name}`

/**
 * @param {Cluster} cluster @param {string} password  of the superuser @param {(line: string) => void} onProgress
 */
async function bringUp(cluster, password, onProgress) {
	if (!existsSync(join(cluster.data, 'PG_VERSION'))) {
		onProgress('making the database, once')
		await makeCluster(cluster, password)
	}
	checkVersion(cluster)
	const living = (await livingPostmaster(cluster)) && (await waitUntilReady(cluster, 60))
	return living ?? (await startPostmaster(cluster))
}

/**
 * @param {Cluster} cluster
 * @param {import('./postgres-postmaster.mjs').Postmaster} started
 * @param {string} secret
 * @param {() => void} release
 * @returns {Database}
 */
function handleFor(cluster, started, secret, release) {
	let { pid } = started
	let restarting = false
	/** @type {NodeJS.Timeout | undefined} */
	let watch
	const { port } = started
	const urlOf = (/** @type {string} */ role) => (/** @type {string} */ name) =>
		urlFor(port, secret, role, name)
	return {
		url: urlOf(APP_ROLE),
		adminUrl: urlOf('postgres'),
		get pid() {
			return pid
		},
		async crash() {
			await stopPostmaster(cluster, 'immediate')
			pid = (await startPostmaster(cluster, port)).pid
		},
		keepUp(tell) {
			watch = setInterval(async () => {
				if (restarting || isAlive(pid)) return
				restarting = true
				tell('the database ended by itself: starting it again')
				await startPostmaster(cluster, port)
					.then((again) => {
						pid = again.pid
					})
					.catch((error) => tell(error.message))
				restarting = false
			}, 1000)
		},
		leave() {
			clearInterval(watch)
			process.kill(pid, 'SIGINT')
		},
		async stop() {
			clearInterval(watch)
			await stopPostmaster(cluster, 'fast')
			release()
		},
	}
}

/**
 * The app's role and the databases that are missing. Not the superuser: a hole in the app must not reach the disk.
 * @param {Database} database @param {string} password  of the app's role @param {string[]} names
 */
async function furnish({ adminUrl }, password, names) {
	await asAdmin(adminUrl('postgres'), async (sql) => {
		const [role] = await sql`select from pg_roles where rolname = ${APP_ROLE}`
		if (!role) {
			// CREATE ROLE takes no parameters; format() quotes the word inside the database.
			await sql`select set_config('mimosa.word', ${password}, false)`
			await sql`do $$ begin execute format('create role mimosa login password %L', current_setting('mimosa.word')); end $$`
		}
		const existing = new Set((await sql`select datname from pg_database`).map(({ datname }) => datname))
		for (const name of names) if (!existing.has(name)) await create(sql, name)
	})
}

/**
 * Makes a database of the app's role, empty or as a copy of another one (which nobody may be connected to).
 * @param {string} adminUrl  to any other database
 * @param {string} name
 * @param {{ template?: string }} [options]
 */
export const createDatabase = (adminUrl, name, { template } = {}) =>
	asAdmin(adminUrl, (sql) => create(sql, name, template))

/** Drops a database and whoever is connected to it. @param {string} adminUrl @param {string} name */
export const dropDatabase = (adminUrl, name) =>
	asAdmin(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`)

/** @param {postgres.Sql} sql @param {string} name @param {string} [template] */
async function create(sql, name, template) {
	// Encoding and letters are those the cluster was made with.
	const source = template ?? 'template0'
	await sql`create database ${sql(name)} owner ${sql(APP_ROLE)} template ${sql(source)}`
}

/**
 * @template T
 * @param {string} url
 * @param {(sql: postgres.Sql) => Promise<T>} work
 */
async function asAdmin(url, work) {
	const sql = postgres(url, { max: 1, connect_timeout: 10, fetch_types: false, onnotice: () => {} })
	try {
		return await work(sql)
	} catch (error) {
		if (/** @type {{ code?: string }} */ (error).code !== '28P01') throw error
		throw new Fault(
			'the secret in DATA_DIR/postgres-secret is not the one this database was made with: put that one back',
		)
	} finally {
		await sql.end({ timeout: 5 })
	}
}

import { execFile } from 'node:child_process'
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Fault, saysDiskFull } from './fault.mjs'

/**
 * One Postgres on disk.
 * @typedef {object} Cluster
 * @property {string} data    its data folder (PGDATA)
 * @property {string} native  where bin/ and lib/ are
 * @property {import('./postgres-runner.mjs').Runner | null} runner
 * @property {boolean} throwaway  may lose everything when the machine stops (tests)
 */
const SUPERUSER = 'postgres'
const MAJOR = '18'

/** pg_trgm asks the C library which characters are letters: with the last of these it finds none outside ASCII. */
const CTYPES = ['C.UTF-8', 'en_US.UTF-8', 'C']

export const program = (/** @type {Cluster} */ cluster, /** @type {string} */ name) =>
	join(cluster.native, 'bin', name)

/** Only what Postgres needs: our secrets stay out of its environment, and PGPORT and its like out of its mind. */
export const spawnOptions = (/** @type {Cluster} */ { native, runner }) => ({
	cwd: native,
	env: {
		PATH: process.env.PATH,
		LC_ALL: 'C',
		LD_LIBRARY_PATH: join(native, 'lib'),
		SystemRoot: process.env.SystemRoot,
	},
	...(runner && { uid: runner.uid, gid: runner.gid }),
})

/**
 * Makes the data folder. It is finished under another name first: a start cut short leaves nothing half made.
 * @param {Cluster} cluster
 * @param {string} password  of the superuser
 */
export async function makeCluster(cluster, password) {
	const { data, runner } = cluster
	const half = `${data}.new`
	const words = `${data}.word`
	writeFileSync(words, password, { mode: 0o600 })
	try {
		for (const ctype of CTYPES) {
			rmSync(half, { recursive: true, force: true })
			mkdirSync(half, { mode: 0o700 })
			if (runner) for (const path of [half, words]) chownSync(path, runner.uid, runner.gid)
			const said = await runInitdb(cluster, [`--pgdata=${half}`, `--pwfile=${words}`, `--lc-ctype=${ctype}`])
			if (said === null) return renameSync(half, data)
			if (ctype === CTYPES.at(-1) || !said.includes('invalid locale name')) throw whyNot(said)
		}
	} finally {
		rmSync(words, { force: true })
		rmSync(half, { recursive: true, force: true })
	}
}

/**
 * @param {Cluster} cluster @param {string[]} args
 * @returns {Promise<string | null>}  what it said when it failed
 */
async function runInitdb(cluster, args) {
	// The builtin provider knows the case of every script alike on each system; the C library's own locales differ.
	const locale = [
		'--encoding=UTF8',
		'--lc-collate=C',
		'--locale-provider=builtin',
		'--builtin-locale=C.UTF-8',
	]
	const access = ['--auth=scram-sha-256', `--username=${SUPERUSER}`]
	const sync = cluster.throwaway ? ['--no-sync'] : []
	try {
		await promisify(execFile)(
			program(cluster, 'initdb'),
			[...args, ...locale, ...access, ...sync],
			spawnOptions(cluster),
		)
		return null
	} catch (error) {
		const { stdout = '', stderr = '' } = /** @type {{ stdout?: string, stderr?: string }} */ (error)
		return `${stdout}\n${stderr}\n${error}`
	}
}

/** @param {Cluster} cluster */
export function checkVersion({ data }) {
	const major = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
	if (major === MAJOR) return
	throw new Fault(
		`${data} was made by Postgres ${major} and this is ${MAJOR}: move it away, or choose another DATA_DIR`,
	)
}

/**
 * One line out of what Postgres said.
 * @param {string} words
 * @param {unknown} [cause]
 */
export function whyNot(words, cause) {
	if (saysDiskFull(words)) return Object.assign(new Error('postgres', { cause }), { code: 'ENOSPC' })
	const lines = words.split('\n').filter((line) => /FATAL|PANIC|error:|could not/i.test(line))
	const said = lines
		.at(0)
		?.replace(/^.*?(FATAL|PANIC|error):\s*/, '')
		.trim()
	return new Fault(
		`the embedded Postgres did not start (${said || words.trim().split('\n').at(-1) || cause})`,
	)
}

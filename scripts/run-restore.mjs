import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { checkChain, sentence } from './audit-chain.mjs'
import { BackupReader, Tally } from './backup-file.mjs'
import { openToFill, run } from './backup-house.mjs'
import { quoted, readTables, rowsOf, setUpTransaction } from './backup-tables.mjs'
import { Fault } from './fault.mjs'
import { say, secondsSince } from './progress.mjs'
import { migrateTo, migrationsOf, requireEmpty, setAside } from './restore-schema.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('./backup-tables.mjs').Tx} Tx */
/** @typedef {import('./backup-tables.mjs').Table} Table */
/** @typedef {import('./backup-house.mjs').House} House */
/** @typedef {import('./backup-file.mjs').Head} Head */
/** @typedef {import('./backup-file.mjs').Sum} Sum */

const STDIN = '-'
const OTHER_TABLES = 'this backup has other tables than its version of Mimosa. Nothing was changed'

/** @typedef {{ file: string, check: boolean, keepSessions: boolean }} Wishes */

/** @param {string[]} args @returns {Wishes} */
function readWishes(args) {
	const options = /** @type {const} */ ({ check: { type: 'boolean' }, 'keep-sessions': { type: 'boolean' } })
	const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
	const [name, ...more] = positionals
	if (!name || more.length > 0) throw new Fault('say which backup: npm run restore -- FILE')
	const file = name === STDIN ? name : resolve(process.env.INIT_CWD ?? '.', name)
	return { file, check: values.check === true, keepSessions: values['keep-sessions'] === true }
}

/**
 * `npm run restore`: a community out of one file, into an empty database, or nothing at all (docs/running.md). Ends with
 * exit code 1 where nothing was restored.
 * @param {string[]} args  a file or "-"; --check only reads; --keep-sessions leaves signed in who was
 */
export const runRestore = (args) =>
	run(async (leaving) => {
		const { file, check, keepSessions } = readWishes(args)
		process.chdir(resolve(import.meta.dirname, '..'))
		await setUp({ building: false, leaving })
		const began = performance.now()
		// What a pipe brings is looked at as it comes; all of it is one transaction either way.
		if (check || isKept(file)) {
			const { head, rows } = await look(openFile(file))
			if (check) return say(`The backup is whole: ${rows} rows, made ${head.made} (${secondsSince(began)})`)
		}
		const house = await openToFill()
		try {
			const rows = await fill(house, openFile(file), keepSessions, leaving)
			say(`Restored ${rows} rows (${secondsSince(began)}).${keepSessions ? '' : ' Everyone is signed out.'}`)
			// A database that was just filled knows nothing yet of how its rows are spread.
			await house.sql`analyze`
			await tell(house)
		} finally {
			await house.close()
		}
	})

/** Whether it can be read twice. @param {string} file */
function isKept(file) {
	if (file === STDIN) return false
	const found = statSync(file, { throwIfNoEntry: false })
	if (!found || found.isDirectory()) throw new Fault(`there is no file ${file}`)
	return found.isFile()
}

/** @param {string} file */
const openFile = (file) => (file === STDIN ? process.stdin : createReadStream(file))

/** @param {Sum[]} sums */
const countOf = (sums) => sums.reduce((all, { rows }) => all + rows, 0)

/** Reads a backup to its end. @param {import('node:stream').Readable} stream */
async function look(stream) {
	const reader = new BackupReader(stream)
	const head = await reader.head()
	const sums = await reader.tables(head, async ({ rows }) => {
		for await (const _ of rows);
	})
	await reader.end()
	return { head, rows: countOf(sums) }
}

/**
 * @param {House} house @param {import('node:stream').Readable} stream
 * @param {boolean} keepSessions @param {AbortSignal} leaving
 * @returns {Promise<number>} how many rows
 */
async function fill({ sql, example }, stream, keepSessions, leaving) {
	leaving.addEventListener('abort', () => sql.end({ timeout: 0 }))
	try {
		return await sql.begin(async (tx) => {
			const rows = await restore(tx, example, new BackupReader(stream))
			// Who signed out since, or took her account out of a phone that is not hers, would be signed in there again.
			if (!keepSessions) await tx`delete from sessions`
			return rows
		})
	} finally {
		stream.destroy()
	}
}

/** @param {Tx} tx @param {boolean} example @param {BackupReader} reader @returns {Promise<number>} how many rows */
async function restore(tx, example, reader) {
	await setUpTransaction(tx)
	await requireEmpty(tx)
	const head = await reader.head()
	if (head.example !== example)
		throw new Fault(
			head.example
				? 'this is a backup of the example: unset DATABASE_URL and EXAMPLE. Nothing was changed'
				: 'this is a backup of a real community: set EXAMPLE=0. Nothing was changed',
		)
	await migrateTo(tx, migrationsOf(head.migrations))
	const tables = new Map((await readTables(tx)).map((table) => [table.name, table]))
	if (tables.size !== head.tables.length) throw new Fault(OTHER_TABLES)
	const putBack = await setAside(tx)
	await emptyTables(tx, [...tables.keys()])
	const sums = await reader.tables(head, (read) => load(tx, tables.get(read.name), read))
	for (const { name, last, called } of await reader.end())
		await tx`select setval(${quoted(name)}::regclass, ${last}::bigint, ${called})`
	await putBack()
	await compare(tx, tables, head, sums)
	return countOf(sums)
}

/**
 * Some migrations write rows of their own; the backup has them as they became. Only what holds some: Postgres waits for
 * the disk with each table it truncates.
 * @param {Tx} tx @param {string[]} names
 */
async function emptyTables(tx, names) {
	for (const name of names.map(quoted)) {
		const [row] = await tx.unsafe(`select from ${name} limit 1`)
		if (row) await tx.unsafe(`delete from ${name}`)
	}
}

/**
 * @param {Tx} tx @param {Table | undefined} table
 * @param {{ name: string, columns: string[], rows: AsyncIterable<Buffer> }} read
 */
async function load(tx, table, { name, columns, rows }) {
	if (!table || table.columns.join() !== columns.join()) throw new Fault(OTHER_TABLES)
	const copy = `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`
	await pipeline(rows, await tx.unsafe(copy).writable())
}

/**
 * Reads every row again: what is in the tables is what was read from the file, or nothing is kept.
 * @param {Tx} tx @param {Map<string, Table>} tables @param {Head} head @param {Sum[]} sums
 */
async function compare(tx, tables, head, sums) {
	for (const [n, name] of head.tables.entries()) {
		const tally = new Tally()
		const table = /** @type {Table} */ (tables.get(name))
		for await (const _ of tally.over(rowsOf(tx, table)));
		const { rows, sha256 } = tally.sum()
		if (rows !== sums[n]?.rows || sha256 !== sums[n]?.sha256)
			throw new Fault(`the rows of ${name} came out other than they were. Nothing was changed`)
	}
}

/** What she must know before the start. @param {House} house */
async function tell({ sql, secret, dataDir, embedded }) {
	const { entries, head, fault } = await checkChain(sql)
	if (fault) say(`The audit log was not whole when the backup was made. ${sentence(fault)}`)
	else say(`The audit log is whole: ${entries} entries.${head ? ` Its last mark: ${head.mark}` : ''}`)
	const [kept] = await sql`select value from installation where key = 'secret-mark'`
	if (!kept) return
	if (secret && markOf(secret) === kept.value) return
	const place = embedded ? `into ${join(dataDir, 'session-secret')}` : 'into SESSION_SECRET'
	say(
		`${secret ? 'SESSION_SECRET is another one here. ' : ''}Before the start: put the backup's own ${place}`,
	)
}

/** As secretMark in app/db/migrate.server.ts. @param {string} secret */
const markOf = (secret) =>
	createHash('sha256').update(`mimosa:secret-mark:${secret}`).digest('hex').slice(0, 24)

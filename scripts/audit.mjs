import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { checkChain, closeSegment, sentence } from './audit-chain.mjs'
import { Fault, lineFor } from './fault.mjs'
import { urlOfRunning } from './postgres.mjs'

// Looks whether the audit log is whole (docs/operation.md). Exit code 1: it is not, or could not be read.
//   npm run audit
//   npm run audit -- --since MARK     also whether its end was cut off since that mark was printed
//   npm run audit -- --close 2024-11-01    closes the segment before that day, and keeps its last mark

/** @param {string} name */
function optionOf(name) {
	const at = process.argv.indexOf(name)
	if (at === -1) return undefined
	const value = process.argv[at + 1]
	if (!value) throw new Fault(`${name} needs a value`)
	return value
}

/** The address of the database: her own, or the one that `npm start` runs at this moment. */
function findUrl() {
	const { DATABASE_OWNER_URL, DATABASE_URL, DATA_DIR, EXAMPLE } = process.env
	const root = resolve(import.meta.dirname, '..')
	return (
		DATABASE_OWNER_URL ||
		DATABASE_URL ||
		urlOfRunning(DATA_DIR || join(root, '.data'), EXAMPLE === '0' ? 'mimosa' : 'mimosa_example')
	)
}

/** @param {{ place: number, mark: string } | null} head */
const keep = (head) => (head ? `\n  Its last mark, to be kept elsewhere: ${head.mark}` : '')

/** @param {postgres.Sql} sql @param {string} day */
async function close(sql, day) {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Fault('--close needs a day such as 2024-11-01')
	const { entries, head } = await closeSegment(sql, new Date(`${day}T00:00:00Z`))
	process.stdout.write(`  ${entries} entries from before ${day} are gone.${keep(head)}\n`)
}

/** @param {postgres.Sql} sql @param {string} [since] */
async function check(sql, since) {
	if (since !== undefined && !/^[0-9a-f]{64}$/.test(since))
		throw new Fault('--since needs a mark: 64 letters and digits')
	const began = performance.now()
	const { entries, head, fault } = await checkChain(sql, { since })
	if (fault) throw new Fault(`the audit log is not whole. ${sentence(fault)}`)
	const seconds = ((performance.now() - began) / 1000).toFixed(1)
	process.stdout.write(`  The audit log is whole: ${entries} entries (${seconds} s).${keep(head)}\n`)
}

async function run() {
	const [day, since] = [optionOf('--close'), optionOf('--since')]
	const sql = postgres(await findUrl(), { max: 1, onnotice: () => {}, connect_timeout: 5 })
	try {
		await (day === undefined ? check(sql, since) : close(sql, day))
	} finally {
		await sql.end({ timeout: 5 })
	}
}

await run().catch((error) => {
	process.stderr.write(`mimosa: ${lineFor(error) ?? (error instanceof Error ? error.message : error)}\n`)
	process.exitCode = 1
})

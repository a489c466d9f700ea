import { Fault } from './fault.mjs'

/** @typedef {import('postgres').TransactionSql} Tx */
/** @typedef {{ name: string, columns: string[], order: string }} Table  `order`: SQL that puts any rows of it in one order */

/** How values are written as text: the same for who writes a backup and who compares with it. */
const AS_TEXT = {
	timezone: 'UTC',
	datestyle: 'ISO, YMD',
	intervalstyle: 'postgres',
	extra_float_digits: '1',
	bytea_output: 'hex',
}

/**
 * Makes a transaction wait for its own work as long as it takes, and write every value in one way.
 * @param {Tx} tx
 */
export async function setUpTransaction(tx) {
	const settings = { ...AS_TEXT, statement_timeout: '0', idle_in_transaction_session_timeout: '0' }
	for (const [name, value] of Object.entries(settings)) await tx`select set_config(${name}, ${value}, true)`
}

/**
 * Tables whose rows a backup holds, by name. Not what Postgres itself empties after a crash (unlogged: counts of
 * attempts), nor the parts of a divided table, whose rows are read and written through the whole.
 * @param {import('postgres').Sql | Tx} sql
 * @returns {Promise<Table[]>}
 */
export async function readTables(sql) {
	/** @type {{ name: string, columns: string[], key: string[] | null, all: string[] }[]} */
	const tables = await sql`
		select c.relname as name,
			(select array_agg(a.attname::text order by a.attnum) from pg_attribute a
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
			(select array_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end order by k.n)
				from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k (attnum, n)
				join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
				where i.indrelid = c.oid and i.indisprimary) as key,
			(select array_agg(quote_ident(a.attname) || '::text collate "C"' order by a.attnum) from pg_attribute a
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as all
		from pg_class c
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
			and c.relpersistence = 'p' and not exists (
				select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
		order by c.relname collate "C"`
	return tables.map(({ name, columns, key, all }) => ({ name, columns, order: (key ?? all).join(', ') }))
}

/** A name as SQL takes it. @param {string} name */
export const quoted = (name) => `"${name.replaceAll('"', '""')}"`

/**
 * The rows of a table as COPY writes them, in one order.
 * @param {Tx} tx @param {Table} table
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* rowsOf(tx, { name, columns, order }) {
	const query = `select ${columns.map(quoted).join(', ')} from ${quoted(name)} order by ${order}`
	const stream = await tx.unsafe(`copy (${query}) to stdout`).readable()
	yield* stream
	// Where the last rows came faster than they were read, the driver has stopped listening and would stay so.
	stream._read(0)
}

/** @param {Tx} tx @returns {Promise<{ name: string, last: string, called: boolean }[]>} */
export async function readSequences(tx) {
	const names = await tx`
		select relname::text as name from pg_class
		where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname collate "C"`
	const sequences = []
	for (const { name } of names) {
		const [row] = await tx`select last_value::text as last, is_called as called from ${tx(name)}`
		sequences.push({ name, last: row?.last, called: row?.called })
	}
	return sequences
}

/**
 * The migrations a database has run, in order; none where it was never migrated.
 * @param {import('postgres').Sql | Tx} sql
 * @returns {Promise<{ hash: string, at: number }[]>}
 */
export async function readMigrations(sql) {
	const [journal] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
	if (!journal?.exists) return []
	return sql`select hash, created_at::float8 as at from drizzle.__drizzle_migrations order by created_at`
}

/**
 * Reads everything as it stands at one moment. Whoever writes meanwhile is not held up; a migration waits.
 * @template T
 * @param {import('postgres').Sql} sql
 * @param {(tx: Tx, tables: Table[], migrations: { hash: string, at: number }[]) => Promise<T>} work
 * @returns {Promise<T>} rejects with a Fault where there is nothing to back up
 */
export async function atOneMoment(sql, work) {
	const before = await readTables(sql)
	if (before.length === 0 || (await readMigrations(sql)).length === 0)
		throw new Fault('there is no community in this database yet: nothing to back up')
	return /** @type {Promise<T>} */ (
		sql.begin('isolation level repeatable read read only', async (tx) => {
			await tx`set local lock_timeout = '10s'`
			// Before the first SELECT, with which the moment is chosen: no table may change its shape after it.
			await tx.unsafe(`lock table ${before.map(({ name }) => quoted(name)).join(', ')} in access share mode`)
			await setUpTransaction(tx)
			const tables = await readTables(tx)
			if (JSON.stringify(tables) !== JSON.stringify(before))
				throw new Fault('the database was migrated just now: run the backup again')
			return work(tx, tables, await readMigrations(tx))
		})
	)
}

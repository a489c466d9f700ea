import { createHash } from 'node:crypto'
import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import type postgres from 'postgres'
import { StartError } from '~/platform/errors'
import { databaseFault } from '~/platform/log.server'
import { connect } from './client.server'
import { type Applied, historyFault, knownMigrations } from './history'
import { setUpApplicationRole } from './roles.server'

/** "mimosa" in the ASCII codes of its letters, cut to what fits: any number will do, the same for every process. */
const MIGRATION_LOCK = 0x6d696d6f
const OLDEST_SERVER = 150_000
const MIGRATIONS = path.resolve('drizzle')

/**
 * Brings the schema up to date; processes that start together take turns (drizzle's own migrate() has no lock). Where
 * the application has a role of its own, that role is given what it needs (roles.server.ts).
 */
export async function migrateDatabase(url: string, applicationUrl = url) {
	const sql = connect(url, 1)
	try {
		await sql`set statement_timeout = 0`
		await sql`set lock_timeout = 0`
		await checkServer(sql)
		await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
		await checkHistory(sql)
		await migrate(drizzle(sql), { migrationsFolder: MIGRATIONS })
		if (applicationUrl !== url) await setUpApplicationRole(sql, applicationUrl)
	} catch (error) {
		throw startFault(error)
	} finally {
		await sql.end({ timeout: 5 })
	}
}

/**
 * Refuses a server too old, or one whose letters are bytes: search would not find a word outside Latin. Small and
 * capital letters are the locale provider's; trigrams are not: up to PostgreSQL 18 they ask LC_CTYPE what a letter is,
 * and with "C" there are none in "жена", whatever the provider.
 */
async function checkServer(sql: postgres.Sql) {
	const [row] = await sql<{ version: number; encoding: string; lower: string; ctype: string }[]>`
		select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
			lower('ЖЕНА') as lower, datctype as ctype
		from pg_database where datname = current_database()`
	if (!row || row.version < OLDEST_SERVER)
		throw new StartError('The database is older than PostgreSQL 15. Use 15 to 18.')
	if (row.encoding !== 'UTF8' || row.lower !== 'жена' || /^(C|POSIX)$/.test(row.ctype)) {
		throw new StartError(
			'The database does not know letters beyond Latin. Create it with ENCODING UTF8 and LC_CTYPE C.UTF-8.',
		)
	}
}

/** Refuses a database whose migrations are not those of this code: going on would break what is in it. */
async function checkHistory(sql: postgres.Sql) {
	const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
	if (!table?.exists) return
	const applied = await sql<Applied[]>`
		select hash, created_at::float8 as at from drizzle.__drizzle_migrations`
	const fault = historyFault(applied, knownMigrations(MIGRATIONS))
	if (fault) throw new StartError(fault)
}

/** One line for the operator for what commonly stops a migration. */
function startFault(error: unknown) {
	if (error instanceof StartError) return error
	const code = databaseFault(error)?.code ?? (error as { code?: string }).code
	if (code === '42501' || code === '25006')
		return new StartError('The database refuses to be written. Give its role the right to.')
	if (code === '28P01' || code === '28000')
		return new StartError('The database refuses the name or password in DATABASE_URL.')
	if (code === '3D000')
		return new StartError('The database named in DATABASE_URL does not exist. Create it first.')
	if (code === '53100')
		return new StartError('The disk of the database is full. Free some space, then start again.')
	if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'CONNECT_TIMEOUT' || code === 'ENOENT') {
		return new StartError('The database named in DATABASE_URL does not answer. Is it running?')
	}
	return error
}

/** A short mark of the secret in force, kept in the database to notice when it is changed. */
export const secretMark = (secret: string) =>
	createHash('sha256').update(`mimosa:secret-mark:${secret}`).digest('hex').slice(0, 24)

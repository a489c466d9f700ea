import type postgres from 'postgres'
import { StartError } from '~/platform/errors'
import { connect } from './client.server'

/** What can only grow: the application's role reads it, and writes entries (links are written by their trigger). */
const RECORD = ['audit_log', 'audit_chain'] as const

/** Who the application is in the database, and in which one. */
async function readApplication(url: string) {
	const sql = connect(url, 1)
	try {
		const [row] = await sql<{ role: string; database: string }[]>`
			select current_user::text as role, current_database()::text as database`
		return row!
	} finally {
		await sql.end({ timeout: 5 })
	}
}

/** Gives the application's role what it needs and no more; said again at each start, for tables that are new. */
async function give(sql: postgres.TransactionSql, role: string) {
	const to = sql(role)
	await sql`grant usage on schema public to ${to}`
	await sql`grant select, insert, update, delete on all tables in schema public to ${to}`
	await sql`grant usage, select on all sequences in schema public to ${to}`
	for (const table of RECORD) await sql`revoke all on ${sql(table)} from ${to}`
	await sql`grant select, insert on audit_log to ${to}`
	await sql`grant select on audit_chain to ${to}`
}

/** Why the role could change the record all the same, itself or as a role it may become; undefined where it cannot. */
async function reachOf(sql: postgres.Sql, role: string) {
	const [row] = await sql<{ reach: string | null }[]>`
		with becomes as (
			select b.* from pg_roles r join pg_roles b on pg_has_role(r.oid, b.oid, 'member') where r.rolname = ${role})
		select case
			when exists (select 1 from becomes where rolsuper) then 'it is, or may become, a superuser'
			when exists (select 1 from becomes where rolcreaterole) then 'it may give roles'
			when exists (select 1 from becomes where rolname in ('pg_write_server_files', 'pg_execute_server_program'))
				then 'it may write files or run programs on the server'
			when exists (select 1 from pg_class c where c.relname = any(${[...RECORD]}) and c.relnamespace = 'public'::regnamespace
				and pg_has_role(r.oid, c.relowner, 'member')) then 'it is, or may become, the owner of the tables'
			when exists (select 1 from pg_namespace n where n.oid = 'public'::regnamespace
				and pg_has_role(r.oid, n.nspowner, 'member')) then 'it owns the database or its schema'
			when exists (select 1 from becomes b, unnest(${[...RECORD]}::text[]) t
				where has_table_privilege(b.oid, t, 'update, delete, truncate, trigger')
					or has_any_column_privilege(b.oid, t, 'update')
					or (t = 'audit_chain' and has_any_column_privilege(b.oid, t, 'insert'))) then 'it was given the right to'
			end as reach
		from pg_roles r where r.rolname = ${role}`
	return row?.reach ?? undefined
}

/**
 * After the owner has migrated: the application's role gets its rights, and the start is refused if it could change
 * what is on record in spite of them. Throws `StartError`.
 */
export async function setUpApplicationRole(sql: postgres.Sql, applicationUrl: string) {
	const [application, [owner]] = await Promise.all([
		readApplication(applicationUrl),
		sql<{ role: string; database: string }[]>`
			select current_user::text as role, current_database()::text as database`,
	])
	if (application.database !== owner!.database)
		throw new StartError('DATABASE_OWNER_URL names another database than DATABASE_URL. Name the same one.')
	if (application.role === owner!.role)
		throw new StartError(
			'DATABASE_OWNER_URL names the same role as DATABASE_URL. Name the owner of the tables, or leave it out.',
		)
	await sql.begin((tx) => give(tx, application.role))
	const reach = await reachOf(sql, application.role)
	if (reach)
		throw new StartError(
			`The role in DATABASE_URL could change the audit log: ${reach}. Take that from it, or leave DATABASE_OWNER_URL out.`,
		)
}

/** What is said at the start where one role does everything. */
export const ONE_ROLE =
	'The audit log is guarded by a trigger only: the database role that serves also owns it (docs/operation.md).'

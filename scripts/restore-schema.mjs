import { readMigrationFiles } from 'drizzle-orm/migrator'
import { quoted } from './backup-tables.mjs'
import { Fault } from './fault.mjs'

/** @typedef {import('postgres').TransactionSql} Tx */
/** @typedef {{ hash: string, at: number }} Migration */

/** As in app/db/migrate.server.ts: a server that starts now waits until the restore is over, and the other way round. */
const MIGRATION_LOCK = 0x6d696d6f
/** How a server's connections are named (app/db/client.server.ts). */
const SERVER = 'mimosa'

/**
 * Refuses a database that anything is in or a server uses, and keeps servers from starting on it meanwhile.
 * @param {Tx} tx
 */
export async function requireEmpty(tx) {
	const [lock] = await tx`select pg_try_advisory_xact_lock(${MIGRATION_LOCK}) as mine`
	const [server] = await tx`
		select from pg_stat_activity
		where datname = current_database() and application_name = ${SERVER} and pid <> pg_backend_pid() limit 1`
	if (!lock?.mine || server)
		throw new Fault('a server uses this database: stop it first. Nothing was changed')
	const [there] = await tx`
		with ours as (select oid from pg_namespace where nspname in ('public', 'drizzle')),
			extensions as (select classid, objid from pg_depend where deptype = 'e')
		select from pg_class c where relnamespace in (select oid from ours)
			and not exists (select from extensions where classid = 'pg_class'::regclass and objid = c.oid)
		union all
		select from pg_proc p where pronamespace in (select oid from ours)
			and not exists (select from extensions where classid = 'pg_proc'::regclass and objid = p.oid)
		limit 1`
	if (there) throw new Fault('this database is not empty: restore into a new one. Nothing was changed')
}

/**
 * The migrations of this code that a backup's database had run. Any other history than the beginning of ours is a Fault.
 * @param {readonly Migration[]} applied
 */
export function migrationsOf(applied) {
	const known = readMigrationFiles({ migrationsFolder: 'drizzle' })
	const newest = known.at(-1)?.folderMillis ?? 0
	if (applied.some(({ at }) => at > newest))
		throw new Fault(
			'this backup was made by a newer version of Mimosa: restore it with that one. Nothing was changed',
		)
	const ours = known.slice(0, applied.length)
	const same = applied.every(({ at, hash }, n) => ours[n]?.folderMillis === at && ours[n]?.hash === hash)
	if (!same)
		throw new Fault(
			'this backup was made by a version of Mimosa with other migrations than drizzle/ has: restore it with that one. Nothing was changed',
		)
	return ours
}

/**
 * What drizzle's own migrate() does, but inside the transaction of the restore, and no further than the backup was: what
 * came later goes on from its rows at the next start.
 * @param {Tx} tx @param {ReturnType<typeof migrationsOf>} migrations
 */
export async function migrateTo(tx, migrations) {
	await tx`create schema if not exists drizzle`
	await tx`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
	for (const { sql, hash, folderMillis } of migrations) {
		for (const statement of sql) await tx.unsafe(statement)
		await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`
	}
}

/**
 * Takes away what must not act while rows come in as they were: triggers, which would write and forbid anew; references,
 * which some tables have on each other; indexes, which are made quicker at the end. For the tables' owner: a managed
 * database has no superuser, who could switch all of it off at once.
 * @param {Tx} tx
 * @returns {Promise<() => Promise<void>>} puts all of it back; a reference that points nowhere rejects
 */
export async function setAside(tx) {
	const triggers = await tx`
		select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
		where c.relnamespace = 'public'::regnamespace and not t.tgisinternal`
	const references = await tx`
		select r.conrelid::regclass::text as on, r.conname as name, pg_get_constraintdef(r.oid) as means
		from pg_constraint r where r.contype = 'f' and r.connamespace = 'public'::regnamespace and r.conparentid = 0`
	const indexes = await tx`
		select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
		from pg_index i join pg_class c on c.oid = i.indrelid
		where c.relnamespace = 'public'::regnamespace and not i.indisprimary and c.relpersistence = 'p'
			and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
			and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)`
	await tx`set constraints all immediate`
	for (const { name } of triggers) await tx.unsafe(`alter table ${quoted(name)} disable trigger user`)
	for (const { on, name } of references) await tx.unsafe(`alter table ${on} drop constraint ${quoted(name)}`)
	for (const { name } of indexes) await tx.unsafe(`drop index ${name}`)
	return async () => {
		for (const { made } of indexes) await tx.unsafe(made)
		for (const { on, name, means } of references)
			await tx.unsafe(`alter table ${on} add constraint ${quoted(name)} ${means}`)
		for (const { name } of triggers) await tx.unsafe(`alter table ${quoted(name)} enable trigger user`)
	}
}

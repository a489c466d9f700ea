import postgres from 'postgres'

/** The audit log and its chain can only grow. */
const GROWING = ['audit_log', 'audit_chain']
/** Bytes; a table above this was filled by thousands. */
const LARGE = 1_000_000

const quiet = { max: 1, onnotice: () => {} }

/**
 * Puts into the template what empties every table of a copy. The few rows of most tests are deleted, each statement
 * planned once for each connection: to truncate, Postgres makes new files for each table and index, which takes longer
 * than most tests.
 * @param adminUrl  to the template, as its superuser
 */
export async function addEmptying(adminUrl: string) {
	const sql = postgres(adminUrl, quiet)
	const tables = await sql<{ name: string }[]>`
		select quote_ident(tablename) as name from pg_tables
		where schemaname = 'public' and tablename <> all(${GROWING})
		order by tablename <> 'members', tablename`
	const steps = tables.map(
		({ name }) => `
			if exists (select from public.${name}) then
				if pg_relation_size('public.${name}') < ${LARGE} then delete from public.${name};
				else large := array_append(large, 'public.${name}'); end if;
			end if;`,
	)
	await sql.unsafe(`
		create schema emptying;
		create function emptying.empty_all() returns void language plpgsql as $$
		declare large text[] := '{}';
		begin
			${steps.join('')}
			if large <> '{}' then execute 'truncate ' || array_to_string(large, ', ') || ' cascade'; end if;
		end $$`)
	await sql.end({ timeout: 5 })
}

/** One connection for each worker: it outlives a file, as its plans should. */
const worker = globalThis as { emptying?: postgres.Sql }

/**
 * Empties every table that a test may write to. As the superuser, for whom triggers and keys are switched off: nothing
 * is looked up for a row that goes, and what may not be deleted by the application goes too.
 * @param adminUrl  to the database of this worker, as its superuser
 */
export async function emptyTables(adminUrl: string) {
	worker.emptying ??= postgres(adminUrl, {
		...quiet,
		connection: { session_replication_role: 'replica', lock_timeout: 4_000, statement_timeout: 20_000 },
	})
	await worker.emptying`select emptying.empty_all()`
}

import postgres from 'postgres'
import { inject } from 'vitest'
import { pool } from '~/db/client.server'

/** Only grow, whatever happens. */
const GROWING = ['audit_log', 'audit_chain']

let owner: postgres.Sql | undefined

/** The database of this file as its owner, for whom triggers are switched off; as the application, nobody may. */
function asOwner() {
	const url = new URL(inject('adminUrl'))
	url.pathname = new URL(process.env.DATABASE_URL!).pathname
	owner ??= postgres(url.href, {
		max: 1,
		onnotice: () => {},
		connection: { session_replication_role: 'replica' },
	})
	return owner
}

/** Where the world is kept: each table with how it is put back, and which of them were written to since. */
const PLACE = `
	drop schema if exists kept cascade;
	create schema kept;
	create table kept.recipes (name text primary key, recipe text not null);
	create table kept.touched (name text not null);
	create function kept.touch() returns trigger language plpgsql security definer as $$ begin
		insert into kept.touched values (tg_table_name);
		return null;
	end $$;
	create function kept.restore() returns void language plpgsql as $$
	declare way text;
	begin
		for way in select recipe from kept.recipes where name in (select name from kept.touched) loop
			execute way;
		end loop;
		delete from kept.touched;
	end $$`

/** Copies every table aside, as the world stands now, and notes from here on which are written to. */
export async function keepWorld() {
	const sql = asOwner()
	await sql.unsafe(PLACE)
	const tables = await pool<{ name: string; columns: string }[]>`
		select t.tablename as name,
			(select string_agg(quote_ident(c.column_name), ', ') from information_schema.columns c
				where c.table_schema = 'public' and c.table_name = t.tablename and c.is_generated = 'NEVER') as columns
		from pg_tables t where t.schemaname = 'public' and t.tablename <> all(${GROWING})`
	for (const { name, columns } of tables) {
		await sql.unsafe(`
			create table kept."${name}" as table public."${name}";
			create trigger touched after insert or update or delete or truncate on public."${name}"
				for each statement execute function kept.touch()`)
		const recipe = `delete from public."${name}";
			insert into public."${name}" (${columns}) overriding system value select ${columns} from kept."${name}"`
		await sql`insert into kept.recipes values (${name}, ${recipe})`
	}
}

/** The world as it was kept: what the last act changed never was. */
export const restoreWorld = () => asOwner()`select kept.restore()`

export const closeSnapshot = () => owner?.end({ timeout: 5 })

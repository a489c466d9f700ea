import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { inject } from 'vitest'
import { createDatabase, dropDatabase } from '../../scripts/postgres.mjs'

/** What a command needs of the settings of a test run, and nothing else of them. */
const settings = (own: Record<string, string>): NodeJS.ProcessEnv => {
	const { PATH, HOME } = process.env
	return { PATH, HOME, NODE_ENV: 'production', ...own }
}

interface Ran {
	code: number | null
	/** On its standard error, where both commands say everything. */
	said: string
}

/** Starts `npm run backup` or `npm run restore`, as npm would. */
export function begin(
	script: 'backup' | 'restore',
	args: string[],
	env: Record<string, string>,
	stdio: SpawnOptions['stdio'] = ['ignore', 'ignore', 'pipe'],
) {
	const child = spawn(process.execPath, [`scripts/${script}.mjs`, ...args], {
		env: settings(env),
		stdio,
	})
	return { child, ended: endOf(child) }
}

function endOf(child: ChildProcess): Promise<Ran> {
	let said = ''
	child.stderr?.on('data', (words) => {
		said += words
	})
	return new Promise((done) => child.on('close', (code) => done({ code, said })))
}

/** Runs one of the two to its end. */
export const run = (...asked: Parameters<typeof begin>) => begin(...asked).ended

/** A new, empty database of the application's role beside those of the tests; `drop` takes it away again. */
export async function anEmptyDatabase(name: string) {
	const adminUrl = inject('adminUrl')
	const own = `${name}_${process.pid}`
	await dropDatabase(adminUrl, own)
	await createDatabase(adminUrl, own)
	const url = inject('appUrl').replace(/\/[^/]*$/, `/${own}`)
	return { url, adminUrl: adminUrl.replace(/\/[^/]*$/, `/${own}`), drop: () => dropDatabase(adminUrl, own) }
}

/** Asks a database something, on a connection of its own. */
export async function asking<T>(url: string, ask: (sql: postgres.Sql) => Promise<T>) {
	const sql = postgres(url, { max: 1, onnotice: () => {} })
	return ask(sql).finally(() => sql.end({ timeout: 5 }))
}

/** How many things stand in a database, its extensions' own aside: tables, indexes, functions. */
export const thingsIn = (url: string) =>
	asking(url, async (sql) => {
		const [row] = await sql`
			select (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
					where nspname in ('public', 'drizzle'))
				+ (select count(*)::int from pg_proc p join pg_namespace n on n.oid = p.pronamespace where nspname = 'public')
				as things`
		return row!.things as number
	})

/**
 * What is in a database: each table's hash over its rows in one order, every sequence, and how all is made. Worked out by
 * the database and not by the commands.
 */
export const contentOf = (url: string) =>
	asking(url, async (sql) => {
		const names = await sql<{ name: string }[]>`
			select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
				and relpersistence = 'p' order by 1`
		const hashes: Record<string, string> = {}
		const rows: Record<string, number> = {}
		for (const { name } of names) {
			const [row] = await sql`
				select count(*)::int as rows, md5(coalesce(string_agg(t::text, e'\n' order by t::text collate "C"), '')) as hash
				from ${sql(name)} t`
			hashes[name] = row!.hash
			rows[name] = row!.rows
		}
		const sequences = await sql`
			select schemaname, sequencename, start_value, increment_by, last_value from pg_sequences order by 1, 2`
		const journal = await sql`select id, hash, created_at from drizzle.__drizzle_migrations order by id`
		return { hashes, rows, sequences: [...sequences], journal: [...journal], shape: await shapeOf(sql) }
	})

async function shapeOf(sql: postgres.Sql) {
	const shape = await sql<{ made: string }[]>`
		select concat_ws(' ', 'index', pg_get_indexdef(indexrelid)) as made
			from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace
		union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
			from pg_constraint where connamespace = 'public'::regnamespace
		union all select concat_ws(' ', 'trigger', t.tgenabled, pg_get_triggerdef(t.oid))
			from pg_trigger t join pg_class c on c.oid = t.tgrelid
			where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
		union all select concat_ws(' ', 'table', relname, relkind, relpersistence, relacl, pg_get_userbyid(relowner))
			from pg_class where relnamespace = 'public'::regnamespace
		union all select concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
			a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
			from pg_attribute a join pg_class c on c.oid = a.attrelid
			left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
		order by 1`
	return shape.map(({ made }) => made)
}

/** A backup with its content changed, and sealed again as the command seals it. */
export function rewritten(file: string, to: string, change: (content: string) => string) {
	const content = gunzipSync(readFileSync(file)).toString('utf8')
	const body = change(content.slice(0, content.lastIndexOf('\n', content.length - 2) + 1))
	const seal = JSON.stringify({ sha256: createHash('sha256').update(body).digest('hex') })
	writeFileSync(to, gzipSync(`${body}${seal}\n`))
	return to
}

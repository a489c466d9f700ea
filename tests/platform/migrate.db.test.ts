import postgres from 'postgres'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { historyFault } from '~/db/history'
import { migrateDatabase } from '~/db/migrate.server'
import { createDatabase, dropDatabase } from '../../scripts/postgres.mjs'

const adminUrl = inject('adminUrl')
const name = `mimosa_migrate_${process.pid}`
const url = new URL(inject('appUrl'))
url.pathname = `/${name}`

afterEach(() => dropDatabase(adminUrl, name))

async function asking<T>(where: string, ask: (sql: postgres.Sql) => Promise<T>) {
	const sql = postgres(where, { max: 1, onnotice: () => {} })
	try {
		return await ask(sql)
	} finally {
		await sql.end({ timeout: 5 })
	}
}

/** What the operator reads, or "ok". A fault that is no single line for her fails the test. */
async function start() {
	try {
		await migrateDatabase(url.href)
		return 'ok'
	} catch (error) {
		const { code, message } = error as { code?: string; message: string }
		expect(code).toBe('start')
		expect(message).not.toContain('\n')
		return message
	}
}

const inDatabase = (ask: (sql: postgres.Sql) => Promise<unknown>) => asking(url.href, ask)

describe('a database', () => {
	test('that is empty is migrated, once, also by two who start together', async () => {
		await createDatabase(adminUrl, name)
		expect(await Promise.all([start(), start()])).toEqual(['ok', 'ok'])
		expect(await start()).toBe('ok')
	})

	test.each([
		['bytes for letters', "locale_provider libc lc_collate 'C' lc_ctype 'C'"],
		['ICU over LC_CTYPE C', "locale_provider icu icu_locale 'und' lc_collate 'C' lc_ctype 'C'"],
		[
			'C.UTF-8 over LC_CTYPE C',
			"locale_provider builtin builtin_locale 'C.UTF-8' lc_collate 'C' lc_ctype 'C'",
		],
		['another encoding', "encoding 'SQL_ASCII' locale_provider libc lc_collate 'C' lc_ctype 'C'"],
	])('with %s is refused, since search would find nothing', async (_what, locale) => {
		const encoding = locale.includes('encoding') ? '' : "encoding 'UTF8'"
		await asking(adminUrl, (sql) =>
			sql.unsafe(`create database ${name} owner mimosa template template0 ${encoding} ${locale}`),
		)
		expect(await start()).toBe(
			'The database does not know letters beyond Latin. Create it with ENCODING UTF8 and LC_CTYPE C.UTF-8.',
		)
	})

	test('that is accepted finds trigrams in every script of ours', async () => {
		await createDatabase(adminUrl, name)
		expect(await start()).toBe('ok')
		await asking(adminUrl.replace(/\/[^/]*$/, `/${name}`), async (sql) => {
			await sql`create extension if not exists pg_trgm`
			const [row] = await sql`
				select cardinality(show_trgm('жена')) as bg, cardinality(show_trgm('γυναίκα')) as el,
					cardinality(show_trgm('مرأة')) as ar`
			expect(row).toEqual({ bg: 5, el: 8, ar: 5 })
		})
	})

	test.each([
		[
			'whose migration has changed since',
			(sql: postgres.Sql) =>
				sql`update drizzle.__drizzle_migrations set hash = 'other' where id = 2 returning id`,
			/^Migration 0001_guards was changed after this database ran it\./,
		],
		[
			'of a newer version',
			(sql: postgres.Sql) =>
				sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999) returning id`,
			/^The database was migrated by a newer version of Mimosa\./,
		],
		[
			'with a migration nobody has',
			(sql: postgres.Sql) =>
				sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('mine', 1) returning id`,
			/^The database has run a migration that is not in drizzle\/\./,
		],
		[
			'that would never run a migration that came late',
			(sql: postgres.Sql) => sql`delete from drizzle.__drizzle_migrations where id = 1 returning id`,
			/^Migration 0000_house is older than what this database has run/,
		],
	])('%s is refused in one line, and left as it is', async (_what, change, line) => {
		await createDatabase(adminUrl, name)
		await migrateDatabase(url.href)
		await inDatabase(async (sql) => expect(await change(sql)).toHaveLength(1))
		const history = (sql: postgres.Sql) => sql`select * from drizzle.__drizzle_migrations order by id`
		const before = await inDatabase(history)
		expect(await start()).toMatch(line)
		expect(await inDatabase(history)).toEqual(before)
	})
})

test('an empty history and an equal one are no fault', () => {
	const known = [
		{ name: '0000', hash: 'a', at: 1 },
		{ name: '0001', hash: 'b', at: 2 },
	]
	expect(historyFault([], known)).toBeUndefined()
	expect(historyFault(known.slice(0, 1), known)).toBeUndefined()
	expect(historyFault(known, known)).toBeUndefined()
})

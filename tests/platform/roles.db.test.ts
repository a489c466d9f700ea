import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { migrateDatabase } from '~/db/migrate.server'
import { checkChain } from '../../scripts/audit-chain.mjs'
import { createDatabase, dropDatabase } from '../../scripts/postgres.mjs'

const adminUrl = inject('adminUrl')
const name = `mimosa_roles_${process.pid}`
const role = `mimosa_serving_${process.pid}`
/** A role that the serving one may become. */
const other = `mimosa_other_${process.pid}`
const inCopy = (url: string) => url.replace(/\/[^/]*$/, `/${name}`)
const ownerUrl = inCopy(inject('appUrl'))
const servingUrl = Object.assign(new URL(ownerUrl), { username: role, password: 'serving' }).href
const open = (url: string) => postgres(url, { max: 1, onnotice: () => {} })

let admin: postgres.Sql

beforeAll(async () => {
	await createDatabase(adminUrl, name)
	admin = open(inCopy(adminUrl))
	await admin.unsafe(`create role ${role} login password 'serving'`)
	await admin.unsafe(`create role ${other}`)
})

afterEach(async () => {
	await admin.unsafe(`alter role ${role} nosuperuser nocreaterole inherit`)
	await admin.unsafe(`alter role ${other} nosuperuser nocreaterole`)
	await admin.unsafe(`revoke all on audit_log from ${other}`)
	await admin.unsafe(`revoke ${other}, pg_execute_server_program from ${role}`)
	await admin.unsafe(`revoke mimosa from ${role}`)
	await admin.unsafe(`alter database ${name} owner to mimosa`)
	await admin.unsafe(`alter schema public owner to pg_database_owner`)
	await admin.unsafe(`revoke pg_write_all_data from ${role}`)
})

afterAll(async () => {
	await admin.end({ timeout: 5 })
	await dropDatabase(adminUrl, name)
	const server = open(adminUrl)
	await server.unsafe(`drop role ${role}`)
	await server.unsafe(`drop role ${other}`)
	await server.end({ timeout: 5 })
})

/** What the operator reads, or "ok". */
async function start(application = servingUrl) {
	try {
		await migrateDatabase(ownerUrl, application)
		return 'ok'
	} catch (error) {
		const { code, message } = error as { code?: string; message: string }
		expect({ message, code }).toEqual({ message, code: 'start' })
		return message
	}
}

async function serving<T>(ask: (sql: postgres.Sql) => Promise<T>) {
	const sql = open(servingUrl)
	try {
		return await ask(sql)
	} finally {
		await sql.end({ timeout: 5 })
	}
}

describe('an application with a role of its own', () => {
	test('writes what it must, on record too, each entry with its link', async () => {
		expect(await start()).toBe('ok')
		expect(await start()).toBe('ok')
		await serving(async (sql) => {
			await sql`insert into installation (key, value) values ('a', 'b')`
			await sql`update installation set value = 'c'`
			await sql`delete from installation`
			await sql`insert into limit_counters (key, points, expire) values ('x', 1, now())`
			await sql`insert into audit_log (action) values ('first'), ('second')`
			expect(await checkChain(sql)).toMatchObject({ entries: 2, fault: null })
		})
	})

	test.each([
		"update audit_log set action = 'x'",
		'delete from audit_log',
		'truncate audit_log',
		'drop table audit_log cascade',
		'alter table audit_log disable trigger all',
		'alter table audit_log disable trigger audit_chain_link',
		'drop trigger audit_log_only_grows on audit_log',
		'drop function audit_chain_link() cascade',
		"insert into audit_chain values (99, 99, 'made up')",
		'update audit_chain set mark = mark',
		'delete from audit_chain',
		'truncate audit_chain',
		"set session_replication_role = 'replica'",
		'create temp table mine (like audit_log); create trigger t after insert on mine for each row execute function audit_chain_link()',
		'create table public.mine (n int)',
	])('is refused: %s', async (statement) => {
		expect(await start()).toBe('ok')
		await serving((sql) => expect(sql.unsafe(statement)).rejects.toThrow(/permission denied|must be owner/))
	})

	test.each([
		[`alter role ${role} superuser`, 'it is, or may become, a superuser'],
		[`grant ${other} to ${role}; alter role ${other} superuser`, 'it is, or may become, a superuser'],
		[
			`alter role ${role} noinherit; grant ${other} to ${role}; alter role ${other} createrole`,
			'it may give roles',
		],
		[`grant pg_execute_server_program to ${role}`, 'it may write files or run programs on the server'],
		[
			`alter role ${role} noinherit; grant ${other} to ${role}; grant delete on audit_log to ${other}`,
			'it was given the right to',
		],
		[`alter role ${role} createrole`, 'it may give roles'],
		[`grant mimosa to ${role}`, 'it is, or may become, the owner of the tables'],
		[`alter schema public owner to ${role}`, 'it owns the database or its schema'],
		[`grant pg_write_all_data to ${role}`, 'it was given the right to'],
	])('does not start after: %s', async (statement, why) => {
		expect(await start()).toBe('ok')
		await admin.unsafe(statement)
		expect(await start()).toBe(
			`The role in DATABASE_URL could change the audit log: ${why}. Take that from it, or leave DATABASE_OWNER_URL out.`,
		)
	})

	test.each([
		[
			'another database',
			inject('appUrl').replace(/\/[^/]*$/, '/postgres'),
			'DATABASE_OWNER_URL names another database than DATABASE_URL. Name the same one.',
		],
		[
			'the same role, written differently',
			`${ownerUrl}?application_name=other`,
			'DATABASE_OWNER_URL names the same role as DATABASE_URL. Name the owner of the tables, or leave it out.',
		],
		[
			'a wrong password',
			servingUrl.replace(':serving@', ':wrong@'),
			'The database refuses the name or password in DATABASE_URL.',
		],
	])('is told of %s in one line', async (_what, application, line) => {
		expect(await start(application)).toBe(line)
	})
})

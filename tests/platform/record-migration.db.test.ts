import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { checkChain } from '../../scripts/audit-chain.mjs'
import { createDatabase, dropDatabase } from '../../scripts/postgres.mjs'

const adminUrl = inject('adminUrl')
const name = `mimosa_record_migration_${process.pid}`
const url = new URL(inject('appUrl'))
url.pathname = `/${name}`
let sql: postgres.Sql

const { entries } = JSON.parse(readFileSync('drizzle/meta/_journal.json', 'utf8')) as {
	entries: { tag: string }[]
}

/** As drizzle's migrator does it: all in one transaction. */
const migrate = (from: number, to: number) =>
	sql.begin(async (tx) => {
		for (const { tag } of entries.slice(from, to)) {
			const statements = readFileSync(`drizzle/${tag}.sql`, 'utf8').split('--> statement-breakpoint')
			for (const statement of statements) await tx.unsafe(statement)
		}
	})

beforeAll(async () => {
	await createDatabase(adminUrl, name)
	sql = postgres(url.href, { max: 1, onnotice: () => {} })
})

afterAll(async () => {
	await sql.end({ timeout: 5 })
	await dropDatabase(adminUrl, name)
})

test('what was on record before the chain is in it, and earlier reports are asked for within their time', async () => {
	await migrate(0, 9)
	const [member] = await sql<{ id: string }[]>`
		insert into members (handle, skeleton, passphrase_hash, rules_version) values ('m', 'm', 'x', '1') returning id`
	for (const reason of ['danger', 'threat', 'money', 'insult']) {
		const [row] = await sql`
			insert into cases (subject_kind, subject_id, danger, opened_at)
			values ('post', gen_random_uuid(), ${reason === 'danger'}, '2026-01-01T00:00:00Z') returning id`
		await sql`insert into reports (case_id, reporter_id, reason) values (${row!.id}, ${member!.id}, ${reason})`
	}
	await sql`insert into audit_log (action, actor_id, member_id) values ('role.given', ${member!.id}, ${member!.id})`
	await sql.begin(async (tx) => {
		await tx`insert into audit_log (action, subject_kind, subject_id) values ('second', 'x', 'y'), ('third', null, null)`
	})

	await migrate(9, entries.length)

	expect(await checkChain(sql)).toMatchObject({ entries: 3, fault: null })
	await sql`insert into audit_log (action) values ('fourth')`
	expect(await checkChain(sql)).toMatchObject({ entries: 4, fault: null, head: { place: 4 } })
	const due = await sql`
		select r.reason, to_char(c.due_at at time zone 'UTC', 'HH24:MI') as due from reports r join cases c on c.id = r.case_id
		order by c.due_at, r.reason`
	expect([...due]).toEqual([
		{ reason: 'danger', due: '00:15' },
		{ reason: 'asks', due: '04:00' },
		{ reason: 'frightens', due: '04:00' },
		{ reason: 'rude', due: '00:00' },
	])
	const [{ vouched }] = await sql<
		[{ vouched: boolean }]
	>`select vouched_at is not null as vouched from members`
	expect(vouched).toBe(true)
})

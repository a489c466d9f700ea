import { spawn } from 'node:child_process'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { checkChain, closeSegment } from '../../scripts/audit-chain.mjs'
import { createDatabase, dropDatabase } from '../../scripts/postgres.mjs'

const adminUrl = inject('adminUrl')
const name = `mimosa_record_${process.pid}`
const open = (url: string, max = 1) => postgres(url, { max, onnotice: () => {} })
const inCopy = (url: string) => url.replace(/\/[^/]*$/, `/${name}`)

/** The application's role, and the superuser, who can do what nobody else can. */
let app: postgres.Sql
let admin: postgres.Sql

beforeAll(async () => {
	await createDatabase(adminUrl, name, { template: 'mimosa_template' })
	app = open(inCopy(inject('appUrl')), 20)
	admin = open(inCopy(adminUrl))
})

afterAll(async () => {
	await Promise.all([app.end({ timeout: 5 }), admin.end({ timeout: 5 })])
	await dropDatabase(adminUrl, name)
})

/** The superuser switches every trigger off, and does something to the log. */
const tamper = (...statements: string[]) =>
	admin.begin(async (tx) => {
		await tx`set local session_replication_role = replica`
		for (const statement of statements) await tx.unsafe(statement)
	})

const write = (action: string, sql: postgres.Sql | postgres.TransactionSql = app) =>
	sql`insert into audit_log (action, subject_kind, subject_id) values (${action}, 'test', ${'жена, "مرأة"'})`

beforeEach(async () => {
	await tamper('truncate audit_chain', 'truncate audit_log restart identity')
	for (const action of ['a', 'b', 'c', 'd', 'e']) await write(action)
})

describe('the chain', () => {
	test('links each entry, and what is whole is found whole, with its head', async () => {
		const { entries, fault, head } = await checkChain(app)
		expect({ entries, fault, place: head?.place }).toEqual({ entries: 5, fault: null, place: 5 })
		await write('f')
		expect(await checkChain(app, { since: head!.mark })).toMatchObject({ entries: 6, fault: null })
	})

	test('an empty log is whole', async () => {
		await tamper('truncate audit_chain', 'truncate audit_log')
		expect(await checkChain(app)).toEqual({ entries: 0, head: null, fault: null })
	})

	test('links in the order of the COMMITs, of entries that are taken back none', async () => {
		const [slow, quick] = [open(inCopy(inject('appUrl'))), open(inCopy(inject('appUrl')))]
		await slow`begin`
		await write('slow', slow)
		await write('quick', quick)
		await slow`commit`
		await app.begin((tx) => write('never', tx).then(() => Promise.reject(new Error('no')))).catch(() => {})
		await Promise.all([slow.end(), quick.end()])
		const order = await app`
			select a.action from audit_chain c join audit_log a on a.seq = c.seq where c.place > 5 order by c.place`
		expect(order.map(({ action }) => action)).toEqual(['quick', 'slow'])
		expect((await checkChain(app)).fault).toBeNull()
	})

	test('of fifty who write at once all are written, also who lock each other’s rows after it', async () => {
		await app`create table if not exists shared_rows (id int primary key, n int not null default 0)`
		await app`insert into shared_rows values (1), (2) on conflict do nothing`
		await Promise.all(
			Array.from({ length: 50 }, (_, n) =>
				app.begin(async (tx) => {
					const touch = () => tx`update shared_rows set n = n + 1 where id = ${1 + (n % 2)}`
					// Half of them take the row after they wrote: were the chain theirs already, each would wait for the other.
					if (n % 3 === 0) await touch()
					await write(`w${n}`, tx)
					if (n % 3 !== 0) await touch()
				}),
			),
		)
		expect(await checkChain(app)).toMatchObject({ entries: 55, fault: null })
		await app`drop table shared_rows`
	})
})

const third = 'select mark from audit_chain where place = 3'

describe('what the superuser did with every trigger off is found', () => {
	test.each([
		['an entry changed', ["update audit_log set action = 'x' where seq = 3"], 'changed', 3],
		[
			'its time by a microsecond',
			["update audit_log set at = at + interval '1 microsecond' where seq = 2"],
			'changed',
			2,
		],
		['who did it', ['update audit_log set actor_id = gen_random_uuid() where seq = 4'], 'changed', 4],
		['an entry removed', ['delete from audit_log where seq = 3'], 'entry-removed', 3],
		[
			'an entry removed with its link',
			['delete from audit_log where seq = 3', 'delete from audit_chain where place = 3'],
			'link-removed',
			4,
		],
		[
			'and the places closed up',
			[
				'delete from audit_log where seq = 3',
				'delete from audit_chain where place = 3',
				'update audit_chain set place = place - 1 where place > 3',
			],
			'changed',
			4,
		],
		[
			'the first one',
			['delete from audit_log where seq = 1', 'delete from audit_chain where place = 1'],
			'link-removed',
			2,
		],
		['the first one, its link left', ['delete from audit_log where seq = 1'], 'link-removed', null],
		[
			'two entries change places',
			[
				'update audit_log set seq = -2 where seq = 2',
				'update audit_log set seq = 2 where seq = 4',
				'update audit_log set seq = 4 where seq = -2',
			],
			'changed',
			2,
		],
		[
			'two links change marks',
			[
				`update audit_chain set mark = case place when 2 then (${third}) else (select mark from audit_chain where place = 2) end where place in (2, 3)`,
			],
			'changed',
			2,
		],
		[
			'two links change places',
			[
				'update audit_chain set place = -2 where place = 2',
				'update audit_chain set place = 2 where place = 4',
				'update audit_chain set place = 4 where place = -2',
			],
			'changed',
			4,
		],
		['an entry put in with no link', ["insert into audit_log (action) values ('x')"], 'unlinked', 6],
		[
			'an entry put in with a link that was made up',
			[
				"insert into audit_log (action) values ('x')",
				"insert into audit_chain values (6, 6, repeat('a', 64))",
			],
			'changed',
			6,
		],
	])('%s', async (_what, statements, what, seq) => {
		// Sequence columns are "generated always": what a superuser changes by hand, he first lets be changed.
		await admin`alter table audit_log alter column seq set generated by default`
		const isMoved = statements.some((one) => one.includes('set seq'))
		if (isMoved) await admin`alter table audit_log alter column seq drop identity`
		await tamper(...statements)
		const { fault } = await checkChain(app)
		if (isMoved) await admin`alter table audit_log alter column seq add generated always as identity`
		else await admin`alter table audit_log alter column seq set generated always`
		expect({ what: fault?.what, seq: fault?.seq }).toEqual({ what, seq })
	})

	test('a tail cut off with its links: by the mark that was kept elsewhere, and only by it', async () => {
		const { head } = await checkChain(app)
		await tamper('delete from audit_log where seq > 3', 'delete from audit_chain where place > 3')
		expect((await checkChain(app)).fault).toBeNull()
		expect((await checkChain(app, { since: head!.mark })).fault).toEqual({ what: 'cut', place: 3, seq: null })
	})

	test('a whole chain worked out anew: by the mark that was kept', async () => {
		const { head } = await checkChain(app)
		await tamper(
			"update audit_log set action = 'x' where seq = 5",
			'delete from audit_chain where place = 5',
			`insert into audit_chain select 5, a.seq, audit_mark((select mark from audit_chain where place = 4), a) from audit_log a where seq = 5`,
		)
		expect((await checkChain(app)).fault).toBeNull()
		expect((await checkChain(app, { since: head!.mark })).fault?.what).toBe('cut')
	})
})

describe('one role that does everything still cannot', () => {
	test.each([
		["update audit_log set action = 'x'"],
		['delete from audit_log'],
		['truncate audit_log'],
		['update audit_chain set mark = mark'],
		['delete from audit_chain'],
		['truncate audit_chain'],
		["insert into audit_chain values (6, 6, 'made up')"],
	])('%s', async (statement) => {
		await expect(app.unsafe(statement)).rejects.toThrow('the audit log can only grow')
		expect((await checkChain(app)).fault).toBeNull()
	})
})

const YEARS_AGO = new Date(Date.now() - 3 * 365 * 24 * 60 * 60 * 1000)
const day = (yearsAgo: number) => new Date(Date.now() - yearsAgo * 365 * 24 * 60 * 60 * 1000)

describe('a segment that is closed', () => {
	/** Two entries of three years ago, then three of today. */
	async function withOldEntries() {
		await tamper('truncate audit_chain', 'truncate audit_log restart identity')
		for (const action of ['old', 'older']) {
			await app`insert into audit_log (action, at) values (${action}, ${YEARS_AGO})`
		}
		for (const action of ['a', 'b', 'c']) await write(action)
	}

	test('goes for good, and what follows is still whole', async () => {
		await withOldEntries()
		const closed = await closeSegment(app, day(2.5))
		expect(closed.entries).toBe(2)
		expect(await checkChain(app, { since: closed.head!.mark })).toMatchObject({ entries: 4, fault: null })
		await expect(app`delete from audit_log`).rejects.toThrow('the audit log can only grow')
		await write('d')
		expect(await closeSegment(app, day(2.5))).toMatchObject({ entries: 0 })
		expect(await checkChain(app)).toMatchObject({ entries: 5, fault: null })
	})

	test('again, a year later: the next one', async () => {
		await withOldEntries()
		await closeSegment(app, day(2.5))
		// Everything seems to have been long ago now.
		await tamper(
			`update audit_log set at = at - interval '4 years'`,
			'delete from audit_chain where place > 2',
		)
		await tamper(`insert into audit_chain select 2 + n, seq, mark from (
			with recursive chain as (
				select 0 as n, 0::bigint as seq, (select mark from audit_chain where place = 2) as mark
				union all
				select c.n + 1, a.seq, audit_mark(c.mark, a) from chain c
					join lateral (select * from audit_log where seq > c.seq order by seq limit 1) a on true)
			select * from chain where n > 0) linked`)
		expect(await checkChain(app)).toMatchObject({ entries: 4, fault: null })
		expect((await closeSegment(app, day(2.5))).entries).toBe(4)
		expect(await checkChain(app)).toMatchObject({ entries: 1, fault: null })
	})

	test('does not cover up a removed beginning', async () => {
		await withOldEntries()
		await tamper('delete from audit_log where seq < 3', 'delete from audit_chain where place < 2')
		expect((await checkChain(app)).fault).toEqual({ what: 'link-removed', place: 2, seq: null })
		await expect(closeSegment(app, day(2.5))).rejects.toThrow('the log is not whole')
	})

	test('is never younger than two years, and never with a fault in the log', async () => {
		await withOldEntries()
		await expect(closeSegment(app, day(1.9))).rejects.toThrow('kept for 24 months')
		await expect(closeSegment(app, new Date('nonsense'))).rejects.toThrow()
		await tamper("update audit_log set action = 'x' where seq = 5")
		await expect(closeSegment(app, day(2.5))).rejects.toThrow('the log is not whole')
	})
})

/** `npm run audit` as an operator runs it. */
function audit(...flags: string[]) {
	const child = spawn(process.execPath, ['scripts/audit.mjs', ...flags], {
		env: { ...process.env, DATABASE_URL: inCopy(inject('appUrl')), DATABASE_OWNER_URL: '' },
	})
	let said = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
	return new Promise<{ code: number | null; said: string }>((done) =>
		child.on('close', (code) => done({ code, said })),
	)
}

describe('npm run audit', () => {
	test('says that the log is whole, and the mark to be kept elsewhere', async () => {
		const { head } = await checkChain(app)
		const { code, said } = await audit('--since', head!.mark)
		expect({ code, said }).toEqual({
			code: 0,
			said: expect.stringMatching(/^ {2}The audit log is whole: 5 entries/),
		})
		expect(said).toContain(`to be kept elsewhere: ${head!.mark}`)
	})

	test('says the first place that is wrong, and ends with 1', async () => {
		await tamper("update audit_log set action = 'x' where seq >= 3")
		expect(await audit()).toEqual({
			code: 1,
			said: 'mimosa: the audit log is not whole. Entry 3 at place 3 is not as it was written, or not where it was.\n',
		})
	})

	test.each([
		[['--since', 'b'.repeat(64)], 'The mark you kept is not in the chain'],
		[['--since', 'nonsense'], '--since needs a mark'],
		[['--since'], '--since needs a value'],
		[['--close', 'yesterday'], '--close needs a day'],
		[['--close', new Date().toISOString().slice(0, 10)], 'kept for 24 months'],
	])('%j is refused', async (flags, line) => {
		expect(await audit(...flags)).toEqual({ code: 1, said: expect.stringContaining(line) })
	})
})

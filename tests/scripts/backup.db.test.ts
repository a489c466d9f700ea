import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { migrateDatabase, secretMark } from '~/db/migrate.server'
import { checkChain } from '../../scripts/audit-chain.mjs'
import { removeDatabase } from '../../scripts/postgres-place.mjs'
import { anEmptyDatabase, asking, begin, contentOf, run, thingsIn } from '../factories/backups'
import { aMessage, anOpenRoom } from '../factories/chat'
import { aMember } from '../factories/members'
import { makeWorld } from '../matrix/world'

// The drill: a community of every feature, backed up by the real command while women write, and brought back into an
// empty database by the other one. The shorter half of it, what is refused, is in backup-refusals.db.test.ts.

const source = process.env.DATABASE_URL!
const SECRET = process.env.SESSION_SECRET!
/** What COPY must write otherwise than it stands. */
const AWKWARD = ['\\.', '\\\\.', 'a\tb\nc\r\n', '\\N', '', '  ', '{"a": 1}', 'жена مرأة 🌼', '\u2028']

let folder: string
let target: Awaited<ReturnType<typeof anEmptyDatabase>>
let before: Awaited<ReturnType<typeof contentOf>>
let file: string
let backedUp: { code: number | null; said: string }

async function fillSource() {
	await makeWorld()
	await aMessage(await aMember(), await anOpenRoom(), '\\.\n\\.')
	await db.execute(sql`insert into installation (key, value) values ('secret-mark', ${secretMark(SECRET)})`)
	for (const [n, value] of AWKWARD.entries())
		await db.execute(sql`insert into installation (key, value) values (${`awkward ${n} ${value}`}, ${value})`)
	await db.execute(
		sql`insert into audit_log (action, subject_id) values ('a', '\\.'), ('b', null), ('c', 'жена')`,
	)
	await db.execute(sql`insert into limit_counters (key, points, expire) values ('x', 1, now())`)
}

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'mimosa-backup-'))
	target = await anEmptyDatabase('mimosa_drill')
	await fillSource()
	before = await contentOf(source)
	backedUp = await run('backup', [folder], { DATABASE_URL: source })
	file = path.join(folder, readdirSync(folder)[0] ?? 'none')
})

afterAll(async () => {
	await target.drop()
	rmSync(folder, { recursive: true, force: true })
})

/** A restore that is killed when all but the last bytes of the file have reached it. */
async function restoreAndBeKilled() {
	const { child, ended } = begin('restore', ['-'], { DATABASE_URL: target.url }, ['pipe', 'ignore', 'pipe'])
	child.stdin!.on('error', () => {})
	child.stdin!.write(readFileSync(file).subarray(0, -40))
	await asking(target.adminUrl, async (admin) => {
		const busy = () => admin`
			select from pg_stat_activity where datname = current_database() and application_name = 'mimosa-restore'
				and state = 'idle in transaction' and query like 'copy%'`
		for (const until = Date.now() + 15_000; (await busy()).length === 0 && Date.now() < until; );
		child.kill('SIGKILL')
		await ended
		const gone = () => admin`select from pg_stat_activity where application_name = 'mimosa-restore'`
		for (const until = Date.now() + 5_000; (await gone()).length > 0 && Date.now() < until; );
	})
}

test('all of it comes back as it was, also after a restore that was killed', async () => {
	expect(backedUp).toEqual({ code: 0, said: expect.stringContaining(file) })
	expect(statSync(file).mode & 0o777).toBe(0o600)
	expect(Object.values(before.rows).filter((rows) => rows > 0).length).toBeGreaterThan(25)

	await restoreAndBeKilled()
	expect(await thingsIn(target.url)).toBe(0)

	const { code, said } = await run('restore', ['--keep-sessions', file], {
		DATABASE_URL: target.url,
		SESSION_SECRET: SECRET,
	})
	expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('The audit log is whole') })
	expect(said).not.toContain('SESSION_SECRET')
	expect(await contentOf(target.url)).toEqual(before)
	expect(await asking(target.url, (to) => to`select from limit_counters`)).toHaveLength(0)
})

test('what came back can be served from: the record grows on, by a role that may only add to it', async () => {
	const serving = Object.assign(new URL(target.url), {
		username: `serving_${process.pid}`,
		password: 'serving',
	})
	await asking(target.adminUrl, (admin) =>
		admin.unsafe(`create role ${serving.username} login password 'serving'`),
	)
	await migrateDatabase(target.url, serving.href)
	const head = await asking(target.url, (owner) => checkChain(owner))
	expect(head).toMatchObject({ fault: null, entries: before.rows.audit_log })
	await asking(serving.href, async (app) => {
		await app`insert into audit_log (action) values ('after')`
		await app`insert into limit_counters (key, points, expire) values ('x', 1, now())`
		await app`update members set handle = handle`
		expect(await checkChain(app, { since: head.head!.mark })).toMatchObject({
			fault: null,
			entries: head.entries + 1,
		})
		await expect(app`update audit_log set action = 'x'`).rejects.toThrow('permission denied')
	})
	await expect(asking(target.url, (owner) => owner`delete from audit_log`)).rejects.toThrow('can only grow')
	await target.drop()
	await asking(target.adminUrl.replace(/\/[^/]*$/, '/postgres'), (admin) =>
		admin.unsafe(`drop role ${serving.username}`),
	)
})

/** All but the line that says when it was made, and the seal over it. */
const afterHead = (backup: string) =>
	gunzipSync(readFileSync(backup)).toString('utf8').split('\n').slice(1, -2).join('\n')

test('into a data folder of its own, and out of it again', { timeout: 60_000 }, async () => {
	const dataDir = path.join(folder, 'data')
	const env = { DATA_DIR: dataDir, EXAMPLE: '0' }
	const again = path.join(folder, 'again.gz')
	try {
		expect(await run('backup', [again], env)).toEqual({
			code: 1,
			said: `mimosa: there is no database in ${dataDir}: say where it is in DATA_DIR or DATABASE_URL\n`,
		})
		const restored = await run('restore', [file], env)
		expect(restored).toEqual({ code: 0, said: expect.stringContaining(`${dataDir}/session-secret`) })
		expect((await run('backup', [again], env)).code).toBe(0)
		// Who was signed in on a phone that is not hers any more is signed out; all else is as it was.
		const rows = (backup: string) => afterHead(backup).replace(/^{"table":"sessions"[\s\S]*?^{.*$/m, '')
		expect(before.rows.sessions).toBeGreaterThan(0)
		expect(afterHead(again)).toMatch(/^{"table":"sessions".*\n\\\.\n{"rows":0,/m)
		expect(rows(again)).toBe(rows(file))
	} finally {
		await removeDatabase(dataDir)
	}
})

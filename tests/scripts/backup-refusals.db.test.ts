import {
	createReadStream,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BackupReader } from '../../scripts/backup-file.mjs'
import { Fault } from '../../scripts/fault.mjs'
import { anEmptyDatabase, asking, begin, rewritten, run, thingsIn } from '../factories/backups'

// What is no backup, or no place for one, is refused by one line, and nothing is changed. The drill itself is in
// backup.db.test.ts.

const source = process.env.DATABASE_URL!
const LARGE_BYTES = 4_000_000

let folder: string
let file: string
let target: Awaited<ReturnType<typeof anEmptyDatabase>>

const inFolder = (name: string) => path.join(folder, name)

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'mimosa-refusals-'))
	file = inFolder('small.gz')
	target = await anEmptyDatabase('mimosa_refusals')
	await asking(
		source,
		(sql) =>
			sql`insert into installation (key, value) select n::text, md5(n::text) from generate_series(1, 500) n`,
	)
	expect(await run('backup', [file], { DATABASE_URL: source })).toMatchObject({ code: 0 })
})

afterAll(async () => {
	await target.drop()
	await asking(source, (sql) => sql`truncate installation`)
	rmSync(folder, { recursive: true, force: true })
})

/** Reads bytes as a backup to their end. */
async function read(bytes: Buffer) {
	const reader = new BackupReader(Readable.from([bytes]))
	const head = await reader.head()
	await reader.tables(head, async ({ rows }) => {
		for await (const _ of rows);
	})
	await reader.end()
}

test('a byte that fell over and an end that is missing are found, wherever they are', async () => {
	const whole = readFileSync(file)
	await read(whole)
	// Its first bytes are gzip's own: the day and the system it might name there mean nothing.
	for (let n = 0; n < 200; n++) {
		const at = 10 + Math.floor(((whole.length - 10) * n) / 200)
		const flipped = Buffer.from(whole)
		flipped[at]! ^= 1 << (n % 8)
		await expect(read(flipped), `byte ${at}`).rejects.toThrow(Fault)
		await expect(read(whole.subarray(0, at)), `cut at ${at}`).rejects.toThrow(Fault)
	}
	await expect(read(Buffer.concat([whole, whole]))).rejects.toThrow(Fault)
})

const withHead = (change: (head: Record<string, unknown>) => object) => (content: string) => {
	const end = content.indexOf('\n')
	return JSON.stringify(change(JSON.parse(content.slice(0, end)))) + content.slice(end)
}

test('what is sealed well and still no backup of ours is found', async () => {
	const changed = (change: (content: string) => string) =>
		readFileSync(rewritten(file, inFolder('changed'), change))
	await read(changed((content) => content))
	const faults: [Buffer, RegExp][] = [
		[Buffer.from('age-encryption.org/v1\n'), /still encrypted/],
		[gzipSync('a letter\n'), /no backup of Mimosa/],
		[changed(withHead((head) => ({ ...head, mimosaBackup: 2 }))), /another version of Mimosa/],
		[changed((content) => content.replace('{"table":"installation"', '{"table":"members"')), /damaged/],
		[changed((content) => content.replace('\n17\t', '\n18\t')), /damaged/],
		[changed((content) => content.replace('\n17\t', '\n\\.\n17\t')), /damaged/],
	]
	for (const [bytes, line] of faults) await expect(read(bytes)).rejects.toThrow(line)
})

/** Files that the command must refuse, and what it says of each. */
function badFiles(): [name: string, line: RegExp][] {
	const whole = readFileSync(file)
	const flipped = Buffer.from(whole)
	flipped[Math.floor(whole.length / 2)]! ^= 1
	writeFileSync(inFolder('cut'), whole.subarray(0, -1))
	writeFileSync(inFolder('flipped'), flipped)
	const newer = { hash: 'x', at: Date.parse('2999-01-01') }
	const migrations = (change: (all: object[]) => object[]) =>
		withHead((head) => ({ ...head, migrations: change(head.migrations as object[]) }))
	rewritten(
		file,
		inFolder('newer'),
		migrations((all) => [...all, newer]),
	)
	rewritten(
		file,
		inFolder('other'),
		migrations((all) => all.toReversed()),
	)
	rewritten(
		file,
		inFolder('example'),
		withHead((head) => ({ ...head, example: true })),
	)
	rewritten(file, inFolder('columns'), (content) => content.replace('["key","value"', '["value","key"'))
	return [
		['cut', /damaged or cut off/],
		['flipped', /damaged or cut off/],
		['missing', /there is no file/],
		['newer', /newer version of Mimosa/],
		['other', /other migrations/],
		['example', /backup of the example/],
		['columns', /other tables/],
	]
}

test('a bad file is one line, and the empty database stays so', { timeout: 60_000 }, async () => {
	for (const [name, line] of badFiles()) {
		const { code, said } = await run('restore', [inFolder(name)], { DATABASE_URL: target.url })
		expect({ name, code, said }).toEqual({ name, code: 1, said: expect.stringMatching(line) })
		expect(said).toMatch(/^mimosa: [^\n]+\n$/)
	}
	// Through a pipe it is not looked at before: what came in by then is taken back.
	const { child, ended } = begin('restore', ['-'], { DATABASE_URL: target.url }, ['pipe', 'ignore', 'pipe'])
	createReadStream(inFolder('cut')).pipe(child.stdin!)
	expect(await ended).toEqual({
		code: 1,
		said: expect.stringMatching(/^mimosa: .*damaged or cut off[^\n]+\n$/),
	})
	expect(await thingsIn(target.url)).toBe(0)
})

test('a database that is used or not empty is left alone', async () => {
	const server = postgres(target.url, { max: 1, connection: { application_name: 'mimosa' } })
	await server`select 1`
	const refused = await run('restore', [file], { DATABASE_URL: target.url })
	await server.end()
	expect(refused).toEqual({
		code: 1,
		said: 'mimosa: a server uses this database: stop it first. Nothing was changed\n',
	})
	await asking(target.url, (sql) => sql`create table hers (id int)`)
	expect(await run('restore', [file], { DATABASE_URL: target.url })).toEqual({
		code: 1,
		said: 'mimosa: this database is not empty: restore into a new one. Nothing was changed\n',
	})
	expect(await run('backup', [inFolder('none')], { DATABASE_URL: target.url })).toEqual({
		code: 1,
		said: 'mimosa: there is no community in this database yet: nothing to back up\n',
	})
	await asking(target.url, (sql) => sql`drop table hers`)
})

test('a file that is there is not written over', async () => {
	const { size } = statSync(file)
	expect(await run('backup', [file], { DATABASE_URL: source })).toEqual({
		code: 1,
		said: `mimosa: ${file} is there already: choose another name\n`,
	})
	expect(statSync(file).size).toBe(size)
})

/** Rows that take a while to be written, and that gzip makes no smaller. */
const fillLargely = () =>
	asking(
		source,
		(
			sql,
		) => sql`insert into installation (key, value) select 'large ' || n, string_agg(gen_random_uuid()::text, '')
			from generate_series(1, ${Math.ceil(LARGE_BYTES / 36_000)}::int) n, generate_series(1, 1000) group by n
			on conflict do nothing`,
	)

async function until(isSo: () => boolean) {
	for (const end = Date.now() + 15_000; !isSo() && Date.now() < end; ) await sleep(5)
	expect(isSo()).toBe(true)
}

test('who writes while it is made is not held up, and her words wait for the next one', async () => {
	await fillLargely()
	const { child, ended } = begin('backup', ['-'], { DATABASE_URL: source }, ['ignore', 'pipe', 'pipe'])
	const pieces: Buffer[] = []
	const first = new Promise<void>((begun) =>
		child.stdout!.once('data', (piece) => {
			child.stdout!.pause()
			pieces.push(piece)
			begun()
		}),
	)
	await first
	// Nobody takes the rest of it for now: it stands in the middle of its transaction.
	await asking(source, async (sql) => {
		await sql`set lock_timeout = '1s'`
		await sql`insert into installation (key, value) values ('meanwhile', 'she wrote')`
		await sql`delete from installation where key = '17'`
		const [open] =
			await sql`select from pg_stat_activity where application_name = 'mimosa-backup' and state <> 'idle'`
		expect(open).toBeDefined()
	})
	child.stdout!.on('data', (piece) => pieces.push(piece)).resume()
	expect(await ended).toMatchObject({ code: 0 })
	writeFileSync(inFolder('meanwhile.gz'), Buffer.concat(pieces))
	expect(await run('restore', [inFolder('meanwhile.gz')], { DATABASE_URL: target.url })).toMatchObject({
		code: 0,
	})
	const found = await asking(
		target.url,
		(sql) => sql`select key from installation where key in ('meanwhile', '17')`,
	)
	expect([...found]).toEqual([{ key: '17' }])
})

test.each(['SIGKILL', 'SIGTERM'] as const)(
	'of a backup ended by %s nothing has the name of one',
	async (signal) => {
		await fillLargely()
		const half = () => readdirSync(folder).find((name) => name.startsWith('ended.gz.'))
		const { child, ended } = begin('backup', [inFolder('ended.gz')], { DATABASE_URL: source })
		await until(
			() =>
				statSync(inFolder(half() ?? ''), { throwIfNoEntry: false })!.size > 16_384 && half() !== undefined,
		)
		child.kill(signal)
		const { said } = await ended
		expect(readdirSync(folder)).not.toContain('ended.gz')
		if (signal === 'SIGTERM') {
			expect(said).toBe('mimosa: stopped\n')
			expect(half()).toBeUndefined()
			return
		}
		expect(statSync(inFolder(half()!)).mode & 0o777).toBe(0o600)
		const refused = await run('restore', [inFolder(half()!)], { DATABASE_URL: target.url })
		expect(refused).toEqual({ code: 1, said: expect.stringContaining('damaged or cut off') })
		rmSync(inFolder(half()!))
	},
)

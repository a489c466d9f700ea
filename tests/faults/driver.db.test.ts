import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '~/db/client.server'
import { openDatabase } from '../../scripts/postgres.mjs'
import { removeDatabase } from '../../scripts/postgres-place.mjs'
import { cutWhileStarting } from './cutter'
import { killAtEveryMoment } from './killer'
import { auditLedger, ledger, makeLedger } from './ledger'
import { Watch } from './watch'
import { Workload } from './workload'

/** The long form is `npm run gate`'s. */
const LONG = process.env.FAULTS === 'long'
const ROUNDS = LONG ? 10 : 2
const RESTARTS = LONG ? 5 : 1
const POOL = 4
const BURST = 100

const dataDir = path.resolve(`.data/faults-${process.pid}`)
let cluster: Awaited<ReturnType<typeof openDatabase>>

const openAdmin = () => postgres(cluster.adminUrl('faults'), { max: 1, onnotice: () => {} })

beforeAll(async () => {
	// Not a throwaway one: what was acknowledged must be there after a crash.
	cluster = await openDatabase({ dataDir, databases: ['faults'] })
	const admin = openAdmin()
	await makeLedger(admin)
	await admin.end({ timeout: 5 })
})

afterAll(async () => {
	await cluster.stop()
	await removeDatabase(dataDir)
})

/** Runs `work` with a pool and an administrator's connection and closes both. */
async function withPool<T>(max: number, work: (pool: Sql, admin: Sql) => Promise<T>) {
	const pool = connect(cluster.url('faults'), max)
	const admin = openAdmin()
	try {
		return await work(pool, admin)
	} finally {
		await Promise.all([pool.end({ timeout: 5 }), admin.end({ timeout: 5 })])
	}
}

const pidOf = async (sql: Sql) => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]!.pid

test('killed backends and crashes of the database cost no process, no promise and no row', {
	timeout: LONG ? 900_000 : 60_000,
}, async () => {
	const watch = new Watch()
	watch.start()
	await withPool(POOL, async (pool, admin) => {
		const workload = new Workload(drizzle(pool), watch)
		const missed = await killAtEveryMoment(admin, ROUNDS)
		watch.checkSoon()
		for (let restart = 0; restart < RESTARTS; restart++) {
			await cluster.crash()
			watch.checkSoon()
			await new Promise((done) => setTimeout(done, 1_000))
		}
		await Promise.race([workload.stop(), watch.finish()])
		await watch.finish()
		const burst = Array.from({ length: BURST }, () =>
			watch.follow(
				'burst',
				pool.begin((tx) => tx`select 1`),
			),
		)
		await Promise.race([Promise.allSettled(burst), watch.finish()])
		await watch.finish()
		const [backends] =
			await admin`select count(*)::int as count from pg_stat_activity where application_name = 'mimosa'`
		const told = [...workload.outcomes.values()]
		expect({
			missed,
			uncaught: watch.uncaught,
			hung: watch.hung,
			wrongReplies: workload.wrongReplies,
			answeredLate: workload.answeredLate,
			wrongLedger: await auditLedger(admin, workload.outcomes),
			backends: backends?.count,
		}).toEqual({
			missed: [],
			uncaught: [],
			hung: [],
			wrongReplies: [],
			answeredLate: [],
			wrongLedger: [],
			backends: POOL,
		})
		for (const outcome of ['committed', 'refused', 'unknown'] as const) expect(told).toContain(outcome)
	})
	watch.stop()
})

test('a handle whose backend died cannot write into the next transaction', async () => {
	await withPool(1, async (pool, admin) => {
		const db = drizzle(pool)
		const pid = await pidOf(pool)
		let late: Promise<unknown> | undefined
		let goOn = () => {}
		const waiting = new Promise<void>((resolve) => {
			goOn = resolve
		})
		const dead = db.transaction(async (tx) => {
			await tx.insert(ledger).values({ label: 'dead', part: 0 })
			await admin`select pg_terminate_backend(${pid})`
			late = waiting.then(() => tx.insert(ledger).values({ label: 'dead', part: 1 }))
			await late
		})
		await expect(dead).rejects.toThrow()
		const rolledBack = db.transaction(async (tx) => {
			await tx.insert(ledger).values({ label: 'next', part: 0 })
			goOn()
			await expect(late).rejects.toThrow()
			throw new Error('changed my mind')
		})
		await expect(rolledBack).rejects.toThrow('changed my mind')
		expect(await admin`select 1 from ledger where label in ('dead', 'next')`).toHaveLength(0)
	})
})

test('a handle used after its commit is refused', async () => {
	await withPool(1, async (pool) => {
		const handles: postgres.TransactionSql[] = []
		await pool.begin(async (tx) => {
			handles.push(tx)
			await tx`select 1`
		})
		await expect(handles[0]!`select 1`).rejects.toMatchObject({ code: 'TRANSACTION_ENDED' })
	})
})

test('a transaction that begins as the pipeline fills up runs like any other', async () => {
	await withPool(1, async (pool) => {
		// Behind the 100 queries a connection takes at once; the numbers around it make sure of the very one.
		for (let ahead = 97; ahead <= 103; ahead++) {
			await pool`select 1`
			const before = Array.from({ length: ahead }, () => pool`select 1`.execute())
			const begun = pool.begin(
				async (tx) => (await tx<{ number: number }[]>`select ${ahead}::int as number`)[0]?.number,
			)
			await Promise.all(before)
			expect(await begun).toBe(ahead)
		}
	})
})

test('a connection cut while it starts leaves the process and the pool whole', async () => {
	const watch = new Watch()
	watch.start()
	const cutter = await cutWhileStarting(cluster.url('faults'))
	const pool = connect(cutter.url, POOL)
	try {
		const ask = () => watch.follow('select', Promise.resolve(pool`select 1 as one`))
		for (let turn = 0; turn < 10 && cutter.left() > 0; turn++) {
			await Promise.race([Promise.allSettled([ask(), ask()]), watch.finish()])
		}
		await expect(Promise.all(Array.from({ length: POOL }, ask))).resolves.toHaveLength(POOL)
		const seen = { uncut: cutter.left(), hung: watch.hung, uncaught: watch.uncaught }
		expect(seen).toEqual({ uncut: 0, hung: [], uncaught: [] })
	} finally {
		await pool.end({ timeout: 5 })
		cutter.close()
		watch.stop()
	}
})

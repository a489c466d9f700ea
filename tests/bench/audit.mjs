import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { tsImport } from 'tsx/esm/api'
import { checkChain } from '../../scripts/audit-chain.mjs'
import { createDatabase, openDatabase } from '../../scripts/postgres.mjs'
import { removeDatabase } from '../../scripts/postgres-place.mjs'

// What the audit log's chain costs. By hand: node tests/bench/audit.mjs
//   how long 100,000 entries take to check, and what a link adds to a COMMIT, alone and with fifty writing at once.
const ENTRIES = 100_000
const ROUNDS = 20
const AT_ONCE = 50

const dataDir = `.data/bench-audit-${process.pid}`
const database = await openDatabase({ dataDir })
const url = database.url('audit')
await createDatabase(database.adminUrl('postgres'), 'audit')
const { migrateTemplate } = await tsImport('../setup/migrate.ts', import.meta.url)
await migrateTemplate(url)
const sql = postgres(url, { max: AT_ONCE, onnotice: () => {} })
const admin = postgres(database.adminUrl('audit'), { max: 1, onnotice: () => {} })

/** @param {number} times @param {() => Promise<unknown>} work @returns {Promise<number>} the median in ms */
async function median(times, work) {
	const took = []
	for (let n = 0; n < times; n += 1) {
		const began = performance.now()
		await work()
		took.push(performance.now() - began)
	}
	return took.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}

const write = () =>
	sql.begin(async (tx) => {
		await tx`insert into installation (key, value) values (gen_random_uuid()::text, 'x')`
		await tx`insert into audit_log (action, subject_kind, subject_id) values ('bench', 'x', 'y')`
	})
const crowd = () => Promise.all(Array.from({ length: AT_ONCE }, write))

/** @param {boolean} linked */
async function measureWrites(linked) {
	const how = linked ? admin`enable` : admin`disable`
	await admin`alter table audit_log ${how} trigger audit_chain_link`
	await crowd()
	return { one: await median(200, write), fifty: await median(ROUNDS, crowd) }
}

try {
	const with1 = await measureWrites(true)
	const without = await measureWrites(false)
	const with2 = await measureWrites(true)
	console.log('ms, median', { linked: [with1, with2], without })
	await admin`alter table audit_chain disable trigger audit_chain_only_grows`
	await admin`alter table audit_log disable trigger audit_log_only_grows`
	await admin`truncate audit_log, audit_chain`
	let began = performance.now()
	for (let n = 0; n < ENTRIES; n += 10_000) {
		await sql`insert into audit_log (actor_id, action, subject_kind, subject_id, member_id)
			select gen_random_uuid(), 'moderation.hidden', 'case', gen_random_uuid()::text, gen_random_uuid() from generate_series(1, 10000)`
	}
	console.log(`${ENTRIES} entries written and linked: ${Math.round(performance.now() - began)} ms`)
	await sleep(1000)
	for (let n = 0; n < 3; n += 1) {
		began = performance.now()
		const { entries, fault } = await checkChain(sql)
		console.log(`${entries} entries checked (fault: ${fault}): ${Math.round(performance.now() - began)} ms`)
	}
} finally {
	await Promise.all([sql.end({ timeout: 5 }), admin.end({ timeout: 5 })])
	await database.stop()
	await removeDatabase(dataDir)
}

import { sql } from 'drizzle-orm'
import { bigserial, boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { Sql } from 'postgres'

/** Rows a transaction that commits has written. */
export const PARTS = 3

/** Each row says which call wrote it and in which transaction the database took it. */
export const ledger = pgTable('ledger', {
	id: bigserial({ mode: 'number' }).primaryKey(),
	label: text().notNull(),
	part: integer().notNull(),
	/** COMMIT takes its time, so that it can be hit. */
	slow: boolean().notNull().default(false),
	/** Written through a handle whose transaction was over: there must be none. */
	late: boolean().notNull().default(false),
	xid: text().notNull().default(sql`pg_current_xact_id()::text`),
})

/** What the caller was told: `unknown` is a failure after COMMIT was sent, which may have gone either way. */
export type Outcome = 'committed' | 'refused' | 'unknown'

export async function makeLedger(admin: Sql) {
	await admin`create table ledger (
		id bigserial primary key,
		label text not null,
		part int not null,
		slow boolean not null default false,
		late boolean not null default false,
		xid text not null default pg_current_xact_id()::text
	)`
	await admin`create function dawdle() returns trigger language plpgsql as $$
		begin if new.slow then perform pg_sleep(0.05); end if; return null; end $$`
	await admin`create constraint trigger dawdle after insert on ledger
		deferrable initially deferred for each row execute function dawdle()`
	await admin`grant all on ledger, ledger_id_seq to mimosa`
}

/** Everything the ledger says that the callers were told otherwise; empty when all is well. */
export async function auditLedger(admin: Sql, outcomes: Map<string, Outcome>) {
	const rows = await admin<{ label: string; xid: string; rows: number; late: number }[]>`
		select label, xid, count(*)::int as rows, count(*) filter (where late)::int as late from ledger group by 1, 2`
	const wrong: string[] = []
	const labelOf = new Map<string, string>()
	const written = new Map<string, number>()
	for (const row of rows) {
		if (row.late) wrong.push(`${row.label}: ${row.late} rows written after its transaction was over`)
		if (labelOf.has(row.xid))
			wrong.push(`${row.label} shares transaction ${row.xid} with ${labelOf.get(row.xid)}`)
		if (written.has(row.label)) wrong.push(`${row.label} is spread over two transactions`)
		labelOf.set(row.xid, row.label)
		written.set(row.label, row.rows)
	}
	for (const [label, outcome] of outcomes) {
		const count = written.get(label) ?? 0
		const allowed = { committed: [PARTS], refused: [0], unknown: [0, PARTS] }[outcome]
		if (!allowed.includes(count)) wrong.push(`${label} was ${outcome} and has ${count} rows`)
		written.delete(label)
	}
	for (const label of written.keys()) wrong.push(`${label} has rows and nobody was told`)
	return wrong
}

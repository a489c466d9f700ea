import { type SQL, sql } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { installation } from '~/db/schema/members'
import { aside, keepDoing } from '~/platform/aside.server'
import { type Cell, shownCells } from '~/platform/small-cells'
import { atLeastOf, COUNTED, COUNTED_NAMES, type Counted, gather, type Period } from './figures'

const EVERY_MS = 60 * 60_000
/** A month is closed a day after its end: until then a decision may be taken back. */
const REST_HOURS = 24

/** What is counted as one: everything (null), or an organisation's own spaces. */
type Whole = string | null

/** Where the closed periods of one are kept; the day they begin with follows. */
export const keysOf = (organisationId: Whole, counted: Counted) =>
	organisationId === null ? `figures.${counted}.` : `figures.${organisationId}.${counted}.`

/** Not by whose members wrote or reported: no organisation learns what its women do elsewhere (docs/decisions/016). */
const isOf = (organisationId: Whole) =>
	organisationId === null
		? sql`true`
		: sql`(not ${organisationId}::uuid = any(c.not_organisations) and c.space_id in (
				select s.id from spaces s where s.access = 'organisation' and s.organisation_id = ${organisationId}::uuid))`

interface Source {
	/** When it happened, its tables' cells, and what it is read from. */
	at: SQL
	from: SQL
	cell: Record<string, SQL>
}

const language = sql`coalesce(lower(split_part(c.lang, '-', 1)), 'und')`

const SOURCES: Record<Counted, Source> = {
	reports: {
		at: sql`r.created_at`,
		from: sql`reports r join cases c on c.id = r.case_id`,
		cell: { picture: sql`r.reason`, language },
	},
	decisions: {
		at: sql`c.decided_at`,
		from: sql`(select * from cases where status = 'decided' and statement_id is null) c`,
		cell: {
			kind: sql`c.decision`,
			clock: sql`case when c.decided_at <= c.due_at then 'within' else 'late' end`,
			language,
		},
	},
	appeals: {
		at: sql`c.decided_at`,
		from: sql`(select * from cases where status = 'decided' and statement_id is not null) c`,
		cell: { end: sql`c.decision` },
	},
}

const monthOf = (at: SQL) => sql`date_trunc('month', ${at}, 'UTC')`

/** How many there were in each month that is over, the earliest first. */
async function countMonths(tx: Db, whole: Whole, { at, from }: Source, since: string | null) {
	const rows = await tx.execute<{ month: string; count: number }>(sql`
		select to_char(${monthOf(at)} at time zone 'UTC', 'YYYY-MM-DD') as month, count(*)::int as count from ${from}
		where ${isOf(whole)} and ${at} < ${monthOf(sql`now() - make_interval(hours => ${REST_HOURS})`)}
			and ${since === null ? sql`true` : sql`${at} >= ${since}::timestamptz`}
		group by 1 order by 1`)
	return rows.map(({ month, count }) => ({ month, count }))
}

interface Cut {
	whole: Whole
	source: Source
	cell: SQL
	period: Pick<Period, 'from' | 'to'>
}

async function countCells(tx: Db, { whole, source: { at, from }, cell, period }: Cut) {
	const rows = await tx.execute<{ key: string; count: number }>(sql`
		select ${cell} as key, count(*)::int as count from ${from}
		where ${isOf(whole)} and ${at} >= ${`${period.from}T00:00:00Z`}::timestamptz
			and ${at} < ${`${period.to}T00:00:00Z`}::timestamptz
		group by 1`)
	return rows.map(({ key, count }): Cell => ({ key, count }))
}

/** Until when this was counted already; null where it never was. */
async function closedUntil(tx: Db, whole: Whole, counted: Counted) {
	const [row] = await tx.execute<{ to: string | null }>(sql`
		select max(value::json ->> 'to') as to from installation where key like ${`${keysOf(whole, counted)}%`}`)
	return row?.to ?? null
}

async function closeOne(tx: Db, whole: Whole, counted: Counted) {
	const since = await closedUntil(tx, whole, counted)
	const source = SOURCES[counted]
	const months = await countMonths(tx, whole, source, since && `${since}T00:00:00Z`)
	for (const period of gather(months, since, atLeastOf(whole))) {
		const tables: Period['tables'] = {}
		for (const table of COUNTED[counted]) {
			const cells = await countCells(tx, { whole, source, cell: source.cell[table]!, period })
			tables[table] = shownCells(cells, atLeastOf(whole))
		}
		await tx
			.insert(installation)
			.values({
				key: keysOf(whole, counted) + period.from,
				value: JSON.stringify({ ...period, tables }),
			})
			.onConflictDoNothing()
	}
}

/** Organisations that have spaces of their own. */
async function withSpaces(tx: Db) {
	const rows = await tx.execute<{ id: string }>(sql`
		select distinct organisation_id as id from spaces where access = 'organisation' and organisation_id is not null`)
	return rows.map(({ id }) => id)
}

/**
 * Counts what months that are over had, as it may be shown, and keeps only that. What is closed is never counted again:
 * a number that changed by one from one day to the next would say what one woman did. Twice is once.
 */
export const closeFigures = () =>
	db.transaction(async (tx) => {
		// Processes take turns: each sees what the one before has closed.
		await tx.execute(sql`select pg_advisory_xact_lock(hashtext('figures'))`)
		for (const whole of [null, ...(await withSpaces(tx))])
			for (const counted of COUNTED_NAMES) await closeOne(tx, whole, counted)
	})

/** Looks every hour for as long as the process runs. */
export function keepClosingFigures() {
	aside('moderation.figures', closeFigures)
	keepDoing('moderation.figures', EVERY_MS, closeFigures)
}

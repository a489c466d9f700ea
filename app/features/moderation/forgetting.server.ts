import { sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { keepDoing } from '~/platform/aside.server'

const EVERY_MS = 60 * 60_000
/** Counted from the last decision on it. */
export const KEPT_MONTHS = 12
/** What more there is waits for the next hour. */
const AT_ONCE = 500

/** Decided so long ago, also by whoever looked again, and nothing of it can come back. */
const isOver = sql`c.status = 'decided' and c.decided_at < now() - make_interval(months => ${KEPT_MONTHS})
	and not exists (select 1 from statements s left join cases appeal on appeal.statement_id = s.id
		where s.case_id = c.id and ((s.undone_at is null and s.wipe_at > now()) or appeal.status = 'open'
			or appeal.decided_at >= now() - make_interval(months => ${KEPT_MONTHS})))`

/**
 * Takes evidence out of the database whose case is over, with its translations; the case, its decision and its statement
 * stay. Several processes at once share the work. Returns how many.
 */
export async function forgetEvidence(): Promise<number> {
	const gone = await db.execute(sql`
		delete from evidence where id in (
			select e.id from evidence e join cases c on c.id = e.case_id where ${isOver}
			limit ${AT_ONCE} for update of e skip locked)
		returning id`)
	return gone.length
}

/**
 * Takes the words out of cases that are over: what the queue showed of them, what was said with the reports, and what
 * moderators noted; that it was reported, and why, stays. Several processes at once share the work. Returns how many cases.
 */
export async function forgetWords(): Promise<number> {
	const gone = await db.execute(sql`
		with over as (
			select c.id from cases c where ${isOver} and (c.excerpt <> ''
				or exists (select 1 from reports r where r.case_id = c.id and r.words <> '')
				or exists (select 1 from case_notes n where n.case_id = c.id))
			limit ${AT_ONCE} for update of c skip locked),
		noted as (delete from case_notes n using over where n.case_id = over.id),
		said as (update reports r set words = '' from over where r.case_id = over.id and r.words <> '')
		update cases set excerpt = '' from over where cases.id = over.id returning cases.id`)
	return gone.length
}

/**
 * Takes her name, before she leaves, from where it was kept beside the words of others and in cases about her that are
 * decided. What she said there stays: it is what explains the words that were reported.
 */
export async function forgetName(tx: Tx, memberId: string): Promise<void> {
	await tx.execute(sql`
		update evidence e set around = (
			select jsonb_agg(case when said.part ->> 'author' = m.handle
				then jsonb_set(said.part, '{author}', 'null') else said.part end order by said.place)
			from jsonb_array_elements(e.around) with ordinality as said(part, place))
		from members m
		where m.id = ${memberId}::uuid and e.around @> jsonb_build_array(jsonb_build_object('author', m.handle))`)
	await tx.execute(sql`
		update cases set excerpt = ''
		where subject_kind = 'member' and subject_id = ${memberId}::uuid and status = 'decided' and excerpt <> ''`)
}

/** Looks every hour for as long as the process runs. */
export function keepForgetting() {
	keepDoing('moderation.forgetting', EVERY_MS, () => forgetEvidence())
	keepDoing('moderation.forgettingWords', EVERY_MS, () => forgetWords())
}

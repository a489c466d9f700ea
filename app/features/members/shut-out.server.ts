import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { db, type Tx } from '~/db/client.server'
import { auditLog } from '~/db/schema/members'
import { deliver } from '~/platform/bus.server'
import { pgArray } from '~/platform/text'
import { lockMembers } from './locking.server'

/** Nothing shuts this member out now: no suspension whose time has not come, no closing, by the database's clock. */
export const isNotShutOut = (member: PgColumn | SQL) => sql`not exists (
	select 1 from restrictions shut where shut.member_id = ${member} and shut.kind in ('suspended', 'closed')
		and shut.ended_at is null and (shut.until is null or shut.until > now()))`

const isDue = sql`kind = 'suspended' and ended_at is null and until <= now()`

/** Whom a suspension shuts out whose time has come. */
async function findDue(tx: Tx, memberId: string | undefined) {
	const due = await tx.execute<{ id: string }>(sql`
		select distinct member_id as id from restrictions
		where ${isDue} ${memberId ? sql`and member_id = ${memberId}` : sql``}`)
	return due.map(({ id }) => id)
}

/** Ends the suspensions whose time has come, of women whose rows are locked. Gives those whom one of them shut out. */
async function endDue(tx: Tx, ids: readonly string[]) {
	const ended = await tx.execute<{ id: string }>(sql`
		update restrictions set ended_at = now()
		where ${isDue} and member_id = any(${pgArray(ids)}::uuid[])
		returning member_id as id`)
	return [...new Set(ended.map(({ id }) => id))]
}

const letIn = async (tx: Tx, ids: readonly string[]) => {
	const back = await tx.execute<{ id: string }>(sql`
		update members set status = 'active'
		where id = any(${pgArray(ids)}::uuid[]) and status = 'suspended' and ${isNotShutOut(sql`members.id`)}
		returning id`)
	return back.map(({ id }) => id)
}

/**
 * Lets women in again whose suspension has come to its end, one or all, unless something else still shuts them out.
 * Several processes at once end each of them once. Returns how many are in again.
 */
export async function endDueSuspensions(memberId?: string): Promise<number> {
	const back = await db.transaction(async (tx) => {
		const due = await findDue(tx, memberId)
		if (due.length === 0) return []
		// Locked before it is asked what holds: who is shut out anew at this moment stays out.
		await lockMembers(tx, due)
		const ids = await letIn(tx, await endDue(tx, due))
		if (ids.length > 0) {
			await tx.insert(auditLog).values(
				ids.map((id) => ({
					action: 'member.suspension-over',
					subjectKind: 'member',
					subjectId: id,
					memberId: id,
				})),
			)
		}
		return ids
	})
	deliver(back.map((id) => ({ name: 'member:changed' as const, memberId: id })))
	return back.length
}

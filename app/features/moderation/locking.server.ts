import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { cases, statements } from '~/db/schema/moderation'
import { lockMembers } from '~/features/members/locking.server'

/*
 * The one order in which moderation locks, so that no two wait for each other in a circle: cases, members (each by id),
 * what was said, statements, restrictions, blocks. Whoever changes a later one and comes to an earlier one afterwards
 * locks that first. Content is written before its case is opened: what meets there is tried twice (`command`).
 */

/** Locks cases, and gives them as they stand then. */
export const lockCases = (tx: Tx, which: SQL | undefined) =>
	tx
		.select({ id: cases.id, status: cases.status })
		.from(cases)
		.where(which)
		.orderBy(asc(cases.id))
		.for('update')

/** Whether it still waits for a decision. Of two who decide at once, the second one waits here and finds it decided. */
export async function lockOpenCase(tx: Tx, caseId: string): Promise<boolean> {
	const [found] = await lockCases(tx, eq(cases.id, caseId))
	return found?.status === 'open'
}

/** Locks what waits or was decided about one thing, before the thing itself is changed. */
export const lockCasesOf = (tx: Tx, subjectKind: string, subjectId: string) =>
	lockCases(tx, and(eq(cases.subjectKind, subjectKind), eq(cases.subjectId, subjectId)))

export const lockStatement = (tx: Tx, id: string) =>
	tx.select({ id: statements.id }).from(statements).where(eq(statements.id, id)).for('update')

/**
 * Locks the women of a case that is locked already: its author, who reported it and whom she is kept apart from by it;
 * for an appeal those of the case it goes back to.
 */
export async function lockSides(tx: Tx, caseId: string): Promise<void> {
	const sides = await tx.execute<{ id: string }>(sql`
		with rests as (
			select c.id from cases c where c.id = ${caseId}::uuid union
			select s.case_id from cases c join statements s on s.id = c.statement_id where c.id = ${caseId}::uuid)
		select c.author_id as id from cases c join rests using (id) where c.author_id is not null union
		select r.reporter_id from reports r join rests on rests.id = r.case_id where r.reporter_id is not null union
		select o.other_id from restrictions o join statements s on s.id = o.statement_id
			join rests on rests.id = s.case_id where o.other_id is not null`)
	await lockMembers(
		tx,
		sides.map(({ id }) => id),
	)
}

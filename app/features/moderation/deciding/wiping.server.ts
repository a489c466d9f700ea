import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { cases, statements } from '~/db/schema/moderation'
import { keepDoing } from '~/platform/aside.server'
import { type Subjects, subjectOf } from '../subjects.server'

const EVERY_MS = 60 * 60_000
/** Few enough that nobody waits for the locks. */
const AT_ONCE = 100

/** Whether another moderator has still to look at it: the words stay for her, however late it is. */
const underAppeal = sql`exists (
	select 1 from cases appeal where appeal.statement_id = statements.id and appeal.status = 'open')`

/** Whether somebody else waits for a decision about the same words. */
const underReport = sql`exists (
	select 1 from cases other where other.subject_kind = ${cases.subjectKind} and other.subject_id = ${cases.subjectId}
		and other.status = 'open')`

/** What every case about it, and every statement, kept of its words to tell which they are. */
async function forgetBeginnings(tx: Tx, kind: string, subjectId: string) {
	const about = and(eq(cases.subjectKind, kind), eq(cases.subjectId, subjectId))
	const ids = tx.select({ id: cases.id }).from(cases).where(about)
	await tx.update(statements).set({ excerpt: '' }).where(inArray(statements.caseId, ids))
	await tx.update(cases).set({ excerpt: '' }).where(about)
}

/**
 * Wipes the words of what was removed, once its author can no longer ask for another look and nobody looks at it any
 * more. Several processes at once share the work; doing it twice changes nothing. Returns how many.
 */
export const wipeRemoved = (subjects: Subjects) =>
	db.transaction(async (tx) => {
		const due = await tx
			.select({ id: statements.id, kind: cases.subjectKind, subjectId: cases.subjectId })
			.from(statements)
			.innerJoin(cases, eq(cases.id, statements.caseId))
			.where(
				and(
					isNotNull(statements.wipeAt),
					isNull(statements.undoneAt),
					sql`${statements.wipeAt} <= now()`,
					sql`not ${underAppeal}`,
					sql`not ${underReport}`,
				),
			)
			.orderBy(asc(statements.wipeAt))
			.limit(AT_ONCE)
			.for('update', { of: [cases, statements], skipLocked: true })
		for (const { id, kind, subjectId } of due) {
			await subjectOf(subjects, kind).wipe?.(tx, subjectId)
			await tx.update(statements).set({ wipeAt: null }).where(eq(statements.id, id))
			await forgetBeginnings(tx, kind, subjectId)
		}
		return due.length
	})

/** Wipes every hour for as long as the process runs. */
export const keepWipingRemoved = (subjects: Subjects) =>
	keepDoing('moderation.wiping', EVERY_MS, () => wipeRemoved(subjects))

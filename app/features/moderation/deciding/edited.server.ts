import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { cases, statements } from '~/db/schema/moderation'
import type { DomainEvent } from '~/platform/bus.server'
import { openCase } from '../reports.server'
import type { Subject } from '../subject'

interface Changed {
	subject: Subject
	id: string
	/** A rule holds what it says now, or she is new: nobody sees it yet. */
	waits: boolean
}

/**
 * She changed what a moderator asked her to change: everyone sees it again unless it waits, the decision is no news to her
 * any more, and a new case waits for somebody to look at what it says now.
 */
export async function showChanged(
	tx: Tx,
	{ subject, id, waits }: Changed,
	publish: (event: DomainEvent) => void,
) {
	if (!waits) await subject.restore(tx, id, publish)
	const asked = tx
		.select({ id: cases.id })
		.from(cases)
		.where(and(eq(cases.subjectKind, subject.kind), eq(cases.subjectId, id)))
	await tx
		.update(statements)
		.set({ seenAt: sql`now()` })
		.where(
			and(
				eq(statements.action, 'edit-asked'),
				isNull(statements.undoneAt),
				sql`${statements.caseId} in ${asked}`,
			),
		)
	const reported = await subject.find(tx, id)
	if (reported) await openCase(tx, { subjectKind: subject.kind, reported, origin: 'edited' })
}

import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import { cases, statements } from '~/db/schema/moderation'
import { type Actor, holds, moderates } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { accessCase } from '../cases.server'
import { organisationsOf } from '../moderation.policy'
import { inScope } from '../scope.server'

const inForce = sql<boolean>`(${restrictions.endedAt} is null and (${restrictions.until} is null or ${restrictions.until} > now()))`

/** What rests on a statement, as she is told it: never from whom she is kept apart, nor from how many. */
export interface MeasureTold {
	kind: (typeof restrictions.$inferSelect)['kind']
	everywhere: boolean
	until: Date | null
	holds: boolean
}

/** What rests on each of these statements. Kept apart from several women is one to her: she is not told from whom. */
export async function readMeasuresOf(statementIds: readonly string[]): Promise<Map<string, MeasureTold[]>> {
	if (statementIds.length === 0) return new Map()
	const rows = await db
		.selectDistinct({
			statementId: restrictions.statementId,
			kind: restrictions.kind,
			everywhere: sql<boolean>`${restrictions.spaceId} is null`,
			until: restrictions.until,
			holds: inForce,
		})
		.from(restrictions)
		.where(inArray(restrictions.statementId, [...statementIds]))
		.orderBy(restrictions.kind)
	const told = new Map<string, MeasureTold[]>()
	for (const { statementId, ...one } of rows) told.set(statementId, [...(told.get(statementId) ?? []), one])
	return told
}

/** She did not report it herself, and a closed account is a coordinator's to open. */
const mayEnd = (actor: Actor) => sql<boolean>`(
	${inScope(actor)} and not exists (
		select 1 from reports r where r.case_id = cases.id and r.reporter_id = ${actor.id}::uuid)
	and (restrictions.kind <> 'closed' or ${holds(actor, 'coordinator')}::boolean)
	and (restrictions.kind = 'apart' or restrictions.space_id is not null or ${moderates(actor, null)}::boolean))`

/**
 * What holds for the woman a case is about, from whatever decision: for the moderator who decides now. How often she
 * tried to reach somebody she is kept apart from, and not whom; nothing that rests on a case which is kept from one of the
 * moderator's organisations. Throws `not-found` outside her scope.
 */
export async function readMeasuresInForce(actor: Actor, caseId: string) {
	const { authorId } = await accessCase(db, actor, caseId)
	if (!authorId) return []
	return db
		.select({
			id: restrictions.id,
			kind: restrictions.kind,
			everywhere: sql<boolean>`${restrictions.spaceId} is null`,
			since: restrictions.since,
			until: restrictions.until,
			attempts: restrictions.attempts,
			lastAttemptAt: restrictions.lastAttemptAt,
			mayEnd: mayEnd(actor),
		})
		.from(restrictions)
		.innerJoin(statements, eq(statements.id, restrictions.statementId))
		.innerJoin(cases, eq(cases.id, statements.caseId))
		.where(
			and(
				eq(restrictions.memberId, authorId),
				inForce,
				sql`not (cases.not_organisations && ${pgArray(organisationsOf(actor))}::uuid[])`,
			),
		)
		.orderBy(desc(restrictions.since), restrictions.id)
}

export type MeasureInForce = Awaited<ReturnType<typeof readMeasuresInForce>>[number]

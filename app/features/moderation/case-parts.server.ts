import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { cases, evidence, reports, statements } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { CLAIM_MINUTES, EARLIER_MONTHS } from './moderation.policy'
import type { Reason } from './moderation.words'
import { claimHolds, inScope } from './scope.server'

/** What is read of a case only after `accessCase` let her in. */

const EARLIER_SHOWN = 20
const ALIKE_SHOWN = 10

const decider = alias(members, 'decider')
const holder = alias(members, 'holder')

/** The handles on a case and the statement that rests on it (for an appeal: that it is about), in one query. */
export async function readStatement(caseId: string) {
	const [row] = await db
		.select({
			author: members.handle,
			decidedBy: decider.handle,
			holder: { id: holder.id, handle: holder.handle },
			heldUntil: sql`cases.claimed_at + make_interval(mins => ${CLAIM_MINUTES}::int)`.mapWith(
				cases.claimedAt,
			),
			firstCaseId: statements.caseId,
			action: statements.action,
			rule: statements.rule,
			words: statements.words,
			statedAt: statements.createdAt,
			undoneAt: statements.undoneAt,
			appealedAt: statements.appealedAt,
			appealWords: statements.appealWords,
			reviewWords: statements.reviewWords,
		})
		.from(cases)
		.leftJoin(members, eq(members.id, cases.authorId))
		.leftJoin(decider, eq(decider.id, cases.decidedBy))
		.leftJoin(
			holder,
			and(eq(holder.id, cases.claimedBy), eq(cases.status, 'open'), claimHolds(CLAIM_MINUTES)),
		)
		.leftJoin(
			statements,
			sql`case when ${cases.statementId} is null then ${statements.caseId} = ${cases.id} and ${statements.undoneAt} is null
				else ${statements.id} = ${cases.statementId} end`,
		)
		.where(eq(cases.id, caseId))
	return row!
}

/** Why it was reported, the first report first. No name of anyone who reported ever leaves the database. */
export const readReasons = (caseId: string) =>
	db
		.select({
			id: reports.id,
			reason: reports.reason,
			words: reports.words,
			/** The name she gave, where nobody has it. */
			name: sql<string | null>`case when ${reports.nameHash} <> '' then ${evidence.body} end`,
			createdAt: reports.createdAt,
			readAt: reports.readAt,
		})
		.from(reports)
		.leftJoin(evidence, eq(evidence.id, reports.evidenceId))
		.where(eq(reports.caseId, caseId))
		.orderBy(asc(reports.createdAt), asc(reports.id))

/** What was decided about her in the last twelve months, without a word of what she wrote; not of this case. */
export const readEarlier = (authorId: string | null, caseId: string) =>
	db
		.select({
			id: statements.id,
			action: statements.action,
			kind: statements.subjectKind,
			rule: statements.rule,
			at: statements.createdAt,
			undone: sql<boolean>`${statements.undoneAt} is not null`,
		})
		.from(statements)
		.where(
			and(
				authorId === null ? sql`false` : eq(statements.memberId, authorId),
				ne(statements.caseId, caseId),
				// What a rule did by itself nobody decided about her.
				eq(statements.automated, false),
				sql`${statements.createdAt} > now() - make_interval(months => ${EARLIER_MONTHS})`,
			),
		)
		.orderBy(desc(statements.createdAt), desc(statements.id))
		.limit(EARLIER_SHOWN)

interface Alike {
	id: string
	kind: string
	/** Why it was reported; none where nobody did. */
	reasons: Reason[]
}

const forOneOf = (reasons: Reason[]) =>
	sql`exists (select 1 from reports r where r.case_id = cases.id and r.reason = any(${`{${[...new Set(reasons)].join(',')}}`}::text[]))`

/** What was decided in her scope about the same kind of thing for the same reasons, and by which rule; the latest first. */
export const readAlike = (actor: Actor, { id, kind, reasons }: Alike) =>
	db
		.select({ id: cases.id, decision: cases.decision, at: cases.decidedAt, rule: statements.rule })
		.from(cases)
		.leftJoin(statements, and(eq(statements.caseId, cases.id), isNull(statements.undoneAt)))
		.where(
			and(
				eq(cases.status, 'decided'),
				eq(cases.subjectKind, kind),
				ne(cases.id, id),
				sql`cases.statement_id is null`,
				reasons.length > 0 ? forOneOf(reasons) : undefined,
				inScope(actor),
			),
		)
		.orderBy(desc(cases.decidedAt), desc(cases.id))
		.limit(ALIKE_SHOWN)

import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { cases, reports } from '~/db/schema/moderation'
import { notices } from '~/db/schema/ties'
import { tell } from '~/features/members/notices.server'
import type { Actor } from '~/platform/actor'
import { cursorOf, placeAt, readCursor, timeOf } from '~/platform/cursor'
import { CLAIM_MINUTES } from './moderation.policy'
import type { ReportState } from './moderation.words'
import { hasAgreedReferral } from './referrals/offering.server'
import { claimHolds } from './scope.server'

const REPORTS_A_PAGE = 20

/** Something was done and still holds: it is stated, or there is nobody to state it to. */
const acted = sql`(exists (select 1 from statements s where s.case_id = cases.id and s.undone_at is null)
	or (cases.decision <> 'dismissed'
		and not exists (select 1 from statements s where s.case_id = cases.id)))`

const state = sql<ReportState>`case
	when cases.status = 'open' and ${claimHolds(CLAIM_MINUTES)} then 'looking'
	when cases.status = 'open' then 'waiting'
	when ${acted} then 'acted'
	when ${hasAgreedReferral(sql`cases.id`, sql`reports.reporter_id`)} then 'passed-on'
	else 'left' end`

/** Her own reports with their state, the latest first. Of the decision only whether something was done: who was told what stays between moderators and her. */
export async function listMyReports(actor: Actor, cursor: string | null) {
	const from = readCursor(cursor)
	const before =
		from && sql`(${reports.createdAt}, ${reports.id}) < (${timeOf(from)}::timestamptz, ${from.id}::uuid)`
	const rows = await db
		.select({
			id: reports.id,
			kind: cases.subjectKind,
			reason: reports.reason,
			createdAt: reports.createdAt,
			readAt: reports.readAt,
			state,
		})
		.from(reports)
		.innerJoin(cases, eq(cases.id, reports.caseId))
		.where(and(eq(reports.reporterId, actor.id), before))
		.orderBy(desc(reports.createdAt), desc(reports.id))
		.limit(REPORTS_A_PAGE + 1)
	const shown = rows.slice(0, REPORTS_A_PAGE)
	const last = shown.at(-1)
	return {
		reports: shown,
		older: rows.length > REPORTS_A_PAGE && last ? cursorOf(placeAt(last.createdAt, last.id)) : null,
	}
}

/** Tells everyone who reported it that it is decided, in the transaction of the decision; what was decided is in her list. */
export async function tellReporters(tx: Tx, caseId: string) {
	const rows = await tx
		.selectDistinct({ reporterId: reports.reporterId })
		.from(reports)
		.where(and(eq(reports.caseId, caseId), isNotNull(reports.reporterId)))
	const memberIds = rows.map(({ reporterId }) => reporterId!)
	await tell(tx, { memberIds, kind: 'report.answered', subjectId: caseId })
}

/** The decision was taken back: it waits again. */
export const untellReporters = (tx: Tx, caseId: string) =>
	tx.delete(notices).where(and(eq(notices.kind, 'report.answered'), eq(notices.subjectId, caseId)))

/** Where such a notice leads, by the notice's id. */
export const reportPlaces = (told: readonly { id: string; kind: string }[]) =>
	told.flatMap(({ id, kind }) =>
		kind === 'report.answered' ? [[id, { path: '/me/decisions#reports' }] as const] : [],
	)

import { and, desc, eq, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { cases, reports, statements } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { cursorOf, readCursor } from './cursor'
import { excerptOf } from './excerpt'
import { Report } from './moderation.schema'
import { accessReportable, type Subjects } from './subjects.server'

const REPORTS_A_PAGE = 20

/** The open case of a thing. Reports of it, also those that come at the same moment, gather in one. */
export async function openCase(tx: Tx, { subjectKind, reported, danger }: NewCase): Promise<string> {
	const [row] = await tx
		.insert(cases)
		.values({
			subjectKind,
			subjectId: reported.id,
			authorId: reported.authorId,
			spaceId: reported.spaceId,
			private: reported.private,
			excerpt: reported.private ? '' : excerptOf(reported.body),
			lang: reported.lang,
			dir: reported.dir,
			danger,
			notOrganisations: reported.notOrganisations ?? [],
		})
		.onConflictDoUpdate({
			target: [cases.subjectKind, cases.subjectId],
			targetWhere: sql`status = 'open' and statement_id is null`,
			set: {
				danger: sql`${cases.danger} or excluded.danger`,
				// Whoever must not get it by now does not get what was reported before either.
				notOrganisations: sql`array(select unnest(${cases.notOrganisations}) union select unnest(excluded.not_organisations))`,
			},
		})
		.returning({ id: cases.id })
	return row!.id
}

interface NewCase {
	subjectKind: string
	reported: Awaited<ReturnType<typeof accessReportable>>['reported']
	danger: boolean
}

/**
 * Reports something she can see. The same woman reporting it again changes her words: it stays one report. Used by
 * the form and by the socket (`message:report`). Throws `not-found` for what she cannot see and what is not there.
 * Nothing of it goes to the audit log: only the report itself knows who wrote it.
 */
export const report = (using: { subjects: Subjects }) =>
	command({
		input: Report,
		limit: 'moderation.report',
		async run({ actor, input: { kind, id, reason, words }, tx }) {
			const { reported } = await accessReportable(tx, using.subjects, actor, { kind, id })
			const caseId = await openCase(tx, { subjectKind: kind, reported, danger: reason === 'danger' })
			await tx
				.insert(reports)
				.values({ caseId, reporterId: actor.id, reason, words })
				.onConflictDoUpdate({ target: [reports.caseId, reports.reporterId], set: { reason, words } })
			return { reason }
		},
	})

/** What the page to report on shows: what it is, and what she wrote if she has reported it before. */
export async function readReportable(
	subjects: Subjects,
	actor: Actor,
	{ kind, id }: { kind: string; id: string },
) {
	const { reported } = await accessReportable(db, subjects, actor, { kind, id })
	return {
		kind,
		path: reported.path,
		private: reported.private,
		takenBack: reported.takenBack ?? false,
		excerpt: reported.takenBack ? '' : excerptOf(reported.body),
		lang: reported.lang,
		dir: reported.dir,
		before: await herReport(actor, kind, id),
	}
}

/** Her report of a thing that nobody has decided yet. */
async function herReport(actor: Actor, kind: string, id: string) {
	const [row] = await db
		.select({ reason: reports.reason, words: reports.words, createdAt: reports.createdAt })
		.from(reports)
		.innerJoin(cases, eq(cases.id, reports.caseId))
		.where(
			and(
				eq(reports.reporterId, actor.id),
				eq(cases.subjectKind, kind),
				eq(cases.subjectId, id),
				eq(cases.status, 'open'),
			),
		)
		.limit(1)
	return row
}

/** Whether she has just sent a report of it, and whether it was about danger: also when it is hidden by now. */
export async function readSentReport(actor: Actor, { kind, id }: { kind: string; id: string }) {
	if (!isUuid(id)) throw new AppError('not-found')
	const [row] = await db
		.select({ reason: reports.reason })
		.from(reports)
		.innerJoin(cases, eq(cases.id, reports.caseId))
		.where(and(eq(reports.reporterId, actor.id), eq(cases.subjectKind, kind), eq(cases.subjectId, id)))
		.orderBy(desc(reports.createdAt))
		.limit(1)
	if (!row) throw new AppError('not-found')
	return { danger: row.reason === 'danger' }
}

/** Something was done and still holds; who was told what stays between moderators and her. */
const acted = sql<boolean>`exists (
	select 1 from ${statements} where ${statements.caseId} = ${cases.id} and ${statements.undoneAt} is null)`

/** Her own reports with their state, the latest first. Of the decision only whether something was done. */
export async function listMyReports(actor: Actor, cursor: string | null) {
	const from = readCursor(cursor)
	const before =
		from &&
		sql`(${reports.createdAt}, ${reports.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`
	const rows = await db
		.select({
			id: reports.id,
			kind: cases.subjectKind,
			reason: reports.reason,
			createdAt: reports.createdAt,
			readAt: reports.readAt,
			open: sql<boolean>`${cases.status} = 'open'`,
			acted,
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
		older: rows.length > REPORTS_A_PAGE && last ? cursorOf({ at: last.createdAt, id: last.id }) : null,
	}
}

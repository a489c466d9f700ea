import { and, desc, eq, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { cases, reports } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { keepEvidence } from './evidence.server'
import { excerptOf } from './excerpt'
import { CLOCKS, DANGERS_FIRST } from './moderation.policy'
import { Report } from './moderation.schema'
import type { Reason } from './moderation.words'
import { accessReportable, type Subjects } from './subjects.server'
import { memberSubject } from './suspension.server'

/**
 * The open case of a thing. Reports of it, also those that come at the same moment, gather in one; its clock is that of
 * the most urgent one.
 */
export async function openCase(
	tx: Tx,
	{ subjectKind, reported, reason, excerpt, ...found }: NewCase,
): Promise<string> {
	const dueAt = sql`now() + make_interval(mins => ${CLOCKS[reason ?? 'rude']})`
	const [row] = await tx
		.insert(cases)
		.values({
			subjectKind,
			subjectId: reported.id,
			authorId: reported.authorId,
			spaceId: reported.spaceId,
			private: reported.private,
			excerpt: reported.private ? '' : excerptOf(excerpt ?? reported.body),
			lang: reported.lang,
			dir: reported.dir,
			danger: reason === 'danger',
			dueAt,
			notOrganisations: reported.notOrganisations ?? [],
			...found,
		})
		.onConflictDoUpdate({
			target: [cases.subjectKind, cases.subjectId],
			targetWhere: sql`status = 'open' and statement_id is null`,
			set: {
				danger: sql`${cases.danger} or excluded.danger`,
				dueAt: sql`least(${cases.dueAt}, excluded.due_at)`,
				// What waits from now on has to be let through by whoever decides, also where it was reported before.
				origin: sql`case when excluded.origin in ('rule', 'first') then excluded.origin else ${cases.origin} end`,
				watchRuleId: sql`coalesce(excluded.watch_rule_id, ${cases.watchRuleId})`,
				// Whoever must not get it by now does not get what was reported before either.
				notOrganisations: sql`array(select unnest(${cases.notOrganisations}) union select unnest(excluded.not_organisations))`,
			},
		})
		.returning({ id: cases.id })
	return row!.id
}

interface NewCase extends Partial<Pick<typeof cases.$inferInsert, 'origin' | 'watchRuleId'>> {
	subjectKind: string
	reported: Awaited<ReturnType<typeof accessReportable>>['reported']
	/** Why it was reported; nothing where nobody did. */
	reason?: Reason
	/** What the queue shows of it, where nothing was said. */
	excerpt?: string
}

interface Filed extends Pick<NewCase, 'subjectKind' | 'reported' | 'excerpt'> {
	reason: Reason
	words: string
	/** Of a name nobody has: reports of others stand beside it in the same case. */
	nameHash?: string
}

/**
 * How urgent the case is by this report. What may be danger goes before everything else, but only the first few that wait
 * of one woman in a day: whoever reports hundreds of things so must not push aside another woman's one. The rest count as
 * what frightens her. They are kept as she sent them, and another woman's report of the same raises it.
 */
async function urgencyOf(tx: Tx, actor: Actor, { subjectKind, reported, reason }: Filed): Promise<Reason> {
	if (reason !== 'danger') return reason
	// Sent all at once they take turns, or each would find that it is the first.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`danger ${actor.id}`}, 0))`)
	const [before] = await tx.execute<{ count: number }>(sql`
		select count(distinct c.id)::int as count from reports r join cases c on c.id = r.case_id
		where r.reporter_id = ${actor.id} and r.created_at > now() - interval '1 day'
			-- Not by her reason: she could change it, and the case would stay where it is.
			and c.danger and c.status = 'open' and (c.subject_kind, c.subject_id) <> (${subjectKind}, ${reported.id}::uuid)`)
	return before!.count < DANGERS_FIRST ? 'danger' : 'frightens'
}

/**
 * Files a report with its evidence, in the case of what it is about. Nothing of it goes to the audit log: only the
 * report itself knows who wrote it.
 */
export async function file(tx: Tx, actor: Actor, filed: Filed) {
	const { words, reason, nameHash = '', ...about } = filed
	const caseId = await openCase(tx, { ...about, reason: await urgencyOf(tx, actor, filed) })
	const evidenceId = await keepEvidence(tx, caseId, about.reported)
	const hers = { reason, words, evidenceId }
	await tx
		.insert(reports)
		.values({ caseId, reporterId: actor.id, nameHash, ...hers })
		.onConflictDoUpdate({ target: [reports.caseId, reports.reporterId, reports.nameHash], set: hers })
}

/**
 * Reports something she can see. The same woman reporting it again changes her words: it stays one report. Used by
 * the form and by the socket (`message:report`). Throws `not-found` for what she cannot see, what she wrote herself and
 * what is not there.
 */
export const report = (using: { subjects: Subjects }) =>
	command({
		input: Report,
		limit: 'moderation.report',
		async run({ actor, input: { kind, id, reason, words }, tx }) {
			const { reported } = await accessReportable(tx, using.subjects, actor, { kind, id })
			await file(tx, actor, { subjectKind: kind, reported, reason, words })
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

/**
 * Whether she has just sent a report of it, and whether it was about danger: also when it is hidden by now. Not of a
 * person: the answer would tell whose name is whose.
 */
export async function readSentReport(actor: Actor, { kind, id }: { kind: string; id: string }) {
	if (!isUuid(id) || kind === memberSubject.kind) throw new AppError('not-found')
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

import { asc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { cases, reports, statements } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { type CaseFacts, canSeeCase, canUndo, UNDO_MINUTES, whyNotHers } from './moderation.policy'
import { OneCase } from './moderation.schema'
import type { Reported } from './subject'
import { type Subjects, subjectOf } from './subjects.server'

/** Whether she is among those who reported it (for an appeal: reported what it is about). */
const reportedBy = (actor: Actor) => sql<boolean>`exists (
	select 1 from ${reports} r where r.reporter_id = ${actor.id}
		and r.case_id in (${cases}.id, (select s.case_id from ${statements} s where s.id = ${cases}.statement_id)))`

/** A case as the rules and the commands need it. Throws `not-found` where it is missing or not for her. */
export async function accessCase(tx: Tx, actor: Actor, id: string) {
	const [row] = isUuid(id)
		? await tx
				.select({
					id: cases.id,
					subjectKind: cases.subjectKind,
					subjectId: cases.subjectId,
					authorId: cases.authorId,
					spaceId: cases.spaceId,
					private: cases.private,
					danger: cases.danger,
					statementId: cases.statementId,
					notBy: cases.notBy,
					notOrganisations: cases.notOrganisations,
					status: cases.status,
					openedAt: cases.openedAt,
					decision: cases.decision,
					decidedAt: cases.decidedAt,
					decidedBy: cases.decidedBy,
					reportedByHer: reportedBy(actor),
				})
				.from(cases)
				.where(eq(cases.id, id))
		: []
	if (!row || !canSeeCase(actor, row)) throw new AppError('not-found')
	return row satisfies CaseFacts
}

const decider = alias(members, 'decider')

/** The handles on a case and the statement that rests on it (for an appeal: that it is about), in one query. */
async function readStatement(caseId: string) {
	const [row] = await db
		.select({
			author: members.handle,
			decidedBy: decider.handle,
			firstCaseId: statements.caseId,
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
			statements,
			sql`case when ${cases.statementId} is null then ${statements.caseId} = ${cases.id} and ${statements.undoneAt} is null
				else ${statements.id} = ${cases.statementId} end`,
		)
		.where(eq(cases.id, caseId))
	return row!
}

/** Why it was reported, the first report first. No name of anyone who reported ever leaves the database. */
const readReasons = (caseId: string) =>
	db
		.select({
			id: reports.id,
			reason: reports.reason,
			words: reports.words,
			createdAt: reports.createdAt,
			readAt: reports.readAt,
		})
		.from(reports)
		.where(eq(reports.caseId, caseId))
		.orderBy(asc(reports.createdAt), asc(reports.id))

const present = ({ body, lang, dir, around, path }: Reported, author: string | null) => ({
	author,
	body,
	lang,
	dir,
	around,
	path,
})

/** What was reported, with what stood around it. */
export type Content = ReturnType<typeof present>

/**
 * A case with what it is about, except what is private: that comes only from `openPrivate`. `content` is null for
 * private things and for what is no longer there (`gone`).
 */
export async function readCase(subjects: Subjects, actor: Actor, id: string) {
	const found = await accessCase(db, actor, id)
	const { author, firstCaseId, decidedBy, ...statement } = await readStatement(found.id)
	const reasons = await readReasons(found.statementId ? firstCaseId! : found.id)
	const reported = found.private
		? undefined
		: await subjectOf(subjects, found.subjectKind).find(db, found.subjectId)
	const now = new Date()
	return {
		id: found.id,
		kind: found.subjectKind,
		private: found.private,
		danger: found.danger,
		appeal: found.statementId !== null,
		openedAt: found.openedAt,
		status: found.status,
		decision: found.decision,
		decidedAt: found.decidedAt,
		decidedBy,
		statement: statement.rule === null ? null : { ...statement, rule: statement.rule },
		reasons,
		content: reported ? present(reported, author) : null,
		gone: !found.private && !reported,
		notHers: whyNotHers(actor, found) ?? null,
		undoMinutes: canUndo(actor, found, now)
			? Math.max(1, UNDO_MINUTES - Math.floor((now.getTime() - found.decidedAt!.getTime()) / 60_000))
			: 0,
	}
}

/** A case as its page shows it. */
export type CaseShown = Awaited<ReturnType<typeof readCase>>

/**
 * Opens private content under its reports: a change, since the reading is recorded and shown to those who reported
 * it. Throws `not-found` outside her scope, `forbidden` where another moderator has to look, `conflict` once it is
 * decided or the content is gone.
 */
export const openPrivate = (using: { subjects: Subjects }) =>
	command({
		input: OneCase,
		limit: 'moderation.decide',
		async run({ actor, input, tx, audit }): Promise<Content> {
			const found = await accessCase(tx, actor, input.case)
			if (whyNotHers(actor, found)) throw new AppError('forbidden')
			if (found.status !== 'open') throw new AppError('conflict')
			const reported = await subjectOf(using.subjects, found.subjectKind).find(tx, found.subjectId)
			if (!reported) throw new AppError('conflict')
			const [author] = found.authorId
				? await tx.select({ handle: members.handle }).from(members).where(eq(members.id, found.authorId))
				: []
			await markRead(tx, found)
			await audit({
				action: 'moderation.read-private',
				subjectKind: 'case',
				subjectId: found.id,
				memberId: found.authorId ?? undefined,
			})
			return present(reported, author?.handle ?? null)
		},
	})

/** Shown to those who reported it: for an appeal, on the reports of the case it goes back to. */
const markRead = (tx: Tx, found: { id: string; statementId: string | null }) =>
	tx
		.update(reports)
		.set({ readAt: sql`now()` })
		.where(
			found.statementId
				? sql`${reports.caseId} = (select s.case_id from ${statements} s where s.id = ${found.statementId})`
				: eq(reports.caseId, found.id),
		)

import { eq, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { cases, reports, statements } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { readAlike, readEarlier, readReasons, readStatement } from './case-parts.server'
import { recordLook, refuseIfHeld } from './claiming.server'
import { actsOf } from './deciding/offered'
import { shownOf, UNOPENED } from './deciding/seen.server'
import { readEvidence } from './evidence.server'
import { type CaseFacts, canReopen, canSeeCase, canUndo, UNDO_MINUTES, whyNotHers } from './moderation.policy'
import { OneCase } from './moderation.schema'
import { readNotes } from './notes.server'
import { covered, isApart } from './scope.server'
import type { Reported } from './subject'
import { type Subjects, subjectOf } from './subjects.server'
import { readTranslations } from './translators/reading.server'

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
					lang: cases.lang,
					danger: cases.danger,
					covered,
					apart: isApart(actor),
					statementId: cases.statementId,
					notBy: cases.notBy,
					notOrganisations: cases.notOrganisations,
					status: cases.status,
					openedAt: cases.openedAt,
					dueAt: cases.dueAt,
					origin: cases.origin,
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

type Kept = Awaited<ReturnType<typeof readEvidence>>[number]

const present = ({ body, lang, dir, around, path }: Reported, author: string | null) => ({
	author,
	body,
	lang,
	dir,
	around: around.map(({ id: _id, ...said }) => said),
	path,
	/** Its words as they were reported; what it says now is gone. */
	gone: false,
})

/** What was reported, with what stood around it. */
export type Content = ReturnType<typeof present>

/** What is left of something that is no longer there: as it was when it was last reported. */
const presentKept = ({ body, lang, dir, around }: Kept, author: string | null): Content => ({
	author,
	body,
	lang,
	dir,
	around,
	path: '',
	gone: true,
})

/** What is kept under its reports, with what translators made of it: of something private only to her who opens it. */
async function readKept(from: Db, caseId: string) {
	const kept = await readEvidence(from, caseId)
	const translations = await readTranslations(
		from,
		kept.map(({ id }) => id),
	)
	return kept.map((one) => ({
		...one,
		translations: translations.filter(({ evidenceId }) => evidenceId === one.id),
	}))
}

/** Of something private nothing leaves but that it was kept, and what was asked of translators. */
const withoutWords = ({ id, takenAt, translations }: KeptWords): KeptWords => ({
	...{ id, takenAt, body: '', lang: null, dir: 'ltr', around: [] },
	translations: translations.map((one) => ({ ...one, body: null })),
})

/** The words of a report as they were kept, and their translations. */
export type KeptWords = Awaited<ReturnType<typeof readKept>>[number]

/**
 * A case with what it is about, except what is private: that comes only from `openPrivate`. `content` is null for
 * private things and for what is no longer there (`gone`).
 */
export async function readCase(subjects: Subjects, actor: Actor, id: string) {
	const found = await accessCase(db, actor, id)
	const { author, firstCaseId, decidedBy, holder, heldUntil, ...statement } = await readStatement(found.id)
	const [reasons, kept, notes, earlier, reported] = await Promise.all([
		readReasons(found.statementId ? firstCaseId! : found.id),
		readKept(db, found.id),
		readNotes(found.id),
		readEarlier(found.authorId, found.statementId ? firstCaseId! : found.id),
		found.private ? undefined : subjectOf(subjects, found.subjectKind).find(db, found.subjectId),
	])
	const given = reasons.map(({ reason }) => reason)
	const notHers = whyNotHers(actor, found) ?? null
	// A woman who reported it does not learn here who else did, or what moderators say to each other of it.
	const asReporter = notHers === 'own-report'
	const gone = !found.private && !reported
	const now = new Date()
	return {
		id: found.id,
		kind: found.subjectKind,
		origin: found.origin,
		private: found.private,
		danger: found.danger,
		appeal: found.statementId !== null,
		openedAt: found.openedAt,
		dueAt: found.dueAt,
		now,
		status: found.status,
		decision: found.decision,
		decidedAt: found.decidedAt,
		decidedBy,
		claim: holder ? { by: holder.handle, mine: holder.id === actor.id, until: heldUntil } : null,
		statement:
			statement.rule === null || statement.action === null
				? null
				: { ...statement, rule: statement.rule, action: statement.action },
		reasons: asReporter ? [] : reasons,
		author: found.private ? null : author,
		content: reported ? present(reported, author) : null,
		kept: found.private ? kept.map(withoutWords) : kept,
		gone,
		/** What can be decided about it, where it is no appeal. */
		offered: actsOf(subjectOf(subjects, found.subjectKind), { gone, left: found.authorId === null }),
		inSpace: found.spaceId !== null,
		aliased: reported?.aliased ?? false,
		notes: asReporter ? [] : notes,
		earlier,
		alike: await readAlike(actor, { id: found.id, kind: found.subjectKind, reasons: given }),
		notHers,
		/** What its form carries, so that nothing else is decided than what is shown here. */
		shownMark: found.private ? UNOPENED : shownOf(reported),
		/** Whether it can be taken back with a reason. */
		mayReopen: notHers === null && !statement.appealedAt && canReopen(found, now),
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
 * decided, while another moderator holds it, or when nothing of it is left.
 */
export const openPrivate = (using: { subjects: Subjects }) =>
	command({
		input: OneCase,
		limit: 'moderation.decide',
		async run({ actor, input, tx, audit }) {
			const found = await accessCase(tx, actor, input.case)
			if (whyNotHers(actor, found)) throw new AppError('forbidden')
			if (found.status !== 'open') throw new AppError('conflict')
			await refuseIfHeld(tx, actor, found.id)
			const reported = await subjectOf(using.subjects, found.subjectKind).find(tx, found.subjectId)
			const kept = await readKept(tx, found.id)
			const last = kept.at(-1)
			if (!reported && !last) throw new AppError('conflict')
			const [author] = found.authorId
				? await tx.select({ handle: members.handle }).from(members).where(eq(members.id, found.authorId))
				: []
			await recordLook(tx, found.id, actor.id)
			await markRead(tx, found)
			await audit({
				action: 'moderation.read-private',
				subjectKind: 'case',
				subjectId: found.id,
				memberId: found.authorId ?? undefined,
			})
			const handle = author?.handle ?? null
			// What stood around it as it was reported: what is said there now is not under this report.
			const around = last?.around ?? []
			return {
				...(reported ? { ...present(reported, handle), around } : presentKept(last!, handle)),
				kept,
				shownMark: shownOf(reported),
			}
		},
	})

/** Private content as it was opened. */
export type Opened = Awaited<ReturnType<ReturnType<typeof openPrivate>>>

/** Shown to those who reported it: for an appeal, on the reports of the case it goes back to. */
export const markRead = (tx: Tx, found: { id: string; statementId: string | null }) =>
	tx
		.update(reports)
		.set({ readAt: sql`now()` })
		.where(
			found.statementId
				? sql`${reports.caseId} = (select s.case_id from ${statements} s where s.id = ${found.statementId})`
				: eq(reports.caseId, found.id),
		)

import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Tx } from '~/db/client.server'
import { cases, statements } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { cursorOf, placeAt, readCursor, timeOf } from '~/platform/cursor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { keepsWaiting } from './deciding/words.server'
import { readMeasuresOf } from './measures/reading.server'
import { APPEAL_DAYS, canAppeal } from './moderation.policy'
import { Appeal, OneStatement } from './moderation.schema'
import type { Subjects } from './subjects.server'

const STATEMENTS_A_PAGE = 20

/** The case a statement rests on; `cases` itself is that of the appeal. */
const first = alias(cases, 'first')

/** The case waits as before anyone decided, and nobody sees the words until then. */
const waitsAgain = sql`exists (
	select 1 from cases where cases.id = ${first.id} and cases.status = 'open' and ${keepsWaiting})`

/**
 * The decisions about what she wrote, the latest first: what, by which rule, and how an appeal stands. Selected by
 * hand: neither who reported it, nor how many, nor who decided is in it.
 */
export async function listMyStatements(actor: Actor, cursor: string | null, subjects: Subjects = []) {
	const from = readCursor(cursor)
	const before =
		from &&
		sql`(${statements.createdAt}, ${statements.id}) < (${timeOf(from)}::timestamptz, ${from.id}::uuid)`
	const rows = await db
		.select({
			id: statements.id,
			subjectId: first.subjectId,
			action: statements.action,
			wipeAt: statements.wipeAt,
			kind: statements.subjectKind,
			automated: statements.automated,
			/** A watch rule found the words, whoever decided about them. */
			foundByRule: sql<boolean>`${first.watchRuleId} is not null`,
			/** It was taken back, and nobody sees the words until somebody decides anew. */
			waits: sql<boolean>`(${statements.undoneAt} is not null and ${waitsAgain})`,
			excerpt: statements.excerpt,
			lang: statements.lang,
			dir: statements.dir,
			rule: statements.rule,
			words: statements.words,
			createdAt: statements.createdAt,
			seenAt: statements.seenAt,
			undoneAt: statements.undoneAt,
			appealedAt: statements.appealedAt,
			reviewWords: statements.reviewWords,
			outcome: cases.decision,
		})
		.from(statements)
		.innerJoin(first, eq(first.id, statements.caseId))
		.leftJoin(cases, eq(cases.statementId, statements.id))
		.where(and(eq(statements.memberId, actor.id), before))
		.orderBy(desc(statements.createdAt), desc(statements.id))
		.limit(STATEMENTS_A_PAGE + 1)
	const shown = rows.slice(0, STATEMENTS_A_PAGE)
	const last = shown.at(-1)
	const now = new Date()
	const measures = await readMeasuresOf(shown.map(({ id }) => id))
	const edits = await findEditPaths(subjects, shown)
	return {
		statements: shown.map(({ seenAt, subjectId: _subjectId, ...row }) => ({
			...row,
			unseen: seenAt === null,
			mayAppeal: canAppeal(row, now),
			measures: measures.get(row.id) ?? [],
			editPath: edits.get(row.id) ?? null,
		})),
		older: rows.length > STATEMENTS_A_PAGE && last ? cursorOf(placeAt(last.createdAt, last.id)) : null,
	}
}

interface Asked {
	id: string
	action: (typeof statements.$inferSelect)['action']
	kind: string
	subjectId: string
	undoneAt: Date | null
}

/** Where she changes what she was asked to change, as long as she has not. */
async function findEditPaths(subjects: Subjects, shown: readonly Asked[]) {
	const paths = new Map<string, string>()
	for (const { id, action, kind, subjectId, undoneAt } of shown) {
		if (action !== 'edit-asked' || undoneAt) continue
		const subject = subjects.find((one) => one.kind === kind)
		const path = (await subject?.find(db, subjectId))?.editPath
		if (path) paths.set(id, path)
	}
	return paths
}

const unseen = db
	.select({ count: sql<number>`count(*)::int` })
	.from(statements)
	.where(and(eq(statements.memberId, sql.placeholder('member')), isNull(statements.seenAt)))
	.prepare('unseen_statements')

/** How many decisions about her words she has not read yet: for the first page, which tells her of them. */
export const countUnseenStatements = async (actor: Actor) =>
	(await unseen.execute({ member: actor.id }))[0]!.count

/** A statement of hers. Throws `not-found` for everybody else's. */
async function accessStatement(tx: Tx, actor: Actor, id: string) {
	const [row] = isUuid(id)
		? await tx
				.select()
				.from(statements)
				.where(and(eq(statements.id, id), eq(statements.memberId, actor.id)))
		: []
	if (!row) throw new AppError('not-found')
	return row
}

/** She has read a decision about her. */
export const markSeen = command({
	input: OneStatement,
	async run({ actor, input, tx }) {
		const found = await accessStatement(tx, actor, input.statement)
		await tx.update(statements).set({ seenAt: sql`now()` }).where(eq(statements.id, found.id))
	},
})

/** The case that asks another moderator to look again: the same thing, and not by the one who decided. */
const openAppeal = (tx: Tx, found: { id: string; caseId: string }) =>
	tx.execute(sql`
		insert into ${cases} (subject_kind, subject_id, author_id, space_id, private, excerpt, lang, dir, statement_id, not_by, not_organisations)
		select c.subject_kind, c.subject_id, c.author_id, c.space_id, c.private, c.excerpt, c.lang, c.dir, s.id, s.decided_by, c.not_organisations
		from ${cases} c join ${statements} s on s.case_id = c.id where s.id = ${found.id}`)

/**
 * Asks another moderator to look at a decision again: once, within half a year, also while she is suspended. What a rule
 * did by itself waits for one already, who then reads her words. The same form sent twice is one appeal. Throws `not-found` for another woman's, `conflict` when it can no longer be asked.
 */
export const appeal = command({
	input: Appeal,
	limit: 'moderation.appeal',
	async run({ actor, input, tx, audit }) {
		const found = await accessStatement(tx, actor, input.statement)
		const [asked] = await tx
			.update(statements)
			.set({ appealedAt: sql`now()`, appealWords: input.words, seenAt: sql`now()` })
			.where(
				and(
					eq(statements.id, found.id),
					isNull(statements.appealedAt),
					isNull(statements.undoneAt),
					gt(statements.createdAt, sql`now() - make_interval(days => ${APPEAL_DAYS})`),
				),
			)
			.returning({ id: statements.id })
		if (!asked) {
			// Read again: the same form may have come a moment before.
			if ((await accessStatement(tx, actor, input.statement)).appealedAt) return
			throw new AppError('conflict')
		}
		if (!found.automated) await openAppeal(tx, found)
		await audit({
			action: 'moderation.appealed',
			subjectKind: 'case',
			subjectId: found.caseId,
			memberId: actor.id,
		})
	},
})

import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { cases, statements } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { cursorOf, readCursor } from './cursor'
import { APPEAL_DAYS, canAppeal } from './moderation.policy'
import { Appeal, OneStatement } from './moderation.schema'

const STATEMENTS_A_PAGE = 20

/**
 * The decisions about what she wrote, the latest first: what, by which rule, and how an appeal stands. Selected by
 * hand: neither who reported it, nor how many, nor who decided is in it.
 */
export async function listMyStatements(actor: Actor, cursor: string | null) {
	const from = readCursor(cursor)
	const before =
		from &&
		sql`(${statements.createdAt}, ${statements.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`
	const rows = await db
		.select({
			id: statements.id,
			kind: statements.subjectKind,
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
		.leftJoin(cases, eq(cases.statementId, statements.id))
		.where(and(eq(statements.memberId, actor.id), before))
		.orderBy(desc(statements.createdAt), desc(statements.id))
		.limit(STATEMENTS_A_PAGE + 1)
	const shown = rows.slice(0, STATEMENTS_A_PAGE)
	const last = shown.at(-1)
	const now = new Date()
	return {
		statements: shown.map(({ seenAt, ...row }) => ({
			...row,
			unseen: seenAt === null,
			mayAppeal: canAppeal(row, now),
		})),
		older: rows.length > STATEMENTS_A_PAGE && last ? cursorOf({ at: last.createdAt, id: last.id }) : null,
	}
}

/** How many decisions about her words she has not read yet: for the first page, which tells her of them. */
export const countUnseenStatements = (actor: Actor) =>
	db.$count(statements, and(eq(statements.memberId, actor.id), isNull(statements.seenAt)))

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
 * Asks another moderator to look at a decision again: once, within half a year, also while she is suspended. The same
 * form sent twice is one appeal. Throws `not-found` for another woman's, `conflict` when it can no longer be asked.
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
		await openAppeal(tx, found)
		await audit({
			action: 'moderation.appealed',
			subjectKind: 'case',
			subjectId: found.caseId,
			memberId: actor.id,
		})
	},
})

import { and, eq, gt, isNull, notInArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { cases, statements } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { type CommandContext, command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { databaseFault } from '~/platform/log.server'
import { accessCase } from './cases.server'
import { excerptOf } from './excerpt'
import { FINAL, UNDO_MINUTES, whyNotHers } from './moderation.policy'
import { Decide, OneCase } from './moderation.schema'
import type { Decision, Rule } from './moderation.words'
import { openCase } from './reports.server'
import type { Subject } from './subject'
import { type Subjects, subjectOf } from './subjects.server'

type Case = Awaited<ReturnType<typeof accessCase>>
type Deciding = CommandContext<Actor, z.output<typeof Decide>>

const OUTCOME = { hide: 'hidden', dismiss: 'dismissed', uphold: 'upheld', restore: 'restored' } as const

/** Which decisions answer which case: a report asks one question, an appeal another. */
const fits = (decision: Decision, appeal: boolean) =>
	(decision === 'upheld' || decision === 'restored') === appeal

/** Closes the case, if it is still open: of two who decide at once, exactly one does. */
async function close(tx: Tx, actor: Actor, caseId: string, decision: Decision) {
	const [closed] = await tx
		.update(cases)
		.set({ status: 'decided', decision, decidedBy: actor.id, decidedAt: sql`now()` })
		.where(and(eq(cases.id, caseId), eq(cases.status, 'open')))
		.returning({ id: cases.id })
	return closed !== undefined
}

/** Hides what was reported and tells its author why, in one go: there is never the one without the other. */
async function hide(found: Case, using: { subjects: Subjects }, { actor, input, tx, publish }: Deciding) {
	const subject = subjectOf(using.subjects, found.subjectKind)
	const reported = await subject.find(tx, found.subjectId)
	if (!reported) throw new AppError('conflict')
	await subject.hide(tx, found.subjectId, publish)
	if (found.authorId === null) return
	await tx.insert(statements).values({
		caseId: found.id,
		memberId: found.authorId,
		decidedBy: actor.id,
		action: 'hidden',
		subjectKind: found.subjectKind,
		excerpt: excerptOf(reported.body),
		lang: reported.lang,
		dir: reported.dir,
		rule: input.rule as Rule,
		words: input.words,
	})
}

/** The answer to an appeal, for her to read; with `restored` the restriction ends. */
async function answerAppeal(found: Case, using: { subjects: Subjects }, { input, tx, publish }: Deciding) {
	const restored = input.decision === 'restore'
	await tx
		.update(statements)
		.set({ reviewWords: input.words, seenAt: null, ...(restored ? { undoneAt: sql`now()` } : {}) })
		.where(eq(statements.id, found.statementId!))
	if (restored) await subjectOf(using.subjects, found.subjectKind).restore(tx, found.subjectId, publish)
}

/** The same moderator sending the same form twice is one decision; anything else came too late. */
function tooLate(found: Case, actor: Actor, decision: Decision) {
	if (found.decidedBy === actor.id && found.decision === decision) return { decision }
	throw new AppError('conflict', { details: { decision: found.decision ?? '' } })
}

/**
 * Decides a case: the restriction, its statement of reasons, the record and the closing of the case in one
 * transaction. Throws `not-found` outside her scope and for what she wrote, `forbidden` where another moderator has
 * to decide, `conflict` (with what was decided) when somebody else was first.
 */
export const decide = (using: { subjects: Subjects }) =>
	command({
		input: Decide,
		limit: 'moderation.decide',
		async run(context) {
			const { actor, input, tx, audit } = context
			const found = await accessCase(tx, actor, input.case)
			if (whyNotHers(actor, found)) throw new AppError('forbidden')
			const decision = OUTCOME[input.decision]
			if (!fits(decision, found.statementId !== null)) {
				throw new AppError('invalid', { fields: { decision: 'errors:choose' } })
			}
			if (!(await close(tx, actor, found.id, decision))) {
				return tooLate(await accessCase(tx, actor, input.case), actor, decision)
			}
			if (decision === 'hidden') await hide(found, using, context)
			if (found.statementId) await answerAppeal(found, using, context)
			await audit({
				action: `moderation.${decision}`,
				subjectKind: 'case',
				subjectId: found.id,
				memberId: decision === 'dismissed' ? undefined : (found.authorId ?? undefined),
			})
			return { decision }
		},
	})

interface KeptBack {
	/** What it is, handed in by the feature it belongs to, whose transaction this is. */
	subject: Subject
	id: string
	rule: Rule
	words: string
}

/**
 * Hides something that nobody reported, before anyone saw it: a case that is decided as soon as it is there, with its
 * statement and its record, so that it can be undone and appealed against like any other. Throws `not-found` outside her
 * scope and for what she wrote.
 */
export async function keepBack(
	{ actor, tx, publish, audit }: Pick<Deciding, 'actor' | 'tx' | 'publish' | 'audit'>,
	{ subject, id, rule, words }: KeptBack,
) {
	const reported = await subject.find(tx, id)
	if (!reported) throw new AppError('not-found')
	const caseId = await openCase(tx, { subjectKind: subject.kind, reported, danger: false })
	const found = await accessCase(tx, actor, caseId)
	const input = { case: caseId, decision: 'hide' as const, rule, words }
	await close(tx, actor, caseId, 'hidden')
	await hide(found, { subjects: [subject] }, { actor, tx, publish, audit, input, found: undefined })
	await audit({
		action: 'moderation.hidden',
		subjectKind: 'case',
		subjectId: caseId,
		memberId: found.authorId ?? undefined,
	})
}

/** Opens a case again that she herself decided a few minutes ago. */
async function reopen(tx: Tx, actor: Actor, caseId: string) {
	const [reopened] = await tx
		.update(cases)
		.set({ status: 'open', decision: null, decidedBy: null, decidedAt: null })
		.where(
			and(
				eq(cases.id, caseId),
				eq(cases.status, 'decided'),
				notInArray(cases.decision, [...FINAL]),
				eq(cases.decidedBy, actor.id),
				gt(cases.decidedAt, sql`now() - make_interval(mins => ${UNDO_MINUTES})`),
			),
		)
		.returning({ id: cases.id })
	return reopened !== undefined
}

/** The statement no longer holds; she is told. Not once she has appealed: then another moderator answers her. */
async function takeBackStatement(tx: Tx, caseId: string) {
	const [taken] = await tx
		.update(statements)
		.set({ undoneAt: sql`now()`, seenAt: null })
		.where(and(eq(statements.caseId, caseId), isNull(statements.undoneAt), isNull(statements.appealedAt)))
		.returning({ id: statements.id })
	if (!taken) throw new AppError('conflict')
}

/**
 * Takes back her own decision within ten minutes: what was hidden is shown again, the case waits as before, and both
 * are on record. Throws `conflict` when it is too late, when she appealed meanwhile, or when it was reported anew.
 */
export const undo = (using: { subjects: Subjects }) => {
	const run = command({
		input: OneCase,
		limit: 'moderation.decide',
		async run({ actor, input, tx, publish, audit }) {
			const found = await accessCase(tx, actor, input.case)
			if (!(await reopen(tx, actor, found.id))) throw new AppError('conflict')
			if (found.decision === 'hidden') {
				if (found.authorId) await takeBackStatement(tx, found.id)
				await subjectOf(using.subjects, found.subjectKind).restore(tx, found.subjectId, publish)
			}
			if (found.decision === 'upheld') {
				await tx
					.update(statements)
					.set({ reviewWords: '', seenAt: null })
					.where(eq(statements.id, found.statementId!))
			}
			await audit({
				action: 'moderation.undone',
				subjectKind: 'case',
				subjectId: found.id,
				memberId: found.decision === 'dismissed' ? undefined : (found.authorId ?? undefined),
			})
		},
	})
	return async (actor: Actor, raw: unknown) => {
		try {
			await run(actor, raw)
		} catch (error) {
			// Reported again since she dismissed it: that case is open now, and there is only one at a time.
			if (databaseFault(error)?.constraint === 'cases_open_subject') throw new AppError('conflict')
			throw error
		}
	}
}

import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { cases, statements } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { type CommandContext, command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { databaseFault } from '~/platform/log.server'
import { accessCase } from './cases.server'
import { mayDecideNow } from './claiming.server'
import { checkOffered } from './deciding/offered'
import { reopen } from './deciding/reopening.server'
import { refuseIfChanged } from './deciding/seen.server'
import { endAutomated, restoreAutomated, stateReasons, takeBackStatement } from './deciding/stating.server'
import { actOnWords, showAgain, takeBackWords } from './deciding/words.server'
import { lockOpenCase, lockSides } from './locking.server'
import { applyMeasures, liftMeasures } from './measures/applying.server'
import { measuresOf } from './measures/measures.schema'
import { type Measures, NO_MEASURES } from './measures/measures.words'
import { whyNotHers } from './moderation.policy'
import { Decide, TakeBack } from './moderation.schema'
import type { Act, Decision, Rule } from './moderation.words'
import { tellReporters, untellReporters } from './my-reports.server'
import { openCase } from './reports.server'
import type { Reported, Subject } from './subject'
import { type Subjects, subjectOf } from './subjects.server'

type Case = Awaited<ReturnType<typeof accessCase>>
type Deciding = CommandContext<Actor, z.output<typeof Decide>>

interface Using {
	subjects: Subjects
}

const OUTCOME = {
	dismiss: 'dismissed',
	warn: 'warned',
	fold: 'folded',
	'ask-edit': 'edit-asked',
	hide: 'hidden',
	remove: 'removed',
	uphold: 'upheld',
	restore: 'restored',
} as const

/** Decisions that she is told of by a statement of reasons. */
const STATED = ['warned', 'folded', 'edit-asked', 'hidden', 'removed'] as const
type StatedDecision = (typeof STATED)[number]
const isStated = (decision: Decision | null): decision is StatedDecision =>
	STATED.some((one) => one === decision)

/** Closes a case, and lets those who reported it know that there is an answer. */
async function close(tx: Tx, actor: Actor, caseId: string, decision: Decision) {
	await tx
		.update(cases)
		.set({ status: 'decided', decision, decidedBy: actor.id, decidedAt: sql`now()` })
		.where(eq(cases.id, caseId))
	await tellReporters(tx, caseId)
}

interface Ruling {
	found: Case
	subject: Subject
	reported: Reported | undefined
	decision: StatedDecision
	rule: Rule
	words: string
	measures: Measures
}

/** Does what was decided and tells its author why, in one go: there is never the one without the other. */
async function rule(
	{ actor, tx, publish }: Pick<Deciding, 'actor' | 'tx' | 'publish'>,
	{ found, subject, decision, measures, ...told }: Ruling,
) {
	await actOnWords({ tx, subject, publish }, found, decision)
	if (found.authorId === null) return
	const statementId = await stateReasons(tx, {
		...told,
		caseId: found.id,
		subjectKind: found.subjectKind,
		memberId: found.authorId,
		decidedBy: actor.id,
		action: decision,
	})
	const order = { statementId, memberId: found.authorId, caseId: found.id, spaceId: found.spaceId }
	await applyMeasures(tx, { ...order, measures }, publish)
}

/** Answers a report, or what a rule found: from now on it is a person who decided. */
async function answerReport(found: Case, using: Using, context: Deciding, decision: Decision) {
	const { actor, input, tx, publish } = context
	const subject = subjectOf(using.subjects, found.subjectKind)
	const reported = await subject.find(tx, found.subjectId)
	const measures = measuresOf(input)
	const aliased = reported?.aliased ?? false
	const about = { gone: !reported, author: found.authorId, aliased, spaceId: found.spaceId }
	checkOffered(actor, subject, { act: input.decision as Act, measures }, about)
	await endAutomated(tx, found.id, { told: !isStated(decision) })
	if (!isStated(decision)) return actOnWords({ tx, subject, publish }, found, decision)
	const { words, rule: broken } = input
	await rule(context, {
		...{ found, subject, reported, decision, words, measures },
		rule: broken as Rule,
	})
}

/** The answer to an appeal, for her to read; with `restored` all of it ends: for the words and for herself. */
async function answerAppeal(found: Case, using: Using, { input, tx, publish }: Deciding) {
	const restored = input.decision === 'restore'
	const [first] = await tx
		.update(statements)
		.set({ reviewWords: input.words, seenAt: null, ...(restored ? { undoneAt: sql`now()` } : {}) })
		.where(eq(statements.id, found.statementId!))
		.returning({ id: statements.id, caseId: statements.caseId, action: statements.action })
	if (!restored) return
	const subject = subjectOf(using.subjects, found.subjectKind)
	await showAgain({ tx, subject, publish }, { ...found, id: first!.caseId }, first!.action)
	await liftMeasures(tx, first!.id, publish)
}

/** What she decides about is what she read: anything else is shown to her first. */
async function checkSeen({ subjects }: Using, found: Case, { tx, input: { shown } }: Deciding) {
	if (shown === undefined) return
	const reported = await subjectOf(subjects, found.subjectKind).find(tx, found.subjectId)
	refuseIfChanged({ private: found.private, reported, shown })
}

/** The same moderator sending the same form twice is one decision; anything else came too late. */
function tooLate(found: Case, actor: Actor, decision: Decision) {
	if (found.decidedBy === actor.id && found.decision === decision) return { decision }
	throw new AppError('conflict', { details: { decision: found.decision ?? '' } })
}

/** Each thing that was decided is a record of its own: what became of the words, and what holds for her. */
async function record({ audit, input }: Pick<Deciding, 'audit' | 'input'>, found: Case, decision: Decision) {
	const { own, apart } = measuresOf(input)
	const entry = {
		subjectKind: 'case',
		subjectId: found.id,
		memberId: decision === 'dismissed' ? undefined : (found.authorId ?? undefined),
	}
	for (const done of [decision, own?.kind, apart ? 'apart' : undefined])
		if (done) await audit({ ...entry, action: `moderation.${done}` })
}

/**
 * Decides a case: what becomes of the words, what holds for her, the statement of reasons, the record and the closing of
 * the case in one transaction. Throws `not-found` outside her scope and for what she wrote, `forbidden` where another
 * moderator has to decide, `conflict` (with what was decided) when somebody else was first or (`changed`) when the words are
 * no longer those she was shown, and `invalid` for what is not offered for it.
 */
export const decide = (using: Using) =>
	command({
		input: Decide,
		limit: 'moderation.decide',
		async run(context) {
			const { actor, input, tx } = context
			const found = await accessCase(tx, actor, input.case)
			if (whyNotHers(actor, found)) throw new AppError('forbidden')
			const decision = OUTCOME[input.decision]
			const isAnswer = decision === 'upheld' || decision === 'restored'
			if (isAnswer !== (found.statementId !== null)) {
				throw new AppError('invalid', { fields: { decision: 'errors:choose' } })
			}
			if (!(await lockOpenCase(tx, found.id))) {
				return tooLate(await accessCase(tx, actor, input.case), actor, decision)
			}
			await mayDecideNow(tx, actor, found.id)
			await lockSides(tx, found.id)
			await checkSeen(using, found, context)
			await close(tx, actor, found.id, decision)
			await (isAnswer ? answerAppeal(found, using, context) : answerReport(found, using, context, decision))
			// Once more: now that the words are held by what was done to them nobody changes them any more.
			await checkSeen(using, found, context)
			await record(context, found, decision)
			return { decision }
		},
	})

interface KeptBack {
	/** What it is, handed in by the feature it belongs to, whose transaction this is. */
	subject: Subject
	id: string
	/** The watch rule that held it, where it was one. */
	watchRuleId?: string
	rule: Rule
	words: string
}

/**
 * Hides something that nobody reported, before anyone saw it: a case that is decided as soon as it is there, with its
 * statement and its record, so that it can be undone and appealed against like any other. Throws `not-found` outside her
 * scope and for what she wrote.
 */
export async function keepBack(
	context: Pick<Deciding, 'actor' | 'tx' | 'publish' | 'audit'>,
	{ subject, id, watchRuleId, rule: broken, words }: KeptBack,
) {
	const { actor, tx, audit } = context
	const reported = await subject.find(tx, id)
	if (!reported) throw new AppError('not-found')
	const caseId = await openCase(tx, { subjectKind: subject.kind, reported, origin: 'held', watchRuleId })
	const found = await accessCase(tx, actor, caseId)
	await close(tx, actor, caseId, 'hidden')
	const ruling = { found, subject, reported, words, rule: broken, measures: NO_MEASURES }
	await rule(context, { ...ruling, decision: 'hidden' })
	await audit({
		action: 'moderation.hidden',
		subjectKind: 'case',
		subjectId: caseId,
		memberId: found.authorId ?? undefined,
	})
}

/** The answer to an appeal: nothing was changed by it but what she reads. */
const takeBackAnswer = (tx: Tx, statementId: string) =>
	tx.update(statements).set({ reviewWords: '', seenAt: null }).where(eq(statements.id, statementId))

async function takeBack(tx: Tx, found: Case, { subjects }: Using, publish: Deciding['publish']) {
	const { decision } = found
	if (isStated(decision) && found.authorId)
		await liftMeasures(tx, await takeBackStatement(tx, found.id), publish)
	await restoreAutomated(tx, found.id)
	const subject = subjectOf(subjects, found.subjectKind)
	await takeBackWords({ tx, subject, publish }, found, decision!)
}

/**
 * Takes a decision back, all of it: the words are where they were, nothing holds for their author, the case waits as
 * before, and both are on record. Her own within ten minutes just so; later, and another's, with a reason that stays among
 * the notes of the case. Throws `forbidden` where another moderator has to look, `invalid` where the reason is missing, and
 * `conflict` when it is too late, when she appealed meanwhile, or when it was reported anew.
 */
export const undo = (using: Using) => {
	const run = command({
		input: TakeBack,
		limit: 'moderation.decide',
		async run({ actor, input: { case: id, why }, tx, publish, audit }) {
			const found = await accessCase(tx, actor, id)
			if (whyNotHers(actor, found)) throw new AppError('forbidden')
			await reopen(tx, actor, found.id, why)
			await lockSides(tx, found.id)
			if (found.statementId) await takeBackAnswer(tx, found.statementId)
			else await takeBack(tx, found, using, publish)
			await untellReporters(tx, found.id)
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

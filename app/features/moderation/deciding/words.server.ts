import { eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { cases, type statements } from '~/db/schema/moderation'
import type { DomainEvent } from '~/platform/bus.server'
import type { Decision } from '../moderation.words'
import type { Subject } from '../subject'

type Publish = (event: DomainEvent) => void

/** The thing a decision is about, and the case the decision rests on. */
interface Decided {
	id: string
	subjectKind: string
	subjectId: string
}

interface Reach {
	tx: Tx
	subject: Subject
	publish: Publish
}

type RuleAction = 'hold' | 'fold'
const foundToBe = (action: RuleAction) => sql`(cases.origin = 'rule' and exists (
	select 1 from watch_rules found where found.id = cases.watch_rule_id and found.action = ${action}))`

/** Whether nobody was to see the words of a case before somebody decided it. Names `cases`. */
export const keepsWaiting = sql<boolean>`(cases.origin in ('first', 'held') or ${foundToBe('hold')})`

/** How a watch rule, a room that holds, or being among somebody's first words left it before anyone decided. */
async function beforeAnyDecision(tx: Tx, caseId: string) {
	const [before] = await tx
		.select({
			held: keepsWaiting,
			// Where its author has left, what she was told has gone with her.
			folded: sql<boolean>`(${foundToBe('fold')} or exists (
				select 1 from statements s where s.case_id = cases.id and s.automated))`,
		})
		.from(cases)
		.where(eq(cases.id, caseId))
	return before ?? { held: false, folded: false }
}

/** Other decisions about the same words that hold. Names `s`, their statements. */
const otherDecisions = ({ id, subjectKind, subjectId }: Decided) => sql`
	statements s join cases c on c.id = s.case_id
	where c.subject_kind = ${subjectKind} and c.subject_id = ${subjectId}::uuid and c.id <> ${id}::uuid
		and s.undone_at is null`

/** Whether something else that was decided folds the words. */
async function staysFolded(tx: Tx, decided: Decided) {
	const [row] = await tx.execute<{ stays: boolean }>(
		sql`select exists (select 1 from ${otherDecisions(decided)} and s.action = 'folded') as stays`,
	)
	return row!.stays
}

/**
 * Whether something else keeps the words from everyone: an earlier decision, or one about what she wrote instead of what
 * she was asked to change; or they wait for somebody who looks, as a rule found something in what they say by now.
 */
async function staysUnseen(tx: Tx, decided: Decided) {
	const { id, subjectKind, subjectId } = decided
	const [row] = await tx.execute<{ stays: boolean }>(sql`select (
		exists (select 1 from ${otherDecisions(decided)} and (s.action in ('hidden', 'removed') or (s.action = 'edit-asked'
			and s.created_at > (select max(hers.created_at) from statements hers where hers.case_id = ${id}::uuid))))
		or exists (select 1 from cases where cases.subject_kind = ${subjectKind} and cases.subject_id = ${subjectId}::uuid
			and cases.id <> ${id}::uuid and cases.status = 'open' and cases.statement_id is null and ${keepsWaiting})) as stays`)
	return row!.stays
}

async function unfold({ tx, subject, publish }: Reach, decided: Decided) {
	if (subject.fold && !(await staysFolded(tx, decided)))
		await subject.fold(tx, decided.subjectId, false, publish)
}

type Action = (typeof statements.$inferSelect)['action']

/** Nobody else sees the words. */
const UNSEEN: readonly Action[] = ['hidden', 'removed', 'edit-asked']

/**
 * Does to the words what was decided. What held them before ends with it, and so does a fold that a rule gave them: from
 * now on it is as a person decided.
 */
export async function actOnWords(reach: Reach, decided: Decided, decision: Decision) {
	const { tx, subject, publish } = reach
	const { subjectId: id } = decided
	const { held, folded } = await beforeAnyDecision(tx, decided.id)
	if (decision === 'hidden' || decision === 'removed') await subject.hide(tx, id, publish)
	else if (decision === 'edit-asked') await subject.askEdit?.(tx, id)
	else if (held) await subject.restore(tx, id, publish)
	if (decision === 'folded') await subject.fold?.(tx, id, true, publish)
	else if (folded) await unfold(reach, decided)
}

/** Shows the words as they were, as far as nothing else keeps them from it. */
export async function showAgain(reach: Reach, decided: Decided, action: Action) {
	const { tx, subject, publish } = reach
	if (action === 'suspended') await subject.restore(tx, decided.subjectId, publish)
	if (action === 'folded') await unfold(reach, decided)
	if (UNSEEN.includes(action) && !(await staysUnseen(tx, decided)))
		await subject.restore(tx, decided.subjectId, publish)
}

/** Brings the words back to where they were before the decision: also to waiting, or to the fold a rule gave them. */
export async function takeBackWords(reach: Reach, decided: Decided, decision: Decision) {
	const { tx, subject, publish } = reach
	const { held, folded } = await beforeAnyDecision(tx, decided.id)
	// First, so that nobody sees them open in between.
	if (folded) await subject.fold?.(tx, decided.subjectId, true, publish)
	else if (decision === 'folded') await unfold(reach, decided)
	if (held) await (subject.hold ?? subject.hide)(tx, decided.subjectId, publish)
	else if (UNSEEN.includes(decision as Action)) await showAgain(reach, decided, decision as Action)
}

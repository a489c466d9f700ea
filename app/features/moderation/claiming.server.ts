import { and, eq, or, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { caseLooks } from '~/db/schema/casework'
import { cases } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { CLAIM_MINUTES } from './moderation.policy'
import { claimHolds } from './scope.server'

/** Keeps that she looked into a case: her own count of what she had to see. */
export async function recordLook(tx: Tx, caseId: string, memberId: string): Promise<void> {
	await tx
		.insert(caseLooks)
		.values({ caseId, memberId })
		.onConflictDoUpdate({ target: [caseLooks.caseId, caseLooks.memberId], set: { lastAt: sql`now()` } })
}

/** Throws `conflict`, with the handle of whoever holds the case, where that is somebody else. */
export async function refuseIfHeld(tx: Tx, actor: Actor, caseId: string): Promise<void> {
	const [held] = await tx.execute<{ handle: string | null }>(sql`
		select (select h.handle from members h where h.id = cases.claimed_by) as handle from cases
		where cases.id = ${caseId}::uuid and cases.claimed_by <> ${actor.id}::uuid and ${claimHolds(CLAIM_MINUTES)}`)
	if (held) throw new AppError('conflict', { details: { holder: held.handle ?? '' } })
}

/** Takes an open case, unless somebody else holds it: of two at once exactly one does. */
export async function take(tx: Tx, actor: Actor, caseId: string): Promise<boolean> {
	const [taken] = await tx
		.update(cases)
		.set({ claimedBy: actor.id, claimedAt: sql`now()` })
		.where(
			and(
				eq(cases.id, caseId),
				eq(cases.status, 'open'),
				or(eq(cases.claimedBy, actor.id), sql`not ${claimHolds(CLAIM_MINUTES)}`),
			),
		)
		.returning({ id: cases.id })
	return taken !== undefined
}

/**
 * Before a decision, in its transaction: an open case becomes hers and her look is kept, so that two who decide at once
 * take turns. A case that is decided already is left to the decision. Throws `conflict` where somebody else holds it.
 */
export async function mayDecideNow(tx: Tx, actor: Actor, caseId: string): Promise<void> {
	if (await take(tx, actor, caseId)) await recordLook(tx, caseId, actor.id)
	else await refuseIfHeld(tx, actor, caseId)
}

/** Lets a case go that she holds, in a transaction; what she does not hold stays as it is. */
export async function letGo(tx: Tx, actor: Actor, caseId: string): Promise<void> {
	await tx
		.update(cases)
		.set({ claimedBy: null, claimedAt: null })
		.where(and(eq(cases.id, caseId), eq(cases.claimedBy, actor.id), eq(cases.status, 'open')))
}

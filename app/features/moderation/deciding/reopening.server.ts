import { and, eq, gt, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { cases } from '~/db/schema/moderation'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { APPEAL_DAYS, FINAL, UNDO_MINUTES } from '../moderation.policy'
import { writeNote } from '../notes.server'

const decidedWithin = (span: SQL) => gt(cases.decidedAt, sql`now() - make_interval(${span})`)

/**
 * Opens a case again whose decision is taken back: one that she herself decided a few minutes ago, or any with a reason,
 * which stays among its notes. Whoever does it holds the case, since she knows why. Throws `invalid` where only the reason
 * is missing, `conflict` where it is too late.
 */
export async function reopen(tx: Tx, actor: Actor, caseId: string, why: string) {
	const canBe = and(
		eq(cases.id, caseId),
		eq(cases.status, 'decided'),
		notInArray(cases.decision, [...FINAL]),
		decidedWithin(sql`days => ${APPEAL_DAYS}::int`),
	)
	const atOnce = and(eq(cases.decidedBy, actor.id), decidedWithin(sql`mins => ${UNDO_MINUTES}::int`))
	const [reopened] = await tx
		.update(cases)
		.set({
			...{ status: 'open', decision: null, decidedBy: null, decidedAt: null },
			...{ claimedBy: actor.id, claimedAt: sql`now()` },
		})
		.where(why === '' ? and(canBe, atOnce) : canBe)
		.returning({ id: cases.id })
	if (reopened && why) await writeNote(tx, actor, caseId, why)
	if (reopened) return
	if ((await tx.$count(cases, canBe)) > 0) throw new AppError('invalid', { fields: { why: 'errors:empty' } })
	throw new AppError('conflict')
}

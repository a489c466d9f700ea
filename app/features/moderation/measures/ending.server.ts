import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import { cases, statements } from '~/db/schema/moderation'
import { type Actor, holds, moderates } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { accessCase } from '../cases.server'
import { lockCases, lockSides, lockStatement } from '../locking.server'
import { whyNotHers } from '../moderation.policy'
import { endRestriction } from './applying.server'

async function findRestriction(tx: Tx, id: string) {
	const [found] = isUuid(id)
		? await tx
				.select({
					id: restrictions.id,
					kind: restrictions.kind,
					spaceId: restrictions.spaceId,
					statementId: restrictions.statementId,
					caseId: statements.caseId,
				})
				.from(restrictions)
				.innerJoin(statements, eq(statements.id, restrictions.statementId))
				.where(eq(restrictions.id, id))
		: []
	if (!found) throw new AppError('not-found')
	return found
}

/**
 * A closed account is opened again by a coordinator, or by an appeal. What reaches beyond one space is ended by who could
 * have decided it: a moderator of everything.
 */
const mayEnd = (actor: Actor, { kind, spaceId }: { kind: string; spaceId: string | null }) =>
	(kind !== 'closed' || holds(actor, 'coordinator')) &&
	(kind === 'apart' || spaceId !== null || moderates(actor, null))

/**
 * Ends something that holds for a woman before its time, on record; she is told. Asked for in whatever case of hers, it is
 * the case it rests on that must be in scope. Ending it twice is once. Throws `not-found` outside her scope, `forbidden`
 * where another has to.
 */
export const endMeasure = command({
	input: z.object({ restriction: z.string() }),
	limit: 'moderation.decide',
	async run({ actor, input, tx, publish, audit }) {
		const found = await findRestriction(tx, input.restriction)
		const rests = await accessCase(tx, actor, found.caseId)
		if (whyNotHers(actor, rests) || !mayEnd(actor, found)) throw new AppError('forbidden')
		await lockCases(tx, eq(cases.id, found.caseId))
		await lockSides(tx, found.caseId)
		await lockStatement(tx, found.statementId)
		if (!(await endRestriction(tx, found.id, publish))) return
		await tx.update(statements).set({ seenAt: null }).where(eq(statements.id, found.statementId))
		await audit({
			action: 'moderation.measure-ended',
			subjectKind: 'case',
			subjectId: found.caseId,
			memberId: rests.authorId ?? undefined,
		})
	},
})

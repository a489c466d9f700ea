import { and, eq, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { OnePerson } from '~/features/members/members.schema'
import { accessPerson, asCoordinator, keepACoordinator } from '~/features/members/people.server'
import { letBackIn, shutOut } from '~/features/members/standing.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { Suspend } from './moderation.schema'
import type { Subject } from './subject'

const MEMBER = 'member'

const recordOf = (action: string, memberId: string) => ({
	action,
	subjectKind: MEMBER,
	subjectId: memberId,
	memberId,
})

/** The case a suspension is decided in, closed from the start, and the statement of reasons that rests on it. */
async function stateReasons(tx: Tx, actor: Actor, { member, rule, words }: z.output<typeof Suspend>) {
	const [decided] = await tx
		.insert(cases)
		.values({
			subjectKind: MEMBER,
			subjectId: member,
			authorId: member,
			status: 'decided',
			decision: 'suspended',
			decidedBy: actor.id,
			decidedAt: sql`now()`,
		})
		.returning({ id: cases.id })
	await tx.insert(statements).values({
		caseId: decided!.id,
		memberId: member,
		decidedBy: actor.id,
		action: 'suspended',
		subjectKind: MEMBER,
		rule,
		words,
	})
}

/** A woman who is let in again needs no more answer to her appeal, and no statement holds against her. */
async function takeBackReasons(tx: Tx, actor: Actor, memberId: string) {
	const [statement] = await tx
		.update(statements)
		.set({ undoneAt: sql`now()`, seenAt: null })
		.where(
			and(eq(statements.memberId, memberId), eq(statements.action, 'suspended'), isNull(statements.undoneAt)),
		)
		.returning({ id: statements.id })
	if (!statement) return
	await tx
		.update(cases)
		.set({
			status: 'decided',
			decision: 'restored',
			decidedAt: sql`now()`,
			// Who decided first cannot be the reviewer, but may be the one who lets her in.
			decidedBy: sql`nullif(${actor.id}::uuid, ${cases.notBy})`,
		})
		.where(and(eq(cases.statementId, statement.id), eq(cases.status, 'open')))
}

/**
 * Shuts her out of what is not her own, at once and everywhere, and tells her by which rule and how to object, in one
 * go: there is never the one without the other. Not oneself, and not the last coordinator.
 */
export const suspendPerson = command({
	input: Suspend,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		asCoordinator(actor)
		if (input.member === actor.id) throw new AppError('forbidden')
		const member = await accessPerson(tx, input.member)
		if (member.status !== 'active') return
		await keepACoordinator(tx, member.id)
		await shutOut(tx, member.id, publish)
		await stateReasons(tx, actor, input)
		await audit(recordOf('member.suspended', member.id))
	},
})

/** Lets a suspended woman back in. */
export const restorePerson = command({
	input: OnePerson,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		asCoordinator(actor)
		const member = await accessPerson(tx, input.member)
		if (!(await letBackIn(tx, member.id, publish))) return
		await takeBackReasons(tx, actor, member.id)
		await audit(recordOf('member.restored', member.id))
	},
})

async function findMember(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [member] = await tx.select({ id: members.id }).from(members).where(eq(members.id, id))
	if (!member) return undefined
	const nothingSaid = { body: '', lang: null, dir: 'ltr' as const, around: [], path: '' }
	return { ...member, ...nothingSaid, authorId: id, private: false, spaceId: null }
}

/** An account, as moderators see it when its suspension is appealed. Women are not reported; what they write is. */
export const memberSubject: Subject = {
	kind: MEMBER,
	find: findMember,
	mayReport: async () => false,
	hide: shutOut,
	restore: async (tx, id, publish) => void (await letBackIn(tx, id, publish)),
}

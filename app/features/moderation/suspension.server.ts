import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import { members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { OnePerson } from '~/features/members/members.schema'
import { accessPerson, asCoordinator, keepACoordinator } from '~/features/members/people.server'
import { letBackIn, shutOut } from '~/features/members/standing.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { lockCases } from './locking.server'
import { endShuttingOut } from './measures/applying.server'
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
	const [stated] = await tx
		.insert(statements)
		.values({
			caseId: decided!.id,
			memberId: member,
			decidedBy: actor.id,
			action: 'suspended',
			subjectKind: MEMBER,
			rule,
			words,
		})
		.returning({ id: statements.id })
	await tx.insert(restrictions).values({ statementId: stated!.id, memberId: member, kind: 'closed' })
}

/** Cases come first: those her suspensions rest on, and then, as they stand by now, those in which somebody looks again. */
async function lockHerCases(tx: Tx, memberId: string) {
	const hers = and(eq(cases.subjectKind, MEMBER), eq(cases.authorId, memberId))
	await lockCases(tx, and(hers, isNull(cases.statementId)))
	await lockCases(tx, and(hers, isNotNull(cases.statementId), eq(cases.status, 'open')))
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
		await lockHerCases(tx, input.member)
		const member = await accessPerson(tx, input.member)
		if (member.status !== 'suspended') return
		await takeBackReasons(tx, actor, member.id)
		await endShuttingOut(tx, member.id)
		await letBackIn(tx, member.id, publish)
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

/** An account, as moderators see it when its suspension is appealed. By this door nobody is reported: `/report/person` is. */
export const memberSubject: Subject = {
	kind: MEMBER,
	find: findMember,
	mayReport: async () => false,
	hide: shutOut,
	restore: async (tx, id, publish) => void (await letBackIn(tx, id, publish)),
}

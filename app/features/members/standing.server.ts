import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import type { DomainEvent } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { releaseName } from './held-names.server'
import { lockMembers } from './locking.server'
import { OnePerson } from './members.schema'
import { asCoordinator } from './people.server'
import { endSessions } from './session.server'
import { isNotShutOut } from './shut-out.server'

/** Lets a waiting woman in. Doing it twice changes nothing. */
export const approvePerson = command({
	input: OnePerson,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		asCoordinator(actor)
		const [approved] = await tx
			.update(members)
			.set({ status: 'active' })
			.where(and(eq(members.id, input.member), eq(members.status, 'waiting')))
			.returning({ skeleton: members.skeleton })
		if (!approved) return
		await releaseName(tx, approved.skeleton)
		await audit({
			action: 'member.approved',
			subjectKind: 'member',
			subjectId: input.member,
			memberId: input.member,
		})
		publish({ name: 'member:changed', memberId: input.member })
	},
})

/** Does not let her in: the account goes, with everything in it. Doing it twice changes nothing. */
export const declinePerson = command({
	input: OnePerson,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		asCoordinator(actor)
		const isWaiting = and(eq(members.id, input.member), eq(members.status, 'waiting'))
		const [waiting] = await tx.select({ id: members.id }).from(members).where(isWaiting).for('update')
		if (!waiting) return
		publish(await endSessions(tx, waiting.id))
		await tx.delete(members).where(eq(members.id, waiting.id))
		await audit({
			action: 'member.declined',
			subjectKind: 'member',
			subjectId: waiting.id,
			memberId: waiting.id,
		})
	},
})

type Publish = (event: DomainEvent) => void

/** Shuts a member out of what is not her own, at once and everywhere. */
export async function shutOut(tx: Tx, memberId: string, publish: Publish) {
	await tx.update(members).set({ status: 'suspended' }).where(eq(members.id, memberId))
	publish(await endSessions(tx, memberId))
	publish({ name: 'member:changed', memberId })
}

/**
 * Lets a suspended member back in, unless another decision still shuts her out. Says whether she is in again. Her row is
 * locked before it is asked what holds: a decision made at the same moment is through by then, and is seen.
 */
export async function letBackIn(tx: Tx, memberId: string, publish: Publish): Promise<boolean> {
	await lockMembers(tx, [memberId])
	const back = await tx
		.update(members)
		.set({ status: 'active' })
		.where(and(eq(members.id, memberId), eq(members.status, 'suspended'), isNotShutOut(sql`members.id`)))
		.returning({ id: members.id })
	if (back.length === 0) return false
	publish({ name: 'member:changed', memberId })
	return true
}

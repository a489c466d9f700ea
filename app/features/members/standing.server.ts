import { and, eq } from 'drizzle-orm'
import { members } from '~/db/schema/members'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { OnePerson } from './members.schema'
import { accessPerson, asCoordinator, keepACoordinator } from './people.server'
import { endSessions } from './session.server'

/** Lets a waiting woman in. Doing it twice changes nothing. */
export const approvePerson = command({
	input: OnePerson,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		asCoordinator(actor)
		const approved = await tx
			.update(members)
			.set({ status: 'active' })
			.where(and(eq(members.id, input.member), eq(members.status, 'waiting')))
			.returning({ id: members.id })
		if (approved.length === 0) return
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

/** Shuts her out of what is not her own, at once and everywhere. Not oneself, and not the last coordinator. */
export const suspendPerson = command({
	input: OnePerson,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		asCoordinator(actor)
		if (input.member === actor.id) throw new AppError('forbidden')
		const member = await accessPerson(tx, input.member)
		if (member.status !== 'active') return
		await keepACoordinator(tx, member.id)
		await tx.update(members).set({ status: 'suspended' }).where(eq(members.id, member.id))
		await audit({
			action: 'member.suspended',
			subjectKind: 'member',
			subjectId: member.id,
			memberId: member.id,
		})
		publish(await endSessions(tx, member.id))
		publish({ name: 'member:changed', memberId: member.id })
	},
})

/** Lets a suspended woman back in. */
export const restorePerson = command({
	input: OnePerson,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		asCoordinator(actor)
		const member = await accessPerson(tx, input.member)
		if (member.status !== 'suspended') return
		await tx.update(members).set({ status: 'active' }).where(eq(members.id, member.id))
		await audit({
			action: 'member.restored',
			subjectKind: 'member',
			subjectId: member.id,
			memberId: member.id,
		})
		publish({ name: 'member:changed', memberId: member.id })
	},
})

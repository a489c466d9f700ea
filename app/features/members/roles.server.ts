import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { grants, organisations } from '~/db/schema/members'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import { GiveRole, TakeRole } from './members.schema'
import { accessPerson, asCoordinator, keepACoordinator } from './people.server'
import { stopRecoveries } from './running-recovery.server'
import { endSessions, giveGrant } from './session.server'

/** The scope a role can have; what does not belong to it is dropped. */
function scopeOf({
	role,
	organisation,
	space,
	languages,
}: {
	role: string
	organisation: string | null
	space: string | null
	languages: string[] | null
}) {
	if (role === 'moderator') return { organisationId: null, spaceId: space, languages }
	if (role === 'coordinator') return { organisationId: null, spaceId: null, languages: null }
	return { organisationId: organisation, spaceId: null, languages: null }
}

async function checkScope(tx: Tx, scope: ReturnType<typeof scopeOf>, spaceIds: readonly string[]) {
	if (scope.spaceId && !spaceIds.includes(scope.spaceId)) {
		throw new AppError('invalid', { fields: { space: 'errors:choose' } })
	}
	if (!scope.organisationId) return
	if ((await tx.$count(organisations, eq(organisations.id, scope.organisationId))) === 0) {
		throw new AppError('invalid', { fields: { organisation: 'errors:chooseOrganisation' } })
	}
}

/**
 * Gives a role, on record; `spaceIds` are the spaces that exist. Her sessions end: with more power begins a shorter
 * session with a second factor (SAFETY 2C 38). Giving what she has changes nothing.
 */
export const giveRole = (spaceIds: readonly string[]) =>
	command({
		input: GiveRole,
		limit: 'coordination',
		async run({ actor, input, tx, publish, audit }) {
			asCoordinator(actor)
			const member = await accessPerson(tx, input.member)
			if (member.status !== 'active') throw new AppError('conflict')
			const scope = scopeOf(input)
			await checkScope(tx, scope, spaceIds)
			const same = and(
				eq(grants.memberId, member.id),
				eq(grants.role, input.role),
				isNull(grants.endedAt),
				sql`${grants.organisationId} is not distinct from ${scope.organisationId}`,
				sql`${grants.spaceId} is not distinct from ${scope.spaceId}`,
			)
			const languages = scope.languages && pgArray(scope.languages)
			const unchanged = and(same, sql`${grants.languages} is not distinct from ${languages}::text[]`)
			if ((await tx.$count(grants, unchanged)) > 0) return
			// The same place with other languages: what she is given now stands in for what she had.
			await tx.update(grants).set({ endedAt: sql`now()`, endedBy: actor.id }).where(same)
			await giveGrant(tx, { memberId: member.id, role: input.role, givenBy: actor.id, ...scope })
			await audit({ action: 'role.given', subjectKind: 'role', subjectId: input.role, memberId: member.id })
			// An account with power is not opened by others, so nothing that was begun before goes on.
			await stopRecoveries(tx, member.id)
			publish(await endSessions(tx, member.id, { except: actor.sessionId }))
			publish({ name: 'member:changed', memberId: member.id })
		},
	})

/** Takes a role, on record, and ends her sessions. Throws `invalid` for the last coordinator. */
export const takeRole = command({
	input: TakeRole,
	limit: 'coordination',
	async run({ actor, input, tx, publish, audit }) {
		asCoordinator(actor)
		const member = await accessPerson(tx, input.member)
		const [grant] = await tx
			.update(grants)
			.set({ endedAt: sql`now()`, endedBy: actor.id })
			.where(and(eq(grants.id, input.grant), eq(grants.memberId, member.id), isNull(grants.endedAt)))
			.returning({ role: grants.role })
		if (!grant) return
		if (grant.role === 'coordinator') await keepACoordinator(tx, member.id)
		await audit({ action: 'role.taken', subjectKind: 'role', subjectId: grant.role, memberId: member.id })
		publish(await endSessions(tx, member.id, { except: actor.sessionId }))
		publish({ name: 'member:changed', memberId: member.id })
	},
})

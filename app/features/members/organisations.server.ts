import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import { organisationMembers } from '~/db/schema/ties'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { stopRecoveries } from './running-recovery.server'
import { inHerWords } from './wording/organisation-words.server'

/** The organisations whose member she is, in her words. Nobody is made one but by the code she joins with. */
export async function herOrganisations(actor: Actor, locale: string) {
	const rows = await db
		.select({ id: organisations.id, name: organisations.name })
		.from(organisationMembers)
		.innerJoin(organisations, eq(organisations.id, organisationMembers.organisationId))
		.where(eq(organisationMembers.memberId, actor.id))
		.orderBy(asc(organisations.name))
	return rows.map((one) => inHerWords(actor, locale, one))
}

/** Leaves an organisation; its spaces are gone for her at once, and its staff can no longer open her account. Where she is not in it nothing happens. */
export const leaveOrganisation = command({
	input: z.object({ organisation: z.uuid('errors:notUnderstood') }),
	limit: 'profile',
	async run({ actor, input, tx, publish }) {
		await tx
			.delete(organisationMembers)
			.where(
				and(
					eq(organisationMembers.organisationId, input.organisation),
					eq(organisationMembers.memberId, actor.id),
				),
			)
		await stopRecoveries(tx, actor.id, input.organisation)
		publish({ name: 'member:changed', memberId: actor.id })
	},
})

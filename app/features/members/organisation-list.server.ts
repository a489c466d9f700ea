import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { HOST_COUNTRIES } from './host-countries'
import { OrganisationName } from './organisation.schema'
import { ORGANISATION_KINDS } from './organisation-kinds'
import { asCoordinator } from './people.server'
import { organisationsWorded, wordedOrganisation } from './wording/organisations-worded.server'
import { followTexts } from './wording/states.server'

const Organisation = z.object({
	name: OrganisationName,
	country: z.enum(HOST_COUNTRIES, 'errors:choose'),
	kind: z.enum(ORGANISATION_KINDS, 'errors:choose'),
})

const Id = z.uuid('errors:notUnderstood')

/** Whether this name is already another one's, however it is written: two of one name could not be told apart. */
const sameName = (name: string, besides: string) =>
	sql`lower(${organisations.name}) = lower(${name}) and ${organisations.id} <> ${besides}::uuid`

/** The organisations of the network, by name, as coordinators look after them. */
export async function seeOrganisations(actor: Actor) {
	asCoordinator(actor)
	return db.select().from(organisations).orderBy(asc(organisations.name), asc(organisations.id))
}

export type OrganisationSeen = Awaited<ReturnType<typeof seeOrganisations>>[number]

/** Adds an organisation, on record. `key`: the form sent twice makes one. Throws `invalid` at `name` where there is one of this name. */
export const addOrganisation = command({
	input: Organisation.extend({ key: Id }),
	limit: 'coordination',
	async run({ actor, input: { key, ...said }, tx, audit }) {
		asCoordinator(actor)
		if ((await tx.$count(organisations, sameName(said.name, key))) > 0)
			throw new AppError('invalid', { fields: { name: 'coordination:organisations.nameTaken' } })
		const made = await tx
			.insert(organisations)
			.values({ id: key, ...said })
			.onConflictDoNothing()
			.returning({ id: organisations.id })
		if (made.length > 0)
			await audit({ action: 'organisation.added', subjectKind: 'organisation', subjectId: key })
	},
})

/** Changes what is said of an organisation, on record. Nothing deletes one: people, spaces and codes hang on it. */
export const changeOrganisation = command({
	input: Organisation.extend({ organisation: Id }),
	limit: 'coordination',
	async run({ actor, input: { organisation, ...said }, tx, audit }) {
		asCoordinator(actor)
		if ((await tx.$count(organisations, sameName(said.name, organisation))) > 0)
			throw new AppError('invalid', { fields: { name: 'coordination:organisations.nameTaken' } })
		const [before] = await tx
			.select()
			.from(organisations)
			.where(eq(organisations.id, organisation))
			.for('update')
		if (!before) throw new AppError('not-found')
		await tx.update(organisations).set(said).where(eq(organisations.id, organisation))
		const now = wordedOrganisation({ ...before, ...said })
		await followTexts(tx, organisationsWorded, actor.id, wordedOrganisation(before), now)
		await audit({ action: 'organisation.changed', subjectKind: 'organisation', subjectId: organisation })
	},
})

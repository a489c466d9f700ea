import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { hasAtMost, isStorable } from '~/platform/text'
import { HOST_COUNTRIES } from './host-countries'
import { ORGANISATION_KINDS, ORGANISATION_NAME_AT_MOST } from './organisation-kinds'
import { asCoordinator } from './people.server'

/** Control characters, and those that turn the words around a name. */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu

const Organisation = z.object({
	name: z
		.string('errors:empty')
		.max(ORGANISATION_NAME_AT_MOST * 10, 'errors:tooLong')
		.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
		.transform((text) => text.normalize('NFC').replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim())
		.refine((text) => text !== '', 'errors:empty')
		.refine((text) => hasAtMost(text, ORGANISATION_NAME_AT_MOST), 'errors:tooLong'),
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
		const changed = await tx
			.update(organisations)
			.set(said)
			.where(eq(organisations.id, organisation))
			.returning({ id: organisations.id })
		if (changed.length === 0) throw new AppError('not-found')
		await audit({ action: 'organisation.changed', subjectKind: 'organisation', subjectId: organisation })
	},
})

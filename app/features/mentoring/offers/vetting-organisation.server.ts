import { asc, inArray } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import { AppError } from '~/platform/errors'
import type { Scope } from '../rounds/rounds-scope.server'

/** The organisations in whose name this coordinator can vet: hers, or every one where she looks after everyone. */
const readOrganisations = (tx: Db, scope: Scope) =>
	tx
		.select({ id: organisations.id, name: organisations.name })
		.from(organisations)
		.where(scope === null ? undefined : inArray(organisations.id, [...scope]))
		.orderBy(asc(organisations.name), asc(organisations.id))

/** Those she has to choose from; none where there is nothing to choose. */
export async function organisationsToChoose(tx: Db, scope: Scope) {
	return scope?.length === 1 ? [] : readOrganisations(tx, scope)
}

/**
 * The organisation that stands behind a mentor from now on. Women who trust only some organisations, and whom a report
 * about her is kept from, are found by it: so it is always named, except where the network has none at all. Throws
 * `invalid`.
 */
export async function vettingOrganisation(tx: Db, scope: Scope, chosen: string): Promise<string | null> {
	if (scope?.length === 1) return scope[0]!
	const known = await readOrganisations(tx, scope)
	if (known.length === 0) return null
	if (!known.some(({ id }) => id === chosen))
		throw new AppError('invalid', { fields: { organisation: 'errors:chooseOrganisation' } })
	return chosen
}

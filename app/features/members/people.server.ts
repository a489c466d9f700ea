import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { grants, members, organisations } from '~/db/schema/members'
import { type Actor, holds } from '~/platform/actor'
import { parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import { skeleton } from './handle'
import { FindPerson } from './members.schema'

const WAITING_SHOWN = 50

/** Only coordinators look after people; for everyone else there is no such page. */
export function asCoordinator(actor: Actor) {
	if (!holds(actor, 'coordinator')) throw new AppError('not-found')
}

/** The women who wait for approval, longest first. */
export async function listWaiting(actor: Actor) {
	asCoordinator(actor)
	return db
		.select({ id: members.id, handle: members.handle, joinedAt: members.joinedAt })
		.from(members)
		.where(eq(members.status, 'waiting'))
		.orderBy(asc(members.joinedAt), asc(members.id))
		.limit(WAITING_SHOWN)
}

/** The centres and associations of the network, by name. */
export const listOrganisations = () =>
	db
		.select({ id: organisations.id, name: organisations.name })
		.from(organisations)
		.orderBy(asc(organisations.name))

/** The id of the one member with this handle. Throws `invalid` at `handle` when there is none. */
export async function findPerson(actor: Actor, raw: unknown): Promise<string> {
	asCoordinator(actor)
	const { handle } = parse(FindPerson, raw)
	const [member] = await db
		.select({ id: members.id })
		.from(members)
		.where(eq(members.skeleton, skeleton(handle)))
	if (!member) throw new AppError('invalid', { fields: { handle: 'errors:noSuchHandle' } })
	return member.id
}

/** One member as a coordinator sees her: standing and roles, nothing she wrote. Null when there is none. */
export async function readPerson(actor: Actor, id: string | null) {
	asCoordinator(actor)
	if (!id || !isUuid(id)) return null
	const [member] = await db
		.select({ id: members.id, handle: members.handle, status: members.status, joinedAt: members.joinedAt })
		.from(members)
		.where(eq(members.id, id))
	if (!member) return null
	const roles = await db
		.select({
			id: grants.id,
			role: grants.role,
			organisation: organisations.name,
			spaceId: grants.spaceId,
			givenAt: grants.givenAt,
		})
		.from(grants)
		.leftJoin(organisations, eq(organisations.id, grants.organisationId))
		.where(and(eq(grants.memberId, id), isNull(grants.endedAt)))
		.orderBy(asc(grants.givenAt))
	return { ...member, self: member.id === actor.id, roles }
}

export type PersonSeen = NonNullable<Awaited<ReturnType<typeof readPerson>>>

/**
 * Locks a member's row, so that two changes of one woman's standing come one after the other. Not against rows that
 * only name her: two coordinators who decide about each other would wait for one another.
 */
export async function accessPerson(tx: Tx, id: string) {
	const [member] = await tx
		.select({ id: members.id, status: members.status })
		.from(members)
		.where(eq(members.id, id))
		.for('no key update')
	if (!member) throw new AppError('not-found')
	return member
}

/** Someone must be able to let people in: the last active coordinator stays. Throws `conflict`. */
export async function keepACoordinator(tx: Tx, without: string) {
	// Two coordinators who shut each other out in the same moment take turns; the second one is refused.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext('coordinators'))`)
	const others = await tx
		.select({ id: grants.id })
		.from(grants)
		.innerJoin(members, eq(members.id, grants.memberId))
		.where(
			and(
				eq(grants.role, 'coordinator'),
				isNull(grants.endedAt),
				eq(members.status, 'active'),
				sql`${members.id} <> ${without}`,
			),
		)
		.limit(1)
	if (others.length === 0) throw new AppError('invalid', { fields: { '': 'errors:lastCoordinator' } })
}

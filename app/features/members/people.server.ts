import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { grants, members, organisations } from '~/db/schema/members'
import { type Actor, holds } from '~/platform/actor'
import { parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { skeleton } from './handle'
import { heldAmong } from './held-names.server'
import { lockMembers } from './locking.server'
import { FindPerson } from './members.schema'

const WAITING_SHOWN = 50

/** Only coordinators look after people; for everyone else there is no such page. */
export function asCoordinator(actor: Actor) {
	if (!holds(actor, 'coordinator')) throw new AppError('not-found')
}

/** The women who wait for approval, longest first, and whether the name was held back when another, or she, left with it. */
export async function listWaiting(actor: Actor) {
	asCoordinator(actor)
	const rows = await db
		.select({
			id: members.id,
			handle: members.handle,
			joinedAt: members.joinedAt,
			skeleton: members.skeleton,
		})
		.from(members)
		.where(eq(members.status, 'waiting'))
		.orderBy(asc(members.joinedAt), asc(members.id))
		.limit(WAITING_SHOWN)
	const held = await heldAmong(
		db,
		rows.map(({ skeleton: name }) => name),
	)
	return rows.map(({ skeleton: name, ...woman }) => ({ ...woman, nameHeld: held.has(name) }))
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

/** Locks a member's row, so that two changes of one woman's standing come one after the other. Throws `not-found`. */
export async function accessPerson(tx: Tx, id: string) {
	const [member] = await lockMembers(tx, [id])
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

import { and, asc, eq, isNull, notInArray, or, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { roomMembers, rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { findCircle, nameOf } from './access.server'
import { CIRCLE } from './circle.limits'
import { listAsked, listInvitations } from './invitations.server'

/** More than anyone is in. */
const SHOWN_AT_MOST = 100

/** When somebody whom she hears last spoke. Names `rooms`. */
const lastAt = (unheard: readonly string[]) => sql<string | null>`(
	select m.created_at from messages m where m.room_id = rooms.id and m.removed_at is null and m.hidden_at is null
		and (m.author_id is null or m.author_id <> all(${pgArray(unheard)}::uuid[]))
	order by m.seq desc limit 1)`

/** Her circles, the latest talk first, and those she is asked into. */
export async function listCircles(actor: Actor) {
	const [hers, invitations] = await Promise.all([
		db
			.select({ id: rooms.id, names: rooms.names, lastAt: lastAt(actor.blocked).as('last_at') })
			.from(rooms)
			.innerJoin(roomMembers, eq(roomMembers.roomId, rooms.id))
			.where(and(eq(rooms.kind, 'circle'), eq(roomMembers.memberId, actor.id), isNull(roomMembers.leftAt)))
			.orderBy(sql`last_at desc nulls last`)
			.limit(SHOWN_AT_MOST),
		listInvitations(actor),
	])
	return {
		circles: hers.map(({ id, names, lastAt }) => ({
			id,
			name: nameOf(names),
			lastAt: lastAt === null ? null : new Date(lastAt),
		})),
		invitations,
		mayOpen: actor.status === 'active',
	}
}

/**
 * Whom she looks after and blocks herself she still sees, to take her out; unless the other one's block was there, which
 * the list must not tell. Names `members`.
 */
const blockedByHerAlone = (actor: Actor) => sql`(
	exists (select 1 from blocks b where b.blocker_id = ${actor.id}::uuid and b.blocked_id = members.id)
	and not exists (select 1 from blocks b where b.blocked_id = ${actor.id}::uuid and b.blocker_id = members.id))`

/** Who is in a circle of hers, without those with whom she has a block, and whom she has asked. Throws `not-found`. */
export async function readCircle(actor: Actor, id: string | undefined) {
	const circle = await findCircle(db, actor, id)
	const seen = notInArray(members.id, actor.blocked)
	const people = await db
		.select({
			id: members.id,
			handle: members.handle,
			hosts: sql<boolean>`${roomMembers.role} = 'host'`,
		})
		.from(roomMembers)
		.innerJoin(members, eq(members.id, roomMembers.memberId))
		.where(
			and(
				eq(roomMembers.roomId, circle.id),
				isNull(roomMembers.leftAt),
				eq(members.status, 'active'),
				circle.hosts ? or(seen, blockedByHerAlone(actor)) : seen,
			),
		)
		.orderBy(asc(roomMembers.joinedAt), asc(roomMembers.memberId))
	return {
		circle: { id: circle.id, name: nameOf(circle.names), closed: circle.closed, hosts: circle.hosts },
		invited: circle.hosts && !circle.closed ? await listAsked(actor, circle.id) : [],
		people: people.map((person) => ({ ...person, self: person.id === actor.id })),
		size: CIRCLE.size,
	}
}

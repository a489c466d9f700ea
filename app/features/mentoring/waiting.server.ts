import { and, desc, eq, or } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import { otherOf, type RoomsWith } from './together/match-access.server'

/** More than the places a mentor has and the requests a page can name. */
const AT_MOST = 20

/**
 * For her first page: how many requests she has to answer, and the mentoring she can write in now, the newest first.
 * One query, and one of the chat's where something goes on.
 */
export async function waitingForHer(actor: Actor, roomsWith: RoomsWith) {
	const asMentor = eq(matches.mentorId, actor.id)
	const rows = await db
		.select({ id: matches.id, status: matches.status, roomId: matches.roomId, other: members.handle })
		.from(matches)
		.innerJoin(members, eq(members.id, otherOf(actor)))
		.where(
			and(
				or(
					and(asMentor, eq(matches.status, 'asked')),
					and(eq(matches.status, 'accepted'), or(asMentor, eq(matches.menteeId, actor.id))),
				),
				notBlockedByHer(actor, otherOf(actor)),
			),
		)
		.orderBy(desc(matches.askedAt), matches.id)
		.limit(AT_MOST)
	const running = rows.filter(({ status }) => status === 'accepted')
	const entered = await roomsWith(
		actor,
		running.flatMap(({ roomId }) => roomId ?? []),
	)
	return {
		toAnswer: rows.length - running.length,
		running: running.flatMap(({ roomId, other }) =>
			roomId && entered.has(roomId) ? [{ roomId, other }] : [],
		),
	}
}

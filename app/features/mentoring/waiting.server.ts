import { and, desc, eq, isNull, or } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import { otherOf, type RoomsWith } from './together/match-access.server'

/** More than the places a mentor has and the requests a page can name. */
const AT_MOST = 20

/**
 * For her first page: how many requests she has to answer, how many proposals of a round wait for her yes, and the
 * mentoring she can write in now, the newest first.
 * One query, and one of the chat's where something goes on.
 */
export async function waitingForHer(actor: Actor, roomsWith: RoomsWith) {
	const asMentor = eq(matches.mentorId, actor.id)
	const asMentee = eq(matches.menteeId, actor.id)
	const withoutHerYes = or(
		and(asMentor, isNull(matches.mentorYesAt)),
		and(asMentee, isNull(matches.menteeYesAt)),
	)
	const rows = await db
		.select({ id: matches.id, status: matches.status, roomId: matches.roomId, other: members.handle })
		.from(matches)
		.innerJoin(members, eq(members.id, otherOf(actor)))
		.where(
			and(
				or(
					and(asMentor, eq(matches.status, 'asked')),
					and(eq(matches.status, 'proposed'), withoutHerYes),
					and(eq(matches.status, 'accepted'), or(asMentor, asMentee)),
				),
				notBlockedByHer(actor, otherOf(actor)),
			),
		)
		.orderBy(desc(matches.askedAt), matches.id)
		.limit(AT_MOST)
	const countOf = (which: 'asked' | 'proposed') => rows.filter(({ status }) => status === which).length
	const running = rows.filter(({ status }) => status === 'accepted')
	const entered = await roomsWith(
		actor,
		running.flatMap(({ roomId }) => roomId ?? []),
	)
	return {
		toAnswer: countOf('asked'),
		proposed: countOf('proposed'),
		running: running.flatMap(({ roomId, other }) =>
			roomId && entered.has(roomId) ? [{ roomId, other }] : [],
		),
	}
}

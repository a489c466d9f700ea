import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { byShape, written } from '~/db/kept.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import { notBlockedBy } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import type { RoomsWith } from './together/match-access.server'

/** More than the places a mentor has and the requests a page can name. */
const AT_MOST = 20

const her = sql`${sql.placeholder('member')}::uuid`
const asMentor = sql`${matches.mentorId} = ${her}`
const asMentee = sql`${matches.menteeId} = ${her}`
const other = sql`case when ${asMentor} then ${matches.menteeId} else ${matches.mentorId} end`
const withoutHerYes = or(
	and(asMentor, isNull(matches.mentorYesAt)),
	and(asMentee, isNull(matches.menteeYesAt)),
)

const findWaiting = byShape(({ blocks }: { blocks: boolean }) =>
	db
		.select({ id: matches.id, status: matches.status, roomId: matches.roomId, other: members.handle })
		.from(matches)
		.innerJoin(members, eq(members.id, other))
		.where(
			and(
				or(
					and(asMentor, eq(matches.status, 'asked')),
					and(eq(matches.status, 'proposed'), withoutHerYes),
					and(eq(matches.status, 'accepted'), or(asMentor, asMentee)),
				),
				blocks ? notBlockedBy(her, other) : undefined,
			),
		)
		.orderBy(desc(matches.askedAt), matches.id)
		.limit(written(AT_MOST))
		.prepare('waiting_for_her'),
)

/**
 * For her first page: how many requests she has to answer, how many proposals of a round wait for her yes, and the
 * mentoring she can write in now, the newest first.
 * One query, and one of the chat's where something goes on.
 */
export async function waitingForHer(actor: Actor, roomsWith: RoomsWith) {
	const rows = await findWaiting({ blocks: actor.blocked.length > 0 }).execute({ member: actor.id })
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

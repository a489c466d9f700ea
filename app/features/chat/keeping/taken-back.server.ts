import { and, desc, eq, gt, isNotNull, isNull, ne, notInArray, sql } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { messages, roomMembers } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import type { RoomFacts } from '../chat.policy'
import { unheardIn } from '../messages.server'
import { accessRoom, readRoomHead } from '../rooms.server'
import { TAKEN_BACK_DAYS } from './keeping.limits'

const LISTED_AT_MOST = 50

type Room = { id: string } & Pick<RoomFacts, 'kind'>

/** When she came into the room: what was gone before that she never saw. Anyone may have seen what an open room said. */
const wasThere = (actor: Pick<Actor, 'id'>, room: Room) =>
	room.kind === 'open'
		? undefined
		: sql`exists (select 1 from ${roomMembers} where ${roomMembers.roomId} = ${messages.roomId}
			and ${roomMembers.memberId} = ${actor.id} and ${roomMembers.leftAt} is null
			and ${roomMembers.joinedAt} <= ${messages.removedAt})`

/** What others took back in a room she sees, as long as its words are kept for a report; its words are not read here. */
const takenBackIn = (actor: Actor, room: Room) =>
	and(
		eq(messages.roomId, room.id),
		isNotNull(messages.authorId),
		ne(messages.authorId, actor.id),
		notInArray(messages.authorId, [...unheardIn(actor, room)]),
		ne(messages.body, ''),
		isNull(messages.hiddenAt),
		gt(messages.removedAt, sql`now() - make_interval(days => ${TAKEN_BACK_DAYS})`),
		wasThere(actor, room),
	)

/** Whether she can still report what was taken back, in a room she sees. */
export const mayReportTakenBack = async (tx: Db, actor: Actor, room: Room, id: string) =>
	(await tx.$count(messages, and(eq(messages.id, id), takenBackIn(actor, room)))) > 0

/** What was taken back in a room and can still be reported: whose it was and when it was said. Throws `not-found`. */
export async function readTakenBack(actor: Actor, id: string | undefined, locale: string) {
	const room = await accessRoom(db, actor, id)
	const { kind, name, other } = await readRoomHead(actor, room.id, locale)
	const said = await db
		.select({ id: messages.id, authorId: members.id, author: members.handle, at: messages.createdAt })
		.from(messages)
		.innerJoin(members, eq(members.id, messages.authorId))
		.where(takenBackIn(actor, room))
		.orderBy(desc(messages.seq))
		.limit(LISTED_AT_MOST)
	return { room: { id: room.id, kind, name, other }, said }
}

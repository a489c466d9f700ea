import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { roomDoors, roomMembers, roomSessions } from '~/db/schema/chat'

/** For her copy: at which doors she stands or was turned away, and what she wrote as a host. */
export async function doorsAndTalksOf(db: Db, memberId: string): Promise<Record<string, unknown>[]> {
	const doors = await db
		.select({ room: roomDoors.roomId, door: roomDoors.state, at: roomDoors.at })
		.from(roomDoors)
		.where(eq(roomDoors.memberId, memberId))
		.orderBy(asc(roomDoors.at))
	const led = await db
		.select({
			room: roomSessions.roomId,
			startsAt: roomSessions.startsAt,
			rules: roomSessions.rules,
			note: roomSessions.note,
		})
		.from(roomSessions)
		.innerJoin(roomMembers, eq(roomMembers.roomId, roomSessions.roomId))
		.where(and(eq(roomMembers.memberId, memberId), inArray(roomMembers.role, ['host', 'cohost'])))
		.orderBy(asc(roomSessions.startsAt))
	return [...doors, ...led]
}

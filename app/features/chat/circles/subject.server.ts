import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { roomDoors, roomMembers, rooms } from '~/db/schema/chat'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import { isUuid } from '~/platform/text'
import { hostOf, nameOf, seatOf } from './access.server'
import { closeRoom, reopenRoom } from './circles.server'

async function find(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [circle] = await tx
		.select({ id: rooms.id, names: rooms.names, authorId: hostOf })
		.from(rooms)
		.where(and(eq(rooms.id, id), eq(rooms.kind, 'circle')))
	if (!circle) return undefined
	const { text: body, lang, dir } = nameOf(circle.names)
	return {
		...{ id: circle.id, authorId: circle.authorId, body, lang, dir },
		...{ private: true, spaceId: null, path: '/chat', around: [] },
	}
}

/** Whoever was asked into it, also when she has said no, and whoever is in it and does not look after it. */
async function mayReport(tx: Tx, actor: Actor, id: string) {
	if (!isUuid(id)) return false
	const asked = and(
		eq(roomDoors.roomId, id),
		eq(roomDoors.memberId, actor.id),
		inArray(roomDoors.state, ['invited', 'refused']),
	)
	const inIt = and(seatOf(id, actor.id), ne(roomMembers.role, 'host'))
	return (await tx.$count(roomDoors, asked)) > 0 || (await tx.$count(roomMembers, inIt)) > 0
}

/** A circle and the invitations into it, as moderation sees them: its name, and who asks. Decided against, it closes. */
export const circleSubject: Subject = {
	kind: 'circle',
	find,
	mayReport,
	hide: closeRoom,
	restore: reopenRoom,
}

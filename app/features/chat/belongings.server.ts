import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import type { Belongings } from '~/features/members/belongings'
import { changeMessage } from './writing.server'

/** What she said in rooms, and which she was in. */
export const chatBelongings: Belongings = {
	tables: ['messages', 'room_members'],
	async collect(db, memberId) {
		const texts = await db
			.select({ at: messages.createdAt, text: messages.body, lang: sql<null>`null`, dir: messages.dir })
			.from(messages)
			.where(eq(messages.authorId, memberId))
			.orderBy(asc(messages.createdAt))
		const facts = await db
			.select({
				room: roomMembers.roomId,
				role: roomMembers.role,
				joinedAt: roomMembers.joinedAt,
				leftAt: roomMembers.leftAt,
			})
			.from(roomMembers)
			.where(eq(roomMembers.memberId, memberId))
		return [{ name: 'messages', texts, facts }]
	},
	async leave(tx, memberId, words, publish) {
		if (words === 'remove') {
			const hers = await tx
				.select({ id: messages.id, roomId: messages.roomId })
				.from(messages)
				.where(eq(messages.authorId, memberId))
				// One order for everyone who takes the rooms' locks.
				.orderBy(asc(messages.roomId), asc(messages.seq))
			for (const row of hers) publish(await changeMessage(tx, row, { body: '', removedAt: sql`now()` }))
		}
		await tx
			.update(rooms)
			.set({ closedAt: sql`now()` })
			.where(
				and(
					eq(rooms.kind, 'private'),
					isNull(rooms.closedAt),
					sql`exists (select 1 from room_members m where m.room_id = rooms.id and m.member_id = ${memberId}::uuid and m.role <> 'guest')`,
				),
			)
	},
}

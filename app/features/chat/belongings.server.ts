import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { messageReactions, messageWishes, roomMarks } from '~/db/schema/chat-marks'
import type { Belongings } from '~/features/members/belongings'
import { changeMessage } from './changing.server'
import { leaveCircles } from './circles/leaving.server'
import { TAKEN_BACK_DAYS } from './keeping/keeping.limits'
import { doorsAndTalksOf } from './led/belongings.server'
import { endLeading } from './led/hosts.server'
import { endSigns } from './signs/ending.server'

/** What she put under messages, and how far she read. */
async function signsOf(db: Db, memberId: string): Promise<Record<string, unknown>[]> {
	const signs = await db
		.select({ message: messageReactions.messageId, sign: messageReactions.kind })
		.from(messageReactions)
		.where(eq(messageReactions.memberId, memberId))
	const wishes = await db
		.select({ message: messageWishes.messageId, wishedFor: messageWishes.lang })
		.from(messageWishes)
		.where(eq(messageWishes.memberId, memberId))
	const read = await db
		.select({ room: roomMarks.roomId, readTo: roomMarks.seq })
		.from(roomMarks)
		.where(eq(roomMarks.memberId, memberId))
	return [...signs, ...wishes, ...read]
}

/**
 * What she took back so long ago that it is emptied is not hers any more: also where it is kept a while for moderators, or
 * her copy would tell her that somebody reported it.
 */
const notLongGone = sql`not exists (select 1 from messages gone where gone.id in (messages.id, messages.translation_of)
	and gone.removed_at <= now() - make_interval(days => ${TAKEN_BACK_DAYS}))`

/** The open rooms that she named, as a coordinator. */
const roomsNamed = (db: Db, memberId: string) =>
	db
		.select({ roomNamed: rooms.id, names: rooms.names, about: rooms.about })
		.from(rooms)
		.where(eq(rooms.wordsBy, memberId))

/** What she said in rooms, and which she was in. */
export const chatBelongings: Belongings = {
	tables: [
		'rooms',
		'messages',
		'room_members',
		'room_marks',
		'message_reactions',
		'message_wishes',
		'room_doors',
		'room_sessions',
		'held_messages',
	],
	async collect(db, memberId) {
		const texts = await db
			.select({ at: messages.createdAt, text: messages.body, lang: messages.lang, dir: messages.dir })
			.from(messages)
			.where(and(eq(messages.authorId, memberId), notLongGone))
			.orderBy(asc(messages.createdAt))
		const waiting = await db
			.select({
				at: heldMessages.createdAt,
				text: heldMessages.body,
				lang: heldMessages.lang,
				dir: heldMessages.dir,
			})
			.from(heldMessages)
			.where(eq(heldMessages.authorId, memberId))
			.orderBy(asc(heldMessages.createdAt))
		const facts = await db
			.select({
				room: roomMembers.roomId,
				role: roomMembers.role,
				joinedAt: roomMembers.joinedAt,
				leftAt: roomMembers.leftAt,
				showsReading: roomMembers.showsReading,
			})
			.from(roomMembers)
			.where(eq(roomMembers.memberId, memberId))
		return [
			{
				name: 'messages',
				texts: [...texts, ...waiting],
				facts: [
					...facts,
					...(await signsOf(db, memberId)),
					...(await doorsAndTalksOf(db, memberId)),
					...(await roomsNamed(db, memberId)),
				],
			},
		]
	},
	async leave(tx, memberId, words, publish) {
		await endLeading(tx, { memberId, gone: true }, publish)
		// What waits was never said to anyone: nothing of it stays, whatever she chooses for her words.
		await tx.delete(heldMessages).where(eq(heldMessages.authorId, memberId))
		if (words === 'remove') {
			const hers = await tx
				.select({ id: messages.id, roomId: messages.roomId })
				.from(messages)
				.where(eq(messages.authorId, memberId))
				// One order for everyone who takes the rooms' locks.
				.orderBy(asc(messages.roomId), asc(messages.seq))
			for (const row of hers) await changeMessage(tx, row, { body: '', removedAt: sql`now()` }, publish)
		}
		await leaveCircles(tx, memberId, publish)
		const closed = await tx
			.update(rooms)
			.set({ closedAt: sql`now()`, seq: sql`${rooms.seq} + 1` })
			.where(
				and(
					eq(rooms.kind, 'private'),
					isNull(rooms.closedAt),
					sql`exists (select 1 from room_members m where m.room_id = rooms.id and m.member_id = ${memberId}::uuid and m.role <> 'guest')`,
				),
			)
			.returning({ id: rooms.id, seq: rooms.seq })
		for (const { id: roomId, seq } of closed) {
			await endSigns(tx, roomId)
			publish({ name: 'chat:closed', roomId, seq })
		}
	},
}

import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { messages, rooms } from './chat'
import { members } from './members'

/** How far a member has read in a room: hers alone, for "new since you left". */
export const roomMarks = pgTable(
	'room_marks',
	{
		roomId: uuid('room_id')
			.notNull()
			.references(() => rooms.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		seq: bigint({ mode: 'number' }).notNull(),
	},
	(t) => [primaryKey({ columns: [t.roomId, t.memberId] }), index('room_marks_member').on(t.memberId)],
)

/** A small sign under a message. */
export const messageReactions = pgTable(
	'message_reactions',
	{
		messageId: uuid('message_id')
			.notNull()
			.references(() => messages.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		kind: text({ enum: ['heart', 'thanks', 'yes', 'strong', 'flower'] }).notNull(),
	},
	(t) => [
		primaryKey({ columns: [t.messageId, t.memberId, t.kind] }),
		index('message_reactions_member').on(t.memberId),
	],
)

/** Who would like to read a message in which language: counted, named to nobody. */
export const messageWishes = pgTable(
	'message_wishes',
	{
		messageId: uuid('message_id')
			.notNull()
			.references(() => messages.id, { onDelete: 'cascade' }),
		lang: text().notNull(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
	},
	(t) => [
		primaryKey({ columns: [t.messageId, t.lang, t.memberId] }),
		index('message_wishes_member').on(t.memberId),
	],
)

export const classes: Record<string, TableClasses> = {
	roomMarks: { roomId: 'intimate', memberId: 'intimate', seq: 'intimate' },
	messageReactions: { messageId: 'intimate', memberId: 'intimate', kind: 'intimate' },
	messageWishes: { messageId: 'intimate', lang: 'intimate', memberId: 'intimate' },
}

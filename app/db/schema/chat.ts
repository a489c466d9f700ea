import { sql } from 'drizzle-orm'
import {
	bigint,
	index,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	uniqueIndex,
	uuid,
} from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import type { Translated } from './forum'
import { members } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

export const rooms = pgTable(
	'rooms',
	{
		id: uuid().primaryKey().defaultRandom(),
		/** `open`: any signed-in member may join. `private`: only its `room_members`, and it has no name. */
		kind: text({ enum: ['open', 'private'] }).notNull(),
		names: jsonb().$type<Translated>(),
		about: jsonb().$type<Translated>(),
		languages: text().array().notNull().default([]),
		/** Counts every new message and every change of one: the order all readers share. */
		seq: bigint({ mode: 'number' }).notNull().default(0),
		createdAt: at('created_at').notNull().defaultNow(),
		/** What brought its people together has ended: it can be read, nobody writes in it any more. */
		closedAt: at('closed_at'),
	},
	(t) => [index('rooms_open').on(t.id).where(sql`kind = 'open'`)],
)

export const roomMembers = pgTable(
	'room_members',
	{
		roomId: uuid('room_id')
			.notNull()
			.references(() => rooms.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		/** `guest`: a third seat in a room of two, for as long as both want it. */
		role: text({ enum: ['host', 'member', 'guest'] })
			.notNull()
			.default('member'),
		joinedAt: at('joined_at').notNull().defaultNow(),
		leftAt: at('left_at'),
	},
	(t) => [primaryKey({ columns: [t.roomId, t.memberId] }), index('room_members_member').on(t.memberId)],
)

export const messages = pgTable(
	'messages',
	{
		id: uuid().primaryKey().defaultRandom(),
		roomId: uuid('room_id')
			.notNull()
			.references(() => rooms.id, { onDelete: 'cascade' }),
		seq: bigint({ mode: 'number' }).notNull(),
		/** The room's count when it was last changed; equals `seq` until then. */
		changedSeq: bigint('changed_seq', { mode: 'number' }).notNull(),
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		/** The sender's own id of the message: the same key gives the same message for ever. */
		key: uuid().notNull(),
		body: text().notNull(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		replyTo: uuid('reply_to'),
		createdAt: at('created_at').notNull().defaultNow(),
		editedAt: at('edited_at'),
		/** Taken back by its author. */
		removedAt: at('removed_at'),
		/** Hidden by a moderator's decision. */
		hiddenAt: at('hidden_at'),
	},
	(t) => [
		uniqueIndex('messages_room_seq').on(t.roomId, t.seq),
		// Every number of a room is given once, to a message or to a change of one.
		uniqueIndex('messages_room_changed').on(t.roomId, t.changedSeq),
		uniqueIndex('messages_author_key').on(t.authorId, t.key),
	],
)

export const classes: Record<string, TableClasses> = {
	rooms: {
		id: 'open',
		kind: 'technical',
		names: 'open',
		about: 'open',
		languages: 'open',
		seq: 'technical',
		createdAt: 'technical',
		closedAt: 'intimate',
	},
	roomMembers: {
		roomId: 'intimate',
		memberId: 'intimate',
		role: 'intimate',
		joinedAt: 'intimate',
		leftAt: 'intimate',
	},
	messages: {
		id: 'technical',
		roomId: 'intimate',
		seq: 'technical',
		changedSeq: 'technical',
		authorId: 'intimate',
		key: 'technical',
		body: 'intimate',
		dir: 'technical',
		replyTo: 'technical',
		createdAt: 'intimate',
		editedAt: 'intimate',
		removedAt: 'intimate',
		hiddenAt: 'intimate',
	},
}

import { index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { rooms } from './chat'
import { members } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/**
 * Said in a room that holds, in a language that nobody on duty reads: seen by its author and by moderators who read it.
 * It becomes a message, with the same key, when it is let through; until then it has no number in the room.
 */
export const heldMessages = pgTable(
	'held_messages',
	{
		id: uuid().primaryKey().defaultRandom(),
		roomId: uuid('room_id')
			.notNull()
			.references(() => rooms.id, { onDelete: 'cascade' }),
		authorId: uuid('author_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		key: uuid().notNull(),
		body: text().notNull(),
		lang: text(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		replyTo: uuid('reply_to'),
		translationOf: uuid('translation_of'),
		createdAt: at('created_at').notNull().defaultNow(),
	},
	(t) => [
		uniqueIndex('held_messages_author_key').on(t.authorId, t.key),
		index('held_messages_room').on(t.roomId, t.createdAt),
	],
)

export const classes: Record<string, TableClasses> = {
	heldMessages: {
		id: 'technical',
		roomId: 'intimate',
		authorId: 'intimate',
		key: 'technical',
		body: 'intimate',
		lang: 'intimate',
		dir: 'technical',
		replyTo: 'technical',
		translationOf: 'technical',
		createdAt: 'intimate',
	},
}

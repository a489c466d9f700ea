import { boolean, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { spaces, topics } from './forum'
import { members } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** How far she read, and whether she follows: one row for a woman and a topic. Nobody else is shown it. */
export const topicReaders = pgTable(
	'topic_readers',
	{
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		topicId: uuid('topic_id')
			.notNull()
			.references(() => topics.id, { onDelete: 'cascade' }),
		readSeq: integer('read_seq').notNull().default(0),
		readAt: at('read_at').notNull().defaultNow(),
		/** Null: she never said; writing in a topic follows it, and unfollowing stays. */
		follows: boolean(),
	},
	(t) => [primaryKey({ columns: [t.memberId, t.topicId] })],
)

export const spaceFollowers = pgTable(
	'space_followers',
	{
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		spaceId: uuid('space_id')
			.notNull()
			.references(() => spaces.id, { onDelete: 'cascade' }),
		at: at('at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.memberId, t.spaceId] }), index('space_followers_space').on(t.spaceId)],
)

/** What she has begun to write and not sent. One for each place where she can write. */
export const drafts = pgTable(
	'drafts',
	{
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		/** `space:<id>`, `topic:<id>`, `edit:<post id>`, `translation:<post id>:<language>`. */
		place: text().notNull(),
		title: text().notNull().default(''),
		body: text().notNull().default(''),
		lang: text(),
		savedAt: at('saved_at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.memberId, t.place] })],
)

export const classes: Record<string, TableClasses> = {
	topicReaders: {
		memberId: 'intimate',
		topicId: 'intimate',
		readSeq: 'intimate',
		readAt: 'intimate',
		follows: 'intimate',
	},
	spaceFollowers: { memberId: 'intimate', spaceId: 'intimate', at: 'intimate' },
	drafts: {
		memberId: 'intimate',
		place: 'intimate',
		title: 'intimate',
		body: 'intimate',
		lang: 'intimate',
		savedAt: 'intimate',
	},
}

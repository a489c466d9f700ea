import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members, organisations } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** Whose organisation's members they are: who came in by its code, or was added by its staff. She can leave it. */
export const organisationMembers = pgTable(
	'organisation_members',
	{
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		since: at('since').notNull().defaultNow(),
	},
	(t) => [
		primaryKey({ columns: [t.organisationId, t.memberId] }),
		index('organisation_members_member').on(t.memberId),
	],
)

/** Who wants to see nothing of whom. It works both ways, and nobody is told (DESIGN 10). */
export const blocks = pgTable(
	'blocks',
	{
		blockerId: uuid('blocker_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		blockedId: uuid('blocked_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		at: at('at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.blockerId, t.blockedId] }), index('blocks_blocked').on(t.blockedId)],
)

/**
 * What a member is told inside the site. A row names a kind and what it is about, never words or people: the page that
 * lists them says the rest, to who may still see it. Unread ones about one thing gather in one row.
 */
export const notices = pgTable(
	'notices',
	{
		id: uuid().primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		kind: text().notNull(),
		/** What it is about: a topic, a space, a match, as the kind says. */
		subjectId: uuid('subject_id').notNull(),
		/** Where in it: the first new post, say. */
		placeId: uuid('place_id'),
		/** How often it happened since she last looked. */
		times: integer().notNull().default(1),
		at: at('at').notNull().defaultNow(),
		readAt: at('read_at'),
	},
	(t) => [
		uniqueIndex('notices_unread').on(t.memberId, t.kind, t.subjectId).where(sql`read_at is null`),
		index('notices_member').on(t.memberId, t.at),
		index('notices_subject').on(t.subjectId),
	],
)

export const classes: Record<string, TableClasses> = {
	organisationMembers: { organisationId: 'personal', memberId: 'personal', since: 'personal' },
	blocks: { blockerId: 'intimate', blockedId: 'intimate', at: 'intimate' },
	notices: {
		id: 'technical',
		memberId: 'intimate',
		kind: 'intimate',
		subjectId: 'intimate',
		placeId: 'intimate',
		times: 'intimate',
		at: 'intimate',
		readAt: 'intimate',
	},
}

import { sql } from 'drizzle-orm'
import {
	boolean,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	timestamp,
	uniqueIndex,
	uuid,
} from 'drizzle-orm/pg-core'
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
		/** Made by herself, and so hers to see and to lift. */
		own: boolean().notNull().default(true),
		/** The no-contact order (a restriction) that holds it in place, whether it is her own too or not. */
		orderId: uuid('order_id'),
	},
	(t) => [primaryKey({ columns: [t.blockerId, t.blockedId] }), index('blocks_blocked').on(t.blockedId)],
)

/**
 * Whose words are folded for whom, who wants nothing but quiet. It works one way, and nobody but her who made it learns
 * of it. Not the measure of that name in `restrictions`, which is a decision of moderators.
 */
export const mutes = pgTable(
	'mutes',
	{
		muterId: uuid('muter_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		mutedId: uuid('muted_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		since: at('since').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.muterId, t.mutedId] }), index('mutes_muted').on(t.mutedId)],
)

/**
 * Names that come back only past a coordinator: of a woman who left while a decision shut her out or kept her apart from
 * another. Nothing leads from here to her or to the decision, and it is forgotten when its time is over.
 */
export const heldNames = pgTable(
	'held_names',
	{
		/** Keyed hash of the folded name. */
		nameHash: text('name_hash').primaryKey(),
		until: at('until').notNull(),
	},
	(t) => [index('held_names_until').on(t.until)],
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
		index('notices_read').on(t.readAt).where(sql`read_at is not null`),
	],
)

export const classes: Record<string, TableClasses> = {
	organisationMembers: { organisationId: 'personal', memberId: 'personal', since: 'personal' },
	blocks: {
		blockerId: 'intimate',
		blockedId: 'intimate',
		at: 'intimate',
		own: 'intimate',
		orderId: 'intimate',
	},
	mutes: { muterId: 'intimate', mutedId: 'intimate', since: 'intimate' },
	heldNames: { nameHash: 'secret', until: 'technical' },
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

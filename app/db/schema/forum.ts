import {
	type AnyPgColumn,
	boolean,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	smallint,
	text,
	timestamp,
	uniqueIndex,
	uuid,
} from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members, organisations } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** The same short text by locale tag; `en` is always there. */
export type Translated = { en: string; [tag: string]: string }

/** What a text may be folded for, until its reader opens it; named in her language by the catalogue. */
export const CONTENT_NOTES = ['violence', 'children', 'death', 'health', 'other'] as const

export const spaces = pgTable('spaces', {
	id: uuid().primaryKey().defaultRandom(),
	position: integer().notNull(),
	icon: text().notNull(),
	names: jsonb().$type<Translated>().notNull(),
	descriptions: jsonb().$type<Translated>().notNull(),
	/** Who may enter. For whom it is closed it does not exist. */
	access: text({ enum: ['everyone', 'organisation', 'practitioners', 'invited'] })
		.notNull()
		.default('everyone'),
	/** Whose members may enter, where `access` is `organisation`. */
	organisationId: uuid('organisation_id').references(() => organisations.id, { onDelete: 'restrict' }),
	/** Whether a question may be asked here without a handle. */
	aliasAllowed: boolean('alias_allowed').notNull().default(false),
	/** How many questions are in its lists; kept by triggers (drizzle/0017_pages.sql). */
	questions: integer().notNull().default(0),
})

/** Who was invited to a space that is open to invited members, and who of them came in. */
export const spaceMembers = pgTable(
	'space_members',
	{
		spaceId: uuid('space_id')
			.notNull()
			.references(() => spaces.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		invitedBy: uuid('invited_by').references(() => members.id, { onDelete: 'set null' }),
		invitedAt: at('invited_at').notNull().defaultNow(),
		/** Null until she accepts: an invitation alone opens nothing. */
		acceptedAt: at('accepted_at'),
		/** The invitation itself, where it is reported. */
		id: uuid().notNull().defaultRandom(),
		/** Taken off her pages by a decision of moderators. */
		hiddenAt: at('hidden_at'),
	},
	(t) => [
		primaryKey({ columns: [t.spaceId, t.memberId] }),
		uniqueIndex('space_members_id').on(t.id),
		index('space_members_member').on(t.memberId, t.acceptedAt),
	],
)

export const topics = pgTable(
	'topics',
	{
		id: uuid().primaryKey().defaultRandom(),
		spaceId: uuid('space_id')
			.notNull()
			.references(() => spaces.id, { onDelete: 'restrict' }),
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		/** The form's own key: the same form sent twice makes one topic. */
		key: uuid().notNull(),
		title: text().notNull(),
		lang: text().notNull(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		createdAt: at('created_at').notNull().defaultNow(),
		lastPostAt: at('last_post_at').notNull().defaultNow(),
		/** Posts ever written in it: also the next post's number. */
		postSeq: integer('post_seq').notNull().default(0),
		visiblePosts: integer('visible_posts').notNull().default(0),
		hiddenAt: at('hidden_at'),
		/** Asked without her handle: the flower that stands for the asker in this topic, and nowhere else. */
		alias: smallint(),
		/** Languages the question can be read in: its own, and those it was translated into. */
		langs: text().array().notNull().default([]),
		pinnedAt: at('pinned_at'),
		lockedAt: at('locked_at'),
		/** Set by the asker when her question is answered; the post that did it, where there is one. */
		answeredAt: at('answered_at'),
		answeredBy: uuid('answered_by').references((): AnyPgColumn => posts.id, { onDelete: 'set null' }),
		/** Where its posts went: old addresses lead on. */
		mergedInto: uuid('merged_into').references((): AnyPgColumn => topics.id, { onDelete: 'set null' }),
	},
	// The indexes of the lists are partial and in drizzle/0003_forum_rules.sql.
	(t) => [uniqueIndex('topics_author_key').on(t.authorId, t.key)],
)

export const posts = pgTable(
	'posts',
	{
		id: uuid().primaryKey().defaultRandom(),
		topicId: uuid('topic_id')
			.notNull()
			.references(() => topics.id, { onDelete: 'cascade' }),
		/** Place in the topic, from 1, given in the transaction that writes the post. */
		seq: integer().notNull(),
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		key: uuid().notNull(),
		body: text().notNull(),
		/** `body` rendered once, when written, with raw HTML off. */
		html: text().notNull(),
		lang: text().notNull(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		langSource: text('lang_source', { enum: ['declared', 'confirmed', 'guessed'] }).notNull(),
		createdAt: at('created_at').notNull().defaultNow(),
		hiddenAt: at('hidden_at'),
		/** Folded by a moderator or a watch rule: there for who opens it. */
		foldedAt: at('folded_at'),
		/** Hidden until its author has changed it, as a moderator asked her. */
		editAskedAt: at('edit_asked_at'),
		/** Not shown yet: a moderator looks at it first. `hidden_at` is set with it. */
		heldAt: at('held_at'),
		/** Those who follow and those it names have heard of it; false while it has waited from the beginning. */
		announced: boolean().notNull().default(true),
		/** Under her handle it is hers; the asker of a topic with an alias writes there as the alias only. */
		aliased: boolean().notNull().default(false),
		/** The post it answers; shown as an excerpt of what that post says now, to who may still read it. */
		replyTo: uuid('reply_to').references((): AnyPgColumn => posts.id, { onDelete: 'set null' }),
		note: text({ enum: CONTENT_NOTES }),
		/** Counts her edits: a form carries the one it began from, so that two tabs cannot overwrite each other. */
		version: integer().notNull().default(1),
		/** The last edit that changed the meaning: translations of an older one are outdated. */
		meaningVersion: integer('meaning_version').notNull().default(1),
		editedAt: at('edited_at'),
		/** Deleted by its author: a shell at once, and the words gone for good ten minutes later. */
		deletedAt: at('deleted_at'),
		thanks: integer().notNull().default(0),
	},
	(t) => [
		uniqueIndex('posts_topic_seq').on(t.topicId, t.seq),
		uniqueIndex('posts_author_key').on(t.authorId, t.key),
		index('posts_author_recent').on(t.authorId, t.createdAt),
	],
)

/** What a post said before each edit; for its author and the moderators. */
export const postVersions = pgTable(
	'post_versions',
	{
		postId: uuid('post_id')
			.notNull()
			.references(() => posts.id, { onDelete: 'cascade' }),
		version: integer().notNull(),
		/** The topic's title at that time, for a question. */
		title: text(),
		body: text().notNull(),
		lang: text().notNull(),
		/** Until when it stood there. */
		until: at('until').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.postId, t.version] })],
)

export const postThanks = pgTable(
	'post_thanks',
	{
		postId: uuid('post_id')
			.notNull()
			.references(() => posts.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		at: at('at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.postId, t.memberId] }), index('post_thanks_member').on(t.memberId)],
)

/** What moderators did to a topic, in the order they did it; shown in the topic, without their names. */
export const topicEvents = pgTable(
	'topic_events',
	{
		id: uuid().primaryKey().defaultRandom(),
		topicId: uuid('topic_id')
			.notNull()
			.references(() => topics.id, { onDelete: 'cascade' }),
		at: at('at').notNull().defaultNow(),
		actorId: uuid('actor_id').references(() => members.id, { onDelete: 'set null' }),
		kind: text({
			enum: ['moved', 'merged', 'split-off', 'split-from', 'locked', 'unlocked', 'pinned', 'unpinned'],
		}).notNull(),
		/** The other topic of a merge or a split. */
		otherTopicId: uuid('other_topic_id').references(() => topics.id, { onDelete: 'set null' }),
		/** Where it was before it was moved. */
		fromSpaceId: uuid('from_space_id').references(() => spaces.id, { onDelete: 'set null' }),
	},
	(t) => [index('topic_events_topic').on(t.topicId, t.at)],
)

export const classes: Record<string, TableClasses> = {
	spaces: {
		id: 'open',
		position: 'technical',
		icon: 'open',
		names: 'open',
		descriptions: 'open',
		access: 'open',
		organisationId: 'open',
		aliasAllowed: 'open',
		questions: 'technical',
	},
	spaceMembers: {
		spaceId: 'personal',
		memberId: 'personal',
		invitedBy: 'personal',
		invitedAt: 'personal',
		acceptedAt: 'personal',
		id: 'technical',
		hiddenAt: 'personal',
	},
	topics: {
		id: 'open',
		spaceId: 'open',
		authorId: 'open',
		key: 'technical',
		title: 'open',
		lang: 'open',
		dir: 'open',
		createdAt: 'open',
		lastPostAt: 'open',
		postSeq: 'technical',
		visiblePosts: 'open',
		hiddenAt: 'personal',
		alias: 'open',
		langs: 'open',
		pinnedAt: 'open',
		lockedAt: 'open',
		answeredAt: 'open',
		answeredBy: 'open',
		mergedInto: 'open',
	},
	posts: {
		id: 'open',
		topicId: 'open',
		seq: 'open',
		authorId: 'open',
		key: 'technical',
		body: 'open',
		html: 'open',
		lang: 'open',
		dir: 'open',
		langSource: 'open',
		createdAt: 'open',
		hiddenAt: 'personal',
		foldedAt: 'open',
		editAskedAt: 'personal',
		heldAt: 'personal',
		announced: 'personal',
		aliased: 'open',
		replyTo: 'open',
		note: 'open',
		version: 'technical',
		meaningVersion: 'technical',
		editedAt: 'open',
		deletedAt: 'open',
		thanks: 'open',
	},
	postVersions: {
		postId: 'personal',
		version: 'technical',
		title: 'personal',
		body: 'personal',
		lang: 'personal',
		until: 'personal',
	},
	postThanks: { postId: 'personal', memberId: 'personal', at: 'personal' },
	topicEvents: {
		id: 'technical',
		topicId: 'open',
		at: 'open',
		actorId: 'personal',
		kind: 'open',
		otherTopicId: 'open',
		fromSpaceId: 'open',
	},
}

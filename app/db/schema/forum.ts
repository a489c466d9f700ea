import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** The same short text by locale tag; `en` is always there. */
export type Translated = { en: string; [tag: string]: string }

export const spaces = pgTable('spaces', {
	id: uuid().primaryKey().defaultRandom(),
	position: integer().notNull(),
	icon: text().notNull(),
	names: jsonb().$type<Translated>().notNull(),
	descriptions: jsonb().$type<Translated>().notNull(),
})

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
	},
	(t) => [
		uniqueIndex('topics_author_key').on(t.authorId, t.key),
		index('topics_space_activity').on(t.spaceId, t.lastPostAt, t.id),
		index('topics_activity').on(t.lastPostAt, t.id),
	],
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
	},
	(t) => [
		uniqueIndex('posts_topic_seq').on(t.topicId, t.seq),
		uniqueIndex('posts_author_key').on(t.authorId, t.key),
		index('posts_author_recent').on(t.authorId, t.createdAt),
	],
)

export const classes: Record<string, TableClasses> = {
	spaces: { id: 'open', position: 'technical', icon: 'open', names: 'open', descriptions: 'open' },
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
	},
}

import { sql } from 'drizzle-orm'
import {
	bigint,
	customType,
	index,
	integer,
	pgTable,
	text,
	timestamp,
	unique,
	uuid,
} from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { posts, topics } from './forum'
import { translations } from './translation'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * What can be found: one row for a post or a translation that can be read now, none for what is hidden, deleted or in a
 * merged topic. Triggers keep it (drizzle/0005_search_rules.sql), so that no writer can forget it.
 */
export const searchDocuments = pgTable(
	'search_documents',
	{
		/** In the order they were written; leaves the server nowhere. */
		number: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
		/** Ten thousand documents that are looked through together, the newest first: what bounds a common word's cost. */
		bucket: integer().generatedAlwaysAs(sql`(number / 10000)::int`),
		topicId: uuid('topic_id')
			.notNull()
			.references(() => topics.id, { onDelete: 'cascade' }),
		postId: uuid('post_id')
			.notNull()
			.references(() => posts.id, { onDelete: 'cascade' }),
		/** Null: the post itself. */
		translationId: uuid('translation_id').references(() => translations.id, { onDelete: 'cascade' }),
		/** The topic's, which refers to the space. */
		spaceId: uuid('space_id').notNull(),
		kind: text({ enum: ['question', 'answer', 'translation'] }).notNull(),
		lang: text().notNull(),
		/** Whose words they are; null under an alias: looking for a person's texts must never find those. */
		authorId: uuid('author_id'),
		/** Who asked, who answered, who translated: a block with one of them leaves it out. Nobody under an alias. */
		people: uuid().array().notNull(),
		at: timestamp({ withTimezone: true }).notNull(),
		/** The title in search_normal's letters, for a question: what "did you mean" is taken from. */
		title: text(),
		tokens: tsvector().notNull(),
	},
	// The index over words, languages, spaces and people is in drizzle/0005_search_rules.sql.
	(t) => [
		unique('search_documents_one_each').on(t.postId, t.translationId).nullsNotDistinct(),
		index('search_documents_topic').on(t.topicId),
		index('search_documents_translation').on(t.translationId).where(sql`translation_id is not null`),
	],
)

export const classes: Record<string, TableClasses> = {
	searchDocuments: {
		number: 'technical',
		bucket: 'technical',
		topicId: 'open',
		postId: 'open',
		translationId: 'open',
		spaceId: 'open',
		kind: 'open',
		lang: 'open',
		authorId: 'open',
		people: 'personal',
		at: 'open',
		title: 'open',
		tokens: 'open',
	},
}

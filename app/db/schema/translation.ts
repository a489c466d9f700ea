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
import { posts } from './forum'
import { members } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** Who would like to read a post in which language: counted for everyone, named to nobody. */
export const translationRequests = pgTable(
	'translation_requests',
	{
		postId: uuid('post_id')
			.notNull()
			.references(() => posts.id, { onDelete: 'cascade' }),
		lang: text().notNull(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		at: at('at').notNull().defaultNow(),
	},
	(t) => [
		primaryKey({ columns: [t.postId, t.lang, t.memberId] }),
		index('translation_requests_lang').on(t.lang, t.at),
		index('translation_requests_member').on(t.memberId),
	],
)

/** Who is translating a post into a language just now; a claim lapses after 48 hours. */
export const translationClaims = pgTable(
	'translation_claims',
	{
		postId: uuid('post_id')
			.notNull()
			.references(() => posts.id, { onDelete: 'cascade' }),
		lang: text().notNull(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		claimedAt: at('claimed_at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.postId, t.lang] }), index('translation_claims_member').on(t.memberId)],
)

/** A post in another language, by a member who speaks both. There can be several; the most thanked is shown first. */
export const translations = pgTable(
	'translations',
	{
		id: uuid().primaryKey().defaultRandom(),
		postId: uuid('post_id')
			.notNull()
			.references(() => posts.id, { onDelete: 'cascade' }),
		lang: text().notNull(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		/** The form's own key: the same form sent twice is one translation. */
		key: uuid().notNull(),
		/** The topic's title, where the post is a question. */
		title: text(),
		body: text().notNull(),
		html: text().notNull(),
		/** `meaning_version` of the post it was made from. */
		ofVersion: integer('of_version').notNull(),
		thanks: integer().notNull().default(0),
		publishedAt: at('published_at').notNull().defaultNow(),
		hiddenAt: at('hidden_at'),
		/** Its post's author has heard of it; false while it has waited for a moderator from the beginning. */
		announced: boolean().notNull().default(true),
	},
	(t) => [
		uniqueIndex('translations_author_key').on(t.authorId, t.key),
		uniqueIndex('translations_one_each').on(t.postId, t.lang, t.authorId),
		index('translations_author').on(t.authorId, t.publishedAt),
	],
)

export const translationThanks = pgTable(
	'translation_thanks',
	{
		translationId: uuid('translation_id')
			.notNull()
			.references(() => translations.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		at: at('at').notNull().defaultNow(),
	},
	(t) => [
		primaryKey({ columns: [t.translationId, t.memberId] }),
		index('translation_thanks_member').on(t.memberId),
	],
)

export const classes: Record<string, TableClasses> = {
	translationRequests: { postId: 'personal', lang: 'personal', memberId: 'personal', at: 'personal' },
	translationClaims: { postId: 'personal', lang: 'personal', memberId: 'personal', claimedAt: 'personal' },
	translations: {
		id: 'open',
		postId: 'open',
		lang: 'open',
		dir: 'open',
		authorId: 'open',
		key: 'technical',
		title: 'open',
		body: 'open',
		html: 'open',
		ofVersion: 'technical',
		thanks: 'open',
		publishedAt: 'open',
		hiddenAt: 'personal',
		announced: 'personal',
	},
	translationThanks: { translationId: 'personal', memberId: 'personal', at: 'personal' },
}

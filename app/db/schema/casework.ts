import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members } from './members'
import { cases, evidence } from './moderation'

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Who looked into a case, first and last: her own count of what she had to see. */
export const caseLooks = pgTable(
	'case_looks',
	{
		caseId: uuid('case_id')
			.notNull()
			.references(() => cases.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		firstAt: at('first_at').notNull().defaultNow(),
		lastAt: at('last_at').notNull().defaultNow(),
	},
	(t) => [
		primaryKey({ columns: [t.caseId, t.memberId] }),
		index('case_looks_member').on(t.memberId, t.lastAt),
	],
)

/** What one moderator leaves for the next one. */
export const caseNotes = pgTable(
	'case_notes',
	{
		id: uuid().primaryKey().defaultRandom(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => cases.id, { onDelete: 'cascade' }),
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		words: text().notNull(),
		at: at('at').notNull().defaultNow(),
	},
	(t) => [
		index('case_notes_case').on(t.caseId, t.at),
		check('case_notes_words_fit', sql`octet_length(words) <= 8000`),
	],
)

/** Members a coordinator named, who translate for moderators and have promised to keep what they read to themselves. */
export const boundTranslators = pgTable('bound_translators', {
	memberId: uuid('member_id')
		.primaryKey()
		.references(() => members.id, { onDelete: 'cascade' }),
	/** Languages she is asked for. */
	languages: text().array().notNull(),
	namedBy: uuid('named_by').references(() => members.id, { onDelete: 'set null' }),
	namedAt: at('named_at').notNull().defaultNow(),
	/** When she promised; she sees nothing before. */
	promisedAt: at('promised_at'),
	endedAt: at('ended_at'),
})

/** A moderator asks to have evidence put into a language she reads; one bound translator takes it. */
export const caseTranslations = pgTable(
	'case_translations',
	{
		id: uuid().primaryKey().defaultRandom(),
		evidenceId: uuid('evidence_id')
			.notNull()
			.references(() => evidence.id, { onDelete: 'cascade' }),
		language: text().notNull(),
		askedBy: uuid('asked_by').references(() => members.id, { onDelete: 'set null' }),
		askedAt: at('asked_at').notNull().defaultNow(),
		takenBy: uuid('taken_by').references(() => members.id, { onDelete: 'set null' }),
		takenAt: at('taken_at'),
		body: text(),
		dir: text({ enum: ['ltr', 'rtl'] })
			.notNull()
			.default('ltr'),
		doneAt: at('done_at'),
	},
	(t) => [
		uniqueIndex('case_translations_once').on(t.evidenceId, t.language),
		check('case_translations_body_fits', sql`octet_length(body) <= 120000`),
	],
)

/** Which moderators say that they are there now, to look after what is said in the languages they read. */
export const moderatorDuties = pgTable('moderator_duties', {
	memberId: uuid('member_id')
		.primaryKey()
		.references(() => members.id, { onDelete: 'cascade' }),
	since: at('since').notNull().defaultNow(),
	/** Ends by itself then, also when she forgets. */
	until: at('until').notNull(),
})

export const classes: Record<string, TableClasses> = {
	caseLooks: { caseId: 'intimate', memberId: 'intimate', firstAt: 'intimate', lastAt: 'intimate' },
	caseNotes: { id: 'technical', caseId: 'intimate', authorId: 'intimate', words: 'intimate', at: 'intimate' },
	boundTranslators: {
		memberId: 'personal',
		languages: 'personal',
		namedBy: 'personal',
		namedAt: 'personal',
		promisedAt: 'personal',
		endedAt: 'personal',
	},
	caseTranslations: {
		id: 'technical',
		evidenceId: 'intimate',
		language: 'intimate',
		askedBy: 'intimate',
		askedAt: 'intimate',
		takenBy: 'intimate',
		takenAt: 'intimate',
		body: 'intimate',
		dir: 'technical',
		doneAt: 'intimate',
	},
	moderatorDuties: { memberId: 'open', since: 'intimate', until: 'intimate' },
}

import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** What can be said in several languages by those who run the community, beside the catalogue. */
export const WORDED_KINDS = ['space', 'rules', 'need', 'organisation'] as const

/** A sentence of the interface that a reader would say better. */
export const betterSentences = pgTable(
	'better_sentences',
	{
		id: uuid().primaryKey().defaultRandom(),
		/** The form's own key: the same form sent twice makes one row. */
		formKey: uuid('form_key').notNull().unique(),
		/** The catalogue's language and key ("safety:exit.title", with the plural's ending where it has one). */
		locale: text().notNull(),
		key: text().notNull(),
		/** What the catalogue said when it was suggested: where it says something else now, the suggestion is old. */
		before: text().notNull(),
		better: text().notNull(),
		/** Why, in her own words. */
		why: text().notNull().default(''),
		madeBy: uuid('made_by').references(() => members.id, { onDelete: 'set null' }),
		madeAt: at('made_at').notNull().defaultNow(),
		/** Null while it waits; `taken` goes into the patch. */
		outcome: text({ enum: ['taken', 'declined'] }),
		decidedBy: uuid('decided_by').references(() => members.id, { onDelete: 'set null' }),
		decidedAt: at('decided_at'),
	},
	(t) => [
		index('better_sentences_locale').on(t.locale, t.madeAt),
		index('better_sentences_made_by').on(t.madeBy),
	],
)

/**
 * How far a text of the community's own is, in one language: of a space, an edition of the rules, a need or an
 * organisation. The text itself stands with its thing; without a row here it has only been drafted.
 */
export const wordingStates = pgTable(
	'wording_states',
	{
		kind: text({ enum: WORDED_KINDS }).notNull(),
		/** Id of the space, edition or organisation; the name of the need. */
		item: text().notNull(),
		/** Which of its texts: "name", "description" … */
		field: text().notNull(),
		locale: text().notNull(),
		state: text({ enum: ['drafted', 'done'] }).notNull(),
		/** SHA-256 (hex) of the source text it was written from: where that differs now, it is outdated. */
		sourceMark: text('source_mark').notNull(),
		writtenBy: uuid('written_by').references(() => members.id, { onDelete: 'set null' }),
		writtenAt: at('written_at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.kind, t.item, t.field, t.locale] })],
)

/** What this community calls a need, where the catalogue's word does not fit; by locale tag. */
export const needWords = pgTable('need_words', {
	need: text().primaryKey(),
	names: jsonb().$type<Record<string, string>>().notNull().default({}),
	/** The plain sentence under the name. */
	texts: jsonb().$type<Record<string, string>>().notNull().default({}),
})

export const classes: Record<string, TableClasses> = {
	betterSentences: {
		id: 'technical',
		formKey: 'technical',
		locale: 'open',
		key: 'open',
		before: 'open',
		better: 'personal',
		why: 'personal',
		madeBy: 'personal',
		madeAt: 'personal',
		outcome: 'personal',
		decidedBy: 'personal',
		decidedAt: 'personal',
	},
	wordingStates: {
		kind: 'open',
		item: 'open',
		field: 'open',
		locale: 'open',
		state: 'open',
		sourceMark: 'technical',
		writtenBy: 'personal',
		writtenAt: 'personal',
	},
	needWords: { need: 'open', names: 'open', texts: 'open' },
}

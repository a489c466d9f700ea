import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members, organisations } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** How well a mentor knows a language, by tag. */
export type LanguageLevels = Record<string, 'understand' | 'talk' | 'well'>

export const mentorOffers = pgTable(
	'mentor_offers',
	{
		memberId: uuid('member_id')
			.primaryKey()
			.references(() => members.id, { onDelete: 'cascade' }),
		languages: jsonb().$type<LanguageLevels>().notNull(),
		/** The language tags of `languages`, indexed for finding. */
		languageTags: text('language_tags').array().notNull(),
		needs: text().array().notNull(),
		words: text().notNull().default(''),
		wordsLang: text('words_lang').notNull(),
		wordsDir: text('words_dir', { enum: ['ltr', 'rtl'] }).notNull(),
		capacity: integer().notNull(),
		/**
		 * Matches she has accepted and that go on. The database refuses to raise it above `capacity`; `capacity` may be
		 * lowered below it: those who are with her stay.
		 */
		load: integer().notNull().default(0),
		/** Found by women who look for a mentor only while `vetted`. */
		status: text({ enum: ['waiting', 'vetted', 'declined', 'paused'] })
			.notNull()
			.default('waiting'),
		organisationId: uuid('organisation_id').references(() => organisations.id, { onDelete: 'set null' }),
		offeredAt: at('offered_at').notNull().defaultNow(),
		/** Her words taken from view by a moderator's decision. */
		hiddenAt: at('hidden_at'),
		vettedAt: at('vetted_at'),
		vettedBy: uuid('vetted_by').references(() => members.id, { onDelete: 'set null' }),
	},
	(t) => [index('mentor_offers_status').on(t.status, t.offeredAt, t.memberId)],
)

export const matches = pgTable(
	'matches',
	{
		id: uuid().primaryKey().defaultRandom(),
		menteeId: uuid('mentee_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		mentorId: uuid('mentor_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		key: uuid().notNull(),
		status: text({ enum: ['asked', 'accepted', 'declined', 'withdrawn', 'ended'] })
			.notNull()
			.default('asked'),
		needs: text().array().notNull(),
		words: text().notNull().default(''),
		wordsLang: text('words_lang').notNull(),
		wordsDir: text('words_dir', { enum: ['ltr', 'rtl'] }).notNull(),
		roomId: uuid('room_id'),
		askedAt: at('asked_at').notNull().defaultNow(),
		answeredAt: at('answered_at'),
		endedAt: at('ended_at'),
		/** Who ended it; the other is told that it has ended, nothing more. */
		endedBy: uuid('ended_by').references(() => members.id, { onDelete: 'set null' }),
		/** The mentee's words taken from view by a moderator's decision. */
		hiddenAt: at('hidden_at'),
	},
	(t) => [
		uniqueIndex('matches_mentee_key').on(t.menteeId, t.key),
		// One open request or running match between two women at a time.
		uniqueIndex('matches_open_pair').on(t.menteeId, t.mentorId).where(sql`status in ('asked', 'accepted')`),
		index('matches_mentor').on(t.mentorId, t.status),
	],
)

export const classes: Record<string, TableClasses> = {
	mentorOffers: {
		memberId: 'open',
		languages: 'open',
		languageTags: 'open',
		needs: 'open',
		words: 'open',
		wordsLang: 'open',
		wordsDir: 'open',
		capacity: 'personal',
		load: 'personal',
		status: 'personal',
		organisationId: 'personal',
		offeredAt: 'personal',
		hiddenAt: 'personal',
		vettedAt: 'personal',
		vettedBy: 'personal',
	},
	matches: {
		id: 'technical',
		menteeId: 'intimate',
		mentorId: 'intimate',
		key: 'technical',
		status: 'intimate',
		needs: 'intimate',
		words: 'intimate',
		wordsLang: 'intimate',
		wordsDir: 'technical',
		roomId: 'intimate',
		askedAt: 'intimate',
		answeredAt: 'intimate',
		endedAt: 'intimate',
		endedBy: 'intimate',
		hiddenAt: 'intimate',
	},
}

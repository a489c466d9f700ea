import { sql } from 'drizzle-orm'
import {
	boolean,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	uniqueIndex,
	uuid,
} from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members, organisations } from './members'
import { mentoringRounds } from './rounds'

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
		/** What women whose mentoring with her has ended had asked for. */
		helped: text().array().notNull().default([]),
		how: text().array().notNull().default([]),
		/** The hours of a week in which she is free, 0 (Monday 00:00) to 167, on the clock of her zone. */
		hours: integer().array().notNull().default([]),
		/** IANA name of the zone `hours` is meant in. */
		zone: text(),
		words: text().notNull().default(''),
		wordsLang: text('words_lang').notNull(),
		wordsDir: text('words_dir', { enum: ['ltr', 'rtl'] }).notNull(),
		capacity: integer().notNull(),
		/** Keyed hashes, only ever compared with what women do not want. */
		townHash: text('town_hash'),
		communityHash: text('community_hash'),
		/** The version of the mentor's code she has agreed to. */
		codeVersion: text('code_version'),
		/** When she had passed the last lesson of the training. */
		trainedAt: at('trained_at'),
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
		/** What the coordinator noted about who speaks for her. */
		reference: text().notNull().default(''),
		/** Until when the vetting holds; afterwards her matches go on, and nobody new finds her. */
		validUntil: at('valid_until'),
		/** When she was told that the vetting is about to end. */
		remindedAt: at('reminded_at'),
		/** Requests in a row that she left without an answer. */
		lapses: integer().notNull().default(0),
		/** Who paused the offer: she may begin again herself unless a coordinator did. */
		pausedBy: text('paused_by', { enum: ['herself', 'lapses', 'coordinator'] }),
	},
	(t) => [
		index('mentor_offers_status').on(t.status, t.offeredAt, t.memberId),
		// Finding by need among those who can be found; by language: drizzle/0001.
		index('mentor_offers_needs').using('gin', t.needs).where(sql`status = 'vetted'`),
		index('mentor_offers_valid').on(t.validUntil).where(sql`status = 'vetted'`),
	],
)

/** Lessons of the mentors' training that she has passed, in the version she read. */
export const mentorLessons = pgTable(
	'mentor_lessons',
	{
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		lesson: text().notNull(),
		version: text().notNull(),
		passedAt: at('passed_at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.memberId, t.lesson] })],
)

/** What a woman would like of a mentor. One row a woman, every answer of it her own choice; empty means skipped. */
export const mentoringWishes = pgTable(
	'mentoring_wishes',
	{
		memberId: uuid('member_id')
			.primaryKey()
			.references(() => members.id, { onDelete: 'cascade' }),
		/** Those she can talk in, the dearest first. */
		languages: text().array().notNull().default([]),
		/** The least a mentor must know of one of them. */
		level: text({ enum: ['understand', 'talk', 'well'] })
			.notNull()
			.default('understand'),
		/** The most important first. */
		needs: text().array().notNull().default([]),
		how: text().array().notNull().default([]),
		hours: integer().array().notNull().default([]),
		zone: text(),
		/** Keyed hashes of the town and the community she does not want a mentor from. */
		townHash: text('town_hash'),
		communityHash: text('community_hash'),
		/** Only mentors vetted by one of these; null: by any. */
		organisations: uuid().array(),
		words: text().notNull().default(''),
		wordsLang: text('words_lang').notNull(),
		wordsDir: text('words_dir', { enum: ['ltr', 'rtl'] }).notNull(),
		/** Whether coordinators may look for a mentor for her. */
		inRounds: boolean('in_rounds').notNull().default(false),
		/** Since when she waits for a mentor; null while she has one, or waits for nobody. */
		waitingSince: at('waiting_since'),
		changedAt: at('changed_at').notNull().defaultNow(),
	},
	(t) => [
		index('mentoring_wishes_waiting').on(t.waitingSince, t.memberId).where(sql`waiting_since is not null`),
	],
)

/** People she must never meet, as keyed hashes of their names: compared at every match, never shown to anyone. */
export const mentoringNoMatch = pgTable(
	'mentoring_no_match',
	{
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		hash: text().notNull(),
	},
	(t) => [primaryKey({ columns: [t.memberId, t.hash] })],
)

export const matches = pgTable(
	'matches',
	{
		id: uuid().primaryKey().defaultRandom(),
		/** A match is the mentee's: it goes with her account, and what is noted in it about someone who has left, too. */
		menteeId: uuid('mentee_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		/** Null once the mentor's account is gone: the mentee keeps what is over (departure.server.ts). */
		mentorId: uuid('mentor_id').references(() => members.id, { onDelete: 'set null' }),
		key: uuid().notNull(),
		/**
		 * `chosen`: stands in her line and has not been asked yet, which the mentor does not know. `proposed`: a round
		 * brought the two together, and both have to say yes. `lapsed`: nobody answered in time.
		 */
		status: text({
			enum: ['chosen', 'proposed', 'asked', 'accepted', 'declined', 'lapsed', 'withdrawn', 'ended'],
		})
			.notNull()
			.default('asked'),
		/** Her order among those she has chosen, from 1; null for what no longer stands in line. */
		place: integer(),
		/** The round that proposed it. */
		roundId: uuid('round_id').references(() => mentoringRounds.id, { onDelete: 'set null' }),
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
		/** The other reads only that it has ended, not who ended it. */
		endedQuietly: boolean('ended_quietly').notNull().default(false),
		/** Who of the two has said yes to what a round proposed. */
		menteeYesAt: at('mentee_yes_at'),
		mentorYesAt: at('mentor_yes_at'),
		/** After one to three first talks the mentee chose to go on with her. */
		settledAt: at('settled_at'),
		pausedAt: at('paused_at'),
		pausedBy: uuid('paused_by').references(() => members.id, { onDelete: 'set null' }),
		/** The mentee's words taken from view by a moderator's decision. */
		hiddenAt: at('hidden_at'),
	},
	(t) => [
		uniqueIndex('matches_mentee_key').on(t.menteeId, t.key),
		// One open request or running match between two women at a time.
		uniqueIndex('matches_open_pair')
			.on(t.menteeId, t.mentorId)
			.where(sql`status in ('chosen', 'proposed', 'asked', 'accepted')`),
		// She asks one at a time; the others stand in line.
		uniqueIndex('matches_asked_once').on(t.menteeId).where(sql`status = 'asked'`),
		index('matches_mentor').on(t.mentorId, t.status),
		// What lapses next.
		index('matches_due').on(t.askedAt).where(sql`status in ('asked', 'proposed')`),
		index('matches_running').on(t.answeredAt, t.id).where(sql`status = 'accepted'`),
		// Whatever waits or goes on has both of them.
		check(
			'matches_former_mentor',
			sql`mentor_id is not null or status in ('declined', 'lapsed', 'withdrawn', 'ended')`,
		),
	],
)

export const classes: Record<string, TableClasses> = {
	mentorOffers: {
		memberId: 'open',
		languages: 'open',
		languageTags: 'open',
		needs: 'open',
		helped: 'open',
		how: 'open',
		hours: 'personal',
		zone: 'personal',
		words: 'open',
		wordsLang: 'open',
		wordsDir: 'open',
		capacity: 'personal',
		townHash: 'secret',
		communityHash: 'secret',
		codeVersion: 'personal',
		trainedAt: 'personal',
		load: 'personal',
		status: 'personal',
		organisationId: 'personal',
		offeredAt: 'personal',
		hiddenAt: 'personal',
		vettedAt: 'personal',
		vettedBy: 'personal',
		reference: 'intimate',
		validUntil: 'personal',
		remindedAt: 'personal',
		lapses: 'personal',
		pausedBy: 'personal',
	},
	mentorLessons: { memberId: 'personal', lesson: 'personal', version: 'technical', passedAt: 'personal' },
	mentoringWishes: {
		memberId: 'intimate',
		languages: 'intimate',
		level: 'intimate',
		needs: 'intimate',
		how: 'intimate',
		hours: 'intimate',
		zone: 'intimate',
		townHash: 'secret',
		communityHash: 'secret',
		organisations: 'intimate',
		words: 'intimate',
		wordsLang: 'intimate',
		wordsDir: 'technical',
		inRounds: 'intimate',
		waitingSince: 'intimate',
		changedAt: 'intimate',
	},
	mentoringNoMatch: { memberId: 'intimate', hash: 'secret' },
	matches: {
		id: 'technical',
		menteeId: 'intimate',
		mentorId: 'intimate',
		key: 'technical',
		status: 'intimate',
		place: 'intimate',
		roundId: 'intimate',
		needs: 'intimate',
		words: 'intimate',
		wordsLang: 'intimate',
		wordsDir: 'technical',
		roomId: 'intimate',
		askedAt: 'intimate',
		answeredAt: 'intimate',
		endedAt: 'intimate',
		endedBy: 'intimate',
		endedQuietly: 'intimate',
		menteeYesAt: 'intimate',
		mentorYesAt: 'intimate',
		settledAt: 'intimate',
		pausedAt: 'intimate',
		pausedBy: 'intimate',
		hiddenAt: 'intimate',
	},
}

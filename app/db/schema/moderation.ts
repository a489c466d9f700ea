import { sql } from 'drizzle-orm'
import {
	type AnyPgColumn,
	boolean,
	check,
	index,
	pgTable,
	text,
	timestamp,
	uniqueIndex,
	uuid,
} from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members } from './members'

/** To the millisecond: what an address carries to the next page is then exactly what the database compares. */
const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Something moderators decide: what was reported, or an appeal against an earlier decision (`statementId`). */
export const cases = pgTable(
	'cases',
	{
		id: uuid().primaryKey().defaultRandom(),
		/** What was reported: the kind its feature registered (`post`, `message`, `match`, `member`) and its id there. */
		subjectKind: text('subject_kind').notNull(),
		subjectId: uuid('subject_id').notNull(),
		/** Who wrote it: she neither sees nor decides this case. */
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		/** The forum space it is in, for moderators whose scope is one space; null elsewhere. */
		spaceId: uuid('space_id'),
		/** Its text is opened only under a report, and that reading is recorded. */
		private: boolean().notNull().default(false),
		/** The beginning of the text when it was reported, for the queue; empty for what is private. */
		excerpt: text().notNull().default(''),
		lang: text(),
		dir: text({ enum: ['ltr', 'rtl'] })
			.notNull()
			.default('ltr'),
		/** Someone may be in danger, one of its reports says: before everything else. */
		danger: boolean().notNull().default(false),
		/** The statement an appeal is about; null for what was reported. One appeal for each statement. */
		statementId: uuid('statement_id').references((): AnyPgColumn => statements.id, { onDelete: 'cascade' }),
		/** Who made the decision appealed against: another woman must decide now. */
		notBy: uuid('not_by').references(() => members.id, { onDelete: 'set null' }),
		status: text({ enum: ['open', 'decided'] })
			.notNull()
			.default('open'),
		openedAt: at('opened_at').notNull().defaultNow(),
		decidedAt: at('decided_at'),
		decidedBy: uuid('decided_by').references(() => members.id, { onDelete: 'set null' }),
		decision: text({ enum: ['hidden', 'dismissed', 'upheld', 'restored', 'suspended'] }),
		/** Organisations whose people do not get this case: it is about one of theirs, or was asked to stay away from them. */
		notOrganisations: uuid('not_organisations').array().notNull().default([]),
	},
	(t) => [
		// Reports on one thing gather in one open case.
		uniqueIndex('cases_open_subject')
			.on(t.subjectKind, t.subjectId)
			.where(sql`status = 'open' and statement_id is null`),
		uniqueIndex('cases_statement').on(t.statementId),
		index('cases_queue').on(t.status, t.danger.desc().nullsFirst(), t.openedAt, t.id),
		index('cases_decided').on(t.decidedAt, t.id),
		check('cases_other_reviewer', sql`decided_by <> not_by`),
		check(
			'cases_decided_whole',
			sql`(status = 'decided') = (decided_at is not null and decision is not null)`,
		),
	],
)

export const reports = pgTable(
	'reports',
	{
		id: uuid().primaryKey().defaultRandom(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => cases.id, { onDelete: 'cascade' }),
		reporterId: uuid('reporter_id').references(() => members.id, { onDelete: 'set null' }),
		reason: text({ enum: ['danger', 'threat', 'private-details', 'insult', 'money', 'other'] }).notNull(),
		words: text().notNull().default(''),
		createdAt: at('created_at').notNull().defaultNow(),
		/** When a moderator last opened private content under this report; shown to the reporter. */
		readAt: at('read_at'),
	},
	(t) => [
		uniqueIndex('reports_once').on(t.caseId, t.reporterId),
		index('reports_reporter').on(t.reporterId, t.createdAt, t.id),
	],
)

/** The statement of reasons (DSA Art. 17): written in the same transaction as the restriction it explains. */
export const statements = pgTable(
	'statements',
	{
		id: uuid().primaryKey().defaultRandom(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => cases.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		decidedBy: uuid('decided_by').references(() => members.id, { onDelete: 'set null' }),
		action: text({ enum: ['hidden', 'suspended'] }).notNull(),
		subjectKind: text('subject_kind').notNull(),
		/** The beginning of her own words, so that she knows which. */
		excerpt: text().notNull().default(''),
		lang: text(),
		dir: text({ enum: ['ltr', 'rtl'] })
			.notNull()
			.default('ltr'),
		/** The rule it rests on, a key under `moderation:rule`. */
		rule: text({ enum: ['danger', 'threat', 'private-details', 'insult', 'money', 'other-rule'] }).notNull(),
		words: text().notNull().default(''),
		createdAt: at('created_at').notNull().defaultNow(),
		/** When she said that she has read it (again null when something about it changed). */
		seenAt: at('seen_at'),
		/** The restriction no longer holds: taken back within minutes, or after an appeal. */
		undoneAt: at('undone_at'),
		appealedAt: at('appealed_at'),
		appealWords: text('appeal_words').notNull().default(''),
		/** What the second moderator wrote to her. */
		reviewWords: text('review_words').notNull().default(''),
	},
	(t) => [
		index('statements_member').on(t.memberId, t.createdAt, t.id),
		// One restriction at a time rests on a case.
		uniqueIndex('statements_in_force').on(t.caseId).where(sql`undone_at is null`),
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
	cases: {
		id: 'technical',
		subjectKind: 'intimate',
		subjectId: 'intimate',
		authorId: 'intimate',
		spaceId: 'intimate',
		private: 'intimate',
		excerpt: 'intimate',
		lang: 'intimate',
		dir: 'technical',
		danger: 'intimate',
		statementId: 'intimate',
		notBy: 'intimate',
		status: 'intimate',
		openedAt: 'intimate',
		decidedAt: 'intimate',
		decidedBy: 'intimate',
		decision: 'intimate',
		notOrganisations: 'intimate',
	},
	reports: {
		id: 'technical',
		caseId: 'intimate',
		reporterId: 'intimate',
		reason: 'intimate',
		words: 'intimate',
		createdAt: 'intimate',
		readAt: 'intimate',
	},
	statements: {
		id: 'technical',
		caseId: 'intimate',
		memberId: 'intimate',
		decidedBy: 'intimate',
		action: 'intimate',
		subjectKind: 'intimate',
		excerpt: 'intimate',
		lang: 'intimate',
		dir: 'technical',
		rule: 'intimate',
		words: 'intimate',
		createdAt: 'intimate',
		seenAt: 'intimate',
		undoneAt: 'intimate',
		appealedAt: 'intimate',
		appealWords: 'intimate',
		reviewWords: 'intimate',
	},
	moderatorDuties: { memberId: 'open', since: 'intimate', until: 'intimate' },
}

import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

export const cases = pgTable(
	'cases',
	{
		id: uuid().primaryKey().defaultRandom(),
		/** What was reported: the kind its feature registered (`post`, `message`, `match`) and its id there. */
		subjectKind: text('subject_kind').notNull(),
		subjectId: uuid('subject_id').notNull(),
		/** The forum space it is in, for moderators whose scope is one space; null elsewhere. */
		spaceId: uuid('space_id'),
		status: text({ enum: ['open', 'decided'] })
			.notNull()
			.default('open'),
		/** 2 = danger to someone, 1 = harm, 0 = the rest. The highest of its reports. */
		urgency: integer().notNull().default(0),
		openedAt: at('opened_at').notNull().defaultNow(),
		decidedAt: at('decided_at'),
		decidedBy: uuid('decided_by').references(() => members.id, { onDelete: 'set null' }),
		decision: text({ enum: ['hidden', 'dismissed'] }),
	},
	(t) => [
		// Reports on one thing gather in one open case.
		uniqueIndex('cases_open_subject').on(t.subjectKind, t.subjectId).where(sql`status = 'open'`),
		index('cases_queue').on(t.status, t.urgency, t.openedAt),
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
		reason: text({ enum: ['danger', 'private-details', 'threat', 'insult', 'money', 'other'] }).notNull(),
		words: text().notNull().default(''),
		createdAt: at('created_at').notNull().defaultNow(),
		/** When a moderator opened private content under this report; shown to the reporter. */
		readAt: at('read_at'),
	},
	(t) => [uniqueIndex('reports_once').on(t.caseId, t.reporterId), index('reports_reporter').on(t.reporterId)],
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
		action: text({ enum: ['hidden'] }).notNull(),
		subjectKind: text('subject_kind').notNull(),
		/** The rule it rests on, a catalogue key under `moderation:rule`. */
		rule: text().notNull(),
		words: text().notNull().default(''),
		createdAt: at('created_at').notNull().defaultNow(),
	},
	(t) => [index('statements_member').on(t.memberId, t.createdAt)],
)

export const classes: Record<string, TableClasses> = {
	cases: {
		id: 'technical',
		subjectKind: 'intimate',
		subjectId: 'intimate',
		spaceId: 'intimate',
		status: 'intimate',
		urgency: 'intimate',
		openedAt: 'intimate',
		decidedAt: 'intimate',
		decidedBy: 'intimate',
		decision: 'intimate',
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
		action: 'intimate',
		subjectKind: 'intimate',
		rule: 'intimate',
		words: 'intimate',
		createdAt: 'intimate',
	},
}

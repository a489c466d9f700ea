import { sql } from 'drizzle-orm'
import {
	boolean,
	check,
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
import { members } from './members'
import { matches } from './mentoring'

const at = (name: string) => timestamp(name, { withTimezone: true })

const ofMatch = () =>
	uuid('match_id')
		.notNull()
		.references(() => matches.id, { onDelete: 'cascade' })

/** When the two meet: proposed by one of them, agreed by the other. */
export const mentoringMeetings = pgTable(
	'mentoring_meetings',
	{
		id: uuid().primaryKey().defaultRandom(),
		matchId: ofMatch(),
		key: uuid().notNull(),
		proposedBy: uuid('proposed_by').references(() => members.id, { onDelete: 'set null' }),
		startsAt: at('starts_at').notNull(),
		minutes: integer().notNull(),
		how: text({ enum: ['write', 'voice', 'meet'] }).notNull(),
		/** The zone it was proposed in, by its IANA name. */
		zone: text().notNull(),
		status: text({ enum: ['proposed', 'agreed', 'declined', 'cancelled'] })
			.notNull()
			.default('proposed'),
		/** Counts its changes, as a calendar file does (RFC 5545, SEQUENCE). */
		changes: integer().notNull().default(0),
		createdAt: at('created_at').notNull().defaultNow(),
		answeredAt: at('answered_at'),
		/** When the two were reminded. */
		remindedAt: at('reminded_at'),
	},
	(t) => [
		uniqueIndex('mentoring_meetings_key').on(t.matchId, t.key),
		index('mentoring_meetings_match').on(t.matchId, t.startsAt),
		index('mentoring_meetings_due').on(t.startsAt).where(sql`status = 'agreed' and reminded_at is null`),
	],
)

/** What the two work towards; a step is a goal with a parent. */
export const mentoringGoals = pgTable(
	'mentoring_goals',
	{
		id: uuid().primaryKey().defaultRandom(),
		matchId: ofMatch(),
		key: uuid().notNull(),
		/** The goal this is a step of. */
		goalId: uuid('goal_id'),
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		/** Empty where a mentor took her words away with her, and the other one has taken steps to it. */
		body: text().notNull(),
		lang: text().notNull(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		createdAt: at('created_at').notNull().defaultNow(),
		doneAt: at('done_at'),
	},
	(t) => [
		uniqueIndex('mentoring_goals_key').on(t.matchId, t.key),
		index('mentoring_goals_match').on(t.matchId, t.createdAt),
		index('mentoring_goals_steps').on(t.goalId),
	],
)

/** Notes of a match: for the two, or for the one who wrote it alone. */
export const mentoringNotes = pgTable(
	'mentoring_notes',
	{
		id: uuid().primaryKey().defaultRandom(),
		matchId: ofMatch(),
		key: uuid().notNull(),
		/** Null where a mentor has left her account and her words for both. */
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		shared: boolean().notNull(),
		body: text().notNull(),
		lang: text().notNull(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		createdAt: at('created_at').notNull().defaultNow(),
		editedAt: at('edited_at'),
	},
	(t) => [
		uniqueIndex('mentoring_notes_key').on(t.matchId, t.key),
		index('mentoring_notes_match').on(t.matchId, t.createdAt),
		// What someone wrote for herself alone goes with her.
		check('mentoring_notes_own', sql`author_id is not null or shared`),
	],
)

/** A third seat: someone who interprets, once she and both of the two have agreed. */
export const mentoringInterpreters = pgTable(
	'mentoring_interpreters',
	{
		id: uuid().primaryKey().defaultRandom(),
		matchId: ofMatch(),
		interpreterId: uuid('interpreter_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		proposedBy: uuid('proposed_by').references(() => members.id, { onDelete: 'set null' }),
		proposedAt: at('proposed_at').notNull().defaultNow(),
		menteeYesAt: at('mentee_yes_at'),
		mentorYesAt: at('mentor_yes_at'),
		interpreterYesAt: at('interpreter_yes_at'),
		endedAt: at('ended_at'),
	},
	(t) => [
		// One third seat a match.
		uniqueIndex('mentoring_interpreters_seat').on(t.matchId).where(sql`ended_at is null`),
		index('mentoring_interpreters_member').on(t.interpreterId).where(sql`ended_at is null`),
	],
)

/** How it was, by a picture; shown to nobody but as a count of many. */
export const mentoringFeedback = pgTable(
	'mentoring_feedback',
	{
		matchId: ofMatch(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		mood: text({ enum: ['good', 'middling', 'bad'] }).notNull(),
		at: at('at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.matchId, t.memberId] })],
)

export const classes: Record<string, TableClasses> = {
	mentoringMeetings: {
		id: 'technical',
		matchId: 'intimate',
		key: 'technical',
		proposedBy: 'intimate',
		startsAt: 'intimate',
		minutes: 'intimate',
		how: 'intimate',
		zone: 'intimate',
		status: 'intimate',
		changes: 'technical',
		createdAt: 'intimate',
		answeredAt: 'intimate',
		remindedAt: 'intimate',
	},
	mentoringGoals: {
		id: 'technical',
		matchId: 'intimate',
		key: 'technical',
		goalId: 'intimate',
		authorId: 'intimate',
		body: 'intimate',
		lang: 'intimate',
		dir: 'technical',
		createdAt: 'intimate',
		doneAt: 'intimate',
	},
	mentoringNotes: {
		id: 'technical',
		matchId: 'intimate',
		key: 'technical',
		authorId: 'intimate',
		shared: 'intimate',
		body: 'intimate',
		lang: 'intimate',
		dir: 'technical',
		createdAt: 'intimate',
		editedAt: 'intimate',
	},
	mentoringInterpreters: {
		id: 'technical',
		matchId: 'intimate',
		interpreterId: 'intimate',
		proposedBy: 'intimate',
		proposedAt: 'intimate',
		menteeYesAt: 'intimate',
		mentorYesAt: 'intimate',
		interpreterYesAt: 'intimate',
		endedAt: 'intimate',
	},
	mentoringFeedback: { matchId: 'intimate', memberId: 'intimate', mood: 'intimate', at: 'intimate' },
}

import { sql } from 'drizzle-orm'
import {
	type AnyPgColumn,
	boolean,
	check,
	index,
	jsonb,
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
		/** Its clock: until when somebody should have decided, by the most urgent of its reports. */
		dueAt: at('due_at').notNull().default(sql`now() + interval '24 hours'`),
		/**
		 * Where it comes from: a member reported it, a watch rule held, folded or flagged it, it is among the first posts of
		 * somebody new, its author changed it after she was asked to, or it waited in a room that holds and was not let through.
		 */
		origin: text({ enum: ['report', 'rule', 'first', 'edited', 'held'] })
			.notNull()
			.default('report'),
		/** The watch rule that found it. */
		watchRuleId: uuid('watch_rule_id'),
		/** Who looks at it now; the claim lapses by itself (CLAIM_MINUTES). */
		claimedBy: uuid('claimed_by').references(() => members.id, { onDelete: 'set null' }),
		claimedAt: at('claimed_at'),
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
		/** What became of the words, or `warned` where only she herself was told or held back (see `restrictions`). */
		decision: text({
			enum: [
				'dismissed',
				'folded',
				'hidden',
				'removed',
				'edit-asked',
				'warned',
				'suspended',
				'upheld',
				'restored',
			],
		}),
		/** Organisations whose people do not get this case: it is about one of theirs, or was asked to stay away from them. */
		notOrganisations: uuid('not_organisations').array().notNull().default([]),
	},
	(t) => [
		// Reports on one thing gather in one open case.
		uniqueIndex('cases_open_subject')
			.on(t.subjectKind, t.subjectId)
			.where(sql`status = 'open' and statement_id is null`),
		uniqueIndex('cases_statement').on(t.statementId),
		index('cases_queue').on(t.status, t.danger.desc().nullsFirst(), t.dueAt, t.id),
		index('cases_author').on(t.authorId, t.decidedAt),
		index('cases_subject').on(t.subjectKind, t.subjectId),
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
		reason: text({ enum: ['danger', 'frightens', 'asks', 'rude'] }).notNull(),
		words: text().notNull().default(''),
		/** Keyed hash of the name she gave, of a person nobody knows here: her reports of such names share a case. */
		nameHash: text('name_hash').notNull().default(''),
		/** What she was shown when she reported it. */
		evidenceId: uuid('evidence_id').references((): AnyPgColumn => evidence.id, { onDelete: 'set null' }),
		createdAt: at('created_at').notNull().defaultNow(),
		/** When a moderator last opened private content under this report; shown to the reporter. */
		readAt: at('read_at'),
	},
	(t) => [
		uniqueIndex('reports_once').on(t.caseId, t.reporterId, t.nameHash),
		index('reports_reporter').on(t.reporterId, t.createdAt, t.id),
		check('reports_words_fit', sql`octet_length(words) <= 8000`),
	],
)

/** Said beside what was reported, as it stood there at that moment. */
export interface SaidAround {
	author: string | null
	body: string
	lang: string | null
	dir: 'ltr' | 'rtl'
}

/** What was reported and what stood around it, kept as it was when the report came: also when it is gone a second later. */
export const evidence = pgTable(
	'evidence',
	{
		id: uuid().primaryKey().defaultRandom(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => cases.id, { onDelete: 'cascade' }),
		body: text().notNull(),
		lang: text(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		around: jsonb().$type<SaidAround[]>().notNull(),
		/** SHA-256 of the body in hex: reports of the same words share one row. */
		mark: text().notNull(),
		takenAt: at('taken_at').notNull().defaultNow(),
	},
	(t) => [
		uniqueIndex('evidence_once').on(t.caseId, t.mark),
		// Several times what can be said in one place: a report is never refused by it.
		check('evidence_fits', sql`octet_length(body) <= 200000 and octet_length(around::text) <= 2000000`),
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
		/** A watch rule did it by itself, and no person has decided yet: there is nobody in `decidedBy`. */
		automated: boolean().notNull().default(false),
		/** What became of her words; `warned`: nothing. What holds for herself stands in `restrictions`. */
		action: text({ enum: ['folded', 'hidden', 'removed', 'edit-asked', 'warned', 'suspended'] }).notNull(),
		/** When what was removed is wiped for good: after the time in which she can ask for another look. */
		wipeAt: at('wipe_at'),
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
		check(
			'statements_words_fit',
			sql`octet_length(words) <= 8000 and octet_length(appeal_words) <= 8000 and octet_length(review_words) <= 8000`,
		),
	],
)

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
		dueAt: 'intimate',
		origin: 'intimate',
		watchRuleId: 'technical',
		claimedBy: 'intimate',
		claimedAt: 'intimate',
	},
	evidence: {
		id: 'technical',
		caseId: 'intimate',
		body: 'intimate',
		lang: 'intimate',
		dir: 'technical',
		around: 'intimate',
		mark: 'secret',
		takenAt: 'intimate',
	},
	reports: {
		id: 'technical',
		caseId: 'intimate',
		reporterId: 'intimate',
		nameHash: 'secret',
		reason: 'intimate',
		words: 'intimate',
		createdAt: 'intimate',
		readAt: 'intimate',
		evidenceId: 'technical',
	},
	statements: {
		wipeAt: 'intimate',
		id: 'technical',
		caseId: 'intimate',
		memberId: 'intimate',
		decidedBy: 'intimate',
		automated: 'intimate',
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
}

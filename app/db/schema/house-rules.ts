import { sql } from 'drizzle-orm'
import {
	bigint,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	smallint,
	text,
	timestamp,
	uniqueIndex,
	uuid,
} from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members, organisations } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Words and patterns that coordinators have looked for in what is about to be written. */
export const watchRules = pgTable(
	'watch_rules',
	{
		id: uuid().primaryKey().defaultRandom(),
		/** The language it belongs to; null: every one. */
		language: text(),
		kind: text({ enum: ['word', 'pattern'] }).notNull(),
		/** As the coordinator wrote it: a word or phrase, or a pattern in RE2's syntax. */
		text: text().notNull(),
		action: text({ enum: ['warn', 'fold', 'hold', 'flag'] }).notNull(),
		madeBy: uuid('made_by').references(() => members.id, { onDelete: 'set null' }),
		madeAt: at('made_at').notNull().defaultNow(),
		endedBy: uuid('ended_by').references(() => members.id, { onDelete: 'set null' }),
		endedAt: at('ended_at'),
	},
	(t) => [index('watch_rules_in_force').on(t.madeAt, t.id).where(sql`ended_at is null`)],
)

/** Who said that somebody new can be trusted: a centre by its code, a mentor, or a member (two of them count as one). */
export const vouches = pgTable(
	'vouches',
	{
		id: uuid().primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		kind: text({ enum: ['centre', 'mentor', 'member'] }).notNull(),
		byId: uuid('by_id').references(() => members.id, { onDelete: 'set null' }),
		organisationId: uuid('organisation_id').references(() => organisations.id, { onDelete: 'set null' }),
		at: at('at').notNull().defaultNow(),
		/** Taken back by who gave it. */
		endedAt: at('ended_at'),
	},
	(t) => [
		uniqueIndex('vouches_once').on(t.memberId, t.byId).where(sql`ended_at is null`),
		index('vouches_by').on(t.byId),
	],
)

/** When a moderator has said that she will be there, week by week, and in which languages. */
export const moderatorShifts = pgTable(
	'moderator_shifts',
	{
		id: uuid().primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		/** 1 is Monday (ISO 8601). */
		weekday: smallint().notNull(),
		/** Minutes after midnight, in the zone of the installation; an end before its beginning is on the next day. */
		fromMinute: smallint('from_minute').notNull(),
		toMinute: smallint('to_minute').notNull(),
		languages: text().array().notNull().default([]),
		madeBy: uuid('made_by').references(() => members.id, { onDelete: 'set null' }),
		madeAt: at('made_at').notNull().defaultNow(),
	},
	(t) => [
		index('moderator_shifts_member').on(t.memberId),
		check('moderator_shifts_weekday', sql`weekday between 1 and 7`),
		check('moderator_shifts_minutes', sql`from_minute between 0 and 1439 and to_minute between 0 and 1439`),
	],
)

/** One edition's own words in one language: what this community adds to the rules, and what is new in it. */
export interface EditionText {
	points: string[]
	news: string
}

/** Editions of the rules of this community; what is published is never changed, only followed by the next edition. */
export const ruleEditions = pgTable(
	'rule_editions',
	{
		id: uuid().primaryKey().defaultRandom(),
		/** Given when it is published. */
		number: integer(),
		/** By locale tag; `en` is always there. */
		texts: jsonb().$type<Record<string, EditionText>>().notNull(),
		madeBy: uuid('made_by').references(() => members.id, { onDelete: 'set null' }),
		madeAt: at('made_at').notNull().defaultNow(),
		publishedAt: at('published_at'),
	},
	(t) => [uniqueIndex('rule_editions_number').on(t.number)],
)

/**
 * The audit log's chain: one link for each entry, in the order of their COMMITs. Each carries the SHA-256 of the link
 * before it and of its entry, so that a changed, removed or reordered entry is found (drizzle/0010_record.sql).
 */
export const auditChain = pgTable(
	'audit_chain',
	{
		place: bigint({ mode: 'number' }).primaryKey(),
		/** The entry; no foreign key, so that a removed one is found and not only forbidden. */
		seq: bigint({ mode: 'number' }).notNull(),
		/** SHA-256 in hex. */
		mark: text().notNull(),
	},
	(t) => [uniqueIndex('audit_chain_seq').on(t.seq)],
)

export const classes: Record<string, TableClasses> = {
	watchRules: {
		id: 'technical',
		language: 'personal',
		kind: 'personal',
		text: 'personal',
		action: 'personal',
		madeBy: 'personal',
		madeAt: 'personal',
		endedBy: 'personal',
		endedAt: 'personal',
	},
	vouches: {
		id: 'technical',
		memberId: 'personal',
		kind: 'personal',
		byId: 'personal',
		organisationId: 'personal',
		at: 'personal',
		endedAt: 'personal',
	},
	moderatorShifts: {
		id: 'technical',
		memberId: 'personal',
		weekday: 'personal',
		fromMinute: 'personal',
		toMinute: 'personal',
		languages: 'personal',
		madeBy: 'personal',
		madeAt: 'personal',
	},
	ruleEditions: {
		id: 'technical',
		number: 'open',
		texts: 'open',
		madeBy: 'personal',
		madeAt: 'personal',
		publishedAt: 'open',
	},
	auditChain: { place: 'technical', seq: 'technical', mark: 'secret' },
}

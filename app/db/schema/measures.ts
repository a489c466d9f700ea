import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members, organisations } from './members'
import { cases, statements } from './moderation'

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/**
 * What holds for a woman herself after a decision, until its end or until it is taken back: she writes slowly, not in
 * one space, not at all, her account is closed, or she and one other are kept apart.
 */
export const restrictions = pgTable(
	'restrictions',
	{
		id: uuid().primaryKey().defaultRandom(),
		statementId: uuid('statement_id')
			.notNull()
			.references(() => statements.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		kind: text({ enum: ['slowed', 'muted', 'suspended', 'closed', 'apart'] }).notNull(),
		/** Where she does not write, of `muted`: null means nowhere in the open. */
		spaceId: uuid('space_id'),
		/** From whom she is kept apart, of `apart`: neither sees anything of the other. */
		otherId: uuid('other_id').references(() => members.id, { onDelete: 'cascade' }),
		since: at('since').notNull().defaultNow(),
		/** Null: until somebody ends it. */
		until: at('until'),
		endedAt: at('ended_at'),
		/** How often she tried to reach the other one, of `apart`. */
		attempts: integer().notNull().default(0),
		lastAttemptAt: at('last_attempt_at'),
		/**
		 * When what the two shared was ended, of `apart`: once the decision can no longer be taken back by a tap. Until then
		 * it is only out of reach.
		 */
		partedAt: at('parted_at'),
	},
	(t) => [
		index('restrictions_member').on(t.memberId).where(sql`ended_at is null`),
		index('restrictions_other').on(t.otherId).where(sql`ended_at is null`),
		index('restrictions_until').on(t.until).where(sql`ended_at is null and until is not null`),
		index('restrictions_statement').on(t.statementId),
		index('restrictions_to_part')
			.on(t.since)
			.where(sql`kind = 'apart' and ended_at is null and parted_at is null`),
		check('restrictions_two_women', sql`other_id <> member_id`),
		check('restrictions_apart_from_somebody', sql`(kind = 'apart') = (other_id is not null)`),
	],
)

/**
 * A woman who reported something is offered to be passed on to a centre or service of her country. Only after her own yes
 * does anybody there hear of her, and then only what she wrote for them.
 */
export const referrals = pgTable(
	'referrals',
	{
		id: uuid().primaryKey().defaultRandom(),
		caseId: uuid('case_id').references(() => cases.id, { onDelete: 'set null' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id, { onDelete: 'cascade' }),
		offeredBy: uuid('offered_by').references(() => members.id, { onDelete: 'set null' }),
		offeredAt: at('offered_at').notNull().defaultNow(),
		/** What the moderator wrote to her about it. */
		offerWords: text('offer_words').notNull().default(''),
		state: text({ enum: ['offered', 'agreed', 'declined', 'withdrawn', 'taken', 'closed'] })
			.notNull()
			.default('offered'),
		answeredAt: at('answered_at'),
		/** What she wants the people there to know, and how they may reach her. */
		herWords: text('her_words').notNull().default(''),
		takenBy: uuid('taken_by').references(() => members.id, { onDelete: 'set null' }),
		takenAt: at('taken_at'),
		closedAt: at('closed_at'),
	},
	(t) => [
		uniqueIndex('referrals_once').on(t.caseId, t.memberId, t.organisationId),
		index('referrals_member').on(t.memberId, t.offeredAt),
		index('referrals_organisation').on(t.organisationId, t.state, t.answeredAt),
		check('referrals_words_fit', sql`octet_length(offer_words) <= 8000 and octet_length(her_words) <= 8000`),
	],
)

export const classes: Record<string, TableClasses> = {
	restrictions: {
		id: 'technical',
		statementId: 'intimate',
		memberId: 'intimate',
		kind: 'intimate',
		spaceId: 'intimate',
		otherId: 'intimate',
		since: 'intimate',
		until: 'intimate',
		endedAt: 'intimate',
		attempts: 'intimate',
		lastAttemptAt: 'intimate',
		partedAt: 'intimate',
	},
	referrals: {
		id: 'technical',
		caseId: 'intimate',
		memberId: 'intimate',
		organisationId: 'intimate',
		offeredBy: 'intimate',
		offeredAt: 'intimate',
		offerWords: 'intimate',
		state: 'intimate',
		answeredAt: 'intimate',
		herWords: 'intimate',
		takenBy: 'intimate',
		takenAt: 'intimate',
		closedAt: 'intimate',
	},
}

import {
	boolean,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	uuid,
} from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members, organisations } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** A coordinator's round of matching: drawn as a draft, published or dropped. */
export const mentoringRounds = pgTable(
	'mentoring_rounds',
	{
		id: uuid().primaryKey().defaultRandom(),
		/** Whose women took part; null: everyone's. */
		organisationId: uuid('organisation_id').references(() => organisations.id, { onDelete: 'cascade' }),
		seed: text().notNull(),
		/** The moment it was reckoned for: with the seed and the same people it gives the same pairs again. */
		drawnAt: at('drawn_at').notNull(),
		/** SHA-256 of who took part and what they had said. */
		inputHash: text('input_hash').notNull(),
		status: text({ enum: ['draft', 'published', 'dropped'] })
			.notNull()
			.default('draft'),
		createdBy: uuid('created_by').references(() => members.id, { onDelete: 'set null' }),
		publishedBy: uuid('published_by').references(() => members.id, { onDelete: 'set null' }),
		publishedAt: at('published_at'),
	},
	(t) => [index('mentoring_rounds_drawn').on(t.drawnAt, t.id)],
)

/** What a round found for each woman: a mentor, or why none. */
export const mentoringRoundPairs = pgTable(
	'mentoring_round_pairs',
	{
		roundId: uuid('round_id')
			.notNull()
			.references(() => mentoringRounds.id, { onDelete: 'cascade' }),
		womanId: uuid('woman_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		/** Who waits stays in the round without her mentor; `why` says that she has left (departure.server.ts). */
		mentorId: uuid('mentor_id').references(() => members.id, { onDelete: 'set null' }),
		/** Her place in the queue, from 0. */
		place: integer().notNull(),
		score: integer(),
		reasons: jsonb().$type<{ key: string; params: Record<string, string | number> }[]>().notNull(),
		/** Why she has no mentor. */
		why: jsonb().$type<{ kind: string; mentors?: number | Record<string, number> }>(),
		/** Set by hand; with the rule it breaks, if it breaks one. */
		byHand: boolean('by_hand').notNull().default(false),
		rule: text(),
		/** What became of it when the round was published: a match, or why it was left out. */
		matchId: uuid('match_id'),
		leftOut: text('left_out'),
	},
	(t) => [
		primaryKey({ columns: [t.roundId, t.womanId] }),
		index('mentoring_round_pairs_mentor').on(t.roundId, t.mentorId),
	],
)

export const classes: Record<string, TableClasses> = {
	mentoringRounds: {
		id: 'technical',
		organisationId: 'personal',
		seed: 'technical',
		drawnAt: 'technical',
		inputHash: 'secret',
		status: 'technical',
		createdBy: 'personal',
		publishedBy: 'personal',
		publishedAt: 'technical',
	},
	mentoringRoundPairs: {
		roundId: 'technical',
		womanId: 'intimate',
		mentorId: 'intimate',
		place: 'intimate',
		score: 'intimate',
		reasons: 'intimate',
		why: 'intimate',
		byHand: 'intimate',
		rule: 'intimate',
		matchId: 'intimate',
		leftOut: 'intimate',
	},
}

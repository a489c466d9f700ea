import { sql } from 'drizzle-orm'
import { index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { TableClasses } from '../classes'
import { members, organisations } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

export const recoveryCodes = pgTable(
	'recovery_codes',
	{
		id: uuid().primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		codeHash: text('code_hash').notNull(),
		/** The code itself, sealed, only until she says that she has kept it (an hour at most): pages can be reloaded. */
		sealed: text(),
		createdAt: at('created_at').notNull().defaultNow(),
		usedAt: at('used_at'),
	},
	(t) => [uniqueIndex('recovery_codes_hash').on(t.memberId, t.codeHash)],
)

/**
 * Two people of staff of one organisation open an account again whose passphrase and codes are lost. Nothing happens
 * in the first 24 hours after the second has agreed; until the end any living session of hers can stop it.
 */
export const recoveries = pgTable(
	'recoveries',
	{
		id: uuid().primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id, { onDelete: 'cascade' }),
		startedBy: uuid('started_by').references(() => members.id, { onDelete: 'set null' }),
		startedAt: at('started_at').notNull().defaultNow(),
		confirmedBy: uuid('confirmed_by').references(() => members.id, { onDelete: 'set null' }),
		confirmedAt: at('confirmed_at'),
		/** Stopped by her, taken back by staff, or over because its code was used. */
		stoppedAt: at('stopped_at'),
		/** When the code was handed out: it is shown once. */
		handedAt: at('handed_at'),
	},
	(t) => [
		// One at a time for one woman.
		uniqueIndex('recoveries_open').on(t.memberId).where(sql`stopped_at is null and handed_at is null`),
		index('recoveries_organisation').on(t.organisationId, t.startedAt),
		// Asked at every page of hers.
		index('recoveries_member').on(t.memberId).where(sql`stopped_at is null`),
	],
)

export const classes: Record<string, TableClasses> = {
	recoveryCodes: {
		id: 'technical',
		memberId: 'personal',
		codeHash: 'secret',
		sealed: 'secret',
		createdAt: 'personal',
		usedAt: 'personal',
	},
	recoveries: {
		id: 'technical',
		memberId: 'intimate',
		organisationId: 'intimate',
		startedBy: 'personal',
		startedAt: 'intimate',
		confirmedBy: 'personal',
		confirmedAt: 'intimate',
		stoppedAt: 'intimate',
		handedAt: 'intimate',
	},
}

import {
	bigint,
	boolean,
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

const at = (name: string) => timestamp(name, { withTimezone: true })

export const members = pgTable(
	'members',
	{
		id: uuid().primaryKey().defaultRandom(),
		handle: text().notNull(),
		/** The handle folded so that look-alikes collide (see handle.ts): one skeleton, one person. */
		skeleton: text().notNull(),
		passphraseHash: text('passphrase_hash').notNull(),
		status: text({ enum: ['active', 'waiting', 'suspended'] })
			.notNull()
			.default('active'),
		locale: text(),
		/** What is not said in her language, she would rather read in this one. */
		secondLocale: text('second_locale'),
		/** A second calendar under the dates of appointments; null: only the one on the wall. */
		calendar: text({ enum: ['persian', 'islamic', 'ethiopic'] }),
		/** Whether Urdu is set in Nastaliq, for which she loads its letters. */
		nastaliq: boolean().notNull().default(false),
		hostCountry: text('host_country'),
		/** IANA name of the zone her times are shown in; null: that of her host country. */
		zone: text(),
		reads: text().array().notNull().default([]),
		speaks: text().array().notNull().default([]),
		helpWanted: text('help_wanted').array().notNull().default([]),
		about: text().notNull().default(''),
		rulesVersion: text('rules_version').notNull(),
		ageConfirmedAt: at('age_confirmed_at').notNull().defaultNow(),
		joinedAt: at('joined_at').notNull().defaultNow(),
		/** Since when she writes like everyone else: a centre, a mentor or two members have vouched for her. */
		vouchedAt: at('vouched_at'),
		/** Base32, sealed with the installation's secret. */
		totpSecret: text('totp_secret'),
		totpConfirmedAt: at('totp_confirmed_at'),
		/** The last 30-second step that was accepted: a code works once. */
		totpLastStep: bigint('totp_last_step', { mode: 'number' }),
	},
	(t) => [uniqueIndex('members_skeleton').on(t.skeleton)],
)

export const sessions = pgTable(
	'sessions',
	{
		id: uuid().primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		/** HMAC of the cookie's token; the token itself is never stored. */
		tokenHash: text('token_hash').notNull(),
		device: text({ enum: ['own', 'shared'] }).notNull(),
		/** Kind of device in a word ("phone", "computer"); no browser text is kept. */
		kind: text({ enum: ['phone', 'tablet', 'computer', 'other'] })
			.notNull()
			.default('other'),
		createdAt: at('created_at').notNull().defaultNow(),
		lastSeenAt: at('last_seen_at').notNull().defaultNow(),
		/** When the passphrase was last typed in this session. */
		freshAt: at('fresh_at').notNull().defaultNow(),
		/** When the second factor was given; null where none was asked or it is still due. */
		secondFactorAt: at('second_factor_at'),
	},
	(t) => [uniqueIndex('sessions_token').on(t.tokenHash), index('sessions_member').on(t.memberId)],
)

export const organisations = pgTable('organisations', {
	id: uuid().primaryKey().defaultRandom(),
	name: text().notNull(),
	/** What it is called in other languages or letters, by locale tag: `name` stays the one on its door. */
	names: jsonb().$type<Record<string, string>>().notNull().default({}),
	/** What it does, in a sentence or two, by locale tag. */
	abouts: jsonb().$type<Record<string, string>>().notNull().default({}),
	country: text().notNull(),
	kind: text({ enum: ['centre', 'job-service', 'association'] }).notNull(),
})

export const grants = pgTable(
	'grants',
	{
		id: uuid().primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		role: text({ enum: ['mentor', 'moderator', 'practitioner', 'lead', 'coordinator'] }).notNull(),
		organisationId: uuid('organisation_id').references(() => organisations.id, { onDelete: 'restrict' }),
		/** The space a moderator looks after; null = every space. */
		spaceId: uuid('space_id'),
		/** The languages a moderator looks after; null = every one. */
		languages: text().array(),
		givenBy: uuid('given_by').references(() => members.id, { onDelete: 'set null' }),
		givenAt: at('given_at').notNull().defaultNow(),
		endedBy: uuid('ended_by').references(() => members.id, { onDelete: 'set null' }),
		endedAt: at('ended_at'),
	},
	(t) => [index('grants_member').on(t.memberId)],
)

export const invitations = pgTable(
	'invitations',
	{
		id: uuid().primaryKey().defaultRandom(),
		organisationId: uuid('organisation_id').references(() => organisations.id, { onDelete: 'cascade' }),
		codeHash: text('code_hash').notNull(),
		/** What using it gives besides membership; only the one-time link of an empty installation gives 'coordinator'. */
		role: text({ enum: ['member', 'coordinator'] })
			.notNull()
			.default('member'),
		createdBy: uuid('created_by').references(() => members.id, { onDelete: 'set null' }),
		createdAt: at('created_at').notNull().defaultNow(),
		expiresAt: at('expires_at').notNull(),
		usedAt: at('used_at'),
		withdrawnAt: at('withdrawn_at'),
	},
	(t) => [uniqueIndex('invitations_code').on(t.codeHash)],
)

/** Counters of the named limits; the shape rate-limiter-flexible asks for. */
export const limitCounters = pgTable(
	'limit_counters',
	{
		key: text().primaryKey(),
		points: integer().notNull().default(0),
		expire: timestamp({ withTimezone: true }),
	},
	(t) => [index('limit_counters_expire').on(t.expire)],
)

/** What the installation knows of itself (for example a fingerprint of its secret). */
export const installation = pgTable('installation', {
	key: text().primaryKey(),
	value: text().notNull(),
})

/** Deliberately no foreign key to members: an entry outlives the account it speaks of. */
export const auditLog = pgTable(
	'audit_log',
	{
		seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
		at: at('at').notNull().defaultNow(),
		actorId: uuid('actor_id'),
		action: text().notNull(),
		subjectKind: text('subject_kind'),
		subjectId: text('subject_id'),
		/** The member whose data it concerns, so that she can be shown it. */
		memberId: uuid('member_id'),
	},
	(t) => [primaryKey({ columns: [t.seq] }), index('audit_log_member').on(t.memberId, t.seq)],
)

export const classes: Record<string, TableClasses> = {
	members: {
		id: 'open',
		handle: 'open',
		skeleton: 'technical',
		passphraseHash: 'secret',
		status: 'personal',
		locale: 'personal',
		secondLocale: 'personal',
		calendar: 'personal',
		nastaliq: 'personal',
		hostCountry: 'personal',
		zone: 'personal',
		reads: 'personal',
		speaks: 'open',
		helpWanted: 'intimate',
		about: 'open',
		rulesVersion: 'personal',
		ageConfirmedAt: 'personal',
		joinedAt: 'personal',
		vouchedAt: 'personal',
		totpSecret: 'secret',
		totpConfirmedAt: 'personal',
		totpLastStep: 'secret',
	},
	sessions: {
		id: 'personal',
		memberId: 'personal',
		tokenHash: 'secret',
		device: 'personal',
		kind: 'personal',
		createdAt: 'personal',
		lastSeenAt: 'intimate',
		freshAt: 'personal',
		secondFactorAt: 'personal',
	},
	organisations: {
		id: 'open',
		name: 'open',
		names: 'open',
		abouts: 'open',
		country: 'open',
		kind: 'open',
	},
	grants: {
		id: 'technical',
		memberId: 'personal',
		role: 'open',
		organisationId: 'personal',
		spaceId: 'personal',
		languages: 'personal',
		givenBy: 'personal',
		givenAt: 'personal',
		endedBy: 'personal',
		endedAt: 'personal',
	},
	invitations: {
		id: 'technical',
		organisationId: 'personal',
		codeHash: 'secret',
		role: 'technical',
		createdBy: 'personal',
		createdAt: 'personal',
		expiresAt: 'technical',
		usedAt: 'personal',
		withdrawnAt: 'technical',
	},
	limitCounters: { key: 'secret', points: 'technical', expire: 'technical' },
	installation: { key: 'technical', value: 'secret' },
	auditLog: {
		seq: 'technical',
		at: 'personal',
		actorId: 'personal',
		action: 'personal',
		subjectKind: 'personal',
		subjectId: 'personal',
		memberId: 'personal',
	},
}

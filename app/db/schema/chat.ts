import { sql } from 'drizzle-orm'
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
import { spaces, type Translated } from './forum'
import { members } from './members'

const at = (name: string) => timestamp(name, { withTimezone: true })

export const rooms = pgTable(
	'rooms',
	{
		id: uuid().primaryKey().defaultRandom(),
		/**
		 * `open`: any signed-in member may join. `private`: only its `room_members`, and it has no name. `session`: led by
		 * hosts, at a time, entered through its doors. `circle`: a few members who invited one another.
		 */
		kind: text({ enum: ['open', 'private', 'session', 'circle'] }).notNull(),
		/** The space an `open` room belongs to: it is there for whom the space is there. Null: for every member. */
		spaceId: uuid('space_id').references(() => spaces.id, { onDelete: 'cascade' }),
		/** Of a session or a circle: one name, in the language of whoever gave it. */
		names: jsonb().$type<Translated>(),
		about: jsonb().$type<Translated>(),
		languages: text().array().notNull().default([]),
		/** Counts every new message and every change of one: the order all readers share. */
		seq: bigint({ mode: 'number' }).notNull().default(0),
		createdAt: at('created_at').notNull().defaultNow(),
		/** What brought its people together has ended: it can be read, nobody writes in it any more. */
		closedAt: at('closed_at'),
		/** Days after which what was said is deleted; in a `private` room they count from `closedAt`. Null: kept. */
		keepDays: integer('keep_days'),
		/** Seconds between two messages of one person; 0: none. Hosts need not wait. */
		slowSeconds: integer('slow_seconds').notNull().default(0),
		/** What is said in a language that nobody on duty reads waits until somebody does (`held_messages`). */
		holds: boolean().notNull().default(false),
		/** The message that stays in sight above the talk. */
		pinnedId: uuid('pinned_id'),
		/** Of an `open` room: the coordinator who last said what it is called and about. */
		wordsBy: uuid('words_by').references(() => members.id, { onDelete: 'set null' }),
		/** Of an `open` room: closed by a decision of moderators, and not by a coordinator. */
		stoppedAt: at('stopped_at'),
	},
	(t) => [
		index('rooms_open').on(t.id).where(sql`kind = 'open'`),
		index('rooms_space').on(t.spaceId).where(sql`space_id is not null`),
	],
)

export const roomMembers = pgTable(
	'room_members',
	{
		roomId: uuid('room_id')
			.notNull()
			.references(() => rooms.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		/** `guest`: a third seat in a room of two, for as long as both want it. Hosts and co-hosts lead a session alike. */
		role: text({ enum: ['host', 'cohost', 'member', 'guest'] })
			.notNull()
			.default('member'),
		joinedAt: at('joined_at').notNull().defaultNow(),
		leftAt: at('left_at'),
		/** She reads and does not write until then. */
		mutedUntil: at('muted_until'),
		/** Since when her hand is up: the queue of who speaks next. */
		handAt: at('hand_at'),
		/** When she last wrote, where a room is slow. */
		saidAt: at('said_at'),
		/** In a `private` room: she would have the others see when she writes and how far she has read, if all want it. */
		showsReading: boolean('shows_reading').notNull().default(false),
	},
	(t) => [primaryKey({ columns: [t.roomId, t.memberId] }), index('room_members_member').on(t.memberId)],
)

/** Who stands at the door of a room and is not in it (`room_members` says who is). */
export const roomDoors = pgTable(
	'room_doors',
	{
		roomId: uuid('room_id')
			.notNull()
			.references(() => rooms.id, { onDelete: 'cascade' }),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' }),
		/**
		 * `waiting`: in the lobby of a session. `invited`: asked into a circle and has not answered. `refused`: said no to
		 * it. `removed`: a host or a decision took her out; the room is not there for her any more.
		 */
		state: text({ enum: ['waiting', 'invited', 'refused', 'removed'] }).notNull(),
		/** Who invited or removed her. */
		byId: uuid('by_id').references(() => members.id, { onDelete: 'set null' }),
		at: at('at').notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.roomId, t.memberId] }), index('room_doors_member').on(t.memberId)],
)

/** What a `session` has beside its room. */
export const roomSessions = pgTable(
	'room_sessions',
	{
		roomId: uuid('room_id')
			.primaryKey()
			.references(() => rooms.id, { onDelete: 'cascade' }),
		startsAt: at('starts_at').notNull(),
		minutes: integer().notNull(),
		/** How many may be in it beside its hosts. */
		size: integer().notNull(),
		rules: text().notNull().default(''),
		/** Of the rules, the agenda and the note: what the host writes. */
		lang: text().notNull(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		/** `paused`: read by those who are in, written in by nobody but hosts. */
		state: text({ enum: ['planned', 'open', 'paused', 'ended'] })
			.notNull()
			.default('planned'),
		/** `lobby`: who comes waits until a host lets her in. */
		doors: text({ enum: ['closed', 'lobby', 'open'] })
			.notNull()
			.default('closed'),
		/** `away`: no host was there for two minutes. */
		pausedBy: text('paused_by', { enum: ['host', 'away'] }),
		/** Only the one whose turn it is writes, beside hosts. */
		oneAtATime: boolean('one_at_a_time').notNull().default(false),
		speakerId: uuid('speaker_id').references(() => members.id, { onDelete: 'set null' }),
		agenda: text().array().notNull().default([]),
		/** The step of the agenda they are at, from 0. */
		step: integer(),
		/** When a host was last there. */
		hostSeenAt: at('host_seen_at'),
		openedAt: at('opened_at'),
		endedAt: at('ended_at'),
		/** What hosts write down afterwards, without names. */
		note: text().notNull().default(''),
	},
	(t) => [
		index('room_sessions_coming').on(t.startsAt).where(sql`state <> 'ended'`),
		index('room_sessions_led').on(t.hostSeenAt).where(sql`state = 'open'`),
	],
)

export const messages = pgTable(
	'messages',
	{
		id: uuid().primaryKey().defaultRandom(),
		roomId: uuid('room_id')
			.notNull()
			.references(() => rooms.id, { onDelete: 'cascade' }),
		seq: bigint({ mode: 'number' }).notNull(),
		/** The room's count when it was last changed; equals `seq` until then. */
		changedSeq: bigint('changed_seq', { mode: 'number' }).notNull(),
		authorId: uuid('author_id').references(() => members.id, { onDelete: 'set null' }),
		/** The sender's own id of the message: the same key gives the same message for ever. */
		key: uuid().notNull(),
		body: text().notNull(),
		/** As she declared it; null where nobody said. */
		lang: text(),
		dir: text({ enum: ['ltr', 'rtl'] }).notNull(),
		replyTo: uuid('reply_to'),
		/** The message of the same room that this says in another language. */
		translationOf: uuid('translation_of'),
		createdAt: at('created_at').notNull().defaultNow(),
		editedAt: at('edited_at'),
		/** Taken back by its author. */
		removedAt: at('removed_at'),
		/** Hidden by a moderator's decision. */
		hiddenAt: at('hidden_at'),
		/** Folded by a moderator or a watch rule: there for who opens it. */
		foldedAt: at('folded_at'),
	},
	(t) => [
		uniqueIndex('messages_room_seq').on(t.roomId, t.seq),
		// Every number of a room is given once, to a message or to a change of one.
		uniqueIndex('messages_room_changed').on(t.roomId, t.changedSeq),
		uniqueIndex('messages_author_key').on(t.authorId, t.key),
		// What is old enough to be deleted; what an erased author leaves.
		index('messages_created').on(t.roomId, t.createdAt),
		index('messages_translation').on(t.translationOf).where(sql`translation_of is not null`),
		// Taken back, its words still there for who would report them.
		index('messages_taken_back').on(t.removedAt).where(sql`removed_at is not null and body <> ''`),
	],
)

export const classes: Record<string, TableClasses> = {
	rooms: {
		id: 'open',
		kind: 'technical',
		spaceId: 'open',
		names: 'open',
		about: 'open',
		languages: 'open',
		seq: 'technical',
		createdAt: 'technical',
		closedAt: 'intimate',
		keepDays: 'open',
		slowSeconds: 'open',
		holds: 'open',
		pinnedId: 'technical',
		wordsBy: 'personal',
		stoppedAt: 'open',
	},
	roomMembers: {
		roomId: 'intimate',
		memberId: 'intimate',
		role: 'intimate',
		joinedAt: 'intimate',
		leftAt: 'intimate',
		mutedUntil: 'intimate',
		handAt: 'intimate',
		saidAt: 'intimate',
		showsReading: 'intimate',
	},
	roomDoors: {
		roomId: 'intimate',
		memberId: 'intimate',
		state: 'intimate',
		byId: 'intimate',
		at: 'intimate',
	},
	roomSessions: {
		roomId: 'technical',
		startsAt: 'open',
		minutes: 'open',
		size: 'open',
		rules: 'open',
		lang: 'open',
		dir: 'technical',
		state: 'open',
		doors: 'open',
		pausedBy: 'open',
		oneAtATime: 'open',
		speakerId: 'intimate',
		agenda: 'open',
		step: 'open',
		hostSeenAt: 'intimate',
		openedAt: 'open',
		endedAt: 'open',
		note: 'intimate',
	},
	messages: {
		id: 'technical',
		roomId: 'intimate',
		seq: 'technical',
		changedSeq: 'technical',
		authorId: 'intimate',
		key: 'technical',
		body: 'intimate',
		lang: 'intimate',
		dir: 'technical',
		replyTo: 'technical',
		translationOf: 'technical',
		createdAt: 'intimate',
		editedAt: 'intimate',
		removedAt: 'intimate',
		hiddenAt: 'intimate',
		foldedAt: 'intimate',
	},
}

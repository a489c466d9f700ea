import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Db, db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { grants, members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { CHANGE_WITHIN_MINUTES } from './chat.limits'
import type { RoomFacts } from './chat.policy'
import { type Badge, type CatchUp, type Entry, isGone, isMessage, type Message } from './chat.wire'
import { readHeld } from './holding/held.server'
import { emptyMarks, type Marks, type Reader, readApart, readMarks } from './marks.server'
import { accessRoom } from './rooms.server'

const MESSAGES_A_PAGE = 50
const CATCH_UP_AT_MOST = 200

/** The one role worth showing beside an author's words. */
const badge = sql<Badge | null>`(
	select ${grants.role} from ${grants} where ${grants.memberId} = ${messages.authorId} and ${grants.endedAt} is null
	and ${grants.role} in ('moderator', 'mentor') order by ${grants.role} desc limit 1)`

/** What a message says in another language. Gone, it takes that with it: those are its author's words. */
const original = alias(messages, 'original')

const columns = {
	id: messages.id,
	seq: messages.seq,
	changedSeq: messages.changedSeq,
	key: messages.key,
	authorId: messages.authorId,
	author: members.handle,
	badge,
	body: messages.body,
	lang: messages.lang,
	dir: messages.dir,
	replyTo: messages.replyTo,
	translationOf: messages.translationOf,
	createdAt: messages.createdAt,
	editedAt: messages.editedAt,
	removedAt: messages.removedAt,
	hiddenAt: messages.hiddenAt,
	foldedAt: messages.foldedAt,
	roomId: messages.roomId,
	/** It was said too long ago to be changed. */
	late: sql<boolean>`${messages.createdAt} < now() - make_interval(mins => ${CHANGE_WITHIN_MINUTES}::int)`,
	originalAuthorId: original.authorId,
	originalFoldedAt: original.foldedAt,
	originalGone: sql<boolean>`(${original.removedAt} is not null or ${original.hiddenAt} is not null)`,
	outdated: sql<boolean>`coalesce(${original.editedAt} > coalesce(${messages.editedAt}, ${messages.createdAt}), false)`,
}

const shown = and(
	isNull(messages.removedAt),
	isNull(messages.hiddenAt),
	isNull(original.removedAt),
	isNull(original.hiddenAt),
)

const from = (tx: Db) =>
	tx
		.select(columns)
		.from(messages)
		.leftJoin(members, eq(members.id, messages.authorId))
		.leftJoin(original, eq(original.id, messages.translationOf))
		.$dynamic()

export type MessageRow = Awaited<ReturnType<typeof from>>[number]

/** A message as it leaves the server; the columns that are nobody's business stay behind. */
function presentMessage(row: MessageRow, marks: Marks): Message {
	const { id, seq, key, authorId, author, body, lang, dir, replyTo, translationOf, outdated } = row
	return {
		id,
		seq,
		key,
		authorId,
		author,
		badge: row.badge,
		body,
		lang,
		dir,
		replyTo,
		translationOf,
		outdated,
		at: row.createdAt.toISOString(),
		edited: row.editedAt !== null,
		...((row.foldedAt || row.originalFoldedAt) && { folded: true as const }),
		...marks,
	}
}

/** Whether it is still shown to those who see its author. */
export const isShown = (row: MessageRow) => !row.removedAt && !row.hiddenAt && !row.originalGone

/** A message, or what is left to say of one that is shown to nobody any more. */
export const presentEntry = (row: MessageRow, marks: Marks = emptyMarks()): Entry =>
	isShown(row) ? presentMessage(row, marks) : { id: row.id, seq: row.seq, gone: true }

/** Only what was changed can have something under it: each sign is a change. */
const isMarked = (row: MessageRow) => row.changedSeq !== row.seq && isShown(row)
const marked = (rows: readonly MessageRow[]) => rows.filter(isMarked).map(({ id }) => id)

/** Messages with what stands under them, for one reader. */
export async function presentTo(tx: Db, reader: Reader, rows: readonly MessageRow[]): Promise<Entry[]> {
	const marks = await readMarks(tx, marked(rows), reader)
	return rows.map((row) =>
		presentEntry(row, isMarked(row) ? (marks.get(row.id) ?? emptyMarks(reader)) : emptyMarks()),
	)
}

/** Messages as they are told to everyone, and for whom each is not the same. */
export async function presentToAll(tx: Db, rows: readonly MessageRow[]) {
	const ids = marked(rows)
	const marks = await readMarks(tx, ids)
	const apart = await readApart(tx, [...marks.keys()])
	return rows.map((row) => ({
		entry: presentEntry(row, marks.get(row.id)),
		apart: apart.get(row.id) ?? [],
	}))
}

/** Whose words it carries: its author's, and of a translation also those of whom it translates. */
export const voicesOf = (row: Pick<MessageRow, 'authorId' | 'originalAuthorId'>): string[] =>
	[row.authorId, row.originalAuthorId].filter((id) => id !== null)

export const isHeard = ({ unheard }: Pick<Reader, 'unheard'>, row: MessageRow) =>
	!voicesOf(row).some((id) => unheard.includes(id))

/** One message whatever its state, for commands that have checked the room. */
export async function findMessage(tx: Db, where: { id: string } | { authorId: string; key: string }) {
	const [row] = await from(tx).where(
		'id' in where
			? eq(messages.id, where.id)
			: and(eq(messages.authorId, where.authorId), eq(messages.key, where.key)),
	)
	return row
}

const lastMessages = from(db)
	.where(
		and(
			eq(messages.roomId, sql.placeholder('room')),
			lt(messages.seq, sql.placeholder('before')),
			shown,
			sql`(${messages.authorId} is null or ${messages.authorId} <> all(${sql.placeholder('unheard')}::uuid[]))`,
			sql`(${original.authorId} is null or ${original.authorId} <> all(${sql.placeholder('unheard')}::uuid[]))`,
		),
	)
	.orderBy(desc(messages.seq))
	.limit(MESSAGES_A_PAGE + 1)
	.prepare('last_messages')

const changedMessages = from(db)
	.where(and(eq(messages.roomId, sql.placeholder('room')), gt(messages.changedSeq, sql.placeholder('after'))))
	.orderBy(asc(messages.changedSeq))
	.limit(CATCH_UP_AT_MOST + 1)
	.prepare('changed_messages')

/** A place in the room out of an address; anything else is the end of the talk. */
const readBefore = (text: string | null) =>
	/^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.MAX_SAFE_INTEGER

/** Whose words in this room she does not see. In a room of two the other has left it, and what was said stays. */
export const unheardIn = (actor: Pick<Actor, 'blocked'>, room: Pick<RoomFacts, 'kind'>) =>
	room.kind === 'private' ? [] : actor.blocked

export const readerIn = (actor: Actor, room: Pick<RoomFacts, 'kind'>): Reader => ({
	id: actor.id,
	unheard: unheardIn(actor, room),
})

/**
 * The last 50 messages before a place in the room (`before`, a seq from the address), oldest first, for a room the
 * caller has accessed, without what she does not hear. `older`: the seq to ask before for the page above.
 */
export async function readMessages(roomId: string, before: string | null, reader: Reader) {
	const rows = await lastMessages.execute({
		room: roomId,
		before: readBefore(before),
		unheard: pgArray(reader.unheard),
	})
	const page = rows.slice(0, MESSAGES_A_PAGE)
	return {
		messages: (await presentTo(db, reader, page.reverse())).filter(isMessage),
		older: rows.length > MESSAGES_A_PAGE ? page[0]!.seq : null,
		last: before === null,
	}
}

/** The page above what she holds. Throws `not-found`. */
export async function readOlder(actor: Actor, roomId: string, before: number) {
	const room = await accessRoom(db, actor, roomId)
	const { messages: above, older } = await readMessages(room.id, String(before), readerIn(actor, room))
	return { messages: above, older }
}

/** These messages of a room the caller has accessed, as far as they are there for her. */
export async function readThese(roomId: string, ids: readonly string[], reader: Reader): Promise<Message[]> {
	if (ids.length === 0) return []
	const rows = await from(db).where(and(eq(messages.roomId, roomId), inArray(messages.id, [...ids]), shown))
	const entries = await presentTo(
		db,
		reader,
		rows.filter((row) => isHeard(reader, row)),
	)
	return entries.filter(isMessage)
}

/** These messages of a room, as far as they are there for her. Throws `not-found` for the room alone. */
export async function lookAt(actor: Actor, roomId: string, ids: readonly string[]) {
	const room = await accessRoom(db, actor, roomId)
	return { messages: await readThese(room.id, ids, readerIn(actor, room)) }
}

/** What was written or changed in a room after a number, at most 200 at a time, for whoever tells it on. */
export async function changedAfter(roomId: string, after: number) {
	const rows = await changedMessages.execute({ room: roomId, after })
	const page = rows.slice(0, CATCH_UP_AT_MOST)
	const told = await presentToAll(db, page)
	return {
		changes: page.map((row, at) => ({ seq: row.changedSeq, voices: voicesOf(row), ...told[at]! })),
		more: rows.length > page.length,
	}
}

/**
 * Everything new or changed in a room after a cursor, at most 200 at a time. Throws `not-found`.
 * The room is read first: its count then never runs ahead of the messages read after it.
 */
export async function catchUp(actor: Actor, roomId: string, after: number): Promise<CatchUp> {
	const room = await accessRoom(db, actor, roomId)
	const rows = await changedMessages.execute({ room: room.id, after })
	const page = rows.slice(0, CATCH_UP_AT_MOST)
	const more = rows.length > page.length
	const reached = page.at(-1)?.changedSeq ?? 0
	const reader = readerIn(actor, room)
	const heard = page.filter((row) => isHeard(reader, row))
	return {
		seq: more ? reached : Math.max(room.seq, reached),
		upTo: Math.max(room.seq, rows.at(-1)?.changedSeq ?? 0),
		more,
		// What she never saw and is gone again, or who she does not see said, is nothing to her: only her cursor moves.
		messages: (await presentTo(db, reader, heard)).filter((entry) => !isGone(entry) || entry.seq <= after),
		alone: room.alone,
		closed: room.closed,
		...(room.holds && { held: await readHeld(db, actor, room) }),
	}
}

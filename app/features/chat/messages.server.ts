import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { grants, members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { pgArray } from '~/platform/text'
import { canWrite } from './chat.policy'
import type { Badge, CatchUp, Entry, Message } from './chat.wire'
import { accessRoom, readRoomHead } from './rooms.server'

const MESSAGES_A_PAGE = 50
const CATCH_UP_AT_MOST = 200

/** The one role worth showing beside an author's words. */
const badge = sql<Badge | null>`(
	select ${grants.role} from ${grants} where ${grants.memberId} = ${messages.authorId} and ${grants.endedAt} is null
	and ${grants.role} in ('moderator', 'mentor') order by ${grants.role} desc limit 1)`

const columns = {
	id: messages.id,
	seq: messages.seq,
	changedSeq: messages.changedSeq,
	key: messages.key,
	authorId: messages.authorId,
	author: members.handle,
	badge,
	body: messages.body,
	dir: messages.dir,
	replyTo: messages.replyTo,
	createdAt: messages.createdAt,
	editedAt: messages.editedAt,
	removedAt: messages.removedAt,
	hiddenAt: messages.hiddenAt,
	roomId: messages.roomId,
}

const shown = and(isNull(messages.removedAt), isNull(messages.hiddenAt))

const from = (tx: Db) =>
	tx.select(columns).from(messages).leftJoin(members, eq(members.id, messages.authorId)).$dynamic()

type Row = Awaited<ReturnType<typeof from>>[number]

/** A message as it leaves the server; the columns that are nobody's business stay behind. */
function presentMessage(row: Row): Message {
	const { id, seq, key, authorId, author, body, dir, replyTo } = row
	return {
		id,
		seq,
		key,
		authorId,
		author,
		badge: row.badge,
		body,
		dir,
		replyTo,
		at: row.createdAt.toISOString(),
		edited: row.editedAt !== null,
	}
}

/** A message, or what is left to say of one that is shown to nobody any more. */
export const presentEntry = (row: Row): Entry =>
	row.removedAt || row.hiddenAt ? { id: row.id, seq: row.seq, gone: true } : presentMessage(row)

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
const unheardIn = (actor: Actor, room: { kind: 'open' | 'private' }) =>
	room.kind === 'open' ? actor.blocked : []

/**
 * The last 50 messages before a place in the room (`before`, a seq from the address), oldest first, for a room the
 * caller has accessed, without what the `unheard` wrote. `older`: the seq to ask before for the page above.
 */
export async function readMessages(roomId: string, before: string | null, unheard: readonly string[]) {
	const rows = await lastMessages.execute({
		room: roomId,
		before: readBefore(before),
		unheard: pgArray(unheard),
	})
	const page = rows.slice(0, MESSAGES_A_PAGE)
	return {
		messages: page.map(presentMessage).reverse(),
		older: rows.length > MESSAGES_A_PAGE ? page.at(-1)!.seq : null,
		last: before === null,
	}
}

/**
 * Everything a room's page shows. Throws `not-found`. The room is read before its messages: its count, from which
 * the page goes on, then never runs ahead of them.
 */
export async function readRoomPage(
	actor: Actor,
	id: string | undefined,
	{ locale, before }: { locale: string; before: string | null },
) {
	const room = await readRoomHead(actor, id, locale)
	return {
		room,
		...(await readMessages(room.id, before, unheardIn(actor, room))),
		me: { id: actor.id, handle: actor.handle },
		mayWrite: canWrite(actor, room),
		formKey: randomUUID(),
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
	const unheard: (string | null)[] = unheardIn(actor, room)
	return {
		seq: more ? reached : Math.max(room.seq, reached),
		upTo: Math.max(room.seq, rows.at(-1)?.changedSeq ?? 0),
		more,
		// What she never saw and is gone again, or who she does not see said, is nothing to her: only her cursor moves.
		messages: page
			.filter(({ authorId }) => !unheard.includes(authorId))
			.map(presentEntry)
			.filter((entry) => !('gone' in entry) || entry.seq <= after),
		alone: room.alone,
		closed: room.closed,
	}
}

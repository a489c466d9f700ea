import { and, eq, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Tx } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { blockedWith } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { databaseFault } from '~/platform/log.server'
import { directionOf } from '~/platform/text'
import { badgeOf, canChange, canWrite } from './chat.policy'
import { EditMessage, RemoveMessage, SendMessage } from './chat.schema'
import { type Entry, isGone, type Message } from './chat.wire'
import { findMessage, presentEntry } from './messages.server'
import { accessRoomToChange, nextSeq } from './rooms.server'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/**
		 * A message was written or changed; `seq` is the number of this change in the room. `unseenBy`: members with whom
		 * its author has a block.
		 */
		'chat:message': { roomId: string; seq: number; entry: Entry; fresh: boolean; unseenBy: string[] }
	}
}

interface NewMessage {
	room: string
	key: string
	body: string
	dir: 'ltr' | 'rtl'
	replyTo: string | null
}

/** Counts and writes in one statement, so that a key that is taken costs no number. */
async function insertMessage(tx: Tx, actor: Actor, { room, key, body, dir, replyTo }: NewMessage) {
	const [row] = await tx.execute<{ id: string; seq: string; created_at: string }>(sql`
		with counted as (
			update ${rooms} set seq = seq + 1
			where id = ${room} and not exists (select 1 from ${messages} where author_id = ${actor.id} and key = ${key})
			returning id, seq)
		insert into ${messages} (room_id, seq, changed_seq, author_id, key, body, dir, reply_to)
		select id, seq, seq, ${actor.id}::uuid, ${key}::uuid, ${body}, ${dir}, ${replyTo}::uuid from counted
		returning id, seq, created_at`)
	return row
}

/** An answer points to a message of the same room that is still shown, and shown to her. */
async function checkReply(tx: Tx, unseenBy: readonly string[], roomId: string, replyTo: string | undefined) {
	if (replyTo === undefined) return null
	const row = await findMessage(tx, { id: replyTo })
	const unseen = row?.authorId && unseenBy.includes(row.authorId)
	if (!row || row.roomId !== roomId || unseen || isGone(presentEntry(row))) throw new AppError('not-found')
	return replyTo
}

/** What this key was sent as before. The same key in another room is not the same message. */
async function sentBefore(
	tx: Tx,
	actor: Actor,
	{ room, key }: { room: string; key: string },
): Promise<Entry> {
	const row = await findMessage(tx, { authorId: actor.id, key })
	if (row?.roomId !== room) throw new AppError('conflict')
	return presentEntry(row)
}

const send = command({
	input: SendMessage,
	limit: 'chat.message',
	async run({ actor, input, tx, publish }): Promise<Entry> {
		const room = await accessRoomToChange(tx, actor, input.room)
		if (!canWrite(actor, room)) throw new AppError('forbidden')
		const unseenBy = room.kind === 'open' ? actor.blocked : []
		const replyTo = await checkReply(tx, unseenBy, room.id, input.replyTo)
		const { key, body } = input
		const dir = directionOf(body, dirOf(actor.locale ?? 'en'))
		const row = await insertMessage(tx, actor, { room: room.id, key, body, dir, replyTo })
		if (!row) return sentBefore(tx, actor, input)
		const seq = Number(row.seq)
		const message: Message = {
			id: row.id,
			seq,
			key,
			authorId: actor.id,
			author: actor.handle,
			badge: badgeOf(actor.grants),
			body,
			dir,
			replyTo,
			at: new Date(row.created_at).toISOString(),
			edited: false,
		}
		publish({ name: 'chat:message', roomId: room.id, seq, entry: message, fresh: true, unseenBy })
		return message
	},
})

/**
 * Says something in a room: `{ room, key, body, replyTo? }`. The same key of the same author gives the same message for
 * ever, however often and wherever it is sent; the answer comes after COMMIT.
 */
export async function sendMessage(actor: Actor, raw: unknown): Promise<Entry> {
	try {
		return await send(actor, raw)
	} catch (error) {
		// The same key at once in two rooms: the room's lock cannot see that, the unique index can.
		if (databaseFault(error)?.constraint !== 'messages_author_key') throw error
		return send(actor, raw)
	}
}

/** A message of hers in a room she sees, ready to be changed. */
async function accessOwn(tx: Tx, actor: Actor, { room, id }: { room: string; id: string }) {
	const { closed } = await accessRoomToChange(tx, actor, room)
	const row = await findMessage(tx, { id })
	if (!row || row.roomId !== room || row.hiddenAt) throw new AppError('not-found')
	if (!canChange(actor, row)) throw new AppError(row.removedAt ? 'not-found' : 'forbidden')
	return { ...row, closed }
}

/** Who is not told of this author's words in an open room; a room of two is left by whoever blocks. */
async function withBlockIn(tx: Tx, roomId: string, authorId: string | null): Promise<string[]> {
	const [room] = await tx.select({ kind: rooms.kind }).from(rooms).where(eq(rooms.id, roomId))
	return room?.kind === 'open' && authorId ? blockedWith(tx, authorId) : []
}

/** Gives a change of a message its own number in the room, and what to tell of it. */
export async function changeMessage(
	tx: Tx,
	row: { id: string; roomId: string },
	set: PgUpdateSetSource<typeof messages>,
) {
	const seq = await nextSeq(tx, row.roomId)
	await tx
		.update(messages)
		.set({ ...set, changedSeq: seq })
		.where(and(eq(messages.id, row.id), eq(messages.roomId, row.roomId)))
	const changed = await findMessage(tx, { id: row.id })
	const unseenBy = await withBlockIn(tx, row.roomId, changed!.authorId)
	return {
		name: 'chat:message' as const,
		roomId: row.roomId,
		seq,
		entry: presentEntry(changed!),
		fresh: false,
		unseenBy,
	}
}

/** Changes the words of a message of hers. Throws `not-found`, `forbidden` for another's. */
export const editMessage = command({
	input: EditMessage,
	limit: 'chat.message',
	async run({ actor, input, tx, publish }): Promise<Entry> {
		const row = await accessOwn(tx, actor, input)
		if (row.removedAt) throw new AppError('not-found')
		if (!canWrite(actor, row)) throw new AppError('forbidden')
		const { words: body } = input
		if (row.body === body) return presentEntry(row)
		const dir = directionOf(body, dirOf(actor.locale ?? 'en'))
		const change = await changeMessage(tx, row, { body, dir, editedAt: sql`now()` })
		publish(change)
		return change.entry
	},
})

/** Takes a message of hers back. Taking it back twice is once. */
export const removeMessage = command({
	input: RemoveMessage,
	limit: 'chat.message',
	async run({ actor, input, tx, publish }): Promise<Entry> {
		const row = await accessOwn(tx, actor, input)
		if (row.removedAt) return presentEntry(row)
		const change = await changeMessage(tx, row, { removedAt: sql`now()` })
		publish(change)
		return change.entry
	},
})

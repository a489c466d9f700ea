import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { blockedWith } from '~/features/members/blocks.server'
import { mustAgreeFirst } from '~/features/members/editions/in-force.server'
import { beginsSlowly } from '~/features/members/vouching/beginning.server'
import { isPlain, letModeratorsLook } from '~/features/moderation/screening.server'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { databaseFault } from '~/platform/log.server'
import { directionOf } from '~/platform/text'
import { changeMessage } from './changing.server'
import { badgeOf, canChange, canTranslate, type RoomFacts } from './chat.policy'
import { EditMessage, RemoveMessage, SendMessage } from './chat.schema'
import type { Entry, Held, Message, Words } from './chat.wire'
import { screenMessage } from './crowd.server'
import { writeTogether } from './grouping.server'
import { findHeld, hold, mustWait, takeBackHeld } from './holding/held.server'
import { fulfilWishes, insertMessage } from './inserting.server'
import type { Reader } from './marks.server'
import { findMessage, isHeard, isShown, type MessageRow, presentTo, readerIn } from './messages.server'
import { accessRoomToChange } from './rooms.server'
import { messageSubject } from './subject.server'
import { mayWriteNow } from './writing-rules.server'

/** Only a message of the same room that is there for her can be answered or said in another language. */
async function findTarget(tx: Tx, roomId: string, reader: Reader, id: string | undefined) {
	if (id === undefined) return undefined
	const row = await findMessage(tx, { id })
	if (row?.roomId !== roomId || !isShown(row) || !isHeard(reader, row)) throw new AppError('not-found')
	return row
}

/** What she says in another language: said by somebody itself, and in languages that she speaks. */
function checkTranslation(actor: Actor, original: MessageRow | undefined, language: string | null) {
	if (!original) return
	const may = !original.translationOf && language !== null && canTranslate(actor, original, language)
	if (!may) throw new AppError('forbidden')
}

/** What this key was sent as before, and waits or not. The same key in another room is not the same message. */
async function sentBefore(tx: Tx, reader: Reader, room: string, key: string): Promise<Entry | Held> {
	const row = await findMessage(tx, { authorId: reader.id, key })
	const waiting = row ? undefined : await findHeld(tx, reader.id, key)
	if (waiting?.roomId === room) return waiting.held
	if (row?.roomId !== room) throw new AppError('conflict')
	return (await presentTo(tx, reader, [row]))[0]!
}

/** Who is not told: who has a block with her, or with whom she puts into other words. */
async function unseenBy(
	tx: Tx,
	reader: Reader,
	room: Pick<RoomFacts, 'kind'>,
	original: MessageRow | undefined,
) {
	if (!original?.authorId || room.kind === 'private') return [...reader.unheard]
	return [...reader.unheard, ...(await blockedWith(tx, original.authorId))]
}

const newMessage = (
	actor: Actor,
	said: Words,
	row: { id: string; seq: string; created_at: string },
): Message => ({
	...said,
	id: row.id,
	seq: Number(row.seq),
	authorId: actor.id,
	author: actor.handle,
	badge: badgeOf(actor.grants),
	outdated: false,
	at: new Date(row.created_at).toISOString(),
	edited: false,
	reactions: {},
	wanted: [],
})

const toldAs = (message: Message, roomId: string, unseenBy: string[]): DomainEvent => ({
	name: 'chat:message',
	roomId,
	seq: message.seq,
	entry: message,
	fresh: true,
	unseenBy,
	apart: [],
})

type Sending = z.output<typeof SendMessage>

const directionIn = (actor: Actor, { body, language }: Sending) =>
	directionOf(body, dirOf(language ?? actor.locale ?? 'en'))

/** What is only said, in a room that is there for everyone, goes with what others say there at the same moment. */
async function sendTogether(actor: Actor, input: Sending) {
	const { room: roomId, key, body, language: lang, replyTo, translationOf, sure } = input
	if (actor.status !== 'active' || actor.restraints.length > 0 || replyTo || translationOf) return undefined
	if (mustAgreeFirst(actor) || beginsSlowly(actor) || !isPlain(body, sure)) return undefined
	const said = { key, body, lang, dir: directionIn(actor, input), replyTo: null, translationOf: null }
	const row = await writeTogether({ roomId, authorId: actor.id, said })
	if (!row) return undefined
	const message = newMessage(actor, said, row)
	return { out: message, events: [toldAs(message, roomId, [...actor.blocked])] }
}

const send = command({
	input: SendMessage,
	limit: 'chat.message',
	shortcut: sendTogether,
	async run({ actor, input, tx, publish }): Promise<Entry | Held> {
		const room = await accessRoomToChange(tx, actor, input.room)
		await mayWriteNow(tx, actor, room, input.key)
		const reader = readerIn(actor, room)
		const answered = await findTarget(tx, room.id, reader, input.replyTo)
		const original = await findTarget(tx, room.id, reader, input.translationOf)
		const { key, body, language: lang } = input
		checkTranslation(actor, original, lang)
		const screened = await screenMessage(tx, room, input)
		const said = {
			key,
			body,
			lang,
			dir: directionIn(actor, input),
			replyTo: answered?.id ?? null,
			translationOf: original?.id ?? null,
		}
		if (screened.hold || (await mustWait(tx, room, lang))) {
			return (await hold(tx, actor.id, room.id, said)) ?? sentBefore(tx, reader, room.id, key)
		}
		const row = await insertMessage(tx, actor.id, room.id, said)
		if (!row) return sentBefore(tx, reader, room.id, key)
		if (screened.fold) await tx.update(messages).set({ foldedAt: sql`now()` }).where(eq(messages.id, row.id))
		await letModeratorsLook(tx, { subject: messageSubject, id: row.id, screened, first: false })
		const message = { ...newMessage(actor, said, row), ...(screened.fold && { folded: true as const }) }
		publish(toldAs(message, room.id, await unseenBy(tx, reader, room, original)))
		if (original) await fulfilWishes(tx, original, lang!, publish)
		return message
	},
})

/**
 * Says something in a room: `{ room, key, body, language?, replyTo?, translationOf?, sure? }`. The same key of the same
 * author gives the same message for ever, however often and wherever it is sent; the answer comes after COMMIT. Where the
 * room holds and nobody is there who reads it, it waits, and the answer says so (`held`). Throws `invalid` with `details.contact` where she is asked whether a number or an address shall really go to a whole room.
 */
export async function sendMessage(actor: Actor, raw: unknown): Promise<Entry | Held> {
	try {
		return await send(actor, raw)
	} catch (error) {
		// The same key at once in two rooms: the room's lock cannot see that, the unique index can.
		if (databaseFault(error)?.constraint !== 'messages_author_key') throw error
		return send(actor, raw)
	}
}

/** A message of hers in a room she sees, ready to be changed. */
async function accessOwn(tx: Tx, actor: Actor, { room: id, id: messageId }: { room: string; id: string }) {
	const room = await accessRoomToChange(tx, actor, id)
	const row = await findMessage(tx, { id: messageId })
	if (!row || row.roomId !== room.id || row.hiddenAt || row.originalGone) throw new AppError('not-found')
	if (!canChange(actor, row)) throw new AppError(row.removedAt ? 'not-found' : 'forbidden')
	return { room, row, reader: readerIn(actor, room) }
}

/** What others have read and answered for a while stays as they read it. */
function checkTime({ late }: Pick<MessageRow, 'late'>) {
	if (late) throw new AppError('forbidden', { fields: { '': 'chat:own.late' } })
}

/** Changes the words of a message of hers, for ten minutes. Throws `not-found`, `forbidden` for another's or too late. */
export const editMessage = command({
	input: EditMessage,
	limit: 'chat.message',
	async run({ actor, input, tx, publish }): Promise<Entry> {
		const { room, row, reader } = await accessOwn(tx, actor, input)
		if (row.removedAt) throw new AppError('not-found')
		await mayWriteNow(tx, actor, room)
		checkTime(row)
		const { words: body } = input
		if (row.body !== body) {
			// Whoever could look at what she said has gone: what it says now would be read by nobody who can.
			if (await mustWait(tx, room, row.lang))
				throw new AppError('forbidden', { fields: { '': 'chat:held.later' } })
			const screened = await screenMessage(tx, room, { body, language: row.lang, sure: input.sure })
			// What is there cannot wait: what is to be looked at first is said anew.
			if (screened.hold) throw new AppError('forbidden', { fields: { '': 'chat:held.rule' } })
			const dir = directionOf(body, dirOf(row.lang ?? actor.locale ?? 'en'))
			const changed = await changeMessage(
				tx,
				row,
				{ body, dir, editedAt: sql`now()`, ...(screened.fold && { foldedAt: sql`now()` }) },
				publish,
			)
			await letModeratorsLook(tx, { subject: messageSubject, id: row.id, screened, first: false })
			return (await presentTo(tx, reader, [changed]))[0]!
		}
		return (await presentTo(tx, reader, [row]))[0]!
	},
})

/** Takes a message of hers back, for ten minutes, or one that waits, at any time. Taking it back twice is once. */
export const removeMessage = command({
	input: RemoveMessage,
	limit: 'chat.message',
	async run({ actor, input, tx, publish }): Promise<Entry> {
		const { id: roomId, seq } = await accessRoomToChange(tx, actor, input.room)
		if (await takeBackHeld(tx, actor.id, roomId, input.id)) return { id: input.id, seq, gone: true }
		const { row } = await accessOwn(tx, actor, input)
		if (!row.removedAt) {
			checkTime(row)
			await changeMessage(tx, row, { removedAt: sql`now()` }, publish)
		}
		return { id: row.id, seq: row.seq, gone: true }
	},
})

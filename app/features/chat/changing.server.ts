import { and, eq, isNull } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Tx } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { blockedWithEach } from '~/features/members/blocks.server'
import type { DomainEvent } from '~/platform/bus.server'
import type { Entry } from './chat.wire'
import { findMessage, type MessageRow, presentToAll, voicesOf } from './messages.server'
import { nextSeq } from './rooms.server'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/**
		 * A message was written or changed; `seq` is the number of this change in the room. `unseenBy`: members with whom
		 * its author has a block. `apart`: members for whom it is not the same as for the others, who look at it themselves.
		 * `by`: whose sign it is.
		 */
		'chat:message': {
			roomId: string
			seq: number
			entry: Entry
			fresh: boolean
			unseenBy: string[]
			apart: string[]
			by?: string
		}
	}
}

type Publish = (event: DomainEvent) => void

/** Who is not told of these women's words; a room of two is left by whoever blocks. */
export async function withBlockIn(tx: Tx, roomId: string, voices: readonly string[]): Promise<string[]> {
	const [room] = await tx.select({ kind: rooms.kind }).from(rooms).where(eq(rooms.id, roomId))
	if (room?.kind === 'private') return []
	return [...(await blockedWithEach(tx, voices)).values()].flat()
}

/** What is changed in what a message says, and so concerns its translations too. */
const WORDS = ['body', 'removedAt', 'hiddenAt', 'foldedAt'] as const

/** Its translations, as long as nobody took them back themselves. */
const translationsOf = (tx: Tx, id: string) =>
	tx
		.select({ id: messages.id, roomId: messages.roomId })
		.from(messages)
		.where(and(eq(messages.translationOf, id), isNull(messages.removedAt), isNull(messages.hiddenAt)))
		.orderBy(messages.seq)

/**
 * Gives a change of a message its own number in the room, and tells it; its translations go, come back and grow older
 * with it. `by`: whose sign it is, so that her other pages know it for hers. Returns the message as it is then.
 */
export async function changeMessage(
	tx: Tx,
	row: { id: string; roomId: string },
	set: PgUpdateSetSource<typeof messages>,
	publish: Publish,
	by?: string,
): Promise<MessageRow> {
	const seq = await nextSeq(tx, row.roomId)
	await tx
		.update(messages)
		.set({ ...set, changedSeq: seq })
		.where(and(eq(messages.id, row.id), eq(messages.roomId, row.roomId)))
	const changed = (await findMessage(tx, { id: row.id }))!
	const [told] = await presentToAll(tx, [changed])
	const unseenBy = await withBlockIn(tx, row.roomId, voicesOf(changed))
	const apart = by ? [by, ...told!.apart] : told!.apart
	publish({
		name: 'chat:message',
		roomId: row.roomId,
		seq,
		entry: told!.entry,
		fresh: false,
		unseenBy,
		apart,
		...(by && { by }),
	})
	if (!WORDS.some((column) => column in set)) return changed
	for (const translation of await translationsOf(tx, row.id))
		await changeMessage(tx, translation, {}, publish)
	return changed
}

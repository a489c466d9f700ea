import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { messageWishes } from '~/db/schema/chat-marks'
import type { DomainEvent } from '~/platform/bus.server'
import { changeMessage } from './changing.server'
import type { Words } from './chat.wire'
import type { MessageRow } from './messages.server'

/**
 * Counts and writes in one statement, so that a key that is taken costs no number: by a message of hers, or by words of
 * hers that wait. Nothing comes back for such a key.
 * What was held keeps its id.
 */
export async function insertMessage(tx: Tx, authorId: string, room: string, said: Words & { id?: string }) {
	const { id = null, key, body, lang, dir, replyTo, translationOf } = said
	const [row] = await tx.execute<{ id: string; seq: string; created_at: string }>(sql`
		with counted as (
			update ${rooms} set seq = seq + 1
			where id = ${room}
				and not exists (select 1 from ${messages} where author_id = ${authorId} and key = ${key})
				and not exists (select 1 from ${heldMessages} where author_id = ${authorId} and key = ${key})
			returning id, seq)
		insert into ${messages}
			(id, room_id, seq, changed_seq, author_id, key, body, lang, dir, reply_to, translation_of)
		select coalesce(${id}::uuid, gen_random_uuid()), id, seq, seq, ${authorId}::uuid, ${key}::uuid, ${body}, ${lang},
			${dir}, ${replyTo}::uuid, ${translationOf}::uuid from counted
		returning id, seq, created_at`)
	return row
}

/** Nobody waits any more for what she has now said in this language. */
export async function fulfilWishes(
	tx: Tx,
	original: Pick<MessageRow, 'id' | 'roomId'>,
	language: string,
	publish: (event: DomainEvent) => void,
) {
	const wishes = and(eq(messageWishes.messageId, original.id), eq(messageWishes.lang, language))
	const fulfilled = await tx.delete(messageWishes).where(wishes).returning({ lang: messageWishes.lang })
	if (fulfilled.length > 0) await changeMessage(tx, original, {}, publish)
}

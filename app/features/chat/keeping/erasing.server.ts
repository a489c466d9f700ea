import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'

interface Place {
	roomId: string
	memberId: string
}

/**
 * Takes her words out of a room that the transaction holds: what she said, what others said of it in another language,
 * and her signs. Words, name and key leave the rows at once; each empty row takes a number of the room, so that every
 * screen drops it, also one that was away, and is deleted a day later (`deleteDue`). What waits for a decision of the
 * moderators is read by nobody else from now on, and is deleted once it is decided. What waits was never said, and is
 * deleted at once. Returns how many.
 */
export async function eraseWords(tx: Tx, { roomId, memberId }: Place): Promise<number> {
	await tx.execute(sql`
		delete from held_messages h where h.room_id = ${roomId}::uuid and (h.author_id = ${memberId}::uuid
			or exists (select 1 from messages o where o.id = h.translation_of and o.author_id = ${memberId}::uuid))`)
	const erased = await tx.execute<{ id: string }>(sql`
		with hers as (
			select m.id, row_number() over (order by m.seq) as place, exists (
				select 1 from cases c where c.status = 'open' and c.subject_kind = 'message' and c.subject_id = m.id) as waits
			from messages m left join messages o on o.id = m.translation_of
			where m.room_id = ${roomId}::uuid and (m.author_id = ${memberId}::uuid or o.author_id = ${memberId}::uuid)),
		counted as (
			update rooms set seq = seq + (select count(*) from hers) where id = ${roomId}::uuid
			returning seq - (select count(*) from hers) as before)
		update messages set
			body = case when hers.waits then messages.body else '' end,
			lang = case when hers.waits then messages.lang end,
			author_id = null, key = gen_random_uuid(), reply_to = null, edited_at = null, removed_at = now(),
			changed_seq = counted.before + hers.place
		from hers, counted where messages.id = hers.id
		returning messages.id`)
	await tx.execute(sql`
		delete from message_reactions r using messages m
		where m.id = r.message_id and m.room_id = ${roomId}::uuid
			and (r.member_id = ${memberId}::uuid or (m.author_id is null and m.removed_at is not null))`)
	await tx.execute(sql`
		delete from message_wishes w using messages m
		where m.id = w.message_id and m.room_id = ${roomId}::uuid
			and (w.member_id = ${memberId}::uuid or (m.author_id is null and m.removed_at is not null))`)
	return erased.length
}

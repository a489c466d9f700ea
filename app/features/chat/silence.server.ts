import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { pgArray } from '~/platform/text'

/**
 * When somebody last wrote in each of these rooms; null where nobody ever did. A moment and nothing else: who wrote,
 * and what, is for those who are in the room.
 */
export async function lastWordIn(roomIds: readonly string[]): Promise<Map<string, Date | null>> {
	const rows = await db.execute<{ id: string; at: string | null }>(sql`
		select r.id, (select m.created_at from messages m where m.room_id = r.id order by m.seq desc limit 1) as at
		from rooms r where r.id = any(${pgArray(roomIds)}::uuid[])`)
	return new Map(rows.map(({ id, at }) => [id, at === null ? null : new Date(at)]))
}

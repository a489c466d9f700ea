import { sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { readersOnDuty } from '~/features/moderation/duty.server'

/** What decides who can look after a room. */
export interface HoldingRoom {
	id: string
	spaceId: string | null
	/** The languages it is for; none where nobody said. */
	languages: readonly string[]
}

/** What those read who lead a session and are in it. */
async function readersLeading(tx: Db, roomId: string): Promise<string[][]> {
	const rows = await tx.execute<{ reads: string[] }>(sql`
		select m.reads from room_members h join members m on m.id = h.member_id and m.status = 'active'
		where h.room_id = ${roomId}::uuid and h.left_at is null and h.role in ('host', 'cohost')`)
	return rows.map(({ reads }) => reads)
}

/** Whether these readers understand what is said; where nobody said in what, all that the room is for. */
function understand(readers: readonly string[][], languages: readonly string[], lang: string | null) {
	const asked = lang === null ? languages : [lang]
	if (asked.length === 0) return readers.length > 0
	return asked.every((tag) => readers.some((reads) => reads.includes(tag)))
}

/** Answers for one room at this moment whether somebody who is there reads what is said in a language. */
export async function coverageOf(tx: Db, { id, spaceId, languages }: HoldingRoom) {
	const readers = [...(await readersOnDuty(tx, spaceId)), ...(await readersLeading(tx, id))]
	return (lang: string | null) => understand(readers, languages, lang)
}

import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client.server'
import { heldMessages } from '~/db/schema/chat-held'
import type { Actor } from '~/platform/actor'
import type { Held, Words } from '../chat.wire'
import { coverageOf, type HoldingRoom } from './coverage.server'

type HeldRow = typeof heldMessages.$inferSelect

const present = ({ id, key, body, lang, dir, createdAt }: HeldRow, seen: boolean): Held => ({
	...{ id, key, body, lang, dir, seen },
	at: createdAt.toISOString(),
	held: true,
})

/** Whether what is said here in this language waits: somebody may read it only later. */
export const mustWait = async (tx: Tx, room: HoldingRoom & { holds: boolean }, lang: string | null) =>
	room.holds && !(await coverageOf(tx, room))(lang)

/** What this key of hers holds, wherever it is. */
export async function findHeld(tx: Db, authorId: string, key: string) {
	const [row] = await tx
		.select()
		.from(heldMessages)
		.where(and(eq(heldMessages.authorId, authorId), eq(heldMessages.key, key)))
	return row && { roomId: row.roomId, held: present(row, false) }
}

/** Puts her words aside, as long as their key gave nothing yet. It takes no number of the room: for nobody it is there. */
export async function hold(tx: Tx, authorId: string, roomId: string, said: Words) {
	const { key, body, lang, dir, replyTo, translationOf } = said
	const taken = await tx.execute(
		sql`select 1 from messages m where m.author_id = ${authorId}::uuid and m.key = ${key}::uuid`,
	)
	if (taken.length > 0) return undefined
	const [row] = await tx
		.insert(heldMessages)
		.values({ roomId, authorId, key, body, lang, dir, replyTo, translationOf })
		.onConflictDoNothing()
		.returning()
	return row && present(row, false)
}

/** What of hers waits in a room she sees, the oldest first; `seen` where somebody is there now who reads it. */
export async function readHeld(tx: Db, actor: Pick<Actor, 'id'>, room: HoldingRoom): Promise<Held[]> {
	const rows = await tx
		.select()
		.from(heldMessages)
		.where(and(eq(heldMessages.roomId, room.id), eq(heldMessages.authorId, actor.id)))
		.orderBy(asc(heldMessages.createdAt), asc(heldMessages.id))
	if (rows.length === 0) return []
	const covers = await coverageOf(tx, room)
	return rows.map((row) => present(row, covers(row.lang)))
}

/** She takes back what waits. Whether there was anything to take back; the transaction holds the room. */
export async function takeBackHeld(tx: Tx, authorId: string, roomId: string, id: string): Promise<boolean> {
	const hers = and(
		eq(heldMessages.id, id),
		eq(heldMessages.roomId, roomId),
		eq(heldMessages.authorId, authorId),
	)
	return (await tx.delete(heldMessages).where(hers).returning({ id: heldMessages.id })).length > 0
}

import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'

/** The last messages of the open rooms, for whoever asks what a watch rule would find. None of them is shown again. */
export async function saidLately(db: Db, limit: number) {
	const rows = await db
		.select({ text: messages.body, lang: messages.lang })
		.from(messages)
		.innerJoin(rooms, eq(rooms.id, messages.roomId))
		.where(and(eq(rooms.kind, 'open'), isNull(messages.hiddenAt), isNull(messages.removedAt)))
		.orderBy(desc(messages.createdAt))
		.limit(limit)
	return rows.map((row) => ({ ...row, public: false }))
}

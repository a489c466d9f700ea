import { randomUUID } from 'node:crypto'
import { db } from '~/db/client.server'
import { messages, roomMembers, rooms } from '~/db/schema/chat'
import type { Translated } from '~/db/schema/forum'
import type { Message } from '~/features/chat/chat.wire'
import { isGone, isHeld } from '~/features/chat/chat.wire'
import { openPrivateRoom } from '~/features/chat/rooms.server'
import { sendMessage } from '~/features/chat/writing.server'
import type { Actor } from '~/platform/actor'

type Person = Pick<Actor, 'id'>

/** An open room; `people` are on its list (a host, say), which changes nothing about who may read it. */
export async function anOpenRoom({
	names = { en: 'Kitchen table' } as Translated,
	people = [] as Person[],
	...fields
}: Partial<Omit<typeof rooms.$inferInsert, 'kind'>> & { people?: Person[] } = {}) {
	const [room] = await db
		.insert(rooms)
		.values({ kind: 'open', names, languages: ['it', 'ar'], ...fields })
		.returning()
	for (const { id } of people)
		await db.insert(roomMembers).values({ roomId: room!.id, memberId: id, role: 'host' })
	return room!.id
}

/** A private room of these people. */
export const aPrivateRoom = async (...people: Person[]) =>
	(
		await openPrivateRoom(
			db,
			people.map(({ id }) => id),
		)
	).id

/** A message sent through the command. */
export async function aMessage(author: Actor, room: string, body = 'Good morning'): Promise<Message> {
	const entry = await sendMessage(author, { room, key: randomUUID(), body })
	if (isHeld(entry) || isGone(entry)) throw new Error('a new key gave an old message')
	return entry
}

/** Many messages at once, straight into the table: for long rooms, where how they came there does not matter. */
export async function aLongRoom(author: Person, count: number) {
	const [room] = await db
		.insert(rooms)
		.values({ kind: 'open', names: { en: 'Long' }, seq: count })
		.returning()
	const rows = Array.from({ length: count }, (_, at) => ({
		roomId: room!.id,
		seq: at + 1,
		changedSeq: at + 1,
		authorId: author.id,
		key: randomUUID(),
		body: `message ${at + 1}`,
		dir: 'ltr' as const,
	}))
	for (let at = 0; at < rows.length; at += 1000) await db.insert(messages).values(rows.slice(at, at + 1000))
	return room!.id
}

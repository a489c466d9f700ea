import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { roomMembers } from '~/db/schema/chat'
import { screen } from '~/features/moderation/screening.server'
import type { RoomFacts } from './chat.policy'

type Room = { id: string } & Pick<RoomFacts, 'kind'>

/** Whether more than two read along: everywhere, but in a private room without a guest. */
export async function isCrowd(tx: Db, room: Room) {
	if (room.kind !== 'private') return true
	const here = and(eq(roomMembers.roomId, room.id), isNull(roomMembers.leftAt))
	return (await tx.$count(roomMembers, here)) > 2
}

/**
 * Looks at a message before it is said. Asks once more before a telephone number, an e-mail address or a street goes to
 * more than one other, and before words that a rule warns of: throws `invalid` with what was found, unless she is `sure`.
 * In private rooms and circles rules only warn.
 */
export async function screenMessage(
	tx: Db,
	room: Room,
	{ body, language, sure }: { body: string; language: string | null; sure: boolean },
) {
	const between = room.kind === 'private' || room.kind === 'circle'
	const contacts = await isCrowd(tx, room)
	return screen({ text: body, lang: language }, { sure, contacts, private: between })
}

import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { roomMembers } from '~/db/schema/chat'
import { AppError } from '~/platform/errors'
import type { RoomFacts } from './chat.policy'
import { contactIn } from './contact'

type Room = { id: string } & Pick<RoomFacts, 'kind'>

/** Whether more than two read along: everywhere, but in a private room without a guest. */
export async function isCrowd(tx: Db, room: Room) {
	if (room.kind !== 'private') return true
	const here = and(eq(roomMembers.roomId, room.id), isNull(roomMembers.leftAt))
	return (await tx.$count(roomMembers, here)) > 2
}

/**
 * Asks once more before a telephone number, an e-mail address or a street goes to more than one other. Throws `invalid`
 * with what was found, unless she is `sure`.
 */
export async function askAboutContact(tx: Db, room: Room, text: string, sure: boolean) {
	const contact = sure ? null : contactIn(text)
	if (contact && (await isCrowd(tx, room))) throw new AppError('invalid', { details: { contact } })
}

import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '~/db/client.server'
import { roomMembers } from '~/db/schema/chat'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { AnyRoom } from '../chat.schema'
import { accessRoom, accessRoomToChange, nextSeq } from '../rooms.server'
import { endSigns } from './ending.server'
import { areOn, peopleWithSigns, viewOf } from './people.server'
import type { SignsView } from './signs.wire'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** Signs of typing and reading have begun or ended in a private room. */
		'chat:signs': { roomId: string; seq: number }
	}
}

const SetSigns = AnyRoom.extend({
	on: z.enum(['yes', 'no'], 'errors:notUnderstood').transform((word) => word === 'yes'),
})

/**
 * Turns her own switch on or off in a private room. Off ends it for everyone. The others are told of it only when signs
 * begin or end by it: that she would like them, or has changed her mind alone, is hers. Throws `forbidden` elsewhere.
 */
export const setSigns = command({
	input: SetSigns,
	limit: 'chat.mark',
	async run({ actor, input, tx, publish }) {
		const room = await accessRoomToChange(tx, actor, input.room)
		if (room.kind !== 'private' || (input.on && room.closed)) throw new AppError('forbidden')
		const before = await areOn(tx, room.id)
		if (before && !input.on) await endSigns(tx, room.id)
		else {
			const hers = and(
				eq(roomMembers.roomId, room.id),
				eq(roomMembers.memberId, actor.id),
				isNull(roomMembers.leftAt),
			)
			await tx.update(roomMembers).set({ showsReading: input.on }).where(hers)
		}
		if (before !== (await areOn(tx, room.id))) {
			publish({ name: 'chat:signs', roomId: room.id, seq: await nextSeq(tx, room.id) })
		}
	},
})

/** How signs stand for her in a room she sees; null where there are none to turn on. Throws `not-found`. */
export async function readSigns(actor: Actor, roomId: string): Promise<SignsView | null> {
	const { id, kind } = await accessRoom(db, actor, roomId)
	if (kind !== 'private') return null
	const hers = (await peopleWithSigns(db, id)).find((person) => person.id === actor.id)
	return hers ? viewOf(hers) : null
}

import { and, eq } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { roomMembers } from '~/db/schema/chat'

/**
 * Turns everyone's switch off, inside the transaction that changes who is in a private room: what they agreed to was for
 * the people who were there, and never comes back by itself.
 */
export const endSigns = (tx: Tx, roomId: string) =>
	tx
		.update(roomMembers)
		.set({ showsReading: false })
		.where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.showsReading, true)))

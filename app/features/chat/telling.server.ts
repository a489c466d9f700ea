import { tellIn } from '~/platform/socket-tellings.server'
import { type Change, type Entry, isGone } from './chat.wire'

/** The room of the sockets that a chat room is told in. */
export const inRoom = (id: string) => `room:${id}`

/** One number of a room and what it stands for: a message, or (without an entry) something about the room itself. */
export interface Told {
	roomId: string
	seq: number
	entry?: Entry
	/** The message is new, not changed. */
	fresh?: boolean
	/** Who has a block with its author. */
	unseenBy?: readonly string[]
	/** For whom it is not the same as for the others: each looks at it herself. */
	apart?: readonly string[]
	/** Whose sign under a message it is: her pages elsewhere look at it, too. */
	by?: string
	alone?: boolean
	closed?: boolean
	/** How its session stands has changed: each asks for her own view of it. */
	state?: boolean
}

/**
 * Tells the sockets of this process what was committed. A message that is gone is named, never shown. Who has a block
 * with its author is told only that the room has come further, so that her cursor moves.
 */
export function tellRoom({
	roomId,
	seq,
	entry,
	fresh = false,
	unseenBy = [],
	apart = [],
	alone,
	closed,
	state,
}: Told) {
	const change: Change = { room: roomId, seq, upTo: seq }
	if (!entry) {
		const facts = {
			...(alone !== undefined && { alone }),
			...(closed !== undefined && { closed }),
			...(state && { state }),
		}
		return tellIn(inRoom(roomId), [{ name: 'room:changed', payload: { ...change, ...facts } }])
	}
	const said = isGone(entry) && !fresh ? { id: entry.id, gone: true } : { message: entry }
	const name = fresh ? 'message:new' : 'message:changed'
	const looking = isGone(entry) ? [] : apart.filter((memberId) => !unseenBy.includes(memberId))
	const look = { ...change, id: entry.id, look: true }
	tellIn(inRoom(roomId), [
		{ name, payload: { ...change, ...said }, except: [...unseenBy, ...looking] },
		...(unseenBy.length > 0 ? [{ name: 'room:changed', payload: change, only: unseenBy }] : []),
		...(looking.length > 0 ? [{ name: 'message:changed', payload: look, only: looking }] : []),
	])
}

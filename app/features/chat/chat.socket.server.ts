import { z } from 'zod'
import { db } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { subscribe } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { chatMessages } from '~/platform/metrics.server'
import { once } from '~/platform/once.server'
import type { Connection, SocketFeature } from '~/platform/socket-events.server'
import { emitTo, emitToMembers, removeFrom } from '~/platform/sockets.server'
import { AnyRoom, JoinRoom } from './chat.schema'
import { type Change, isGone } from './chat.wire'
import { catchUp } from './messages.server'
import { accessRoom } from './rooms.server'
import { editMessage, removeMessage, sendMessage } from './writing.server'

/** What other features answer here. */
interface Doors {
	/** Reports something of a kind; moderation's command. */
	report(actor: Actor, raw: unknown): Promise<unknown>
}

/** Only looks whether it is an object of a room: the command checks the rest, as it does for a form. */
const OfRoom = z.custom<{ room: string }>(
	(raw) => typeof raw === 'object' && raw !== null && AnyRoom.safeParse(raw).success,
	'errors:notUnderstood',
)

const inRoom = (id: string) => `room:${id}`

/** Someone asked for a room that is not hers, or is not there: on record, whichever it was. */
const recordRefusal = command({
	input: AnyRoom,
	async run({ input, audit }) {
		await audit({ action: 'chat.refused', subjectKind: 'room', subjectId: input.room })
	},
})

/** What she asks of a room she has not entered by this connection is refused like a room that is not there. */
async function within<T>(
	connection: Connection,
	actor: Actor,
	room: string,
	act: () => Promise<T>,
): Promise<T> {
	if (connection.isIn(inRoom(room))) return act()
	await recordRefusal(actor, { room })
	throw new AppError('not-found')
}

async function join(connection: Connection, actor: Actor, { room, after }: { room: string; after: number }) {
	try {
		// In the room first, then what she missed: what is said in between comes twice rather than never.
		await connection.enter(inRoom(room), () => accessRoom(db, actor, room))
		return { ...(await catchUp(actor, room, after)) }
	} catch (error) {
		connection.leave(inRoom(room))
		if (error instanceof AppError && error.code === 'not-found') await recordRefusal(actor, { room })
		throw error
	}
}

/**
 * Tells what was committed. A message that is gone is named, never shown. Who has a block with its author is told only
 * that the room has come further, so that her cursor moves.
 */
function tellChanges() {
	subscribe('chat:message', ({ roomId, seq, entry, fresh, unseenBy }) => {
		if (fresh) chatMessages.inc()
		const change: Change = { room: roomId, seq, upTo: seq }
		const name = fresh ? 'message:new' : 'message:changed'
		const said = isGone(entry) && !fresh ? { id: entry.id, gone: true } : { message: entry }
		emitTo(inRoom(roomId), name, { ...change, ...said }, unseenBy)
		emitToMembers(inRoom(roomId), unseenBy, 'room:changed', change)
	})
	subscribe('chat:left', ({ roomId, memberId, seq, alone }) => {
		removeFrom(memberId, inRoom(roomId))
		emitTo(inRoom(roomId), 'room:changed', { room: roomId, seq, upTo: seq, alone })
	})
	subscribe('chat:closed', ({ roomId, seq }) => {
		emitTo(inRoom(roomId), 'room:changed', { room: roomId, seq, upTo: seq, closed: true })
	})
	subscribe('chat:reopened', ({ roomId, seq }) => {
		emitTo(inRoom(roomId), 'room:changed', { room: roomId, seq, upTo: seq, closed: false })
	})
}

/** The events of a chat room (DESIGN 8). Writing goes through the same commands as the forms of the page. */
export function chatSocket({ report }: Doors): SocketFeature {
	once('chat-telling', tellChanges)
	return (connection) => {
		connection.on('room:join', JoinRoom, (actor, input) => join(connection, actor, input), {
			automatic: true,
		})
		connection.on(
			'room:leave',
			AnyRoom,
			async (_actor, { room }) => {
				connection.leave(inRoom(room))
				return {}
			},
			{ automatic: true },
		)
		connection.on('message:send', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => ({ message: await sendMessage(actor, raw) })),
		)
		connection.on('message:edit', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => ({ message: await editMessage(actor, raw) })),
		)
		connection.on('message:remove', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => ({ message: await removeMessage(actor, raw) })),
		)
		connection.on('message:report', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => {
				await report(actor, { ...raw, kind: 'message' })
				return {}
			}),
		)
	}
}

import { z } from 'zod'
import { db } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { subscribe } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { chatMessages } from '~/platform/metrics.server'
import { once } from '~/platform/once.server'
import type { Connection, SocketFeature } from '~/platform/socket-events.server'
import { AnyRoom, JoinRoom, LookAtMessages, OlderMessages } from './chat.schema'
import { isHeld } from './chat.wire'
import { endRoom, follow, hasReached, takeOutOf, takeOutOfSpace, tellCommitted } from './following.server'
import { sessionEvents, tellSessions } from './led/led.socket.server'
import { reactToMessage, wishForMessage } from './marking.server'
import { catchUp, lookAt, readOlder } from './messages.server'
import { markRead } from './reading.server'
import { accessRoom } from './rooms.server'
import { signsEvents, tellSigns } from './signs/signs.socket.server'
import { inRoom } from './telling.server'
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

/**
 * Someone asked for a room that is not hers, or is not there: on record, whichever it was. Not without end, for the record
 * is never emptied, and who probes is known by the first ones.
 */
const putOnRecord = command({
	input: AnyRoom,
	limit: 'chat.refused',
	async run({ input, audit }) {
		await audit({ action: 'chat.refused', subjectKind: 'room', subjectId: input.room })
	},
})

const recordRefusal = (actor: Actor, room: { room: string }) =>
	putOnRecord(actor, room).catch((error: unknown) => {
		if (!(error instanceof AppError && error.code === 'too-many')) throw error
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
		await connection.enter(inRoom(room), async () => follow(await accessRoom(db, actor, room)))
		const page = await catchUp(actor, room, after)
		hasReached(room, page.upTo)
		return { ...page }
	} catch (error) {
		connection.leave(inRoom(room))
		if (error instanceof AppError && error.code === 'not-found') await recordRefusal(actor, { room })
		throw error
	}
}

/** Tells what was committed, in this process and the others. */
function tellChanges() {
	subscribe('chat:message', (change) => {
		if (change.fresh) chatMessages.inc()
		tellCommitted(change)
	})
	subscribe('chat:left', ({ roomId, memberId, seq, alone }) => {
		takeOutOf(roomId, memberId)
		tellCommitted({ roomId, seq, alone })
	})
	subscribe('space:closed', takeOutOfSpace)
	subscribe('chat:ended', ({ roomId }) => endRoom(roomId))
	subscribe('chat:closed', ({ roomId, seq }) => tellCommitted({ roomId, seq, closed: true }))
	tellSessions()
	tellSigns()
	subscribe('chat:erased', tellCommitted)
	subscribe('chat:reopened', ({ roomId, seq }) => tellCommitted({ roomId, seq, closed: false }))
}

/** The events of a chat room (DESIGN 8). Writing goes through the same commands as the forms of the page. */
export function chatSocket({ report }: Doors): SocketFeature {
	once('chat-telling', tellChanges)
	return (connection) => {
		sessionEvents(connection, within)
		signsEvents(connection, within)
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
			within(connection, actor, raw.room, async () => {
				const said = await sendMessage(actor, raw)
				return isHeld(said) ? { held: said } : { message: said }
			}),
		)
		connection.on('message:edit', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => ({ message: await editMessage(actor, raw) })),
		)
		connection.on('message:remove', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => ({ message: await removeMessage(actor, raw) })),
		)
		connection.on('message:react', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => ({ message: await reactToMessage(actor, raw) })),
		)
		connection.on('message:wish', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => ({ message: await wishForMessage(actor, raw) })),
		)
		connection.on('message:look', LookAtMessages, (actor, { room, ids }) => lookAt(actor, room, ids), {
			automatic: true,
		})
		connection.on('message:older', OlderMessages, (actor, { room, before }) => readOlder(actor, room, before))
		connection.on(
			'room:read',
			OfRoom,
			async (actor, raw) =>
				within(connection, actor, raw.room, async () => {
					await markRead(actor, raw)
					return {}
				}),
			{ automatic: true },
		)
		connection.on('message:report', OfRoom, async (actor, raw) =>
			within(connection, actor, raw.room, async () => {
				await report(actor, { ...raw, kind: 'message' })
				return {}
			}),
		)
	}
}

import { z } from 'zod'
import type { Actor } from '~/platform/actor'
import { subscribe } from '~/platform/bus.server'
import type { Connection } from '~/platform/socket-events.server'
import { AnyRoom } from '../chat.schema'
import { tellCommitted } from '../following.server'
import { actInSession } from './acting.server'
import { lowerHand, raiseHand } from './hands.server'
import { readSession } from './view.server'

type Within = <T>(connection: Connection, actor: Actor, room: string, act: () => Promise<T>) => Promise<T>

/** Only looks whether it is about a room: the command checks the rest, as it does for a form. */
const OfRoom = z.looseObject({ room: AnyRoom.shape.room })

/** How a session stands has changed: open pages are told to ask for it, each gets her own. */
export const tellSessions = () =>
	subscribe('chat:changed', ({ roomId, seq }) => tellCommitted({ roomId, seq, state: true }))

/** The events of a led session. What a form of its page does, `room:act` does without leaving the page. */
export function sessionEvents(connection: Connection, within: Within) {
	connection.on(
		'room:state',
		AnyRoom,
		(actor, { room }) =>
			within(connection, actor, room, async () => ({ view: await readSession(actor, room) })),
		{ automatic: true },
	)
	const acts = { 'room:act': actInSession, 'hand:raise': raiseHand, 'hand:lower': lowerHand }
	for (const [name, act] of Object.entries(acts)) {
		connection.on(name, OfRoom, (actor, raw) =>
			within(connection, actor, raw.room, async () => {
				await act(actor, raw)
				return {}
			}),
		)
	}
}

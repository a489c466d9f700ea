import type { Socket } from 'socket.io-client'
import type { ClientEvents, Held, Message, ServerEvents } from '../chat.wire'
import type { Asides } from './asides'
import type { Pending, Words } from './outbox'
import type { Shelf } from './shelf'

/** What she answers, or (with a language) says in another one. */
export interface Composing {
	id: string
	language?: string
}

export interface LiveState {
	connection: 'connected' | 'trying'
	messages: readonly Message[]
	older: number | null
	/** What she wrote and the server has not confirmed, in the order she wrote it. */
	pending: readonly Pending[]
	/** What of hers waits to be let through. */
	held: readonly Held[]
	alone: boolean
	closed: boolean
	/** The room is not there for her any more; nothing of it is held. */
	lost: boolean
	/** Grows when how a led session or the signs of a private room stand may have changed. */
	standing: number
	asides: Asides
	composing: Composing | null
	/** Words that were not taken and go back to where she writes. */
	returned?: Words
}

export interface LiveRoomOptions {
	room: string
	/** The room as the page was made, up to its cursor. */
	start: {
		seq: number
		messages: readonly Message[]
		held?: readonly Held[]
		older: number | null
		alone: boolean
		closed: boolean
		asides?: Asides
		composing?: Composing | null
	}
	socket: Socket<ServerEvents, ClientEvents>
	/** What waits to be sent. */
	shelf: Shelf
	/** What she has begun to write. */
	draft?: Shelf
	/** Her session is over: the page must go. */
	onSignedOut(): void
	/** The room is no longer hers. */
	onLost(): void
	/** How long to wait, in milliseconds; tests are less patient. */
	patience?: { answer: number; again: number; gap: number }
}

/** How long to wait, in milliseconds. */
export const PATIENCE = { answer: 10_000, again: 4_000, gap: 400 }

/** The room as the page was made, before anything was heard. */
export const atRest = ({
	messages,
	held = [],
	older,
	alone,
	closed,
	asides = {},
	composing = null,
}: LiveRoomOptions['start']): LiveState => ({
	...{ messages, held, older, alone, closed, asides, composing },
	connection: 'trying',
	pending: [],
	lost: false,
	standing: 0,
})

/** What is told of the room itself. */
export function roomChanged(
	{ alone, closed, standing }: LiveState,
	change: { alone?: boolean; closed?: boolean; state?: true },
): Pick<LiveState, 'alone' | 'closed' | 'standing'> {
	const stands = change.state ?? change.alone ?? change.closed
	return {
		alone: alone || change.alone === true,
		closed: change.closed ?? closed,
		standing: stands === undefined ? standing : standing + 1,
	}
}

/** What waits without this: it was kept back, was taken back, or comes anew. */
export const stillHeld = (held: readonly Held[], { id: without }: { id: string }) =>
	held.filter(({ id }) => id !== without)

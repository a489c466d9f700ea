/** What pages and sockets say about a room; shared with the browser. Times are ISO strings of the server's clock. */

export type Badge = 'mentor' | 'moderator'

export interface Message {
	id: string
	/** Its place in the room: the order every reader shares. */
	seq: number
	/** The sender's own id of it, by which her other tabs know it. */
	key: string
	/** Null when its author is no longer a member. */
	authorId: string | null
	author: string | null
	badge: Badge | null
	body: string
	dir: 'ltr' | 'rtl'
	replyTo: string | null
	at: string
	edited: boolean
}

/** A message that is no longer shown to anyone: taken back, or hidden by a decision. */
export interface Gone {
	id: string
	seq: number
	gone: true
}

export type Entry = Message | Gone

export const isGone = (entry: Entry): entry is Gone => 'gone' in entry

/** Everything new or changed after a cursor; `seq` is the next cursor, `upTo` how far the room has come. */
export interface CatchUp {
	seq: number
	upTo: number
	/** There is another page after `seq`. */
	more: boolean
	messages: Entry[]
	/** A private room whose other people have left. */
	alone: boolean
	/** Nobody writes here any more. */
	closed: boolean
}

/**
 * What is told to everyone in a room. `seq` is the number of this change, `upTo` how far the room has come: a reader
 * who has neither seen nor missed anything else moves her cursor to `seq`.
 */
export interface Change {
	room: string
	seq: number
	upTo: number
}

export interface ServerEvents {
	'message:new': (change: Change & { message: Message }) => void
	'message:changed': (change: Change & ({ message: Message } | { id: string; gone: true })) => void
	'room:changed': (change: Change & { alone?: boolean; closed?: boolean }) => void
	'signed-out': () => void
}

type Refusal = { ok: false; code: string; fields?: Record<string, string> }
export type Answer<T> = ({ ok: true } & T) | Refusal

export type ClientEvents = Record<string, (ask: object, answer: (given: unknown) => void) => void>

/** What pages and sockets say about a room; shared with the browser. Times are ISO strings of the server's clock. */

import type { Reaction } from './chat.limits'
import type { SignsView } from './signs/signs.wire'

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
	/** What she says it is written in; null where nobody said. */
	lang: string | null
	dir: 'ltr' | 'rtl'
	replyTo: string | null
	/** The message that this says in another language. */
	translationOf: string | null
	/** What it says in another language was changed since. */
	outdated: boolean
	at: string
	edited: boolean
	/** It was moderated: there for who opens it. */
	folded?: true
	/** How many put which sign under it. */
	reactions: Partial<Record<Reaction, number>>
	/** Languages somebody would like to read it in. */
	wanted: string[]
	/** What the reader herself put under it. Not told to everyone at once: a page then keeps what it knows. */
	mine?: Mine
}

export interface Mine {
	reactions: Reaction[]
	wanted: string[]
}

/** A message that is no longer shown to anyone: taken back, or hidden by a decision. */
export interface Gone {
	id: string
	seq: number
	gone: true
}

/** What somebody says, before it has its place in a room. */
export type Words = Pick<Message, 'key' | 'body' | 'lang' | 'dir' | 'replyTo' | 'translationOf'>

/** Her own words in a room that holds: they wait until somebody can moderate them, and nobody else knows of them. */
export interface Held {
	id: string
	key: string
	body: string
	lang: string | null
	dir: 'ltr' | 'rtl'
	at: string
	/** Somebody who reads it is there by now and will look at it. */
	seen: boolean
	held: true
}

export type Entry = Message | Gone

export const isHeld = (said: Entry | Held): said is Held => 'held' in said
export const isGone = (entry: Entry): entry is Gone => 'gone' in entry
export const isMessage = (entry: Entry): entry is Message => !isGone(entry)

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
	/** What of hers waits, where a room holds. */
	held?: Held[]
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
	/** `look`: it is not the same for her as for the others, so she asks for it by `message:look`. */
	'message:changed': (
		change: Change & ({ message: Message } | { id: string; gone: true } | { id: string; look: true }),
	) => void
	/** `state`: how a led session stands has changed, and `room:state` answers how it stands for her. */
	'room:changed': (change: Change & { alone?: boolean; closed?: boolean; state?: true }) => void
	/** Told while everyone in a private room has signs turned on: to each how far all the others have read. */
	'room:signs': (told: { room: string; signs: SignsView }) => void
	/** Somebody in it is writing just now. */
	'room:typing': (told: { room: string; name: string }) => void
	/** She put something under a message, or took it away, by another page of hers: it is looked at anew. */
	'message:look': (told: { room: string; id: string }) => void
	/** The room is not there for her any more. */
	'room:lost': (told: { room: string }) => void
	'signed-out': () => void
}

export type Refusal = {
	ok: false
	code: string
	fields?: Record<string, string>
	details?: Record<string, string | number>
}
export type Answer<T> = ({ ok: true } & T) | Refusal

export type ClientEvents = Record<string, (ask: object, answer: (given: unknown) => void) => void>

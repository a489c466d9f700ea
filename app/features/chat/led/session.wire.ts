import type { Message } from '../chat.wire'

/** What pages and sockets say about a led session; shared with the browser. Times are ISO strings of the server's clock. */

export type SessionState = 'planned' | 'open' | 'paused' | 'ended'
export type Doors = 'closed' | 'lobby' | 'open'
export type Seat = 'host' | 'cohost' | 'member'

/** Why she cannot write at this moment. */
export type WhyNot = 'lobby' | 'paused' | 'ended' | 'muted' | 'slow' | 'notYourTurn'

export interface Someone {
	id: string
	handle: string
}

export interface Participant extends Someone {
	role: Seat
	handUp: boolean
	/** Until when she only reads; told to hosts alone. */
	mutedUntil: string | null
	/** She could lead it too; told to hosts alone. */
	mayLead: boolean
}

/** What only hosts see: who waits, longest first, and what they wrote down afterwards. */
export interface HostView {
	lobby: Someone[]
	note: string
	/** She may hand the session over, and take the lead from others. */
	first: boolean
}

/** A session as one woman in it sees it. Whoever has a block with her is nowhere in it. */
export interface SessionView {
	state: SessionState
	pausedBy: 'host' | 'away' | null
	doors: Doors
	size: number
	/** Places that nobody has. */
	places: number
	lang: string
	dir: 'ltr' | 'rtl'
	rules: string
	agenda: string[]
	step: number | null
	slowSeconds: number
	oneAtATime: boolean
	/** Whose turn it is; `taken` also where she does not see who it is. */
	speaker: Someone | null
	taken: boolean
	people: Participant[]
	/** Raised hands, the longest raised first. */
	hands: Someone[]
	pinned: Message | null
	me: {
		role: Seat
		handUp: boolean
		/** Her hand is the first. */
		next: boolean
		/** It is her turn. */
		speaks: boolean
		/** Why she cannot write now; `count` = minutes she is muted for, or seconds between two messages. */
		why: Exclude<WhyNot, 'slow'> | null
		count: number
	}
	host: HostView | null
}

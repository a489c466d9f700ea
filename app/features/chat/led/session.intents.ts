/** What is done in a session or at its door: the `intent` of its forms, and of the event `room:act`. */
const SESSION_INTENTS = [
	'come',
	'go-away',
	'leave-session',
	'raise',
	'lower',
	'let-in',
	'let-all-in',
	'turn-away',
	'doors',
	'open',
	'pause',
	'go-on',
	'end',
	'slow',
	'turns',
	'next',
	'give-word',
	'take-word',
	'lower-hand',
	'step',
	'pin',
	'unpin',
	'mute',
	'unmute',
	'remove-member',
	'cohost',
	'uncohost',
	'hand-over',
	'note',
] as const

export type SessionIntent = (typeof SESSION_INTENTS)[number]

export const isSessionIntent = (intent: unknown): intent is SessionIntent =>
	SESSION_INTENTS.some((known) => known === intent)

const AWAY: readonly SessionIntent[] = ['go-away', 'leave-session']

/** Where she goes on after a form of a session's page. */
export const pathAfter = (intent: SessionIntent, room: string) => (AWAY.includes(intent) ? '/chat' : room)

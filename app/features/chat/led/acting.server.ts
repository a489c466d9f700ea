import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { come, goAway, leaveSession, letAllIn, letIn, setDoors, turnAway } from './doors.server'
import { lowerHand, raiseHand } from './hands.server'
import { handOver, makeCohost, unmakeCohost } from './hosts.server'
import {
	callNext,
	endSession,
	giveWord,
	goOn,
	lowerTheirHand,
	muteMember,
	openSession,
	pauseSession,
	pinMessage,
	removeMember,
	setSlow,
	setStep,
	setTurns,
	takeWord,
	unmuteMember,
	unpinMessage,
	writeNote,
} from './leading.server'
import { isSessionIntent, type SessionIntent } from './session.intents'

type Act = (actor: Actor, raw: unknown) => Promise<unknown>

const ACTS: Record<SessionIntent, Act> = {
	come,
	'go-away': goAway,
	'leave-session': leaveSession,
	raise: raiseHand,
	lower: lowerHand,
	'let-in': letIn,
	'let-all-in': letAllIn,
	'turn-away': turnAway,
	doors: setDoors,
	open: openSession,
	pause: pauseSession,
	'go-on': goOn,
	end: endSession,
	slow: setSlow,
	turns: setTurns,
	next: callNext,
	'give-word': giveWord,
	'take-word': takeWord,
	'lower-hand': lowerTheirHand,
	step: setStep,
	pin: pinMessage,
	unpin: unpinMessage,
	mute: muteMember,
	unmute: unmuteMember,
	'remove-member': removeMember,
	cohost: makeCohost,
	uncohost: unmakeCohost,
	'hand-over': handOver,
	note: writeNote,
}

/** Does what a form or an event asks for: `{ room, intent, … }`. Throws `not-found` for an intent that is none. */
export async function actInSession(actor: Actor, raw: Record<string, unknown>): Promise<void> {
	if (!isSessionIntent(raw.intent)) throw new AppError('not-found')
	await ACTS[raw.intent](actor, raw)
}

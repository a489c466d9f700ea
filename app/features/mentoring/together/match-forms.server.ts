import type { Actor } from '~/platform/actor'
import type { Fields } from '~/platform/http.server'
import { giveFeedback } from './feedback.server'
import { addGoal, removeGoal, tickGoal } from './goals.server'
import { agreeToInterpreter, endInterpreting, proposeInterpreter } from './interpreters.server'
import type { PrivateRooms } from './match-access.server'
import { actOnMatch, lookAgain } from './matches.server'
import { agreeToMeeting, cancelMeeting, proposeMeeting } from './meetings.server'
import { addNote, editNote, removeNote } from './notes.server'

type Run = (actor: Actor, raw: unknown) => Promise<unknown>

/** Where on the page, or elsewhere, she goes on after each form; '' is the top of the match's page. */
const FORMS: Record<string, { run: (rooms: PrivateRooms) => Run; goesOn: string }> = {
	'propose-meeting': { run: () => proposeMeeting, goesOn: '#meetings' },
	'agree-meeting': { run: () => agreeToMeeting, goesOn: '#meetings' },
	'cancel-meeting': { run: () => cancelMeeting, goesOn: '#meetings' },
	'add-goal': { run: () => addGoal, goesOn: '#goals' },
	'tick-goal': { run: () => tickGoal, goesOn: '#goals' },
	'remove-goal': { run: () => removeGoal, goesOn: '#goals' },
	'add-note': { run: () => addNote, goesOn: '#notes' },
	'edit-note': { run: () => editNote, goesOn: '#notes' },
	'remove-note': { run: () => removeNote, goesOn: '#notes' },
	'propose-interpreter': { run: () => proposeInterpreter, goesOn: '#interpreter' },
	'agree-interpreter': { run: agreeToInterpreter, goesOn: '#interpreter' },
	'end-interpreter': { run: endInterpreting, goesOn: '#interpreter' },
	feedback: { run: () => giveFeedback, goesOn: '#feedback' },
	'look-again': { run: () => lookAgain, goesOn: '/mentoring/mentors' },
}

/**
 * Runs the form of a match's page that `fields.intent` names. Returns where she goes on. Throws what the command
 * throws.
 */
export async function changeMatch(
	actor: Actor,
	id: string | undefined,
	fields: Fields,
	rooms: PrivateRooms,
): Promise<string> {
	const raw = { ...fields, match: id }
	const page = `/mentoring/${id}`
	const form =
		typeof fields.intent === 'string' && Object.hasOwn(FORMS, fields.intent)
			? FORMS[fields.intent]
			: undefined
	if (!form) {
		await actOnMatch(rooms)(actor, raw)
		return page
	}
	const done = await form.run(rooms)(actor, raw)
	// Who gives the third seat up has no page of this match any more.
	if (isGone(done)) return '/mentoring'
	return form.goesOn.startsWith('/') ? form.goesOn : page + form.goesOn
}

const isGone = (done: unknown) =>
	typeof done === 'object' && done !== null && 'match' in done && done.match === null

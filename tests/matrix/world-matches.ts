import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { mentoringGoals, mentoringNotes } from '~/db/schema/together'
import { drawRound } from '~/features/mentoring/rounds/rounds.server'
import { addGoal } from '~/features/mentoring/together/goals.server'
import { addNote } from '~/features/mentoring/together/notes.server'
import { aMessage } from '../factories/chat'
import { aMatchAs, aMeeting } from '../factories/matches'
import { anOffer } from '../factories/mentoring'
import { aWaitingMember, belongTo } from '../factories/rounds'
import type { Made } from './world'

/** The mentoring of W by T with all that is in it, somebody else's, a request that waits, an offer that waits, a round. */
export async function addMatches({ W, T, K, J, A }: Made, { organisationA }: { organisationA: string }) {
	await anOffer(T.actor)
	await anOffer(K.actor)
	const waiting = await aWaitingMember({}, 'Waits for a mentor')
	await belongTo(waiting, organisationA)
	const waitingOffer = await aWaitingMember({}, 'Offers')
	await anOffer(waitingOffer, { status: 'waiting', vettedAt: null, validUntil: null })
	const round = (await drawRound(A.actor, { organisation: '' })).id
	const match = await aMatchAs('accepted', W.actor, T.actor)
	const otherMatch = await aMatchAs('accepted', waiting, K.actor)
	const askedMatch = await aMatchAs('asked', J.actor, K.actor)
	const meeting = await aMeeting(W.actor, T.actor, match)
	const key = crypto.randomUUID()
	await addGoal(W.actor, { match, key, words: 'wyzwanie', language: 'en' })
	await addNote(W.actor, { match, key, words: 'pamplemus', language: 'en' })
	const [goal] = await db.select().from(mentoringGoals).where(eq(mentoringGoals.matchId, match))
	const [note] = await db.select().from(mentoringNotes).where(eq(mentoringNotes.matchId, match))
	const [row] = await db.select({ room: matches.roomId }).from(matches).where(eq(matches.id, match))
	const privateRoom = row!.room!
	return {
		match,
		otherMatch,
		askedMatch,
		meeting,
		goal: goal!.id,
		note: note!.id,
		privateRoom,
		messageInPrivate: (await aMessage(W.actor, privateRoom, 'fjordvik')).id,
		mentorT: T.actor.id,
		mentorK: K.actor.id,
		waitingOffer: waitingOffer.id,
		waitingWoman: waiting.id,
		round,
	}
}

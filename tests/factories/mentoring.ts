import { randomUUID } from 'node:crypto'
import { db } from '~/db/client.server'
import { mentorOffers } from '~/db/schema/mentoring'
import { closePrivateRoom, openPrivateRoom } from '~/features/chat/rooms.server'
import { askMentor } from '~/features/mentoring/asks.server'
import { actOnMatch, type PrivateRooms } from '~/features/mentoring/matches.server'
import type { Level } from '~/features/mentoring/mentoring.limits'
import type { Actor } from '~/platform/actor'
import { aMember } from './members'

/** The chat's own rooms, as the route hands them in. */
export const ROOMS: PrivateRooms = { open: openPrivateRoom, close: closePrivateRoom }

export const act = (actor: Actor, match: string, intent: string, rooms = ROOMS) =>
	actOnMatch(rooms)(actor, { match, intent })

type OfferFields = Partial<typeof mentorOffers.$inferInsert>

/** An offer of hers, vetted unless it says otherwise. */
export async function anOffer(member: { id: string }, fields: OfferFields = {}) {
	const languages: Record<string, Level> = fields.languages ?? { en: 'well' }
	const [offer] = await db
		.insert(mentorOffers)
		.values({
			memberId: member.id,
			needs: ['work'],
			wordsLang: 'en',
			wordsDir: 'ltr',
			capacity: 2,
			status: 'vetted',
			...fields,
			languages,
			languageTags: Object.keys(languages),
		})
		.returning()
	return offer!
}

/** A vetted mentor with a free place. */
export async function aMentor(fields: OfferFields = {}, handle?: string): Promise<Actor> {
	const mentor = await aMember({ roles: [{ role: 'mentor' }], ...(handle ? { handle } : {}) })
	await anOffer(mentor, fields)
	return mentor
}

/** A request, as its form sends it. */
export const aRequest = (mentor: { id: string }, change: Record<string, unknown> = {}) => ({
	mentor: mentor.id,
	needs: ['work'],
	words: 'I look for work.',
	language: 'en',
	key: randomUUID(),
	...change,
})

/** A request of one to the other, asked through the command; returns the id of the match. */
export const asked = async (mentee: Actor, mentor: Actor): Promise<string> =>
	(await askMentor(mentee, aRequest(mentor))).id

/** A match that goes on; returns its id. */
export async function aMatch(mentee: Actor, mentor: Actor): Promise<string> {
	const match = await asked(mentee, mentor)
	await act(mentor, match, 'accept')
	return match
}

import { randomUUID } from 'node:crypto'
import { db } from '~/db/client.server'
import { mentorOffers } from '~/db/schema/mentoring'
import { askMentor } from '~/features/mentoring/finding/asks.server'
import type { Level } from '~/features/mentoring/mentoring.limits'
import type { PrivateRooms } from '~/features/mentoring/together/match-access.server'
import { actOnMatch } from '~/features/mentoring/together/matches.server'
import type { Actor } from '~/platform/actor'
import { privateRooms } from '~/routes/private-rooms.server'
import { aMember } from './members'

/** The chat's own rooms, as the route hands them in. */
export const ROOMS: PrivateRooms = privateRooms

export const act = (actor: Actor, match: string, intent: string, rooms = ROOMS) =>
	actOnMatch(rooms)(actor, { match, intent })

type OfferFields = Partial<typeof mentorOffers.$inferInsert>

const DAY_MS = 24 * 60 * 60 * 1000
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS)

/** An offer of hers; unless it says otherwise she is trained, and vetted for some months. */
export async function anOffer(member: { id: string }, fields: OfferFields = {}) {
	const languages: Record<string, Level> = fields.languages ?? { en: 'well' }
	const [offer] = await db
		.insert(mentorOffers)
		.values({
			memberId: member.id,
			needs: ['jobSearch'],
			wordsLang: 'en',
			wordsDir: 'ltr',
			capacity: 2,
			status: 'vetted',
			codeVersion: '1',
			trainedAt: daysFromNow(-60),
			vettedAt: daysFromNow(-60),
			validUntil: daysFromNow(300),
			...fields,
			languages,
			languageTags: Object.keys(languages),
		})
		.returning()
	return offer!
}

/** An offer, as its form sends it. */
export const anOfferForm = (change: Record<string, unknown> = {}) => ({
	language1: 'ar',
	level1: 'well',
	needs: ['jobSearch', 'residencePermit'],
	zone: 'Europe/Rome',
	words: 'أهلا بك',
	language: 'ar',
	capacity: '2',
	agree: 'yes',
	...change,
})

/** A vetted mentor with a free place. */
export async function aMentor(fields: OfferFields = {}, handle?: string): Promise<Actor> {
	const mentor = await aMember({ roles: [{ role: 'mentor' }], ...(handle ? { handle } : {}) })
	await anOffer(mentor, fields)
	return mentor
}

/** A request, as its form sends it. */
export const aRequest = (mentor: { id: string }, change: Record<string, unknown> = {}) => ({
	mentor: mentor.id,
	needs: ['jobSearch'],
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

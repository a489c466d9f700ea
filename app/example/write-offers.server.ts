import type { Tx } from '~/db/client.server'
import { mentorLessons, mentorOffers } from '~/db/schema/mentoring'
import { communityHash, townHash } from '~/features/mentoring/finding/keyed-names.server'
import { VETTING_MONTHS } from '~/features/mentoring/mentoring.limits'
import { CODE_VERSION } from '~/features/mentoring/offers/code'
import { LESSONS, monthsAfter, TRAINING_VERSION } from '~/features/mentoring/offers/training'
import { DAY_PARTS, hoursOf } from '~/features/mentoring/times/free-hours'
import { zoneOf } from '~/features/mentoring/times/zones'
import { directionOf } from '~/platform/text'
import { daysBefore } from './clock'
import type { ExampleMentor, ExamplePeople } from './texts.server'

interface OfferContext {
	member(handle: string): string
	/** Id of the organisation that vetted her. */
	orgOf(handle: string): string
	countryOf(handle: string): string
	now: Date
}

/** Whether a coordinator has approved her. */
const isVetted = ({ standing }: ExampleMentor) => standing !== 'untrained' && standing !== 'waiting'

/** Whoever has not been trained has begun: the first two lessons. */
const lessonsOf = ({ standing }: ExampleMentor) => (standing === 'untrained' ? LESSONS.slice(0, 2) : LESSONS)

/** Hours of a week from words such as `3-evening`. */
const hoursFrom = (free: string[]) =>
	free.flatMap((words) => {
		const [weekday, name] = words.split('-')
		return hoursOf(Number(weekday), DAY_PARTS.find(({ part }) => part === name)!)
	})

/** How many days ago she was vetted: some have just been, one's year is over and one's nearly. */
function vettedDaysAgo({ standing }: ExampleMentor, at: number) {
	if (standing === 'expired') return 370
	return standing === 'ends' ? 345 : 190 - at
}

const PAUSED = ['herself', 'lapses'] as const
const pauseOf = ({ standing }: ExampleMentor) => PAUSED.find((who) => who === standing) ?? null

/** Whether she has the role. Those who take a break have nobody with them. */
export const isMentor = (mentor: ExampleMentor) => isVetted(mentor) && pauseOf(mentor) === null

function standingOf(mentor: ExampleMentor, at: number, { orgOf, now }: OfferContext) {
	if (!isVetted(mentor)) return { status: 'waiting' as const, offeredAt: daysBefore(now, 12 - at / 4) }
	const vettedAt = daysBefore(now, vettedDaysAgo(mentor, at))
	const pausedBy = pauseOf(mentor)
	return {
		status: pausedBy ? ('paused' as const) : ('vetted' as const),
		pausedBy,
		lapses: pausedBy === 'lapses' ? 2 : 0,
		organisationId: orgOf(mentor.handle),
		offeredAt: daysBefore(vettedAt, 10),
		vettedAt,
		validUntil: monthsAfter(vettedAt, VETTING_MONTHS),
		reference: mentor.reference,
	}
}

/** Writes the mentors' offers and how far each is with the training. */
export async function writeOffers(tx: Tx, { mentors, coordinators }: ExamplePeople, context: OfferContext) {
	const { member, countryOf } = context
	const offers = mentors.map((mentor, at) => {
		const standing = standingOf(mentor, at, context)
		const trainedAt = daysBefore(standing.offeredAt, -2)
		return { mentor, standing, trainedAt }
	})
	await tx.insert(mentorOffers).values(
		offers.map(({ mentor, standing, trainedAt }) => ({
			memberId: member(mentor.handle),
			languages: mentor.languages,
			languageTags: Object.keys(mentor.languages),
			needs: mentor.needs,
			how: mentor.how,
			hours: hoursFrom(mentor.free),
			zone: zoneOf(countryOf(mentor.handle)),
			words: mentor.words,
			wordsLang: Object.keys(mentor.languages)[0]!,
			wordsDir: directionOf(mentor.words),
			capacity: mentor.capacity,
			townHash: mentor.town ? townHash(mentor.town) : null,
			communityHash: communityHash(mentor.from),
			codeVersion: CODE_VERSION,
			trainedAt: mentor.standing === 'untrained' ? null : trainedAt,
			...standing,
			...(isVetted(mentor) ? { vettedBy: member(coordinators[0]!) } : {}),
		})),
	)
	await tx.insert(mentorLessons).values(
		offers.flatMap(({ mentor, trainedAt }) =>
			lessonsOf(mentor).map((lesson) => ({
				memberId: member(mentor.handle),
				lesson,
				version: TRAINING_VERSION,
				passedAt: trainedAt,
			})),
		),
	)
}

import { and, eq, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { matches, mentoringWishes, mentorLessons, mentorOffers } from '~/db/schema/mentoring'
import { mentoringRoundPairs, mentoringRounds } from '~/db/schema/rounds'
import {
	mentoringFeedback,
	mentoringGoals,
	mentoringInterpreters,
	mentoringMeetings,
	mentoringNotes,
} from '~/db/schema/together'
import type { Belongings, OwnText } from '~/features/members/belongings'
import { countNoMatch } from './finding/no-match.server'
import { departFromMentoring } from './together/departure.server'
import type { PrivateRooms } from './together/match-access.server'

type Fact = Record<string, unknown>
interface Kept {
	texts: OwnText[]
	facts: Fact[]
}

/** What she wrote with what belongs to it, as words to read and facts beside them. */
const apart = <Row extends OwnText & Fact>(rows: readonly Row[]): Kept => ({
	texts: rows.filter(({ text }) => text).map(({ at, text, lang, dir }) => ({ at, text, lang, dir })),
	facts: rows.map(({ text: _text, dir: _dir, ...facts }) => facts),
})

/** Her offer, and the lessons she has passed. That a town or a country is kept, not which. */
async function offering(db: Db, memberId: string): Promise<Kept> {
	const offers = await db
		.select({
			at: mentorOffers.offeredAt,
			text: mentorOffers.words,
			lang: mentorOffers.wordsLang,
			dir: mentorOffers.wordsDir,
			languages: mentorOffers.languages,
			needs: mentorOffers.needs,
			helped: mentorOffers.helped,
			how: mentorOffers.how,
			hours: mentorOffers.hours,
			zone: mentorOffers.zone,
			capacity: mentorOffers.capacity,
			status: mentorOffers.status,
			pausedBy: mentorOffers.pausedBy,
			codeVersion: mentorOffers.codeVersion,
			trainedAt: mentorOffers.trainedAt,
			vettedAt: mentorOffers.vettedAt,
			validUntil: mentorOffers.validUntil,
			townKept: sql<boolean>`${mentorOffers.townHash} is not null`,
			countryKept: sql<boolean>`${mentorOffers.communityHash} is not null`,
		})
		.from(mentorOffers)
		.where(eq(mentorOffers.memberId, memberId))
	const lessons = await db
		.select({
			lesson: mentorLessons.lesson,
			version: mentorLessons.version,
			passedAt: mentorLessons.passedAt,
		})
		.from(mentorLessons)
		.where(eq(mentorLessons.memberId, memberId))
	const { texts, facts } = apart(offers)
	return { texts, facts: [...facts, ...lessons] }
}

/** What she would like. Her limits are not even in her own copy: someone else may read it. */
async function wishing(db: Db, memberId: string): Promise<Kept> {
	const wishes = await db
		.select({
			at: mentoringWishes.changedAt,
			text: mentoringWishes.words,
			lang: mentoringWishes.wordsLang,
			dir: mentoringWishes.wordsDir,
			languages: mentoringWishes.languages,
			level: mentoringWishes.level,
			needs: mentoringWishes.needs,
			how: mentoringWishes.how,
			hours: mentoringWishes.hours,
			zone: mentoringWishes.zone,
			organisations: mentoringWishes.organisations,
			inRounds: mentoringWishes.inRounds,
			waitingSince: mentoringWishes.waitingSince,
			townKept: sql<boolean>`${mentoringWishes.townHash} is not null`,
			countryKept: sql<boolean>`${mentoringWishes.communityHash} is not null`,
		})
		.from(mentoringWishes)
		.where(eq(mentoringWishes.memberId, memberId))
	const people = await countNoMatch(db, memberId)
	const { texts, facts } = apart(wishes)
	return { texts, facts: people > 0 ? [...facts, { neverToMeet: people }] : facts }
}

/** Her requests and matches. Of those in whose line she only stood she knew nothing, and goes on knowing nothing. */
async function matching(db: Db, memberId: string): Promise<Kept> {
	const asMentee = eq(matches.menteeId, memberId)
	const asMentor = and(eq(matches.mentorId, memberId), ne(matches.status, 'chosen'))
	const rows = await db
		.select({
			at: matches.askedAt,
			text: sql<string>`case when ${asMentee} then ${matches.words} else '' end`,
			lang: matches.wordsLang,
			dir: matches.wordsDir,
			as: sql<'mentee' | 'mentor'>`case when ${asMentee} then 'mentee' else 'mentor' end`,
			status: matches.status,
			needs: matches.needs,
			askedAt: matches.askedAt,
			answeredAt: matches.answeredAt,
			settledAt: matches.settledAt,
			endedAt: matches.endedAt,
		})
		.from(matches)
		.where(or(asMentee, asMentor))
	return apart(rows)
}

/** What she wrote on the page of a match. */
async function writing(db: Db, memberId: string): Promise<Kept> {
	const goals = await db
		.select({
			at: mentoringGoals.createdAt,
			text: mentoringGoals.body,
			lang: mentoringGoals.lang,
			dir: mentoringGoals.dir,
			doneAt: mentoringGoals.doneAt,
		})
		.from(mentoringGoals)
		.where(eq(mentoringGoals.authorId, memberId))
	const notes = await db
		.select({
			at: mentoringNotes.createdAt,
			text: mentoringNotes.body,
			lang: mentoringNotes.lang,
			dir: mentoringNotes.dir,
			shared: mentoringNotes.shared,
			editedAt: mentoringNotes.editedAt,
		})
		.from(mentoringNotes)
		.where(eq(mentoringNotes.authorId, memberId))
	const [ofGoals, ofNotes] = [apart(goals), apart(notes)]
	return { texts: [...ofGoals.texts, ...ofNotes.texts], facts: [...ofGoals.facts, ...ofNotes.facts] }
}

/** Meetings of her matches, seats she took or offered, how she said it was, and what rounds found for her. */
async function meeting(db: Db, memberId: string): Promise<Kept> {
	const meetings = await db
		.select({
			startsAt: mentoringMeetings.startsAt,
			minutes: mentoringMeetings.minutes,
			how: mentoringMeetings.how,
			zone: mentoringMeetings.zone,
			status: mentoringMeetings.status,
		})
		.from(mentoringMeetings)
		.innerJoin(matches, eq(matches.id, mentoringMeetings.matchId))
		.where(or(eq(matches.menteeId, memberId), eq(matches.mentorId, memberId)))
	const interpreting = await db
		.select({
			as: sql<string>`case when ${mentoringInterpreters.interpreterId} = ${memberId}::uuid then 'interpreter' else 'proposer' end`,
			proposedAt: mentoringInterpreters.proposedAt,
			endedAt: mentoringInterpreters.endedAt,
		})
		.from(mentoringInterpreters)
		.where(
			or(
				and(
					eq(mentoringInterpreters.interpreterId, memberId),
					// Before both have agreed she does not know of it.
					isNotNull(mentoringInterpreters.menteeYesAt),
					isNotNull(mentoringInterpreters.mentorYesAt),
				),
				eq(mentoringInterpreters.proposedBy, memberId),
			),
		)
	const feedback = await db
		.select({ mood: mentoringFeedback.mood, at: mentoringFeedback.at })
		.from(mentoringFeedback)
		.where(eq(mentoringFeedback.memberId, memberId))
	return { texts: [], facts: [...meetings, ...interpreting, ...feedback, ...(await rounds(db, memberId))] }
}

/** Rounds she took part in, once they were published, and rounds she drew herself. */
async function rounds(db: Db, memberId: string): Promise<Fact[]> {
	const found = await db
		.select({
			roundAt: mentoringRounds.publishedAt,
			// As she was told, also where the mentor has left since. Of a pair that was left out nobody told her: why may
			// be what the other one keeps to herself.
			foundMentor: sql<boolean>`${mentoringRoundPairs.matchId} is not null`,
		})
		.from(mentoringRoundPairs)
		.innerJoin(mentoringRounds, eq(mentoringRounds.id, mentoringRoundPairs.roundId))
		.where(and(eq(mentoringRoundPairs.womanId, memberId), eq(mentoringRounds.status, 'published')))
	const drawn = await db
		.select({ drewRoundAt: mentoringRounds.drawnAt, status: mentoringRounds.status })
		.from(mentoringRounds)
		.where(eq(mentoringRounds.createdBy, memberId))
	return [...found, ...drawn]
}

/**
 * Her offer to mentor, what she would like, and her matches as a mentee go with her account, whatever becomes of her words
 * elsewhere. What she did and wrote as a mentor is the mentee's, too (departure.server.ts). Nobody is left waiting for her.
 */
export const mentoringBelongings = (rooms: PrivateRooms): Belongings => ({
	tables: [
		'mentor_offers',
		'mentor_lessons',
		'mentoring_wishes',
		'mentoring_no_match',
		'mentoring_rounds',
		'mentoring_round_pairs',
		'matches',
		'mentoring_meetings',
		'mentoring_goals',
		'mentoring_notes',
		'mentoring_interpreters',
		'mentoring_feedback',
	],
	async collect(db, memberId) {
		const kept: Kept[] = []
		for (const part of [offering, wishing, matching, writing, meeting]) kept.push(await part(db, memberId))
		return [
			{
				name: 'mentoring',
				texts: kept.flatMap(({ texts }) => texts),
				facts: kept.flatMap(({ facts }) => facts),
			},
		]
	},
	leave: (tx, memberId, words, publish) => departFromMentoring(tx, { memberId, words }, rooms, publish),
})

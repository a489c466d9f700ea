import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { trainingUntil } from '../offers/findable.server'
import { type MentorRow, mentorOf, type WomanRow, womenOf } from './person-rows.server'

/** Names she never wants to meet, as keyed hashes; of both sides. */
const neverMeets = sql<string[]>`array(
	select hash from mentoring_no_match n where n.member_id = ${members.id} order by hash)`

/**
 * The columns of the mentors that `where` lets through, of those who can be found at all: vetted and active. Whether
 * the vetting still holds, the training, the places are the core's questions, so that it can answer "why not".
 */
export const readMentorRows = (tx: Db, where?: SQL): Promise<MentorRow[]> =>
	tx
		.select({
			id: mentorOffers.memberId,
			skeleton: members.skeleton,
			languages: mentorOffers.languages,
			needs: mentorOffers.needs,
			helped: mentorOffers.helped,
			how: mentorOffers.how,
			hours: mentorOffers.hours,
			zone: mentorOffers.zone,
			ownZone: members.zone,
			hostCountry: members.hostCountry,
			capacity: mentorOffers.capacity,
			load: mentorOffers.load,
			town: mentorOffers.townHash,
			community: mentorOffers.communityHash,
			organisation: mentorOffers.organisationId,
			vettedUntil: mentorOffers.validUntil,
			trainingUntil,
			/** Proposed to her by rounds, waiting for both to say yes: no place of hers is taken yet. */
			proposed: sql<number>`(select count(*)::int from matches x
				where x.mentor_id = ${mentorOffers.memberId} and x.status = 'proposed')`,
			noMatch: neverMeets,
		})
		.from(mentorOffers)
		.innerJoin(members, eq(members.id, mentorOffers.memberId))
		.where(and(eq(mentorOffers.status, 'vetted'), eq(members.status, 'active'), where))
		.orderBy(mentorOffers.memberId)

/**
 * The columns of the women that `where` lets through, with or without wishes. Who has not said in which languages she
 * can talk is taken to talk in those of her profile.
 */
export const readWomanRows = (tx: Db, where: SQL | undefined): Promise<WomanRow[]> =>
	tx
		.select({
			id: members.id,
			skeleton: members.skeleton,
			languages: sql<
				string[]
			>`case when cardinality(${mentoringWishes.languages}) > 0 then ${mentoringWishes.languages}
				when cardinality(${members.speaks}) > 0 then ${members.speaks} else ${members.reads} end`,
			level: mentoringWishes.level,
			needs: mentoringWishes.needs,
			how: mentoringWishes.how,
			hours: mentoringWishes.hours,
			zone: mentoringWishes.zone,
			ownZone: members.zone,
			hostCountry: members.hostCountry,
			town: mentoringWishes.townHash,
			community: mentoringWishes.communityHash,
			organisations: mentoringWishes.organisations,
			waitingSince: mentoringWishes.waitingSince,
			noMatch: neverMeets,
			blocked: sql<string[]>`array(
				select blocked_id from blocks where blocker_id = ${members.id} union
				select blocker_id from blocks where blocked_id = ${members.id} order by 1)`,
			choices: sql<string[]>`array(
				select mentor_id from matches x where x.mentee_id = ${members.id} and x.status = 'chosen' order by x.place, x.id)`,
			former: sql<string[]>`array(select distinct mentor_id from matches x
				where x.mentee_id = ${members.id} and x.mentor_id is not null
					and x.status in ('declined', 'withdrawn', 'ended') order by 1)`,
		})
		.from(members)
		.leftJoin(mentoringWishes, eq(mentoringWishes.memberId, members.id))
		.where(and(eq(members.status, 'active'), where))
		.orderBy(members.id)

/**
 * One woman and the mentors she could come to know: all who can be found, or those of `mentorIds`. What is hard and
 * what is dear is the core's to say (`rankMentors`, `brokenRule`). Two queries. Undefined where she is not active.
 */
export async function womanAndMentors(tx: Db, womanId: string, now: Date, mentorIds?: readonly string[]) {
	const mentorRows = await readMentorRows(
		tx,
		mentorIds ? inArray(mentorOffers.memberId, [...mentorIds]) : undefined,
	)
	const womanRows = await readWomanRows(tx, eq(members.id, womanId))
	const [woman] = womenOf(womanRows, mentorRows, now)
	return woman && { woman, mentors: mentorRows.map((row) => mentorOf(row, now)) }
}

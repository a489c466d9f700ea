import { createHash } from 'node:crypto'
import { and, inArray, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { pgArray } from '~/platform/text'
import {
	type MentorRow,
	mentorOf,
	readMentorRows,
	readWomanRows,
	type WomanRow,
	womenOf,
} from '../finding/people.server'
import type { Circumstances, Mentor, WaitingWoman } from '../matching/people'
import type { RoundInput } from '../matching/round-lists'
import { candidatesFor, indexKey, type MentorIndex } from './rounds-candidates'
import { mentorsIn, type Scope, womenIn } from './rounds-scope.server'

/** She waits, wants to be looked for, and nobody is asked, proposed or with her: a round could do something for her. */
const canBeMatched = sql`(mentoring_wishes.waiting_since is not null and mentoring_wishes.in_rounds and not exists (
	select 1 from matches x where x.mentee_id = members.id and x.status in ('asked', 'proposed', 'accepted')))`

/** The women a round can do something for; with `ids` those of them, in the order of their ids. */
export const readRoundWomen = (tx: Db, scope: Scope, ids?: readonly string[]) =>
	readWomanRows(tx, and(canBeMatched, womenIn(scope), ids && inArray(members.id, [...ids])))

export const readRoundMentors = (tx: Db, scope: Scope, ids?: readonly string[]) =>
	readMentorRows(tx, and(mentorsIn(scope), ids && inArray(mentorOffers.memberId, [...ids])))

/** What a round has proposed to her before keeps a place until both have answered. */
export const roundMentorOf = (row: MentorRow, now: Date): Mentor => ({
	...mentorOf(row, now),
	load: row.load + row.proposed,
})

/**
 * As the core knows them in a round: a pair of which one has said no or left before is not brought together again.
 * To coordinators that is a limit like any other, which is nobody's business.
 */
export const roundWomenOf = (
	rows: readonly WomanRow[],
	mentorRows: readonly MentorRow[],
	now: Date,
): WaitingWoman[] =>
	womenOf(
		rows.map((row) => ({ ...row, blocked: [...row.blocked, ...row.former] })),
		mentorRows,
		now,
	)

async function readIndex(
	tx: Db,
	women: readonly WomanRow[],
	mentors: readonly MentorRow[],
): Promise<MentorIndex> {
	const languages = [...new Set(women.flatMap((woman) => woman.languages))]
	const rows = await tx.execute<{ tag: string; need: string; ids: string[] }>(sql`
		select tag, need, array_agg(o.member_id order by o.member_id) as ids
		from mentor_offers o cross join unnest(o.language_tags) tag cross join unnest(o.needs || ''::text) need
		where o.member_id = any(${pgArray(mentors.map(({ id }) => id))}::uuid[])
			and tag = any(${pgArray(languages)}::text[])
		group by tag, need`)
	return new Map(rows.map(({ tag, need, ids }) => [indexKey(tag, need), ids]))
}

/** Rows come ordered, with their columns in one order: the same people give the same hash. */
const hashOf = (women: readonly WomanRow[], mentors: readonly MentorRow[]) =>
	createHash('sha256')
		.update(JSON.stringify([women, mentors]))
		.digest('hex')

/** What a round is drawn from, in three queries however many there are, and a hash of it. */
export async function readRoundInput(
	tx: Db,
	scope: Scope,
	circumstances: Circumstances,
): Promise<{ input: RoundInput; inputHash: string }> {
	const { now } = circumstances
	const mentorRows = await readRoundMentors(tx, scope)
	const womanRows = await readRoundWomen(tx, scope)
	const index = await readIndex(tx, womanRows, mentorRows)
	const mentors = mentorRows.map((row) => roundMentorOf(row, now))
	const women = roundWomenOf(womanRows, mentorRows, now)
	const candidates = candidatesFor(women, mentors, { ...circumstances, index })
	return { input: { ...circumstances, women, mentors, candidates }, inputHash: hashOf(womanRows, mentorRows) }
}

import { and, count, eq, inArray } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { freePlaces, type Mentor, type WaitingWoman } from '../matching/people'
import { brokenRule } from '../matching/rules'
import { LIMITS } from '../mentoring.limits'
import { womanAndMentors } from './people.server'

/** Why a mentor she may know of cannot be asked now: no free place, or as many ask her already as she can read. */
export type WhyNotNow = 'full' | 'busy'

/**
 * Whether the woman may know of this mentor at all: the hard rules, with two left aside. Languages are hers to judge
 * when she chooses herself; and whether there is a free place is told, not hidden.
 */
const mayKnow = (woman: WaitingWoman, mentor: Mentor, now: Date) =>
	brokenRule(
		{ ...woman, languages: Object.keys(mentor.languages), level: 'understand' },
		{ ...mentor, load: 0, capacity: 1 },
		now,
	) === undefined

/** How many women wait for an answer of each of these mentors. */
async function openRequests(tx: Db, mentorIds: readonly string[]) {
	const rows = await tx
		.select({ mentorId: matches.mentorId, open: count() })
		.from(matches)
		.where(and(inArray(matches.mentorId, [...mentorIds]), eq(matches.status, 'asked')))
		.groupBy(matches.mentorId)
	return new Map(rows.map(({ mentorId, open }) => [mentorId, open]))
}

function whyNotNow(mentor: Mentor, open: number): WhyNotNow | null {
	if (freePlaces(mentor) === 0) return 'full'
	return open >= LIMITS.requestsAtOnce ? 'busy' : null
}

/**
 * Of these mentors those the woman may ask: trained, vetted, active, no block, no limit of hers. Each with why it cannot
 * be now; whoever is not in the map does not exist for her. Three queries.
 */
export async function reachableMentors(tx: Db, womanId: string, mentorIds: readonly string[]) {
	const reachable = new Map<string, { whyNot: WhyNotNow | null }>()
	if (mentorIds.length === 0) return reachable
	const now = new Date()
	const known = await womanAndMentors(tx, womanId, now, mentorIds)
	const open = await openRequests(tx, mentorIds)
	for (const mentor of known?.mentors ?? []) {
		if (!mayKnow(known!.woman, mentor, now)) continue
		reachable.set(mentor.id, { whyNot: whyNotNow(mentor, open.get(mentor.id) ?? 0) })
	}
	return reachable
}

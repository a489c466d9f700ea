import { and, eq, inArray, ne, or } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { notBlockedByHer } from '~/features/members/blocks.server'
import type { Actor } from '~/platform/actor'
import { otherOf } from './together/match-access.server'

/** A notice as far as mentoring needs it. */
interface Told {
	id: string
	kind: string
	subjectId: string
}

/** Notices that are about no match lead to a page of hers. */
const OWN_PAGES: Record<string, string> = {
	'mentoring.lineEnded': '/mentoring',
	'mentoring.offerPaused': '/mentoring/offer',
	'mentoring.vetted': '/mentoring/offer',
	'mentoring.vettingEnds': '/mentoring/offer',
}

/** Those of these matches that she may see. */
async function seenMatches(actor: Actor, ids: string[]) {
	if (ids.length === 0) return new Set<string>()
	const asMentor = and(eq(matches.mentorId, actor.id), ne(matches.status, 'chosen'))
	const rows = await db
		.select({ id: matches.id })
		.from(matches)
		.where(
			and(
				inArray(matches.id, ids),
				or(eq(matches.menteeId, actor.id), asMentor),
				notBlockedByHer(actor, otherOf(actor)),
			),
		)
	return new Set(rows.map(({ id }) => id))
}

/** Where each notice of mentoring leads, by the notice's id; one whose match she may not see is left out. One query. */
export async function mentoringPlaces(actor: Actor, told: readonly Told[]) {
	const ofMentoring = told.filter(({ kind }) => kind.startsWith('mentoring.'))
	const ofMatches = ofMentoring.filter(({ kind }) => !Object.hasOwn(OWN_PAGES, kind))
	const seen = await seenMatches(
		actor,
		ofMatches.map(({ subjectId }) => subjectId),
	)
	return new Map(
		ofMentoring.flatMap(({ id, kind, subjectId }) => {
			const path = OWN_PAGES[kind] ?? (seen.has(subjectId) ? `/mentoring/${subjectId}` : undefined)
			return path ? [[id, { path }] as const] : []
		}),
	)
}

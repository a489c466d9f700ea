import { inArray, type SQL, sql } from 'drizzle-orm'
import { mentorOffers } from '~/db/schema/mentoring'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid, pgArray } from '~/platform/text'
import { looksAfterMentors } from '../mentoring.policy'

/** The organisations whose women and mentors a coordinator looks after; null: everyone. */
export type Scope = readonly string[] | null

/** Whom this coordinator looks after. Throws `not-found` for everyone else: these pages do not exist for them. */
export function scopeOf(actor: Actor): Scope {
	if (!looksAfterMentors(actor)) throw new AppError('not-found')
	const organisations = actor.grants
		.filter(({ role }) => role === 'coordinator')
		.map(({ organisationId }) => organisationId)
	return organisations.includes(null) ? null : organisations.filter((id) => id !== null)
}

/** Whether something of an organisation (null: of everyone's) lies within it. */
export const liesIn = (scope: Scope, organisationId: string | null) =>
	scope === null || (organisationId !== null && scope.includes(organisationId))

/** The women of these organisations and those of none. The query has `members` in it. */
export const womenIn = (scope: Scope): SQL | undefined =>
	scope === null
		? undefined
		: sql`(not exists (select 1 from organisation_members om where om.member_id = members.id)
			or exists (select 1 from organisation_members om
				where om.member_id = members.id and om.organisation_id = any(${pgArray(scope)}::uuid[])))`

/** The mentors these organisations have vetted. The query has `mentor_offers` in it. */
export const mentorsIn = (scope: Scope): SQL | undefined =>
	scope === null ? undefined : inArray(mentorOffers.organisationId, [...scope])

/** The id, or `not-found` for what is none. */
export function requireId(id: string | undefined): string {
	if (!isUuid(id)) throw new AppError('not-found')
	return id!
}

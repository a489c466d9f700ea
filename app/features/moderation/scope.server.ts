import { and, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import { organisationsOf, seesQueue } from './moderation.policy'
import { activeModerators } from './moderators.server'

/**
 * Whether there is an active moderator of the place where it was said who is on no side of the case: she did not write,
 * report or decide it, and has no block and no no-contact order with its author. Whoever moderates is looked up once for
 * a whole list, not for each of its rows.
 */
const someoneLooks = (readsIt: SQL) => sql<boolean>`exists (
	with moderators as materialized (
		select moderating.member_id, moderating.space_id, moderating.languages, array(
			select om.organisation_id from organisation_members om where om.member_id = moderating.member_id union
			select o.organisation_id from grants o
				where o.member_id = moderating.member_id and o.ended_at is null and o.organisation_id is not null) as organisations,
			array(select b.blocked_id from blocks b where b.blocker_id = moderating.member_id union
				select b.blocker_id from blocks b where b.blocked_id = moderating.member_id) as blocked
		from ${activeModerators})
	select 1 from moderators
	where (moderators.space_id is null or (moderators.space_id = cases.space_id and not cases.private))
		and ${readsIt}
		and moderators.member_id is distinct from cases.author_id
		and moderators.member_id is distinct from cases.not_by
		and (cases.author_id = any(moderators.blocked)) is not true
		and not exists (select 1 from reports r where r.reporter_id = moderators.member_id
			and r.case_id in (cases.id, (select s.case_id from statements s where s.id = cases.statement_id)))
		and not (moderators.organisations && cases.not_organisations))`

/** Whether somebody who is on no side of the case looks after its language where it was said. */
export const covered = someoneLooks(
	sql`(moderators.languages is null or cases.lang = any(moderators.languages))`,
)

/** She is kept apart from the author by a decision: the order stands in both directions. */
const isUnderOrder = (member: SQL) => sql`exists (select 1 from blocks held
	where held.order_id is not null and held.blocker_id = ${member} and held.blocked_id = cases.author_id)`

/**
 * Whether another moderator has to look, since she and the author have to do with each other: a no-contact order holds
 * between them, or a block, whoever of the two made it. By blocks alone nobody gets out of the reach of all moderators:
 * where no other one is left, they do not count.
 */
export const isApart = (actor: Actor) =>
	actor.blocked.length === 0
		? sql<boolean>`false`
		: sql<boolean>`coalesce(cases.author_id = any(${pgArray(actor.blocked)}::uuid[]) and (
			${isUnderOrder(sql`${actor.id}::uuid`)} or ${someoneLooks(sql`true`)}), false)`

/** Not narrowed by language: nothing may wait because nobody reads it, and danger waits for no language. */
const anyLanguage = sql`(cases.danger or cases.lang is null or not ${covered})`

/** What one grant reaches; the same rule as `reaches` in the policy. */
function reachedBy({ spaceId, languages }: Actor['grants'][number]): SQL {
	const space = spaceId ? sql`(not cases.private and cases.space_id = ${spaceId}::uuid)` : sql`true`
	if (!languages) return space
	return sql`(${space} and (cases.lang = any(${pgArray(languages)}::text[]) or ${anyLanguage}))`
}

/**
 * Her scope as a condition on cases: the spaces and languages given to her, or everything. What she wrote herself, or a
 * woman from whom she is apart, and what is kept from one of her organisations is never in it. Throws `not-found` for
 * everyone who does not moderate.
 */
export function inScope(actor: Actor): SQL | undefined {
	if (!seesQueue(actor)) throw new AppError('not-found')
	const hers = actor.grants.filter(({ role }) => role === 'moderator')
	return and(
		sql`cases.author_id is distinct from ${actor.id}::uuid`,
		sql`not ${isApart(actor)}`,
		sql`not (cases.not_organisations && ${pgArray(organisationsOf(actor))}::uuid[])`,
		or(...hers.map(reachedBy)),
	)
}

/**
 * Whether somebody holds the case: she took it, the time is not over, and it is still in the scope of a role of hers.
 * A claim of a woman who lost her role, is suspended or is by now kept apart from its author simply counts no more.
 */
export const claimHolds = (minutes: number) => sql<boolean>`coalesce(
	cases.claimed_at > now() - make_interval(mins => ${minutes}::int)
	and not ${isUnderOrder(sql`cases.claimed_by`)} and exists (
		select 1 from ${activeModerators} where moderating.member_id = cases.claimed_by
			and (moderating.space_id is null or (moderating.space_id = cases.space_id and not cases.private))
			and (moderating.languages is null or cases.lang = any(moderating.languages) or ${anyLanguage})), false)`

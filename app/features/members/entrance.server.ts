import { type SQL, sql } from 'drizzle-orm'
import { type Actor, holds, moderates } from '~/platform/actor'
import { pgArray } from '~/platform/text'

/**
 * Whom a space is there for. It stands with the members because it is about who somebody is, and because the forum and
 * the rooms of a space both ask it and do not know each other: one rule, said once.
 */

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** A space may no longer be there for somebody: for one member, or (without) for anybody. */
		'space:closed': { spaceId: string; memberId?: string }
	}
}

/** What decides which spaces a member may enter, as parts of a query. */
export type Entrance = Record<
	'member' | 'organisations' | 'moderated' | 'everywhere' | 'practitioner',
	unknown
>

/** What decides it for whoever acts: her grants as far as her session may use them now. */
export function entranceOf(actor: Pick<Actor, 'id' | 'grants' | 'organisations'>) {
	const ofGrants = actor.grants.flatMap(({ organisationId }) => organisationId ?? [])
	const moderated = actor.grants.flatMap(({ role, spaceId }) => (role === 'moderator' && spaceId) || [])
	return {
		member: actor.id,
		organisations: pgArray([...actor.organisations, ...ofGrants]),
		moderated: pgArray(moderated),
		everywhere: moderates(actor, null),
		practitioner: holds(actor, 'practitioner') || holds(actor, 'lead'),
	} satisfies Entrance
}

/** The same for members other than the one who asks, as the database knows them. */
export function entranceOfMember(member: SQL): Entrance {
	const grants = sql`from grants g where g.member_id = ${member} and g.ended_at is null`
	return {
		member,
		organisations: sql`array(select o.organisation_id from organisation_members o where o.member_id = ${member}
			union all select g.organisation_id ${grants} and g.organisation_id is not null)`,
		moderated: sql`array(select g.space_id ${grants} and g.role = 'moderator' and g.space_id is not null)`,
		everywhere: sql`exists (select 1 ${grants} and g.role = 'moderator' and g.space_id is null)`,
		practitioner: sql`exists (select 1 ${grants} and g.role in ('practitioner', 'lead'))`,
	}
}

/** The same in a prepared statement, which is then executed with `entranceOf`. */
export const entrancePlaceholders = {
	member: sql.placeholder('member'),
	organisations: sql.placeholder('organisations'),
	moderated: sql.placeholder('moderated'),
	everywhere: sql.placeholder('everywhere'),
	practitioner: sql.placeholder('practitioner'),
} satisfies Entrance

/**
 * The rule: a condition over `spaces`, written out, since it is used inside sub-selects. A coordinator enters like
 * everybody else: she looks after people and settings, not after what is said.
 */
export const opensFor = (by: Entrance): SQL => sql`(
	spaces.access = 'everyone'
	or (spaces.access = 'organisation' and spaces.organisation_id = any(${by.organisations}::uuid[]))
	or (spaces.access = 'practitioners' and ${by.practitioner}::boolean)
	or (spaces.access = 'invited' and exists (select 1 from space_members sm
		where sm.space_id = spaces.id and sm.member_id = ${by.member}::uuid and sm.accepted_at is not null))
	or ${by.everywhere}::boolean
	or spaces.id = any(${by.moderated}::uuid[]))`

/** The spaces she may enter: a condition over `spaces`. Whatever reads what is said in one carries it. */
export const mayEnter = (actor: Actor): SQL => opensFor(entranceOf(actor))

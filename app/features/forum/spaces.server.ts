import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaceMembers, spaces, type Translated } from '~/db/schema/forum'
import { mayEnter } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { along, chainOf, type Said } from '~/platform/i18n/chain'
import { notBlocked } from './access.server'
import { QUESTIONS_COUNTED } from './forum.limits'
import { mayInvite } from './forum.policy'

/** A text of ours along the reader's languages, with the one it is in. */
export const saidTo = (actor: Actor, locale: string, texts: Translated): Said =>
	along(chainOf(locale, actor), texts)

/** Among how many topics the last words are looked for that someone with blocks may read. */
const TOPICS_LOOKED_AT = 5

/** Topics of the space that are in its lists; table names written out, since `id` would otherwise mean the topic's. */
const listed = (actor: Actor) => sql`topics.space_id = spaces.id and topics.hidden_at is null
	and topics.merged_into is null and topics.visible_posts > 0 and ${notBlocked(actor, 'topics') ?? sql`true`}`

/** In the order of the index, which so is read no further than needed, however large the space. */
const newest = (actor: Actor) => sql`select topics.id, topics.last_post_at from topics where ${listed(actor)}
	order by topics.last_post_at desc, topics.id desc`

const questionCount = (actor: Actor) => sql<number>`(
	select count(*)::int from (${newest(actor)} limit ${QUESTIONS_COUNTED + 1}) counted)`

/** When something was last said in it that she may read. */
function lastActivity(actor: Actor) {
	if (actor.blocked.length === 0)
		return sql<string | null>`(select newest.last_post_at from (${newest(actor)} limit 1) newest)`
	return sql<string | null>`(
		select max(said.created_at) from (${newest(actor)} limit ${TOPICS_LOOKED_AT}) newest
		cross join lateral (select posts.created_at from posts
			where posts.topic_id = newest.id and posts.hidden_at is null and ${notBlocked(actor, 'posts')}
			order by posts.seq desc limit 1) said)`
}

/** Whether she came in by an invitation, and so can leave. */
const cameIn = (actor: Actor) => sql<boolean>`spaces.access = 'invited' and exists (
	select 1 from space_members where space_members.space_id = spaces.id
		and space_members.member_id = ${actor.id} and space_members.accepted_at is not null)`

/** The spaces she may enter, in their order, named in her language. */
export async function listSpaces(actor: Actor, locale: string) {
	const rows = await db
		.select({
			id: spaces.id,
			icon: spaces.icon,
			names: spaces.names,
			descriptions: spaces.descriptions,
			topics: questionCount(actor),
			lastActivity: lastActivity(actor),
			access: spaces.access,
			cameIn: cameIn(actor),
		})
		.from(spaces)
		.where(mayEnter(actor))
		.orderBy(asc(spaces.position), asc(spaces.id))
	return rows.map(({ names, descriptions, lastActivity: last, access, ...space }) => ({
		...space,
		mayInvite: access === 'invited' && mayInvite(actor, space.id),
		name: saidTo(actor, locale, names),
		description: saidTo(actor, locale, descriptions),
		lastActivityAt: last === null ? null : new Date(last),
	}))
}

/** Spaces she was invited to and has not answered for: all that exists of them for her is this line. */
export async function listInvitedTo(actor: Actor, locale: string) {
	const rows = await db
		.select({
			id: spaces.id,
			invitation: spaceMembers.id,
			icon: spaces.icon,
			names: spaces.names,
			descriptions: spaces.descriptions,
		})
		.from(spaceMembers)
		.innerJoin(spaces, and(eq(spaces.id, spaceMembers.spaceId), eq(spaces.access, 'invited')))
		.where(
			and(
				eq(spaceMembers.memberId, actor.id),
				isNull(spaceMembers.acceptedAt),
				isNull(spaceMembers.hiddenAt),
			),
		)
		.orderBy(desc(spaceMembers.invitedAt), asc(spaces.id))
	return rows.map(({ names, descriptions, ...space }) => ({
		...space,
		name: saidTo(actor, locale, names),
		description: saidTo(actor, locale, descriptions),
	}))
}

/** Every space by name, for those who look after people and settings; says nothing of what is in them. */
export async function allSpaces(actor: Actor, locale: string) {
	const rows = await db
		.select({ id: spaces.id, names: spaces.names })
		.from(spaces)
		.orderBy(asc(spaces.position), asc(spaces.id))
	return rows.map(({ id, names }) => ({ id, name: saidTo(actor, locale, names) }))
}

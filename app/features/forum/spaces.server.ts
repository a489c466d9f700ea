import { asc, sql } from 'drizzle-orm'
import { db, planOnce } from '~/db/client.server'
import { byShape, written } from '~/db/kept.server'
import { spaces, type Translated } from '~/db/schema/forum'
import { entranceOf, entrancePlaceholders, opensFor } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { along, chainOf, type Said } from '~/platform/i18n/chain'
import { pgArray } from '~/platform/text'
import { notBlockedHere } from './access.server'
import { QUESTIONS_COUNTED } from './forum.limits'
import { mayInvite } from './forum.policy'
import { countOfWaiting } from './waiting.server'

/** A text of ours along the reader's languages, with the one it is in; in both of a page that is shown in two. */
export const saidTo = (actor: Actor, locale: string, texts: Translated): Said =>
	along(chainOf(locale, actor), texts, actor.also)

interface Named {
	names: Translated
	descriptions: Translated
}

/** A space in the words of its reader. */
export const nameSpace = <Space extends Named>(
	actor: Actor,
	locale: string,
	{ names, descriptions, ...space }: Space,
) => ({ ...space, name: saidTo(actor, locale, names), description: saidTo(actor, locale, descriptions) })

/** Among how many topics the last words are looked for that someone with blocks may read. */
const TOPICS_LOOKED_AT = 5

const LISTED = sql`topics.hidden_at is null and topics.merged_into is null and topics.visible_posts > 0`

/** In the order of the index, which so is read no further than needed, however large the space. */
const newest = (blocks: boolean) => sql`select topics.id, topics.last_post_at from topics
	where topics.space_id = spaces.id and ${LISTED} and ${notBlockedHere(blocks, 'topics') ?? sql`true`}
	order by topics.last_post_at desc, topics.id desc`

/** When something was last said in it that she may read. */
const lastActivity = (blocks: boolean) =>
	blocks
		? sql`(select max(said.created_at) from (${newest(true)} limit ${written(TOPICS_LOOKED_AT)}) newest
			cross join lateral (select posts.created_at from posts
				where posts.topic_id = newest.id and posts.hidden_at is null and ${notBlockedHere(true, 'posts')}
				order by posts.seq desc limit 1) said)`
		: sql`(select newest.last_post_at from (${newest(false)} limit 1) newest)`

const blocked = sql`${sql.placeholder('blocked')}::uuid[]`

/** How many questions of each space blocks omit. */
const omitted = sql`left join (select topics.space_id, count(*)::int as questions from topics
		where topics.author_id = any(${blocked}) and topics.alias is null and ${LISTED}
		group by topics.space_id) omitted on omitted.space_id = spaces.id`

const enters = opensFor(entrancePlaceholders)
/** All that exists of it for her is this line: she has not answered, and no moderator took it off. */
const invited = sql`(spaces.access = 'invited' and mine.id is not null and mine.accepted_at is null and mine.hidden_at is null)`

/** Questions are counted by triggers (drizzle/0017_pages.sql). */
const openOrInviting = (blocks: boolean) => sql`
	select spaces.position, spaces.id, spaces.icon, spaces.names, spaces.descriptions, spaces.access, ${enters} as enters,
		spaces.access = 'invited' and mine.accepted_at is not null as came_in,
		least(spaces.questions ${blocks ? sql`- coalesce(omitted.questions, 0)` : sql``}, ${written(QUESTIONS_COUNTED + 1)}) as questions,
		${lastActivity(blocks)} as last_activity, case when ${invited} then mine.id end as invitation, mine.invited_at
	from spaces
	left join space_members mine on mine.space_id = spaces.id and mine.member_id = ${sql.placeholder('member')}::uuid
	${blocks ? omitted : sql``}
	where ${enters} or ${invited}`

/** One row for each of them; where there are none, one row without a space. Each says how much of hers waits. */
const findSpaces = byShape(({ blocks }: { blocks: boolean }) =>
	planOnce
		.select({
			waiting: sql<number>`waiting.count`,
			id: sql<string>`here.id`,
			icon: sql<string>`here.icon`,
			names: sql<Translated>`here.names`,
			descriptions: sql<Translated>`here.descriptions`,
			access: sql<(typeof spaces.$inferSelect)['access']>`here.access`,
			enters: sql<boolean>`here.enters`,
			cameIn: sql<boolean>`here.came_in`,
			topics: sql<number>`here.questions`,
			lastActivity: sql<string | null>`here.last_activity`,
			invitation: sql<string | null>`here.invitation`,
			invitedAt: sql<string>`here.invited_at`,
		})
		.from(sql`(${countOfWaiting}) waiting left join (${openOrInviting(blocks)}) here on true`)
		.orderBy(sql`here.position, here.id`)
		.prepare('find_spaces'),
)

type FoundSpace = Awaited<ReturnType<ReturnType<typeof findSpaces>['execute']>>[number]

const presentSpace =
	(actor: Actor, locale: string) =>
	({ id, icon, names, descriptions, access, cameIn, topics: questions, lastActivity: last }: FoundSpace) => ({
		id,
		icon,
		topics: questions,
		cameIn,
		mayInvite: access === 'invited' && mayInvite(actor, id),
		name: saidTo(actor, locale, names),
		description: saidTo(actor, locale, descriptions),
		lastActivityAt: last === null ? null : new Date(last),
	})

/**
 * The spaces she may enter, in their order, named in her language; those she was invited to and has not answered for;
 * and how many posts of hers wait for a moderator. One query.
 */
export async function readSpaces(actor: Actor, locale: string) {
	const rows = await findSpaces({ blocks: actor.blocked.length > 0 }).execute({
		...entranceOf(actor),
		blocked: pgArray(actor.blocked),
	})
	return {
		spaces: rows.filter((row) => row.enters).map(presentSpace(actor, locale)),
		invitedTo: rows
			.filter(({ invitation }) => invitation)
			.toSorted((a, b) => Date.parse(b.invitedAt) - Date.parse(a.invitedAt))
			.map(({ id, icon, names, descriptions, invitation }) => ({
				invitation: invitation!,
				...nameSpace(actor, locale, { id, icon, names, descriptions }),
			})),
		waiting: rows[0]!.waiting,
	}
}

/** Every space by name, for those who look after people and settings; says nothing of what is in them. */
export async function allSpaces(actor: Actor, locale: string) {
	const rows = await db
		.select({ id: spaces.id, names: spaces.names })
		.from(spaces)
		.orderBy(asc(spaces.position), asc(spaces.id))
	return rows.map(({ id, names }) => ({ id, name: saidTo(actor, locale, names) }))
}

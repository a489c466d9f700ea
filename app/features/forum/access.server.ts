import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaces, topics } from '~/db/schema/forum'
import { topicReaders } from '~/db/schema/reading'
import { type Actor, holds, moderates } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid, pgArray } from '~/platform/text'

/** What decides which spaces she may enter, as parameters of a query. */
function entranceOf(actor: Actor) {
	const ofGrants = actor.grants.flatMap(({ organisationId }) => organisationId ?? [])
	const moderated = actor.grants.flatMap(({ role, spaceId }) => (role === 'moderator' && spaceId) || [])
	return {
		member: actor.id,
		organisations: pgArray([...actor.organisations, ...ofGrants]),
		moderated: pgArray(moderated),
		everywhere: moderates(actor, null),
		practitioner: holds(actor, 'practitioner') || holds(actor, 'lead'),
	}
}

type Entrance = ReturnType<typeof entranceOf>

/**
 * Written out, since it is used inside sub-selects. A coordinator enters like everybody else: she looks after people and
 * settings, not after what is said.
 */
const entry = (by: Record<keyof Entrance, unknown>) => sql`(
	spaces.access = 'everyone'
	or (spaces.access = 'organisation' and spaces.organisation_id = any(${by.organisations}::uuid[]))
	or (spaces.access = 'practitioners' and ${by.practitioner}::boolean)
	or (spaces.access = 'invited' and exists (select 1 from space_members sm
		where sm.space_id = spaces.id and sm.member_id = ${by.member}::uuid and sm.accepted_at is not null))
	or ${by.everywhere}::boolean
	or spaces.id = any(${by.moderated}::uuid[]))`

/** The spaces she may enter: a condition over `spaces`. Everything that reads the forum carries it. */
export const mayEnter = (actor: Actor): SQL => entry(entranceOf(actor))

/**
 * Leaves out what people wrote who block her or whom she blocks: a condition over `posts` or `topics`. What was written
 * under an alias stays: leaving it out would tell who wrote it (docs/decisions/008).
 */
export function notBlocked(actor: Actor, table: 'posts' | 'topics'): SQL | undefined {
	if (actor.blocked.length === 0) return undefined
	const others = sql`<> all(${pgArray(actor.blocked)}::uuid[])`
	return table === 'posts'
		? sql`(posts.aliased or posts.author_id is null or posts.author_id ${others})`
		: sql`(topics.alias is not null or topics.author_id is null or topics.author_id ${others})`
}

const placeholders = {
	member: sql.placeholder('member'),
	organisations: sql.placeholder('organisations'),
	moderated: sql.placeholder('moderated'),
	everywhere: sql.placeholder('everywhere'),
	practitioner: sql.placeholder('practitioner'),
} satisfies Record<keyof Entrance, unknown>

const findSpace = db
	.select()
	.from(spaces)
	.where(and(eq(spaces.id, sql.placeholder('id')), entry(placeholders)))
	.prepare('find_space')

/** One space, if it exists and she may enter it. Throws `not-found` for both. */
export async function accessSpace(actor: Actor, id: string) {
	const [space] = isUuid(id) ? await findSpace.execute({ id, ...entranceOf(actor) }) : []
	if (!space) throw new AppError('not-found')
	return space
}

const findTopic = db
	.select({
		topic: {
			id: topics.id,
			spaceId: topics.spaceId,
			title: topics.title,
			lang: topics.lang,
			dir: topics.dir,
			authorId: topics.authorId,
			alias: topics.alias,
			postSeq: topics.postSeq,
			pinnedAt: topics.pinnedAt,
			lockedAt: topics.lockedAt,
			answeredAt: topics.answeredAt,
			answeredBy: topics.answeredBy,
			mergedInto: topics.mergedInto,
		},
		space: { id: spaces.id, names: spaces.names, access: spaces.access },
		reader: { readSeq: topicReaders.readSeq, follows: topicReaders.follows },
	})
	.from(topics)
	.innerJoin(spaces, eq(spaces.id, topics.spaceId))
	.leftJoin(
		topicReaders,
		and(eq(topicReaders.topicId, topics.id), eq(topicReaders.memberId, sql.placeholder('member'))),
	)
	.where(
		and(
			eq(topics.id, sql.placeholder('topic')),
			isNull(topics.hiddenAt),
			entry(placeholders),
			sql`(topics.alias is not null or topics.author_id is null
				or topics.author_id <> all(${sql.placeholder('blocked')}::uuid[]))`,
		),
	)
	.prepare('find_topic')

/**
 * One topic she may read, with its space and how far she read. Throws `not-found` where it is missing, hidden, in a
 * space closed to her, or asked by someone with whom there is a block. `space` of the address need not be the one it is
 * in now: moderators move topics, and old addresses lead on.
 */
export async function accessTopic(actor: Actor, space: string, topic: string) {
	if (!isUuid(topic) || !isUuid(space)) throw new AppError('not-found')
	const [found] = await findTopic.execute({ topic, blocked: pgArray(actor.blocked), ...entranceOf(actor) })
	if (!found) throw new AppError('not-found')
	return found
}

export type AccessedTopic = Awaited<ReturnType<typeof accessTopic>>

import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { seldomFalse } from '~/db/kept.server'
import { spaces, topics } from '~/db/schema/forum'
import { topicReaders } from '~/db/schema/reading'
import { entranceOf, entrancePlaceholders, opensFor } from '~/features/members/entrance.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid, pgArray } from '~/platform/text'

/**
 * Leaves out what people wrote who block her or whom she blocks: a condition over `posts` or `topics`. What was written
 * under an alias stays: leaving it out would tell who wrote it (docs/decisions/008).
 * Few of all topics are left out so; of posts it is asked topic by topic.
 */
export const byOthersThan = (blocked: unknown, table: 'posts' | 'topics'): SQL =>
	table === 'posts'
		? sql`(posts.aliased or posts.author_id is null or posts.author_id <> all(${blocked}::uuid[]))`
		: seldomFalse(
				sql`topics.alias is not null or topics.author_id is null or topics.author_id <> all(${blocked}::uuid[])`,
			)

/** The same for one reader; nothing where she has no blocks. */
export const notBlocked = ({ blocked }: Actor, table: 'posts' | 'topics'): SQL | undefined =>
	blocked.length === 0 ? undefined : byOthersThan(pgArray(blocked), table)

/** The same in a statement that is kept, which is then executed with `blocked`. */
export const notBlockedHere = (blocks: boolean, table: 'posts' | 'topics'): SQL | undefined =>
	blocks ? byOthersThan(sql.placeholder('blocked'), table) : undefined

const findSpace = db
	.select()
	.from(spaces)
	.where(and(eq(spaces.id, sql.placeholder('id')), opensFor(entrancePlaceholders)))
	.prepare('find_space')

/** One space, if it exists and she may enter it. Throws `not-found` for both. */
export async function accessSpace(actor: Actor, id: string) {
	const [space] = isUuid(id) ? await findSpace.execute({ id, ...entranceOf(actor) }) : []
	if (!space) throw new AppError('not-found')
	return space
}

export const topicColumns = {
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
}

/** Her row of the topic's readers. */
export const herReading = and(
	eq(topicReaders.topicId, topics.id),
	eq(topicReaders.memberId, sql.placeholder('member')),
)

/** The one rule of who may read a topic, over it and its space; executed with what `reach` gives. */
export const mayRead = and(
	eq(topics.id, sql.placeholder('topic')),
	isNull(topics.hiddenAt),
	opensFor(entrancePlaceholders),
	byOthersThan(sql.placeholder('blocked'), 'topics'),
)

/** The parameters of `mayRead` and `herReading`. */
export const reach = (actor: Actor, topic: string) => ({
	topic,
	blocked: pgArray(actor.blocked),
	...entranceOf(actor),
})

const findTopic = db
	.select(topicColumns)
	.from(topics)
	.innerJoin(spaces, eq(spaces.id, topics.spaceId))
	.leftJoin(topicReaders, herReading)
	.where(mayRead)
	.prepare('find_topic')

/**
 * One topic she may read, with its space and how far she read. Throws `not-found` where it is missing, hidden, in a
 * space closed to her, or asked by someone with whom there is a block. `space` of the address need not be the one it is
 * in now: moderators move topics, and old addresses lead on.
 */
export async function accessTopic(actor: Actor, space: string, topic: string) {
	if (!isUuid(topic) || !isUuid(space)) throw new AppError('not-found')
	const [found] = await findTopic.execute(reach(actor, topic))
	if (!found) throw new AppError('not-found')
	return found
}

export type AccessedTopic = Awaited<ReturnType<typeof accessTopic>>

import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import { spaceFollowers, topicReaders } from '~/db/schema/reading'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { type AccessedTopic, accessSpace, accessTopic, notBlocked } from './access.server'
import { continuePath, type Reading } from './reading'

const ReadingForm = z.object({
	space: z.string(),
	topic: z.string(),
	intent: z.enum(['read', 'follow', 'unfollow'], 'errors:notUnderstood'),
	/** The last post she was shown: pages know posts by id, because their numbers have gaps where something is left out. */
	post: z.uuid('errors:notUnderstood').optional(),
})

const FollowSpace = z.object({
	space: z.string(),
	intent: z.enum(['follow', 'unfollow'], 'errors:notUnderstood'),
})

/** The number of a post of this topic that she may read. Throws `not-found`. */
async function numberOf(tx: Tx, actor: Actor, topicId: string, id: string | undefined) {
	const [post] = id
		? await tx
				.select({ seq: posts.seq })
				.from(posts)
				.where(
					and(
						eq(posts.id, id),
						eq(posts.topicId, topicId),
						isNull(posts.hiddenAt),
						notBlocked(actor, 'posts'),
					),
				)
		: []
	if (!post) throw new AppError('not-found')
	return post.seq
}

/** How far she read, and never backwards. */
async function markRead(tx: Tx, memberId: string, topicId: string, seq: number) {
	await tx
		.insert(topicReaders)
		.values({ memberId, topicId, readSeq: seq })
		.onConflictDoUpdate({
			target: [topicReaders.memberId, topicReaders.topicId],
			set: { readSeq: seq, readAt: sql`now()` },
			setWhere: lt(topicReaders.readSeq, seq),
		})
	await readNotices(tx, memberId, topicId, seq)
}

/** What she has read she need not be told any more. */
const readNotices = (tx: Tx, memberId: string, topicId: string, seq: number) =>
	tx.execute(sql`
		update notices set read_at = now()
		where member_id = ${memberId}::uuid and read_at is null and (
			(subject_id = ${topicId}::uuid and kind like 'topic.%' and not exists (
				select 1 from posts p where p.id = notices.place_id and p.seq > ${seq}))
			or (kind = 'space.topic' and place_id = ${topicId}::uuid and times = 1))`)

const setFollows = (tx: Tx, memberId: string, topicId: string, follows: boolean) =>
	tx
		.insert(topicReaders)
		.values({ memberId, topicId, follows })
		.onConflictDoUpdate({ target: [topicReaders.memberId, topicReaders.topicId], set: { follows } })

/** Remembers how far she read in a topic, or whether she follows it; returns the topic's address. Throws `not-found`. */
export const recordReading = command({
	input: ReadingForm,
	limit: 'forum.reading',
	access: (actor, input) => accessTopic(actor, input.space, input.topic),
	async run({ actor, input, found: { topic }, tx }) {
		const { intent, post } = input
		if (intent === 'read') await markRead(tx, actor.id, topic.id, await numberOf(tx, actor, topic.id, post))
		else await setFollows(tx, actor.id, topic.id, intent === 'follow')
		return `/forum/${topic.spaceId}/${topic.id}`
	},
})

/** Follows a space, or stops. Throws `not-found`. */
export const followSpace = command({
	input: FollowSpace,
	limit: 'forum.reading',
	access: (actor, input) => accessSpace(actor, input.space),
	async run({ actor, input, found: space, tx }) {
		const mine = { memberId: actor.id, spaceId: space.id }
		if (input.intent === 'follow') await tx.insert(spaceFollowers).values(mine).onConflictDoNothing()
		else
			await tx
				.delete(spaceFollowers)
				.where(and(eq(spaceFollowers.memberId, actor.id), eq(spaceFollowers.spaceId, space.id)))
	},
})

/** What a page of a topic tells its reader about her own reading; `shown` are the posts of the page in their order. */
export function readingOf(
	{ topic, reader }: Pick<AccessedTopic, 'topic' | 'reader'>,
	shown: readonly { id: string; seq: number }[],
): Reading {
	const readSeq = reader?.readSeq ?? 0
	const last = shown.at(-1)
	const path = `/forum/${topic.spaceId}/${topic.id}`
	return {
		path,
		follows: reader?.follows ?? false,
		first: shown[0]?.id,
		unreadEnd: last && last.seq > readSeq ? last.id : undefined,
		continueAt: continuePath({ path, readSeq, postSeq: topic.postSeq, shown }),
	}
}

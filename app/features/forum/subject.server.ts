import { and, asc, between, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { mayEnter } from '~/features/members/entrance.server'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import { isUuid } from '~/platform/text'
import { notBlocked } from './access.server'
import { recountPosts } from './counting.server'
import { postPath } from './posts.server'
import { tellOnceShown } from './waiting.server'
import { wipePost } from './wiping.server'

/** How many posts before and after a reported one a moderator is shown. */
const AROUND = 2

async function find(tx: Tx, id: string) {
	if (!isUuid(id)) return undefined
	const [post] = await tx
		.select({
			id: posts.id,
			authorId: posts.authorId,
			body: posts.body,
			lang: posts.lang,
			dir: posts.dir,
			aliased: posts.aliased,
			seq: posts.seq,
			topicId: posts.topicId,
			spaceId: topics.spaceId,
			title: topics.title,
			editAskedAt: posts.editAskedAt,
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(eq(posts.id, id))
	if (!post) return undefined
	const { seq, topicId, title, editAskedAt, ...rest } = post
	return {
		...rest,
		// A title is part of what is said in the first post.
		body: seq === 1 ? `${title}\n\n${post.body}`.trim() : post.body,
		private: false,
		path: postPath(post.spaceId, { id, topicId }),
		...(editAskedAt && { editPath: `/forum/${post.spaceId}/${topicId}/edit/${id}` }),
		around: await postsAround(tx, topicId, seq),
	}
}

const postsAround = (tx: Tx, topicId: string, seq: number) =>
	tx
		.select({
			id: posts.id,
			// Only the reported post itself names who wrote it under an alias.
			author: sql<string | null>`case when ${posts.aliased} then null else ${members.handle} end`,
			body: posts.body,
			lang: posts.lang,
			dir: posts.dir,
		})
		.from(posts)
		.leftJoin(members, eq(members.id, posts.authorId))
		.where(
			and(
				eq(posts.topicId, topicId),
				between(posts.seq, seq - AROUND, seq + AROUND),
				ne(posts.seq, seq),
				// What her neighbours took back stays theirs.
				isNull(posts.hiddenAt),
				isNull(posts.deletedAt),
			),
		)
		.orderBy(asc(posts.seq))

async function mayReport(tx: Tx, actor: Actor, id: string) {
	if (!isUuid(id)) return false
	const [seen] = await tx
		.select({ id: posts.id })
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.where(
			and(
				eq(posts.id, id),
				isNull(posts.hiddenAt),
				// The form shows the words again, and those are gone from every page.
				isNull(posts.deletedAt),
				isNull(topics.hiddenAt),
				mayEnter(actor),
				notBlocked(actor, 'posts'),
				notBlocked(actor, 'topics'),
			),
		)
	return seen !== undefined
}

/** Why nobody else sees a post: a decision, until its author changes it, or until somebody has looked at it. */
type Unseen = 'hidden' | 'asked' | 'held'

/** Hiding the question hides its topic: answers without it would only point at what was there. */
async function setUnseen(tx: Tx, id: string, why: Unseen | null) {
	// The topic before the post, like everybody else who writes in it: two who wait for each other would both fail.
	const topic = sql`${topics.id} = (select p.topic_id from posts p where p.id = ${id}::uuid)`
	await tx.select({ id: topics.id }).from(topics).where(topic).for('update')
	const [post] = await tx
		.update(posts)
		.set({
			hiddenAt: why ? sql`coalesce(${posts.hiddenAt}, now())` : null,
			editAskedAt: why === 'asked' ? sql`now()` : null,
			heldAt: why === 'held' ? sql`now()` : null,
		})
		.where(eq(posts.id, id))
		.returning({ seq: posts.seq, topicId: posts.topicId, hiddenAt: posts.hiddenAt })
	if (!post) return
	if (post.seq === 1)
		await tx.update(topics).set({ hiddenAt: post.hiddenAt }).where(eq(topics.id, post.topicId))
	await recountPosts(tx, post.topicId)
}

const setFolded = (tx: Tx, id: string, folded: boolean) =>
	tx
		.update(posts)
		.set({ foldedAt: folded ? sql`coalesce(${posts.foldedAt}, now())` : null })
		.where(eq(posts.id, id))

/** Posts, as moderation sees them. */
export const postSubject: Subject = {
	kind: 'post',
	find,
	mayReport,
	hide: (tx, id) => setUnseen(tx, id, 'hidden'),
	async restore(tx, id) {
		const tell = await tellOnceShown(tx, id)
		await setUnseen(tx, id, null)
		await tell()
	},
	askEdit: (tx, id) => setUnseen(tx, id, 'asked'),
	hold: (tx, id) => setUnseen(tx, id, 'held'),
	fold: async (tx, id, folded) => void (await setFolded(tx, id, folded)),
	wipe: wipePost,
}

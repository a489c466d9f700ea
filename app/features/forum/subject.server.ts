import { and, asc, between, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import type { Subject } from '~/features/moderation/subject'
import { isUuid } from '~/platform/text'
import { postPath } from './posts.server'

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
			seq: posts.seq,
			topicId: posts.topicId,
			spaceId: topics.spaceId,
			title: topics.title,
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(eq(posts.id, id))
	if (!post) return undefined
	const { seq, topicId, title, ...rest } = post
	return {
		...rest,
		// A title is part of what is said in the first post.
		body: seq === 1 ? `${title}\n\n${post.body}` : post.body,
		private: false,
		path: postPath(post.spaceId, { topicId, seq }),
		around: await postsAround(tx, topicId, seq),
	}
}

const postsAround = (tx: Tx, topicId: string, seq: number) =>
	tx
		.select({ id: posts.id, author: members.handle, body: posts.body, lang: posts.lang, dir: posts.dir })
		.from(posts)
		.leftJoin(members, eq(members.id, posts.authorId))
		.where(
			and(eq(posts.topicId, topicId), between(posts.seq, seq - AROUND, seq + AROUND), ne(posts.seq, seq)),
		)
		.orderBy(asc(posts.seq))

async function mayReport(tx: Tx, _actor: unknown, id: string) {
	if (!isUuid(id)) return false
	const [seen] = await tx
		.select({ id: posts.id })
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(and(eq(posts.id, id), isNull(posts.hiddenAt), isNull(topics.hiddenAt)))
	return seen !== undefined
}

/** Hiding the question hides its topic: answers without it would only point at what was there. */
async function setHidden(tx: Tx, id: string, hidden: boolean) {
	const [post] = await tx
		.update(posts)
		.set({ hiddenAt: hidden ? sql`now()` : null })
		.where(and(eq(posts.id, id), hidden ? isNull(posts.hiddenAt) : isNotNull(posts.hiddenAt)))
		.returning({ seq: posts.seq, topicId: posts.topicId })
	if (!post) return
	await tx
		.update(topics)
		.set({
			visiblePosts: sql`${topics.visiblePosts} ${hidden ? sql`- 1` : sql`+ 1`}`,
			...(post.seq === 1 ? { hiddenAt: hidden ? sql`now()` : null } : {}),
		})
		.where(eq(topics.id, post.topicId))
}

/** Posts, as moderation sees them. */
export const postSubject: Subject = {
	kind: 'post',
	find,
	mayReport,
	hide: (tx, id) => setHidden(tx, id, true),
	restore: (tx, id) => setHidden(tx, id, false),
}

import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, postVersions, topics } from '~/db/schema/forum'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { accessTopic } from './access.server'
import { lockTopic, recountPosts } from './counting.server'
import { UNDO_MINUTES } from './forum.limits'
import { OnePost } from './forum.schema'

const changed = { id: posts.id, topicId: posts.topicId, seq: posts.seq, version: posts.version }

const hers = (actor: Actor, topicId: string, post: string) =>
	and(eq(posts.id, post), eq(posts.topicId, topicId), eq(posts.authorId, actor.id), isNull(posts.hiddenAt))

/** The title goes at once from everything that reads it; it waits beside the post for her to change her mind. */
async function putTitleAside(tx: Tx, post: { id: string; topicId: string; version: number }) {
	await tx.insert(postVersions).select(
		tx
			.select({
				postId: posts.id,
				version: posts.version,
				title: topics.title,
				body: posts.body,
				lang: posts.lang,
				until: sql`now()`.as('until'),
			})
			.from(posts)
			.innerJoin(topics, eq(topics.id, posts.topicId))
			.where(eq(posts.id, post.id)),
	)
	await tx.update(topics).set({ title: '' }).where(eq(topics.id, post.topicId))
}

/** Merged into another topic meanwhile it asks nothing there any more, and its title is let go. */
async function putTitleBack(tx: Tx, post: { id: string; topicId: string; version: number; seq: number }) {
	const [aside] = await tx
		.delete(postVersions)
		.where(and(eq(postVersions.postId, post.id), eq(postVersions.version, post.version)))
		.returning({ title: postVersions.title })
	if (post.seq !== 1) return
	await tx
		.update(topics)
		.set({ title: aside?.title ?? '' })
		.where(eq(topics.id, post.topicId))
}

/** Deletes a post of hers: only a shell is left at once. Sent again, it is still deleted. Throws `not-found`. */
export const deletePost = command({
	input: OnePost,
	limit: 'forum.edit',
	access: (actor, input) => accessTopic(actor, input.space, input.topic),
	async run({ actor, input, found: { topic }, tx }) {
		await lockTopic(tx, topic.id)
		const mine = hers(actor, topic.id, input.post)
		const [deleted] = await tx
			.update(posts)
			.set({ deletedAt: sql`now()` })
			.where(and(mine, isNull(posts.deletedAt)))
			.returning(changed)
		if (deleted?.seq === 1) await putTitleAside(tx, deleted)
		if (deleted) await recountPosts(tx, topic.id)
		const [post] = deleted ? [deleted] : await tx.select(changed).from(posts).where(mine)
		if (!post) throw new AppError('not-found')
		return post
	},
})

/** Takes the deletion back, for ten minutes; undefined when it is too late. */
export const restorePost = command({
	input: OnePost,
	limit: 'forum.edit',
	access: (actor, input) => accessTopic(actor, input.space, input.topic),
	async run({ actor, input, found: { topic }, tx }) {
		await lockTopic(tx, topic.id)
		const [restored] = await tx
			.update(posts)
			.set({ deletedAt: null })
			.where(
				and(
					hers(actor, topic.id, input.post),
					isNotNull(posts.deletedAt),
					sql`${posts.deletedAt} > now() - make_interval(mins => ${UNDO_MINUTES}) and ${posts.body} <> ''`,
				),
			)
			.returning(changed)
		if (!restored) return undefined
		await putTitleBack(tx, restored)
		await recountPosts(tx, topic.id)
		return restored
	},
})

import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, postThanks } from '~/db/schema/forum'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { OnePost } from './forum.schema'
import { type AccessedPost, accessPost } from './posts.server'

const pathOf = ({ space, post, topic }: AccessedPost) => ({
	spaceId: space.id,
	id: post.id,
	topicId: topic.id,
})

const count = (tx: Tx, postId: string, change: 1 | -1) =>
	tx
		.update(posts)
		.set({ thanks: sql`${posts.thanks} + ${change}` })
		.where(eq(posts.id, postId))

const given = (actor: Actor, postId: string) =>
	and(eq(postThanks.postId, postId), eq(postThanks.memberId, actor.id))

/** Thanks for a post, once; not for her own. Throws `not-found`, `forbidden`. */
export const thank = command({
	input: OnePost,
	limit: 'forum.thanks',
	access: accessPost,
	async run({ actor, found, tx }) {
		if (found.post.authorId === actor.id) throw new AppError('forbidden')
		const thanked = await tx
			.insert(postThanks)
			.values({ postId: found.post.id, memberId: actor.id })
			.onConflictDoNothing()
			.returning({ postId: postThanks.postId })
		if (thanked.length > 0) await count(tx, found.post.id, 1)
		return pathOf(found)
	},
})

/** Takes her thanks back. Throws `not-found`. */
export const takeThanksBack = command({
	input: OnePost,
	limit: 'forum.thanks',
	access: accessPost,
	async run({ actor, found, tx }) {
		const taken = await tx
			.delete(postThanks)
			.where(given(actor, found.post.id))
			.returning({ postId: postThanks.postId })
		if (taken.length > 0) await count(tx, found.post.id, -1)
		return pathOf(found)
	},
})

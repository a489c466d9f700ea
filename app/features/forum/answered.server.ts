import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { accessTopic, notBlocked } from './access.server'
import { OnePost, OneTopic } from './forum.schema'
import { tellAnswered } from './telling.server'

/** Her own question. Whoever may read it and did not ask it is refused. Throws `not-found`, `forbidden`. */
async function accessOwnTopic(actor: Actor, ids: { space: string; topic: string }) {
	const { topic } = await accessTopic(actor, ids.space, ids.topic)
	if (topic.authorId !== actor.id) throw new AppError('forbidden')
	return topic
}

/** An answer in the topic that she may read. */
async function findAnswer(tx: Tx, actor: Actor, topicId: string, id: string) {
	const [post] = await tx
		.select({ id: posts.id, authorId: posts.authorId })
		.from(posts)
		.where(
			and(
				eq(posts.id, id),
				eq(posts.topicId, topicId),
				gt(posts.seq, 1),
				isNull(posts.hiddenAt),
				isNull(posts.deletedAt),
				notBlocked(actor, 'posts'),
			),
		)
	if (!post) throw new AppError('not-found')
	return post
}

/** The asker says that her question is answered, and by which answer. */
export const markAnsweredBy = command({
	input: OnePost,
	limit: 'forum.thanks',
	access: accessOwnTopic,
	async run({ actor, input, found: topic, tx }) {
		const post = await findAnswer(tx, actor, topic.id, input.post)
		if (topic.answeredBy === post.id) return topic
		await tx
			.update(topics)
			.set({ answeredAt: sql`coalesce(${topics.answeredAt}, now())`, answeredBy: post.id })
			.where(eq(topics.id, topic.id))
		const by = { id: actor.id, aliased: topic.alias !== null }
		await tellAnswered(tx, { ...post, topicId: topic.id }, by)
		return topic
	},
})

const setAnswered = (answered: boolean) =>
	command({
		input: OneTopic,
		limit: 'forum.thanks',
		access: accessOwnTopic,
		async run({ found: topic, tx }) {
			await tx
				.update(topics)
				.set({ answeredAt: answered ? sql`coalesce(${topics.answeredAt}, now())` : null, answeredBy: null })
				.where(eq(topics.id, topic.id))
			return topic
		},
	})

/** The asker says that her question is answered, by no answer in particular. */
export const markAnswered = setAnswered(true)
/** She takes back that it is. */
export const takeAnsweredBack = setAnswered(false)

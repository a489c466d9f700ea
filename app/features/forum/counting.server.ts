import { eq, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { topics } from '~/db/schema/forum'
import { AppError } from '~/platform/errors'

/** Makes those who write in one topic take turns, and sees what changed since the page was read. Throws `not-found`. */
export async function lockTopic(tx: Tx, topicId: string) {
	const [locked] = await tx
		.select({
			id: topics.id,
			authorId: topics.authorId,
			alias: topics.alias,
			hiddenAt: topics.hiddenAt,
			lockedAt: topics.lockedAt,
			mergedInto: topics.mergedInto,
		})
		.from(topics)
		.where(eq(topics.id, topicId))
		.for('update')
	if (!locked || locked.hiddenAt) throw new AppError('not-found')
	return locked
}

/**
 * Counts the posts of topics anew; only with their rows locked. A deleted question counts as long as it has answers, and
 * a topic with nothing left to read counts none: no list shows it.
 */
export const recountWhere = (tx: Tx, where: SQL) =>
	tx
		.update(topics)
		.set({
			visiblePosts: sql`(
				select case when count(*) filter (where p.seq > 1) > 0 then 1 + count(*) filter (where p.seq > 1) else count(*) end
				from posts p where p.topic_id = topics.id and p.hidden_at is null and p.deleted_at is null)`,
		})
		.where(where)

/** Counts the posts of one topic anew; only with its row locked. */
export const recountPosts = (tx: Tx, topicId: string) => recountWhere(tx, eq(topics.id, topicId))

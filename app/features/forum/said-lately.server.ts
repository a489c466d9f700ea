import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'

/** The last posts where everyone reads along, for whoever asks what a watch rule would find. */
export async function saidLately(db: Db, limit: number) {
	const rows = await db
		.select({
			text: sql<string>`case when ${posts.seq} = 1 then ${topics.title} || E'\\n' || ${posts.body} else ${posts.body} end`,
			lang: posts.lang,
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.where(
			and(
				eq(spaces.access, 'everyone'),
				isNull(posts.hiddenAt),
				isNull(posts.deletedAt),
				isNull(topics.hiddenAt),
			),
		)
		.orderBy(desc(posts.createdAt))
		.limit(limit)
	return rows.map((row) => ({ ...row, public: true }))
}

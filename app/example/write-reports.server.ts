import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { cases, reports } from '~/db/schema/moderation'
import { excerptOf } from '~/features/moderation/excerpt'
import { daysBefore } from './clock'
import type { ExampleIds } from './write-people.server'

/** What moderators find waiting: why, and how long ago. The reported posts themselves are harmless ones. */
const WAITING = [
	{ by: 'ياسمين', reason: 'other', words: 'Non sono sicura che sia vero.', hoursAgo: 30 },
	{ by: 'Lucetta', reason: 'private-details', words: '', hoursAgo: 9 },
	{ by: 'Ива', reason: 'money', words: 'Моля, погледнете.', hoursAgo: 20 },
] as const

/** Writes a few open cases, so that the moderators' pages have something to show. */
export async function writeReports(tx: Tx, ids: ExampleIds) {
	const reported = await tx
		.select({
			id: posts.id,
			spaceId: topics.spaceId,
			authorId: posts.authorId,
			body: posts.body,
			lang: posts.lang,
			dir: posts.dir,
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(and(eq(posts.seq, 2), isNotNull(posts.authorId)))
		.orderBy(asc(posts.createdAt))
		.limit(WAITING.length)
	for (const [at, { id, body, ...post }] of reported.entries()) {
		const { by, reason, words, hoursAgo } = WAITING[at]!
		const openedAt = daysBefore(ids.now, hoursAgo / 24)
		const [made] = await tx
			.insert(cases)
			.values({ ...post, subjectKind: 'post', subjectId: id, excerpt: excerptOf(body), openedAt })
			.returning({ id: cases.id })
		await tx
			.insert(reports)
			.values({ caseId: made!.id, reporterId: ids.member(by), reason, words, createdAt: openedAt })
	}
}

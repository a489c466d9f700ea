import { asc, eq } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { cases, reports } from '~/db/schema/moderation'
import { daysBefore, type ExampleIds } from './write-people.server'

/** What moderators find waiting: the reason, how urgent it is, and how long ago. Reported posts are harmless ones. */
const WAITING = [
	{ reason: 'other', urgency: 0, hoursAgo: 30 },
	{ reason: 'private-details', urgency: 1, hoursAgo: 9 },
	{ reason: 'money', urgency: 1, hoursAgo: 20 },
] as const
const REPORTERS = ['ياسمين', 'Lucetta', 'Ива']

/** Writes a few open cases, so that the moderators' pages have something to show. */
export async function writeReports(tx: Tx, ids: ExampleIds) {
	const reported = await tx
		.select({ id: posts.id, spaceId: topics.spaceId })
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(eq(posts.seq, 2))
		.orderBy(asc(posts.createdAt))
		.limit(WAITING.length)
	for (const [at, post] of reported.entries()) {
		const { reason, urgency, hoursAgo } = WAITING[at]!
		const openedAt = daysBefore(ids.now, hoursAgo / 24)
		const [made] = await tx
			.insert(cases)
			.values({ subjectKind: 'post', subjectId: post.id, spaceId: post.spaceId, urgency, openedAt })
			.returning({ id: cases.id })
		const reporterId = ids.member(REPORTERS[at]!)
		await tx.insert(reports).values({ caseId: made!.id, reporterId, reason, createdAt: openedAt })
	}
}

import { and, eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import { cases, reports } from '~/db/schema/moderation'
import type { Reason } from '~/features/moderation/moderation.words'
import { report } from '~/features/moderation/reports.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aMessage, aPrivateRoom } from './chat'
import { aTopic } from './forum'
import { aMember } from './members'

/** A moderator of everything, or of one space, or of some languages only. */
export const aModerator = (spaceId?: string, languages?: string[]) =>
	aMember({ roles: [{ role: 'moderator', spaceId, languages }] })

/** The first post of a new question. */
export async function aPost(fields: Parameters<typeof aTopic>[0] = {}) {
	const topic = await aTopic(fields)
	const [post] = await db.select({ id: posts.id }).from(posts).where(eq(posts.topicId, topic.id))
	return { id: post!.id, spaceId: topic.spaceId, topicId: topic.id, author: topic.author }
}

interface ReportFields {
	by?: Actor
	kind?: string
	id: string
	reason?: Reason
	words?: string
}

/** A report through the command; gives the case it landed in and who reported. */
export async function aReport({ by, kind = 'post', id, reason = 'rude', words = '' }: ReportFields) {
	const reporter = by ?? (await aMember())
	await report({ subjects })(reporter, { kind, id, reason, words })
	const [row] = await db
		.select({ caseId: reports.caseId })
		.from(reports)
		.innerJoin(cases, eq(cases.id, reports.caseId))
		.where(and(eq(reports.reporterId, reporter.id), eq(cases.subjectId, id), eq(cases.status, 'open')))
	return { caseId: row!.caseId, reporter }
}

/** A post that was reported. */
export async function aReportedPost(fields: Omit<ReportFields, 'id' | 'kind'> & { body?: string } = {}) {
	const { body, ...rest } = fields
	const post = await aPost(body === undefined ? {} : { body })
	return { post, ...(await aReport({ ...rest, id: post.id })) }
}

/** A message in a room of two, reported by the other. */
export async function aReportedMessage(body = 'Only you know this') {
	const [author, reporter] = [await aMember(), await aMember()]
	const room = await aPrivateRoom(author, reporter)
	await aMessage(reporter, room, 'Hello, how are you?')
	const message = await aMessage(author, room, body)
	return { room, message, author, ...(await aReport({ by: reporter, kind: 'message', id: message.id })) }
}

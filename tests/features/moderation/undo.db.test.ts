import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { auditLog } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { readCase } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { appeal } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aModerator, aReport, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const hide = { decision: 'hide', rule: 'insult', words: 'Please be kind' }
const dismiss = { decision: 'dismiss' }
const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>) =>
	decide({ subjects })(actor, { case: caseId, ...how })
const caseOf = async (id: string) => (await db.select().from(cases).where(eq(cases.id, id)))[0]!
const recordsOf = (caseId: string) => db.select().from(auditLog).where(eq(auditLog.subjectId, caseId))
const isHidden = async (postId: string) =>
	(await db.select({ at: posts.hiddenAt }).from(posts).where(eq(posts.id, postId)))[0]!.at !== null

describe('taking a decision back', () => {
	test('within minutes shows it again, ends the statement, and the case waits as before', async () => {
		const { post, caseId } = await aReportedPost()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, hide)
		expect((await readCase(subjects, moderator, caseId)).undoMinutes).toBe(10)
		await undo({ subjects })(moderator, { case: caseId })
		expect(await isHidden(post.id)).toBe(false)
		expect(await db.select().from(topics)).toMatchObject([{ hiddenAt: null, visiblePosts: 1 }])
		expect(await caseOf(caseId)).toMatchObject({
			status: 'open',
			decision: null,
			decidedBy: null,
			decidedAt: null,
		})
		expect(await db.select().from(statements)).toMatchObject([{ undoneAt: expect.any(Date) }])
		expect((await recordsOf(caseId)).map(({ action }) => action)).toEqual([
			'moderation.hidden',
			'moderation.undone',
		])
	})

	test.each([
		['another moderator', async () => aModerator(), 0, 'conflict'],
		['herself, eleven minutes later', undefined, 11, 'conflict'],
		['herself, nine minutes later', undefined, 9, 'ok'],
	])('by %s: %s', async (_who, other, minutes, expected) => {
		const { post, caseId } = await aReportedPost()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, hide)
		const decidedAt = new Date(Date.now() - minutes * 60_000)
		await db.update(cases).set({ decidedAt }).where(eq(cases.id, caseId))
		expect(
			await codeOf(async () => undo({ subjects })(other ? await other() : moderator, { case: caseId })),
		).toBe(expected)
		expect(await isHidden(post.id)).toBe(expected !== 'ok')
	})

	test('is left to another moderator once its author has asked for one', async () => {
		const { post, caseId } = await aReportedPost()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, hide)
		const [statement] = await db.select().from(statements)
		await appeal(post.author, { statement: statement!.id })
		expect(await codeOf(() => undo({ subjects })(moderator, { case: caseId }))).toBe('conflict')
		expect(await isHidden(post.id)).toBe(true)
	})

	test('gives way to a new report of the same thing', async () => {
		const { post, caseId } = await aReportedPost()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, dismiss)
		await aReport({ id: post.id })
		expect(await codeOf(() => undo({ subjects })(moderator, { case: caseId }))).toBe('conflict')
		expect((await caseOf(caseId)).decision).toBe('dismissed')
	})

	test('twice at once happens once', async () => {
		const { caseId } = await aReportedPost()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, hide)
		const outcomes = await Promise.all(
			[1, 2].map(() => codeOf(() => undo({ subjects })(moderator, { case: caseId }))),
		)
		expect(outcomes.sort()).toEqual(['conflict', 'ok'])
	})
})

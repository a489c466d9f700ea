import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { auditLog } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { readCase } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { readNotes } from '~/features/moderation/notes.server'
import { appeal } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aSpace } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator, aReport, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const hide = { decision: 'hide', rule: 'insult', words: 'Please be kind' }
const dismiss = { decision: 'dismiss' }
const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>) =>
	decide({ subjects })(actor, { case: caseId, ...how })
const caseOf = async (id: string) => (await db.select().from(cases).where(eq(cases.id, id)))[0]!
const recordsOf = (caseId: string) =>
	db.select().from(auditLog).where(eq(auditLog.subjectId, caseId)).orderBy(auditLog.seq)
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

	const DAY = 1_440
	const other = () => aModerator()
	const elsewhere = async () => aModerator((await aSpace()).id)
	const WHY = 'I read it wrongly'
	test.each<[string, (() => Promise<Actor>) | undefined, number, string, string]>([
		['herself, nine minutes later', undefined, 9, '', 'ok'],
		['herself, eleven minutes later, without a reason', undefined, 11, '', 'invalid'],
		['herself, eleven minutes later, with a reason', undefined, 11, WHY, 'ok'],
		['another moderator at once, without a reason', other, 0, '', 'invalid'],
		['another moderator, with a reason', other, 0, WHY, 'ok'],
		['another moderator of another space', elsewhere, 0, WHY, 'not-found'],
		['a member', () => aMember(), 0, WHY, 'not-found'],
		['another, half a year later', other, 182 * DAY, WHY, 'ok'],
		['another, when its author could no longer ask for another look', other, 184 * DAY, WHY, 'conflict'],
	])('by %s: %s', async (_who, whom, minutes, why, expected) => {
		const { post, caseId } = await aReportedPost()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, hide)
		const decidedAt = new Date(Date.now() - minutes * 60_000)
		await db.update(cases).set({ decidedAt }).where(eq(cases.id, caseId))
		const actor = whom ? await whom() : moderator
		const shown = await readCase(subjects, await aModerator(), caseId)
		expect(shown).toMatchObject({ mayReopen: expected !== 'conflict', undoMinutes: 0 })
		expect(await codeOf(() => undo({ subjects })(actor, { case: caseId, why }))).toBe(expected)
		expect(await isHidden(post.id)).toBe(expected !== 'ok')
		expect(await readNotes(caseId)).toMatchObject(
			expected === 'ok' && why ? [{ words: WHY, author: actor.handle }] : [],
		)
	})

	test('by another moderator is on record with who did it, told to its author, and hers to decide', async () => {
		const { post, caseId } = await aReportedPost()
		const [first, second] = [await aModerator(), await aModerator()]
		await decideOn(first, caseId, hide)
		await undo({ subjects })(second, { case: caseId, why: WHY })
		expect(await recordsOf(caseId)).toMatchObject([
			{ action: 'moderation.hidden', actorId: first.id },
			{ action: 'moderation.undone', actorId: second.id, memberId: post.author.id },
		])
		const stated = await db.select().from(statements)
		expect(stated).toMatchObject([{ undoneAt: expect.any(Date), seenAt: null }])
		expect(await codeOf(() => decideOn(first, caseId, dismiss))).toBe('conflict')
		expect(await codeOf(() => decideOn(second, caseId, dismiss))).toBe('ok')
	})

	test('is not for who reported it, and her page does not offer it', async () => {
		const reporter = await aModerator()
		const { caseId } = await aReportedPost({ by: reporter })
		await decideOn(await aModerator(), caseId, dismiss)
		expect(await readCase(subjects, reporter, caseId)).toMatchObject({ mayReopen: false })
		expect(await codeOf(() => undo({ subjects })(reporter, { case: caseId, why: WHY }))).toBe('forbidden')
	})

	test('of the answer to an appeal is not for her whose decision that is about', async () => {
		const { post, caseId } = await aReportedPost()
		const [first, second] = [await aModerator(), await aModerator()]
		await decideOn(first, caseId, hide)
		const [statement] = await db.select().from(statements)
		await appeal(post.author, { statement: statement!.id })
		const [asked] = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
		await decideOn(second, asked!.id, { decision: 'uphold' })
		const again = (actor: Actor) => codeOf(() => undo({ subjects })(actor, { case: asked!.id, why: WHY }))
		expect(await again(first)).toBe('forbidden')
		expect(await again(await aModerator())).toBe('ok')
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

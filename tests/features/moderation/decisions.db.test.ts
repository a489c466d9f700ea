import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { posts } from '~/db/schema/forum'
import { auditLog } from '~/db/schema/members'
import { cases, reports, statements } from '~/db/schema/moderation'
import { readTopic } from '~/features/forum/posts.server'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { listMyReports } from '~/features/moderation/my-reports.server'
import { report } from '~/features/moderation/reports.server'
import type { Subject } from '~/features/moderation/subject'
import type { Actor } from '~/platform/actor'
import { subscribe } from '~/platform/bus.server'
import { subjects } from '~/routes/subjects.server'
import { aSpace } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator, aPost, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const hide = { decision: 'hide', rule: 'insult', words: 'Please be kind' }
const dismiss = { decision: 'dismiss' }
const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>, using = subjects) =>
	decide({ subjects: using })(actor, { case: caseId, ...how })
const caseOf = async (id: string) => (await db.select().from(cases).where(eq(cases.id, id)))[0]!
const recordsOf = (caseId: string) =>
	db.select().from(auditLog).where(eq(auditLog.subjectId, caseId)).orderBy(auditLog.seq)
const isHidden = async (postId: string) =>
	(await db.select({ at: posts.hiddenAt }).from(posts).where(eq(posts.id, postId)))[0]!.at !== null

describe('who opens and decides a case', () => {
	const coordinator = () => aMember({ roles: [{ role: 'coordinator' }] })
	const table: [string, (spaceId: string) => Promise<Actor>, string, string][] = [
		['a member', () => aMember(), 'not-found', 'not-found'],
		['a mentor', () => aMember({ roles: [{ role: 'mentor' }] }), 'not-found', 'not-found'],
		['a coordinator', coordinator, 'not-found', 'not-found'],
		['a moderator of another space', async () => aModerator((await aSpace()).id), 'not-found', 'not-found'],
		['a moderator of its space', (spaceId) => aModerator(spaceId), 'ok', 'not-found'],
		['a moderator of everything', () => aModerator(), 'ok', 'ok'],
	]
	test.each(table)('%s: a post %s, a private message %s', async (_who, make, onPost, onMessage) => {
		const { post, caseId } = await aReportedPost()
		const { caseId: secret } = await aReportedMessage()
		const actor = await make(post.spaceId)
		expect(await codeOf(() => readCase(subjects, actor, caseId))).toBe(onPost)
		expect(await codeOf(() => decideOn(actor, caseId, hide))).toBe(onPost)
		expect(await codeOf(() => readCase(subjects, actor, secret))).toBe(onMessage)
		expect(await codeOf(() => openPrivate({ subjects })(actor, { case: secret }))).toBe(onMessage)
		expect(await codeOf(() => decideOn(actor, secret, dismiss))).toBe(onMessage)
		expect((await caseOf(secret)).status).toBe(onMessage === 'ok' ? 'decided' : 'open')
		expect(await isHidden(post.id)).toBe(onPost === 'ok')
	})

	test('nobody what she wrote herself: to her it is not there', async () => {
		const author = await aModerator()
		const { caseId } = await aReport({ id: (await aPost({ author })).id })
		expect(await codeOf(() => readCase(subjects, author, caseId))).toBe('not-found')
		expect(await codeOf(() => decideOn(author, caseId, dismiss))).toBe('not-found')
		expect(await codeOf(() => undo({ subjects })(author, { case: caseId }))).toBe('not-found')
	})

	test('nobody what she reported herself: she is told that another decides', async () => {
		const reporter = await aModerator()
		const { caseId } = await aReportedPost({ by: reporter })
		expect(await readCase(subjects, reporter, caseId)).toMatchObject({ notHers: 'own-report' })
		expect(await codeOf(() => decideOn(reporter, caseId, dismiss))).toBe('forbidden')
		expect(await codeOf(async () => decideOn(await aModerator(), caseId, dismiss))).toBe('ok')
	})

	test.each(['no-such-case', crypto.randomUUID()])('there is nothing to decide at %s', async (id) => {
		const moderator = await aModerator()
		expect(await codeOf(() => readCase(subjects, moderator, id))).toBe('not-found')
		expect(await codeOf(() => decideOn(moderator, id, dismiss))).toBe('not-found')
	})
})

describe('hiding', () => {
	test('takes it away from everyone, tells its author why, and is on record', async () => {
		const { post, caseId } = await aReportedPost({ body: 'Rude words' })
		const [moderator, reader] = [await aModerator(), await aMember()]
		await decideOn(moderator, caseId, hide)
		const ids = { space: post.spaceId, topic: post.topicId }
		expect(await codeOf(() => readTopic(reader, 'en', ids, null))).toBe('not-found')
		expect(await caseOf(caseId)).toMatchObject({
			status: 'decided',
			decision: 'hidden',
			decidedBy: moderator.id,
		})
		expect(await db.select().from(statements)).toMatchObject([
			{
				memberId: post.author.id,
				caseId,
				action: 'hidden',
				rule: 'insult',
				words: 'Please be kind',
				excerpt: 'A question Rude words',
				decidedBy: moderator.id,
			},
		])
		expect(await recordsOf(caseId)).toMatchObject([
			{ action: 'moderation.hidden', actorId: moderator.id, memberId: post.author.id },
		])
	})

	test('never happens without its statement: when one part cannot be done, nothing is', async () => {
		const { post, caseId } = await aReportedPost()
		const broken = subjects.map((subject) => ({
			...subject,
			hide: async (...given: Parameters<Subject['hide']>) => {
				await subject.hide(...given)
				throw new Error('the power went off')
			},
		}))
		const attempt = decideOn(await aModerator(), caseId, hide, broken)
		await expect(attempt).rejects.toThrow('the power went off')
		expect(await isHidden(post.id)).toBe(false)
		expect(await caseOf(caseId)).toMatchObject({ status: 'open', decision: null })
		expect(await db.$count(statements)).toBe(0)
		expect(await recordsOf(caseId)).toEqual([])
	})

	test('every hidden thing has exactly one statement in force, whatever was done before', async () => {
		const moderator = await aModerator()
		for (const moves of [
			['hide'],
			['hide', 'undo'],
			['hide', 'undo', 'hide'],
			['dismiss', 'undo', 'hide'],
			['dismiss'],
		]) {
			const { caseId } = await aReportedPost()
			for (const move of moves) {
				if (move === 'undo') await undo({ subjects })(moderator, { case: caseId })
				else await decideOn(moderator, caseId, move === 'hide' ? hide : dismiss)
			}
		}
		const rows = await db
			.select({
				hiddenAt: posts.hiddenAt,
				undoneAt: statements.undoneAt,
				rule: statements.rule,
				caseId: cases.id,
			})
			.from(posts)
			.innerJoin(cases, eq(cases.subjectId, posts.id))
			.leftJoin(statements, eq(statements.caseId, cases.id))
		const ids = [...new Set(rows.map(({ caseId }) => caseId))]
		expect(ids).toHaveLength(5)
		for (const id of ids) {
			const all = rows.filter(({ caseId }) => caseId === id)
			const inForce = all.filter(({ rule, undoneAt }) => rule !== null && undoneAt === null)
			expect(inForce).toHaveLength(all[0]!.hiddenAt ? 1 : 0)
		}
	})

	test('is told to open screens only after it is saved', async () => {
		const told: { gone: boolean; saved: Promise<boolean> }[] = []
		const { message, caseId } = await aReportedMessage()
		const saved = async () => {
			const [row] = await db.select().from(messages).where(eq(messages.id, message.id))
			return row?.hiddenAt !== null && (await db.$count(statements)) === 1
		}
		subscribe('chat:message', ({ entry }) => void told.push({ gone: 'gone' in entry, saved: saved() }))
		await decideOn(await aModerator(), caseId, { ...hide, rule: 'money' })
		await expect.poll(() => told.length).toBe(1)
		expect(told[0]?.gone).toBe(true)
		expect(await told[0]?.saved).toBe(true)
	})

	test.each([
		['no rule', { decision: 'hide' }, { rule: 'errors:choose' }],
		['an answer to an appeal', { decision: 'restore' }, { decision: 'errors:choose' }],
		['nothing', {}, { decision: 'errors:choose' }],
	])('needs a decision that can be told: %s', async (_what, how, fields) => {
		const { post, caseId } = await aReportedPost()
		const attempt = decideOn(await aModerator(), caseId, how)
		await expect(attempt).rejects.toMatchObject({ code: 'invalid', fields })
		expect(await isHidden(post.id)).toBe(false)
	})
})

describe('leaving it as it is', () => {
	test('tells its author nothing and names her nowhere', async () => {
		const { post, caseId } = await aReportedPost()
		await decideOn(await aModerator(), caseId, { ...dismiss, words: 'Not for her' })
		expect(await db.$count(statements)).toBe(0)
		expect(await isHidden(post.id)).toBe(false)
		expect(await recordsOf(caseId)).toMatchObject([{ action: 'moderation.dismissed', memberId: null }])
	})
})

describe('two at once', () => {
	test.each([
		['the same', [hide, hide]],
		['not the same', [hide, dismiss]],
	])('who decide %s: one does, the other is told what was decided', async (_how, decisions) => {
		const { caseId } = await aReportedPost()
		const moderators = await Promise.all(decisions.map(() => aModerator()))
		const outcomes = await Promise.allSettled(
			moderators.map((actor, at) => decideOn(actor, caseId, decisions[at]!)),
		)
		expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
		const { decision, decidedBy } = await caseOf(caseId)
		const refused = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult
		expect(refused.reason).toMatchObject({ code: 'conflict', details: { decision } })
		const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
		expect(decidedBy).toBe(moderators[winner]!.id)
		expect(await db.$count(statements)).toBe(decision === 'hidden' ? 1 : 0)
		expect(await recordsOf(caseId)).toHaveLength(1)
	})

	test('the same form sent twice is one decision', async () => {
		const { caseId } = await aReportedPost()
		const moderator = await aModerator()
		const sent = [1, 2, 3].map(() => codeOf(() => decideOn(moderator, caseId, hide)))
		expect(await Promise.all(sent)).toEqual(['ok', 'ok', 'ok'])
		expect(await db.$count(statements)).toBe(1)
		expect(await recordsOf(caseId)).toHaveLength(1)
	})

	test('a report in the moment of the decision is not lost', async () => {
		const { post, caseId } = await aReportedPost()
		const [moderator, another] = [await aModerator(), await aMember()]
		const raw = { kind: 'post', id: post.id, reason: 'frightens', words: '' }
		await Promise.all([decideOn(moderator, caseId, dismiss), report({ subjects })(another, raw)])
		const mine = and(eq(reports.reporterId, another.id), eq(reports.reason, 'frightens'))
		expect(await db.$count(reports, mine)).toBe(1)
		expect((await listMyReports(another, null)).reports).toHaveLength(1)
	})
})

describe('opening what is private', () => {
	test('is on record with whose words it was, and shown to the reporter with its time', async () => {
		const { caseId, author, reporter } = await aReportedMessage()
		const moderator = await aModerator()
		expect((await listMyReports(reporter, null)).reports).toMatchObject([{ readAt: null }])
		await openPrivate({ subjects })(moderator, { case: caseId })
		expect((await listMyReports(reporter, null)).reports).toMatchObject([
			{ readAt: expect.any(Date), state: 'waiting' },
		])
		await openPrivate({ subjects })(moderator, { case: caseId })
		const expected = { action: 'moderation.read-private', actorId: moderator.id, memberId: author.id }
		expect(await recordsOf(caseId)).toMatchObject([expected, expected])
	})

	test('is not for who reported it, and not any more once it is decided', async () => {
		const { caseId } = await aReportedMessage()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, dismiss)
		expect(await codeOf(() => openPrivate({ subjects })(moderator, { case: caseId }))).toBe('conflict')
		expect((await recordsOf(caseId)).map(({ action }) => action)).toEqual(['moderation.dismissed'])
	})
})

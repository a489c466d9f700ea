import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog } from '~/db/schema/members'
import { cases, reports } from '~/db/schema/moderation'
import { openPrivate } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { listMyReports, readReportable, readSentReport, report } from '~/features/moderation/reports.server'
import { listMyStatements } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aMember } from '../../factories/members'
import { aModerator, aPost, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const send = (actor: Actor, raw: Record<string, unknown>) =>
	report({ subjects })(actor, { reason: 'insult', words: '', ...raw })
const allReports = () => db.select().from(reports)
const allCases = () => db.select().from(cases)

describe('reporting the same thing', () => {
	test('twice by the same woman is one report with her last words', async () => {
		const [post, actor] = [await aPost(), await aMember()]
		await send(actor, { kind: 'post', id: post.id, words: 'It hurt me' })
		await send(actor, { kind: 'post', id: post.id, reason: 'threat', words: 'And now I am afraid' })
		expect(await allCases()).toHaveLength(1)
		expect(await allReports()).toMatchObject([{ reason: 'threat', words: 'And now I am afraid' }])
	})

	test('by many at the same moment is one case with a report of each', async () => {
		const post = await aPost()
		const women = await Promise.all(Array.from({ length: 6 }, () => aMember()))
		await Promise.all(women.flatMap((actor) => [1, 2].map(() => send(actor, { kind: 'post', id: post.id }))))
		expect(await allCases()).toHaveLength(1)
		expect(await allReports()).toHaveLength(6)
	})

	test('puts the case first as soon as one of them speaks of danger, and it stays there', async () => {
		const [post, actor] = [await aPost(), await aMember()]
		await aReport({ id: post.id, reason: 'insult' })
		expect(await allCases()).toMatchObject([{ danger: false }])
		await send(actor, { kind: 'post', id: post.id, reason: 'danger' })
		await send(actor, { kind: 'post', id: post.id, reason: 'other', words: 'Less than I thought' })
		expect(await allCases()).toMatchObject([{ danger: true }])
	})

	test('after it was decided opens a new case', async () => {
		const { post, caseId, reporter } = await aReportedPost()
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'dismiss' })
		await send(reporter, { kind: 'post', id: post.id })
		expect(await allCases()).toHaveLength(2)
	})
})

describe('what can be reported', () => {
	test('everything she can see, by everyone who can see it', async () => {
		const [mentor, stranger] = [await aMember({ roles: [{ role: 'mentor' }] }), await aMember()]
		const post = await aPost()
		const open = await aMessage(await aMember(), await anOpenRoom())
		for (const actor of [mentor, stranger, await aModerator()]) {
			expect(await codeOf(() => send(actor, { kind: 'post', id: post.id }))).toBe('ok')
			expect(await codeOf(() => send(actor, { kind: 'message', id: open.id }))).toBe('ok')
		}
	})

	test('what she cannot see is the same as what is not there', async () => {
		const [author, friend, stranger] = [await aMember(), await aMember(), await aMember()]
		const secret = await aMessage(author, await aPrivateRoom(author, friend))
		const { post, caseId } = await aReportedPost()
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'hide', rule: 'insult' })
		const refused = [
			{ kind: 'message', id: secret.id },
			{ kind: 'post', id: post.id },
			{ kind: 'post', id: crypto.randomUUID() },
			{ kind: 'post', id: 'not-an-id' },
			{ kind: 'member', id: author.id },
			{ kind: '__proto__', id: author.id },
		]
		for (const thing of refused) {
			expect(await codeOf(() => send(stranger, thing))).toBe('not-found')
			expect(await codeOf(() => readReportable(subjects, stranger, thing))).toBe('not-found')
			expect(await codeOf(() => readSentReport(stranger, thing))).toBe('not-found')
		}
		expect(await codeOf(() => send(friend, { kind: 'message', id: secret.id }))).toBe('ok')
		const suspended = { ...stranger, status: 'suspended' as const }
		expect(await codeOf(async () => send(suspended, { kind: 'post', id: (await aPost()).id }))).toBe(
			'not-found',
		)
	})

	test('an input that cannot be read is refused at the field, whoever she says she is', async () => {
		const [post, actor, other] = [await aPost(), await aMember(), await aMember()]
		const bad = send(actor, { kind: 'post', id: post.id, reason: 'other', words: ' ' })
		await expect(bad).rejects.toMatchObject({ code: 'invalid', fields: { words: 'errors:empty' } })
		await send(actor, { kind: 'post', id: post.id, reporterId: other.id, authorId: other.id, danger: true })
		expect(await allReports()).toMatchObject([{ reporterId: actor.id }])
		expect(await allCases()).toMatchObject([{ authorId: post.author.id, danger: false }])
	})
})

describe('the page to report on', () => {
	test('shows what it is, whether it is private, and what she wrote before', async () => {
		const { message, reporter } = await aReportedMessage('Meet me')
		const shown = await readReportable(subjects, reporter, { kind: 'message', id: message.id })
		expect(shown).toMatchObject({
			private: true,
			excerpt: 'Meet me',
			before: { reason: 'insult', words: '' },
		})
		const post = await aPost({ body: 'A text' })
		const fresh = await readReportable(subjects, reporter, { kind: 'post', id: post.id })
		expect(fresh).toMatchObject({ private: false, excerpt: 'A question A text', before: undefined })
	})

	test('knows after sending whether it was about danger, also when the thing is hidden by then', async () => {
		const { post, caseId, reporter } = await aReportedPost({ reason: 'danger' })
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'hide', rule: 'danger' })
		expect(await readSentReport(reporter, { kind: 'post', id: post.id })).toEqual({ danger: true })
		expect(await codeOf(async () => readSentReport(await aMember(), { kind: 'post', id: post.id }))).toBe(
			'not-found',
		)
	})
})

describe('who reported', () => {
	test('is in no byte that the reported woman is given, nor in the audit log', async () => {
		const { author, reporter, caseId, room } = await aReportedMessage()
		const moderator = await aModerator()
		await openPrivate({ subjects })(moderator, { case: caseId })
		await decide({ subjects })(moderator, {
			case: caseId,
			decision: 'hide',
			rule: 'money',
			words: 'Please stop',
		})
		const bytes = JSON.stringify([await listMyStatements(author, null), await listMyReports(author, null)])
		const [report] = await allReports()
		for (const secret of [
			reporter.id,
			reporter.handle,
			caseId,
			report!.id,
			moderator.id,
			moderator.handle,
			room,
		])
			expect(bytes).not.toContain(secret)
		expect(bytes).not.toMatch(/count|reporter|readAt|decidedBy|caseId/i)
		const onRecord = await db.select().from(auditLog).where(eq(auditLog.actorId, reporter.id))
		expect(onRecord).toEqual([])
	})
})

describe('her own reports', () => {
	test.each([
		['nobody has decided', [], { open: true, acted: false }],
		['it was left', [{ decision: 'dismiss' }], { open: false, acted: false }],
		['it was hidden', [{ decision: 'hide', rule: 'insult' }], { open: false, acted: true }],
	])('say only whether something was done: %s', async (_what, decisions, expected) => {
		const { caseId, reporter } = await aReportedPost()
		const moderator = await aModerator()
		for (const decision of decisions) await decide({ subjects })(moderator, { case: caseId, ...decision })
		const { reports: mine } = await listMyReports(reporter, null)
		expect(mine).toMatchObject([{ kind: 'post', reason: 'insult', readAt: null, ...expected }])
		expect(Object.keys(mine[0]!).sort()).toEqual([
			'acted',
			'createdAt',
			'id',
			'kind',
			'open',
			'readAt',
			'reason',
		])
		expect((await listMyReports(await aMember(), null)).reports).toEqual([])
	})

	test('come page by page, each once', async () => {
		const actor = await aMember()
		const author = await aMember()
		const room = await anOpenRoom()
		for (let count = 0; count < 25; count += 1) {
			const { id } = await aMessage(author, room)
			await send(actor, { kind: 'message', id })
		}
		const first = await listMyReports(actor, null)
		const second = await listMyReports(actor, first.older)
		const ids = [...first.reports, ...second.reports].map(({ id }) => id)
		expect([first.reports.length, second.reports.length, second.older]).toEqual([20, 5, null])
		expect(new Set(ids).size).toBe(25)
	})
})

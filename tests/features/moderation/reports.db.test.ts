import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { referrals } from '~/db/schema/measures'
import { auditLog } from '~/db/schema/members'
import { cases, evidence, reports } from '~/db/schema/moderation'
import { notices } from '~/db/schema/ties'
import { listNotices } from '~/features/members/notice-list.server'
import { openPrivate } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { CLOCKS, DANGERS_FIRST } from '~/features/moderation/moderation.policy'
import { listMyReports } from '~/features/moderation/my-reports.server'
import { readReportable, readSentReport, report } from '~/features/moderation/reports.server'
import { listMyStatements } from '~/features/moderation/statements.server'
import { claim } from '~/features/moderation/taking.server'
import type { Actor } from '~/platform/actor'
import { LIMITS } from '~/platform/limits.server'
import { placesOf } from '~/routes/members/notice-places.server'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aSpace } from '../../factories/forum'
import { aMember, anOrganisation } from '../../factories/members'
import { aModerator, aPost, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const send = (actor: Actor, raw: Record<string, unknown>) =>
	report({ subjects })(actor, { reason: 'rude', words: '', ...raw })
const allReports = () => db.select().from(reports)
const allCases = () => db.select().from(cases)

describe('reporting the same thing', () => {
	test('twice by the same woman is one report with her last words', async () => {
		const [post, actor] = [await aPost(), await aMember()]
		await send(actor, { kind: 'post', id: post.id, words: 'It hurt me' })
		await send(actor, { kind: 'post', id: post.id, reason: 'frightens', words: 'And now I am afraid' })
		expect(await allCases()).toHaveLength(1)
		expect(await allReports()).toMatchObject([{ reason: 'frightens', words: 'And now I am afraid' }])
	})

	test('by many at the same moment is one case with a report of each', async () => {
		const post = await aPost()
		const women = await Promise.all(Array.from({ length: 300 }, () => aMember()))
		await Promise.all(women.map((actor) => send(actor, { kind: 'post', id: post.id })))
		expect(await allCases()).toHaveLength(1)
		expect(await allReports()).toHaveLength(300)
		expect(await db.$count(evidence)).toBe(1)
	}, 60_000)

	test('three hundred times is never refused: her last words stand, in one report', async () => {
		const [post, actor] = [await aPost(), await aMember()]
		for (let time = 1; time <= 300; time += 1)
			await send(actor, { kind: 'post', id: post.id, words: `Time ${time}` })
		expect(await allReports()).toMatchObject([{ words: 'Time 300' }])
	}, 60_000)

	test('is the least limited thing to do here', () => {
		const { 'moderation.report': reporting, ...others } = LIMITS
		const rate = ({ points, duration }: { points: number; duration: number }) => points / duration
		for (const other of Object.values(others)) {
			expect(reporting.points).toBeGreaterThan(other.points)
			expect(rate(reporting)).toBeGreaterThan(rate(other))
		}
	})

	test.each([
		['danger', [['danger', 15]]],
		['what frightens', [['frightens', 240]]],
		['what is asked for', [['asks', 240]]],
		['what is rude', [['rude', 1_440]]],
		[
			'the most urgent of many',
			[
				['rude', 1_440],
				['danger', 15],
				['asks', 15],
			],
		],
	] as const)('sets the clock by %s', async (_what, told) => {
		const post = await aPost()
		for (const [reason, minutes] of told) {
			await aReport({ id: post.id, reason })
			const [found] = await allCases()
			const late = (found!.dueAt.getTime() - found!.openedAt.getTime()) / 60_000
			expect(Math.abs(late - minutes)).toBeLessThan(0.5)
		}
	})

	test('puts the case first as soon as one of them speaks of danger, and it stays there', async () => {
		const [post, actor] = [await aPost(), await aMember()]
		await aReport({ id: post.id, reason: 'rude' })
		expect(await allCases()).toMatchObject([{ danger: false }])
		await send(actor, { kind: 'post', id: post.id, reason: 'danger' })
		await send(actor, { kind: 'post', id: post.id, reason: 'rude', words: 'Less than I thought' })
		expect(await allCases()).toMatchObject([{ danger: true }])
	})

	test('of danger by one woman in a day only the first five go before others; none is refused or lost', async () => {
		const [actor, another, moderator] = [await aMember(), await aMember(), await aModerator()]
		const [space, things] = [await aSpace(), []] as [Awaited<ReturnType<typeof aSpace>>, string[]]
		for (let n = 0; n < 9; n++) things.push((await aPost({ space, author: moderator })).id)
		const danger = (by: Actor, id: string) => send(by, { kind: 'post', id, reason: 'danger', words: 'Now' })
		const first = async () => (await allCases()).filter((found) => found.danger).length
		await Promise.all(things.slice(0, 8).map((id) => danger(actor, id)))
		expect([await first(), await db.$count(reports, eq(reports.reason, 'danger'))]).toEqual([
			DANGERS_FIRST,
			8,
		])
		const others = (await allCases()).filter((found) => !found.danger)
		for (const { openedAt, dueAt } of others)
			expect(Math.abs(dueAt.getTime() - openedAt.getTime() - CLOCKS.frightens * 60_000)).toBeLessThan(30_000)
		// Taken back she has no more, and another woman’s report raises it.
		const top = (await allCases()).find((found) => found.danger)!
		await send(actor, { kind: 'post', id: top.subjectId })
		await danger(actor, things[8]!)
		expect(await first()).toBe(DANGERS_FIRST)
		await danger(another, things[8]!)
		expect(await first()).toBe(DANGERS_FIRST + 1)
	})

	test('of danger: once one is decided, or a day is over, her next goes first again', async () => {
		const actor = await aMember()
		const space = await aSpace()
		const author = await aMember()
		const next = async () =>
			(await aReport({ by: actor, id: (await aPost({ space, author })).id, reason: 'danger' })).caseId
		const isFirst = async (id: string) => (await allCases()).find((found) => found.id === id)!.danger
		const [one] = [await next(), await next(), await next(), await next(), await next()]
		expect(await isFirst(await next())).toBe(false)
		await decide({ subjects })(await aModerator(), { case: one!, decision: 'dismiss' })
		expect(await isFirst(await next())).toBe(true)
		expect(await isFirst(await next())).toBe(false)
		await db.update(reports).set({ createdAt: new Date(Date.now() - 25 * 3_600_000) })
		expect(await isFirst(await next())).toBe(true)
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
		const ownPost = await aPost()
		const own = { kind: 'post', id: ownPost.id }
		expect(await codeOf(() => send(ownPost.author, own))).toBe('not-found')
		expect(await codeOf(() => readReportable(subjects, ownPost.author, own))).toBe('not-found')
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
		const refused: [Record<string, unknown>, string, string][] = [
			[{ reason: 'other' }, 'reason', 'errors:choose'],
			[{ reason: undefined }, 'reason', 'errors:choose'],
			[{ words: 'x'.repeat(1_001) }, 'words', 'errors:tooLong'],
			[{ words: 'a\u0000b' }, 'words', 'errors:strange'],
			[{ words: ['x'] }, 'words', 'errors:notUnderstood'],
		]
		for (const [fields, field, text] of refused) {
			const bad = send(actor, { kind: 'post', id: post.id, ...fields })
			await expect(bad).rejects.toMatchObject({ code: 'invalid', fields: { [field]: text } })
		}
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
			before: { reason: 'rude', words: '' },
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
		const onRecord = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.actorId, reporter.id))
			.orderBy(auditLog.seq)
		expect(onRecord).toEqual([])
	})
})

describe('her own reports', () => {
	test.each([
		['nobody has decided', [], 'waiting'],
		['it was left', [{ decision: 'dismiss' }], 'left'],
		['it was hidden', [{ decision: 'hide', rule: 'insult' }], 'acted'],
		['only she was told', [{ decision: 'warn', rule: 'insult' }], 'acted'],
	])('say only whether something was done: %s', async (_what, decisions, state) => {
		const { caseId, reporter } = await aReportedPost()
		const moderator = await aModerator()
		for (const decision of decisions) await decide({ subjects })(moderator, { case: caseId, ...decision })
		const { reports: mine } = await listMyReports(reporter, null)
		expect(mine).toMatchObject([{ kind: 'post', reason: 'rude', readAt: null, state }])
		expect(Object.keys(mine[0]!).sort()).toEqual(['createdAt', 'id', 'kind', 'readAt', 'reason', 'state'])
		expect((await listMyReports(await aMember(), null)).reports).toEqual([])
	})

	test('say that somebody looks at it, for half an hour after she took it', async () => {
		const { caseId, reporter } = await aReportedPost()
		await claim(await aModerator(), { case: caseId })
		expect((await listMyReports(reporter, null)).reports).toMatchObject([{ state: 'looking' }])
		await db.update(cases).set({ claimedAt: new Date(Date.now() - 31 * 60_000) })
		expect((await listMyReports(reporter, null)).reports).toMatchObject([{ state: 'waiting' }])
	})

	test('say that something was done also where its author is no longer here to be told', async () => {
		const { caseId, reporter } = await aReportedPost()
		await db.update(cases).set({ authorId: null })
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'hide', rule: 'insult' })
		expect((await listMyReports(reporter, null)).reports).toMatchObject([{ state: 'acted' }])
	})

	test('and that it was passed on', async () => {
		const { caseId, reporter } = await aReportedPost()
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'dismiss' })
		const { id: organisationId } = await anOrganisation()
		await db.insert(referrals).values({ caseId, memberId: reporter.id, organisationId, state: 'agreed' })
		expect((await listMyReports(reporter, null)).reports).toMatchObject([{ state: 'passed-on' }])
	})

	test('are answered by a notice to each who reported and to nobody else, until it is taken back', async () => {
		const { post, caseId, reporter } = await aReportedPost()
		const { reporter: another } = await aReport({ id: post.id })
		const moderator = await aModerator()
		await decide({ subjects })(moderator, { case: caseId, decision: 'hide', rule: 'insult' })
		const told = await db.select().from(notices)
		expect(told.map(({ memberId }) => memberId).sort()).toEqual([reporter.id, another.id].sort())
		const { notices: hers } = await listNotices(reporter, null)
		expect(hers).toMatchObject([{ kind: 'report.answered', subjectId: caseId, unread: true }])
		const places = await placesOf(reporter, 'en', hers)
		expect(places.get(hers[0]!.id)).toEqual({ path: '/me/decisions#reports' })
		await undo({ subjects })(moderator, { case: caseId })
		expect(await db.$count(notices)).toBe(0)
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

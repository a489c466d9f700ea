import { eq, sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { cases, reports } from '~/db/schema/moderation'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { REASONS } from '~/features/moderation/moderation.words'
import { listCases, listRecords } from '~/features/moderation/queue.server'
import { appeal, listMyStatements } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom } from '../../factories/chat'
import { aSpace } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator, aPost, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const idsOf = (page: { cases: { id: string }[] }) => page.cases.map(({ id }) => id)

async function wholeQueue(actor: Actor, show: 'open' | 'decided' = 'open') {
	const seen: Awaited<ReturnType<typeof listCases>>['cases'] = []
	let cursor: string | null = null
	do {
		const page: Awaited<ReturnType<typeof listCases>> = await listCases(actor, show, cursor)
		seen.push(...page.cases)
		cursor = page.next
	} while (cursor)
	return seen
}

/** Cases straight in the table: where how they came there does not matter. `danger` says which. */
async function manyCases(count: number, danger: (at: number) => boolean) {
	const author = await aMember()
	const rows = Array.from({ length: count }, (_, at) => ({
		subjectKind: 'post',
		subjectId: crypto.randomUUID(),
		authorId: author.id,
		excerpt: `case ${at}`,
		danger: danger(at),
		// Two of each pair came in the same moment.
		dueAt: new Date(Date.UTC(2026, 10, 1, 0, Math.floor(((at * 7) % count) / 2))),
	}))
	const made = await db.insert(cases).values(rows).returning({ id: cases.id })
	await db.insert(reports).values(
		made.map(({ id }, at) => ({
			caseId: id,
			reporterId: author.id,
			reason: REASONS[at % REASONS.length]!,
		})),
	)
}

describe('who sees the queue', () => {
	test.each([
		['a member', () => aMember(), 'not-found'],
		['a mentor', () => aMember({ roles: [{ role: 'mentor' }] }), 'not-found'],
		['a coordinator', () => aMember({ roles: [{ role: 'coordinator' }] }), 'not-found'],
		['a practitioner', () => aMember({ roles: [{ role: 'practitioner' }] }), 'not-found'],
		['a moderator', () => aModerator(), 'ok'],
		['a moderator of one space', async () => aModerator((await aSpace()).id), 'ok'],
		[
			'a moderator who has not given her second factor',
			async () => ({ ...(await aModerator()), grants: [] }),
			'not-found',
		],
	])('%s: %s', async (_who, make, expected) => {
		const actor = await make()
		expect(await codeOf(() => listCases(actor, 'open', null))).toBe(expected)
		expect(await codeOf(() => listRecords(actor, null))).toBe(expected)
	})

	test('a moderator of one space sees its posts, and nothing from other spaces, rooms or private talk', async () => {
		const { post, caseId } = await aReportedPost()
		await aReportedPost({ reason: 'danger' })
		await aReportedMessage()
		const message = await aMessage(await aMember(), await anOpenRoom())
		await aReport({ kind: 'message', id: message.id })
		const scoped = await aModerator(post.spaceId)
		expect(idsOf(await listCases(scoped, 'open', null))).toEqual([caseId])
		expect(await wholeQueue(await aModerator())).toHaveLength(4)
	})

	test('what she wrote herself is not in it, nor in the record', async () => {
		const moderator = await aModerator()
		const post = await aPost({ author: moderator })
		const { caseId } = await aReport({ id: post.id })
		expect(await wholeQueue(moderator)).toEqual([])
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'dismiss' })
		expect(await wholeQueue(moderator, 'decided')).toEqual([])
		expect((await listRecords(moderator, null)).records.filter(({ caseId: id }) => id === caseId)).toEqual([])
	})
})

describe('the order of the queue', () => {
	test('of 50 cases the 5 with danger are first, then all others by their clock, over all its pages', async () => {
		await manyCases(50, (at) => at % 10 === 3)
		const rows = await wholeQueue(await aModerator())
		expect(rows).toHaveLength(50)
		expect(new Set(rows.map(({ id }) => id)).size).toBe(50)
		expect(rows.map(({ danger }) => danger)).toEqual([...Array(5).fill(true), ...Array(45).fill(false)])
		for (const part of [rows.slice(0, 5), rows.slice(5)]) {
			const times = part.map(({ dueAt }) => dueAt.getTime())
			expect(times).toEqual(times.toSorted((a, b) => a - b))
		}
	})

	test('more danger than fits on a page goes on where it stopped', async () => {
		await manyCases(47, (at) => at < 43)
		const rows = await wholeQueue(await aModerator())
		expect(rows.map(({ danger }) => danger)).toEqual([...Array(43).fill(true), ...Array(4).fill(false)])
		expect(new Set(rows.map(({ id }) => id)).size).toBe(47)
	})

	test('a page asks the database as often for 40 cases as for none', async () => {
		const moderator = await aModerator()
		const asked = vi.spyOn(pool, 'unsafe')
		const costs = async () => {
			asked.mockClear()
			await listCases(moderator, 'open', null)
			await listCases(moderator, 'decided', null)
			await listRecords(moderator, null)
			return asked.mock.calls.length
		}
		const before = await costs()
		await manyCases(40, () => false)
		expect([before, await costs()]).toEqual([4, 4])
	})

	test('the database finds a page of it by its index', async () => {
		await manyCases(300, (at) => at % 50 === 0)
		await db.execute(sql`analyze cases`)
		const plan = await db.transaction(async (tx) => {
			await tx.execute(sql`set local enable_sort = off`)
			return tx.execute(sql`explain select id from cases where status = 'open'
				order by danger desc, due_at, id limit 21`)
		})
		expect(JSON.stringify(plan)).toMatch(/Index.*cases_queue/)
		expect(JSON.stringify(plan)).not.toMatch(/Sort/)
	})
})

describe('a row of the queue', () => {
	test('shows the first words of what is open to all, its language and direction, and nothing of what is private', async () => {
		const post = await aPost({ title: 'سؤال', body: 'كلام', language: 'ar' })
		await aReport({ id: post.id, reason: 'asks' })
		const { message, room, author, reporter } = await aReportedMessage('My door code is 4711')
		const rows = await wholeQueue(await aModerator())
		expect(rows).toMatchObject([
			{
				kind: 'post',
				private: false,
				excerpt: 'سؤال كلام',
				lang: 'ar',
				dir: 'rtl',
				reasons: ['asks'],
				gathered: 1,
			},
			{ kind: 'message', private: true, excerpt: '', reasons: ['rude'] },
		])
		const bytes = JSON.stringify(rows)
		for (const secret of ['4711', message.id, room, author.id, author.handle, reporter.id, reporter.handle])
			expect(bytes).not.toContain(secret)
	})
})

describe('a case', () => {
	test('of a post shows what was said, what stands around it and why, without a reporter', async () => {
		const { caseId, reporter, post } = await aReportedPost({ body: 'Rude words', words: 'She is rude to me' })
		await aReport({ id: post.id, reason: 'frightens' })
		const shown = await readCase(subjects, await aModerator(), caseId)
		expect(shown.content).toMatchObject({
			body: 'A question\n\nRude words',
			author: post.author.handle,
			around: [],
		})
		expect(shown.reasons).toMatchObject([
			{ reason: 'rude', words: 'She is rude to me' },
			{ reason: 'frightens' },
		])
		expect(JSON.stringify(shown)).not.toContain(reporter.id)
		expect(JSON.stringify(shown)).not.toContain(reporter.handle)
	})

	test('of something private shows what stood around it when it was reported, and nothing that was said since', async () => {
		const { caseId, author, reporter, room } = await aReportedMessage('My door code is 4711')
		await aMessage(reporter, room, 'Only between us, later')
		await aMessage(author, room, 'And my answer to it')
		const opened = await openPrivate({ subjects })(await aModerator(), { case: caseId })
		expect(opened.around).toMatchObject([{ body: 'Hello, how are you?' }])
		expect(JSON.stringify(opened)).not.toMatch(/later|answer to it/)
	})

	test('of something private shows nothing of it until it is opened, and then only in that answer', async () => {
		const { caseId, author, reporter } = await aReportedMessage('My door code is 4711')
		const moderator = await aModerator()
		const closed = await readCase(subjects, moderator, caseId)
		expect(closed).toMatchObject({ private: true, content: null, gone: false })
		for (const secret of ['4711', author.handle, reporter.handle, 'Hello, how are you?'])
			expect(JSON.stringify(closed)).not.toContain(secret)
		const opened = await openPrivate({ subjects })(moderator, { case: caseId })
		expect(opened).toMatchObject({ body: 'My door code is 4711', author: author.handle })
		expect(opened.around).toMatchObject([{ author: reporter.handle, body: 'Hello, how are you?' }])
		expect((await readCase(subjects, moderator, caseId)).content).toBeNull()
	})

	test('whose text is no longer there says so', async () => {
		await manyCases(1, () => false)
		const [row] = await db.select().from(cases)
		expect(await readCase(subjects, await aModerator(), row!.id)).toMatchObject({ gone: true, content: null })
		const hide = decide({ subjects })(await aModerator(), { case: row!.id, decision: 'hide', rule: 'insult' })
		expect(await codeOf(() => hide)).toBe('invalid')
		expect(await db.select({ status: cases.status }).from(cases)).toEqual([{ status: 'open' }])
	})

	test('asks the database as often for 9 reports as for one', async () => {
		const { caseId, post } = await aReportedPost()
		const moderator = await aModerator()
		const asked = vi.spyOn(pool, 'unsafe')
		const cost = async () => {
			asked.mockClear()
			await readCase(subjects, moderator, caseId)
			return asked.mock.calls.length
		}
		const before = await cost()
		for (let count = 0; count < 8; count += 1) await aReport({ id: post.id })
		expect([before, await cost()]).toEqual([10, 10])
	})
})

describe('the record', () => {
	test('says by whom, what and when, never what was written, and names nobody on the other side', async () => {
		const [first, second] = [await aModerator(), await aModerator()]
		const { caseId, author, reporter } = await aReportedMessage('My door code is 4711')
		await openPrivate({ subjects })(first, { case: caseId })
		await decide({ subjects })(first, { case: caseId, decision: 'hide', rule: 'money', words: 'Not here' })
		const { statements } = await listMyStatements(author, null)
		await appeal(author, { statement: statements[0]!.id, words: 'I had reasons' })
		const [row] = await db.select().from(cases).where(eq(cases.notBy, first.id))
		await decide({ subjects })(second, { case: row!.id, decision: 'uphold' })
		await undo({ subjects })(second, { case: row!.id })
		const { records } = await listRecords(second, null)
		expect(records.filter(({ caseId: id }) => id === caseId || id === row!.id)).toMatchObject([
			{ action: 'moderation.undone', by: second.handle },
			{ action: 'moderation.upheld', by: second.handle },
			{ action: 'moderation.appealed', by: null },
			{ action: 'moderation.hidden', by: first.handle, kind: 'message' },
			{ action: 'moderation.read-private', by: first.handle },
		])
		const bytes = JSON.stringify(records)
		for (const secret of [
			'4711',
			'Not here',
			'I had reasons',
			author.handle,
			author.id,
			reporter.id,
			reporter.handle,
		])
			expect(bytes).not.toContain(secret)
	})

	test('comes page by page, each line once, in the moderator’s scope', async () => {
		const { post } = await aReportedPost()
		const [moderator, scoped] = [await aModerator(), await aModerator(post.spaceId)]
		await manyCases(34, () => false)
		for (const { id } of await wholeQueue(moderator))
			await decide({ subjects })(moderator, { case: id, decision: 'dismiss' })
		const first = await listRecords(moderator, null)
		const second = await listRecords(moderator, first.older)
		expect([first.records.length, second.records.length, second.older]).toEqual([30, 5, null])
		expect(new Set([...first.records, ...second.records].map(({ caseId }) => caseId)).size).toBe(35)
		expect((await listRecords(scoped, null)).records).toHaveLength(1)
	})
})

import { eq, isNotNull } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import { auditLog, members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { listMyReports } from '~/features/moderation/my-reports.server'
import { listCases } from '~/features/moderation/queue.server'
import {
	appeal,
	countUnseenStatements,
	listMyStatements,
	markSeen,
} from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { databaseFault } from '~/platform/log.server'
import { subjects } from '~/routes/subjects.server'
import { aMember } from '../../factories/members'
import { aModerator, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>) =>
	decide({ subjects })(actor, { case: caseId, ...how })
const mine = async (actor: Actor) => (await listMyStatements(actor, null)).statements
const isHidden = async (postId: string) =>
	(await db.select({ at: posts.hiddenAt }).from(posts).where(eq(posts.id, postId)))[0]!.at !== null

/** A post that a moderator has hidden, and the statement its author reads. */
async function aHiddenPost() {
	const { post, caseId, reporter } = await aReportedPost({ body: 'Rude words' })
	const first = await aModerator()
	await decideOn(first, caseId, { decision: 'hide', rule: 'insult', words: 'Please be kind' })
	const [statement] = await mine(post.author)
	return { post, caseId, reporter, first, statement: statement!.id, author: post.author }
}

const appealCase = async () => (await db.select().from(cases).where(isNotNull(cases.statementId)))[0]!

describe('what its author reads', () => {
	test('is what, by which rule, in the moderator’s words, and how to object; and nobody else’s', async () => {
		const { author } = await aHiddenPost()
		expect(await mine(author)).toMatchObject([
			{
				kind: 'post',
				excerpt: 'A question Rude words',
				lang: 'en',
				rule: 'insult',
				words: 'Please be kind',
				unseen: true,
				mayAppeal: true,
				outcome: null,
			},
		])
		expect(await mine(await aMember())).toEqual([])
	})

	test('is new until she says that she has read it', async () => {
		const { author, statement } = await aHiddenPost()
		expect(await countUnseenStatements(author)).toBe(1)
		expect(await codeOf(async () => markSeen(await aMember(), { statement }))).toBe('not-found')
		await markSeen(author, { statement })
		expect(await countUnseenStatements(author)).toBe(0)
		expect(await mine(author)).toMatchObject([{ unseen: false, mayAppeal: true }])
	})

	test('says when the decision was taken back, as something new', async () => {
		const { author, statement, first, caseId } = await aHiddenPost()
		await markSeen(author, { statement })
		await undo({ subjects })(first, { case: caseId })
		expect(await mine(author)).toMatchObject([{ undoneAt: expect.any(Date), unseen: true, mayAppeal: false }])
	})
})

describe('asking for another look', () => {
	test('puts a case of its own into the queue, in the scope of the first', async () => {
		const { author, statement, post } = await aHiddenPost()
		await appeal(author, { statement, words: 'I quoted someone' })
		const other = await aModerator()
		const { cases: rows } = await listCases(await aModerator(post.spaceId), 'open', null)
		expect(rows).toMatchObject([{ appeal: true, kind: 'post', excerpt: 'A question Rude words' }])
		expect((await listCases(other, 'open', null)).cases).toHaveLength(1)
		expect(await readCase(subjects, other, rows[0]!.id)).toMatchObject({
			appeal: true,
			statement: { rule: 'insult', words: 'Please be kind', appealWords: 'I quoted someone' },
			reasons: [{ reason: 'rude' }],
			content: { body: 'A question\n\nRude words' },
		})
	})

	test('the same form sent many times is one appeal', async () => {
		const { author, statement } = await aHiddenPost()
		const sent = [1, 2, 3, 4].map(() => codeOf(() => appeal(author, { statement, words: 'Once' })))
		expect(await Promise.all(sent)).toEqual(['ok', 'ok', 'ok', 'ok'])
		expect(await db.$count(cases, isNotNull(cases.statementId))).toBe(1)
	})

	test('is hers alone, also while she is suspended', async () => {
		const { author, statement, reporter, first } = await aHiddenPost()
		for (const actor of [await aMember(), reporter, first])
			expect(await codeOf(() => appeal(actor, { statement }))).toBe('not-found')
		expect(await codeOf(() => appeal(author, { statement: 'none' }))).toBe('not-found')
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, author.id))
		expect(await codeOf(() => appeal({ ...author, status: 'suspended' }, { statement }))).toBe('ok')
	})

	test.each([
		[
			'half a year has passed',
			async (id: string) => {
				const createdAt = new Date(Date.now() - 184 * 86_400_000)
				await db.update(statements).set({ createdAt }).where(eq(statements.id, id))
			},
		],
		[
			'it was taken back',
			async (id: string) => {
				await db.update(statements).set({ undoneAt: new Date() }).where(eq(statements.id, id))
			},
		],
	])('is over when %s', async (_when, change) => {
		const { author, statement } = await aHiddenPost()
		await change(statement)
		expect(await mine(author)).toMatchObject([{ mayAppeal: false }])
		expect(await codeOf(() => appeal(author, { statement }))).toBe('conflict')
		expect(await db.$count(cases, isNotNull(cases.statementId))).toBe(0)
	})
})

describe('who answers', () => {
	test('is not who decided: told so on the page, refused by the command, and forbidden by the database', async () => {
		const { author, statement, first } = await aHiddenPost()
		await appeal(author, { statement })
		const { id } = await appealCase()
		expect(await readCase(subjects, first, id)).toMatchObject({ notHers: 'own-decision' })
		expect(await codeOf(() => decideOn(first, id, { decision: 'uphold' }))).toBe('forbidden')
		const around = db
			.update(cases)
			.set({ status: 'decided', decision: 'upheld', decidedBy: first.id, decidedAt: new Date() })
			.where(eq(cases.id, id))
		const fault = await around.catch((error: unknown) => databaseFault(error))
		expect(fault).toMatchObject({ code: '23514', constraint: 'cases_other_reviewer' })
	})

	test('is not its author, nor who reported it, nor someone whose scope does not reach it', async () => {
		const { caseId, author, reporter } = await aReportedMessage()
		await decideOn(await aModerator(), caseId, { decision: 'hide', rule: 'threat' })
		const [statement] = await mine(author)
		await appeal(author, { statement: statement!.id })
		const { id } = await appealCase()
		const moderating = [{ role: 'moderator' as const, organisationId: null, spaceId: null, languages: null }]
		const table: [Actor, string][] = [
			[{ ...author, grants: moderating }, 'not-found'],
			[{ ...reporter, grants: moderating }, 'forbidden'],
			[await aMember(), 'not-found'],
			[await aModerator(crypto.randomUUID()), 'not-found'],
		]
		for (const [actor, code] of table)
			expect(await codeOf(() => decideOn(actor, id, { decision: 'uphold' }))).toBe(code)
		const another = await aModerator()
		await openPrivate({ subjects })(another, { case: id })
		expect((await listMyReports(reporter, null)).reports).toMatchObject([{ readAt: expect.any(Date) }])
		expect(await codeOf(() => decideOn(another, id, { decision: 'uphold' }))).toBe('ok')
	})

	test.each([{ decision: 'hide', rule: 'insult' }, { decision: 'dismiss' }])(
		'does not answer it as if it were a report: $decision',
		async (how) => {
			const { author, statement } = await aHiddenPost()
			await appeal(author, { statement })
			const { id } = await appealCase()
			expect(await codeOf(async () => decideOn(await aModerator(), id, how))).toBe('invalid')
		},
	)
})

describe('the answer', () => {
	test('that restores shows everything again and tells both sides', async () => {
		const { author, statement, post, reporter } = await aHiddenPost()
		await appeal(author, { statement })
		const { id } = await appealCase()
		await decideOn(await aModerator(), id, { decision: 'restore', words: 'You were right' })
		expect(await isHidden(post.id)).toBe(false)
		expect(await mine(author)).toMatchObject([
			{ outcome: 'restored', undoneAt: expect.any(Date), reviewWords: 'You were right', unseen: true },
		])
		expect((await listMyReports(reporter, null)).reports).toMatchObject([{ state: 'left' }])
		const record = await db.select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.seq)
		expect(record).toMatchObject([{ action: 'moderation.restored', memberId: author.id }])
	})

	test('that upholds leaves it hidden, and can be taken back for some minutes', async () => {
		const { author, statement, post, reporter } = await aHiddenPost()
		await appeal(author, { statement })
		const { id } = await appealCase()
		const second = await aModerator()
		await decideOn(second, id, { decision: 'uphold', words: 'It stays' })
		expect(await isHidden(post.id)).toBe(true)
		expect(await mine(author)).toMatchObject([
			{ outcome: 'upheld', reviewWords: 'It stays', mayAppeal: false },
		])
		expect((await listMyReports(reporter, null)).reports).toMatchObject([{ state: 'acted' }])
		await undo({ subjects })(second, { case: id })
		expect(await mine(author)).toMatchObject([
			{ outcome: null, reviewWords: '', appealedAt: expect.any(Date) },
		])
	})

	test('comes once, whoever is first', async () => {
		const { author, statement, post } = await aHiddenPost()
		await appeal(author, { statement })
		const { id } = await appealCase()
		const outcomes = await Promise.all([
			codeOf(async () => decideOn(await aModerator(), id, { decision: 'restore' })),
			codeOf(async () => decideOn(await aModerator(), id, { decision: 'uphold' })),
		])
		expect(outcomes.toSorted()).toEqual(['conflict', 'ok'])
		expect(await isHidden(post.id)).toBe(outcomes[0] === 'conflict')
	})
})

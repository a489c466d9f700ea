import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { caseTranslations } from '~/db/schema/casework'
import { messages } from '~/db/schema/chat'
import { posts } from '~/db/schema/forum'
import { cases, evidence, reports, statements } from '~/db/schema/moderation'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { readEvidence } from '~/features/moderation/evidence.server'
import { forgetEvidence } from '~/features/moderation/forgetting.server'
import { report } from '~/features/moderation/reports.server'
import { appeal } from '~/features/moderation/statements.server'
import { subjects } from '~/routes/subjects.server'
import { aMember } from '../../factories/members'
import { aModerator, aPost, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const say = (id: string, body: string) => db.update(posts).set({ body }).where(eq(posts.id, id))
const kept = (caseId: string) => readEvidence(db, caseId)

describe('what was reported is kept', () => {
	test('as it stood, once for all who reported the same words', async () => {
		const post = await aPost({ body: 'Rude words' })
		const { caseId } = await aReport({ id: post.id })
		await aReport({ id: post.id })
		await say(post.id, 'Kind words')
		expect(await kept(caseId)).toMatchObject([{ body: 'A question\n\nRude words', lang: 'en', around: [] }])
		const of = await db.select({ evidenceId: reports.evidenceId }).from(reports)
		expect(new Set(of.map(({ evidenceId }) => evidenceId)).size).toBe(1)
		expect(of[0]!.evidenceId).not.toBeNull()
	})

	test('a second time after it was changed; her report then rests on what she saw last', async () => {
		const post = await aPost({ body: 'Rude words' })
		const { caseId, reporter } = await aReport({ id: post.id })
		await say(post.id, 'Ruder words')
		await aReport({ id: post.id, by: reporter })
		const [first, second] = await kept(caseId)
		expect([first!.body, second!.body]).toEqual(['A question\n\nRude words', 'A question\n\nRuder words'])
		expect(await db.select().from(reports)).toMatchObject([{ evidenceId: second!.id }])
	})

	test('with the report or not at all', async () => {
		const post = await aPost()
		const stranger = await aMember({ status: 'suspended' })
		const refused = { kind: 'post', id: post.id, reason: 'rude' }
		expect(await codeOf(() => report({ subjects })(stranger, refused))).toBe('not-found')
		expect(await db.$count(evidence)).toBe(0)
	})

	test('also when it is deleted a second later, for the moderator who opens the case', async () => {
		const { post, caseId } = await aReportedPost({ body: 'Rude words' })
		const moderator = await aModerator()
		await db.delete(posts).where(eq(posts.id, post.id))
		const shown = await readCase(subjects, moderator, caseId)
		expect(shown).toMatchObject({ gone: true, kept: [{ body: 'A question\n\nRude words' }] })
	})

	test('and, of what is private, is read only by opening it under its report', async () => {
		const { message, caseId } = await aReportedMessage('My door code is 4711')
		await db.delete(messages).where(eq(messages.id, message.id))
		const moderator = await aModerator()
		const shown = JSON.stringify(await readCase(subjects, moderator, caseId))
		for (const secret of ['4711', 'Hello, how are you?']) expect(shown).not.toContain(secret)
		const opened = await openPrivate({ subjects })(moderator, { case: caseId })
		expect(opened.kept).toMatchObject([
			{ body: 'My door code is 4711', around: [{ body: 'Hello, how are you?' }] },
		])
		expect(await db.select().from(reports)).toMatchObject([{ readAt: expect.any(Date) }])
	})

	test('names no number of what stood around it, and nobody who reported', async () => {
		const { caseId, reporter } = await aReportedPost()
		const bytes = JSON.stringify(await kept(caseId))
		for (const secret of [reporter.id, reporter.handle]) expect(bytes).not.toContain(secret)
	})

	test('for the appeal that goes back to it too', async () => {
		const { post, caseId } = await aReportedPost({ body: 'Rude words' })
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'hide', rule: 'insult' })
		const [statement] = await db.select().from(statements)
		await appeal(post.author, { statement: statement!.id, words: '' })
		const [asked] = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
		expect(await kept(asked!.id)).toEqual(await kept(caseId))
	})
})

describe('evidence is forgotten', () => {
	const ago = (months: number) => sql`now() - make_interval(months => ${months})`

	/** A case that was decided so long ago. */
	async function aDecidedCase(months: number, decision = 'hide') {
		const reported = await aReportedPost()
		await decide({ subjects })(await aModerator(), { case: reported.caseId, decision, rule: 'insult' })
		await db
			.update(cases)
			.set({ decidedAt: ago(months) })
			.where(eq(cases.id, reported.caseId))
		return reported
	}

	test.each([
		['a year after it was decided', 13, 0],
		['and not before', 11, 1],
	])('%s', async (_when, months, left) => {
		const { caseId } = await aDecidedCase(months)
		expect(await forgetEvidence()).toBe(1 - left)
		expect(await kept(caseId)).toHaveLength(left)
		expect(await db.select().from(reports)).toMatchObject([
			{ caseId, evidenceId: left ? expect.any(String) : null },
		])
		expect(await db.$count(statements)).toBe(1)
	})

	test('with what translators made of it', async () => {
		const { caseId } = await aDecidedCase(13)
		const [one] = await kept(caseId)
		await db.insert(caseTranslations).values({ evidenceId: one!.id, language: 'it', body: 'Parole' })
		await forgetEvidence()
		expect(await db.$count(caseTranslations)).toBe(0)
	})

	test('not while the case is open', async () => {
		await aReportedPost()
		await db.update(cases).set({ openedAt: ago(30) })
		expect(await forgetEvidence()).toBe(0)
	})

	test('not while somebody looks again, nor for a year after she did', async () => {
		const { post, caseId } = await aDecidedCase(1)
		const [statement] = await db.select().from(statements)
		await appeal(post.author, { statement: statement!.id, words: '' })
		await db
			.update(cases)
			.set({ decidedAt: ago(13) })
			.where(eq(cases.id, caseId))
		expect(await forgetEvidence()).toBe(0)
		const [asked] = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
		await decide({ subjects })(await aModerator(), { case: asked!.id, decision: 'uphold' })
		expect(await forgetEvidence()).toBe(0)
		await db.update(cases).set({ decidedAt: ago(13) })
		expect(await forgetEvidence()).toBe(1)
	})

	test('not while what was removed can come back', async () => {
		await aDecidedCase(13)
		await db.update(statements).set({ wipeAt: sql`now() + interval '1 day'` })
		expect(await forgetEvidence()).toBe(0)
		await db.update(statements).set({ wipeAt: sql`now() - interval '1 day'` })
		expect(await forgetEvidence()).toBe(1)
	})
})

import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { caseNotes } from '~/db/schema/casework'
import { members } from '~/db/schema/members'
import { cases, evidence, reports, statements } from '~/db/schema/moderation'
import { wipeRemoved } from '~/features/moderation/deciding/wiping.server'
import { decide } from '~/features/moderation/decisions.server'
import { forgetWords } from '~/features/moderation/forgetting.server'
import { reportPerson } from '~/features/moderation/person-reports.server'
import { appeal } from '~/features/moderation/statements.server'
import { handOver } from '~/features/moderation/taking.server'
import type { Actor } from '~/platform/actor'
import { belongings } from '~/routes/belongings.server'
import { subjects } from '~/routes/subjects.server'
import { anAnswer, aTopic, questionOf } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator, aReport, aReportedPost } from '../../factories/moderation'

const ago = (months: number) => sql`now() - make_interval(months => ${months})`
const decidedAgo = (months: number) => db.update(cases).set({ decidedAt: ago(months) })

/** A post that was reported in words, noted on, and decided. */
async function aDecided(decision = 'hide') {
	const made = await aReportedPost({ words: 'She wrote this to me' })
	const moderator = await aModerator()
	await handOver(moderator, { case: made.caseId, note: 'I know her' })
	await decide({ subjects })(moderator, { case: made.caseId, decision, rule: 'insult', words: 'Rude' })
	return made
}

/** Every word that cases keep. */
const words = async () => [
	...(await db.select({ text: cases.excerpt }).from(cases)),
	...(await db.select({ text: reports.words }).from(reports)),
	...(await db.select({ text: caseNotes.words }).from(caseNotes)),
]
const left = async () => (await words()).filter(({ text }) => text !== '').length

describe('the words of a case', () => {
	test.each([
		['go a year after it was decided', 13, 0],
		['and not before', 11, 3],
	])('%s', async (_when, months, remain) => {
		await aDecided()
		await decidedAgo(months)
		expect(await forgetWords()).toBe(remain === 0 ? 1 : 0)
		expect(await left()).toBe(remain)
		expect(await forgetWords()).toBe(0)
		expect(await db.select().from(reports)).toMatchObject([
			{ reason: 'rude', reporterId: expect.any(String) },
		])
		expect(await db.select().from(statements)).toMatchObject([{ words: 'Rude' }])
	})

	test('stay while it is open, or somebody looks again', async () => {
		await aReportedPost({ words: 'Rude' })
		await db.update(cases).set({ openedAt: ago(30) })
		expect(await forgetWords()).toBe(0)
		const { post, caseId } = await aDecided()
		const [statement] = await db.select().from(statements).where(eq(statements.caseId, caseId))
		await appeal(post.author, { statement: statement!.id, words: '' })
		await db
			.update(cases)
			.set({ decidedAt: ago(13) })
			.where(eq(cases.id, caseId))
		expect(await forgetWords()).toBe(0)
	})

	test('of what was removed are wiped with it, in every case and statement about it', async () => {
		const { post, caseId } = await aDecided('warn')
		const second = await aReport({ id: post.id })
		const moderator = await aModerator()
		await decide({ subjects })(moderator, {
			case: second.caseId,
			decision: 'remove',
			rule: 'insult',
			words: '',
		})
		await db.update(statements).set({ wipeAt: sql`wipe_at - interval '184 days'` })
		expect(await wipeRemoved(subjects)).toBe(1)
		const beginnings = [
			...(await db.select({ id: cases.id, text: cases.excerpt }).from(cases)),
			...(await db.select({ id: statements.caseId, text: statements.excerpt }).from(statements)),
		]
		expect(new Set(beginnings.map(({ id }) => id))).toEqual(new Set([caseId, second.caseId]))
		expect(beginnings.filter(({ text }) => text !== '')).toEqual([])
	})
})

describe('her name, when she has left', () => {
	const leaves = (her: Actor) =>
		db.transaction(async (tx) => {
			for (const one of belongings) await one.leave?.(tx, her.id, 'keep', () => {})
			await tx.delete(members).where(eq(members.id, her.id))
		})

	test('stands no longer beside what others said and was reported', async () => {
		const [olena, amal] = [await aMember({ handle: 'Olena' }), await aMember({ handle: 'Amal' })]
		const topic = await aTopic({ body: 'Where do I find work?' })
		await anAnswer(topic, { author: olena, body: 'Ask at the centre' })
		await anAnswer(topic, { author: amal, body: 'Or here' })
		await aReport({ id: (await questionOf(topic)).id })
		const before = (await db.select().from(evidence))[0]!.around
		expect(before.map(({ author }) => author)).toEqual(['Olena', 'Amal'])
		await leaves(olena)
		const [kept] = await db.select().from(evidence)
		expect(kept!.around).toEqual([{ ...before[0], author: null }, before[1]])
		expect(JSON.stringify(kept)).not.toContain('Olena')
	})

	test('stands no longer in cases about her that are decided; one that waits is still understood', async () => {
		const [olena, moderator] = [await aMember({ handle: 'Olena' }), await aModerator()]
		const about = { handle: 'Olena', reason: 'rude', words: '' }
		await reportPerson(await aMember(), about)
		const [first] = await db.select().from(cases)
		await decide({ subjects })(moderator, { case: first!.id, decision: 'dismiss' })
		await reportPerson(await aMember(), about)
		await leaves(olena)
		const rows = await db.select({ status: cases.status, excerpt: cases.excerpt }).from(cases)
		expect(rows.toSorted((a, b) => (a.status < b.status ? -1 : 1))).toEqual([
			{ status: 'decided', excerpt: '' },
			{ status: 'open', excerpt: 'Olena' },
		])
	})
})

test.each([
	["update reports set words = repeat('я', 4001)", 'reports_words_fit'],
	["update case_notes set words = repeat('a', 8001)", 'case_notes_words_fit'],
	["update statements set words = repeat('a', 8001)", 'statements_words_fit'],
	["update statements set appeal_words = repeat('a', 8001)", 'statements_words_fit'],
	["update statements set review_words = repeat('a', 8001)", 'statements_words_fit'],
	["update evidence set body = repeat('a', 200001)", 'evidence_fits'],
])('the database bounds what is written, whoever writes: %s', async (statement, constraint) => {
	await aDecided()
	const change = db.execute(sql.raw(statement))
	await expect(change).rejects.toMatchObject({ cause: { constraint_name: constraint } })
})

import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { translations } from '~/db/schema/translation'
import { wipeRemoved } from '~/features/moderation/deciding/wiping.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { openCase } from '~/features/moderation/reports.server'
import { appeal, listMyStatements } from '~/features/moderation/statements.server'
import { subjectOf } from '~/features/moderation/subjects.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aModerator, aPost, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { aQuestion, aTranslation } from '../../factories/translations'

const WHY = { rule: 'insult', words: 'Please be kind' }
const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>) =>
	decide({ subjects })(actor, { case: caseId, ...how })
const postOf = async (id: string) => (await db.select().from(posts).where(eq(posts.id, id)))[0]!
const mine = async (actor: Actor) => (await listMyStatements(actor, null, subjects)).statements

describe('removing', () => {
	const removed = async () => {
		const { post, caseId } = await aReportedPost({ body: 'Rude words' })
		const moderator = await aModerator()
		await decideOn(moderator, caseId, { decision: 'remove', ...WHY })
		return { post, caseId, moderator }
	}
	const timeIsOver = () =>
		db
			.update(statements)
			.set({ wipeAt: sql`now() - interval '1 second'`, createdAt: sql`now() - interval '183 days'` })

	test('wipes the words when she can no longer ask for another look, and once', async () => {
		const { post } = await removed()
		expect(await wipeRemoved(subjects)).toBe(0)
		expect(await postOf(post.id)).toMatchObject({ body: 'Rude words' })
		await timeIsOver()
		expect(await wipeRemoved(subjects)).toBe(1)
		expect(await postOf(post.id)).toMatchObject({ body: '', html: '', hiddenAt: expect.any(Date) })
		const [topic] = await db.select().from(topics).where(eq(topics.id, post.topicId))
		expect(topic!.title).toBe('')
		expect(await mine(post.author)).toMatchObject([
			{ action: 'removed', wipeAt: null, excerpt: '', mayAppeal: false },
		])
		expect(await wipeRemoved(subjects)).toBe(0)
	})

	test.each([
		[
			'while another moderator looks at it',
			async ({ post }: Awaited<ReturnType<typeof removed>>) => {
				const [statement] = await mine(post.author)
				await appeal(post.author, { statement: statement!.id })
			},
		],
		[
			'once it was undone',
			async ({ caseId, moderator }: Awaited<ReturnType<typeof removed>>) =>
				undo({ subjects })(moderator, { case: caseId }),
		],
	])('wipes nothing %s', async (_when, happens) => {
		const made = await removed()
		await happens(made)
		await timeIsOver()
		expect(await wipeRemoved(subjects)).toBe(0)
		expect(await postOf(made.post.id)).toMatchObject({ body: 'Rude words' })
	})

	test('of a message and a translation takes those words too', async () => {
		const { message, caseId } = await aReportedMessage()
		await decideOn(await aModerator(), caseId, { decision: 'remove', ...WHY })
		const { post } = await aQuestion()
		const translation = await aTranslation(post)
		const reported = await aReport({ kind: 'translation', id: translation.id })
		await decideOn(await aModerator(), reported.caseId, { decision: 'remove', ...WHY })
		await timeIsOver()
		expect(await wipeRemoved(subjects)).toBe(2)
		const [said] = await db.execute<{ body: string }>(sql`select body from messages where id = ${message.id}`)
		expect(said!.body).toBe('')
		const [put] = await db.select().from(translations).where(eq(translations.id, translation.id))
		expect(put).toMatchObject({ body: '', html: '', title: null })
	})
})

describe('what waited for a moderator before anyone saw it', () => {
	const held = async () => {
		const post = await aPost({ body: 'My first words' })
		const subject = subjectOf(subjects, 'post')
		await subject.hold!(db, post.id)
		const caseId = await openCase(db, {
			subjectKind: 'post',
			reported: (await subject.find(db, post.id))!,
			origin: 'first',
		})
		return { post, caseId }
	}
	const isHeld = { heldAt: expect.any(Date), hiddenAt: expect.any(Date) }
	const isShown = { heldAt: null, hiddenAt: null }

	test.each([
		['dismiss', isShown],
		['warn', isShown],
		['fold', { ...isShown, foldedAt: expect.any(Date) }],
		['ask-edit', { heldAt: null, hiddenAt: expect.any(Date), editAskedAt: expect.any(Date) }],
		['hide', { heldAt: null, hiddenAt: expect.any(Date) }],
		['remove', { heldAt: null, hiddenAt: expect.any(Date) }],
	])('%s decides it, and undone it waits again', async (decision, expected) => {
		const { post, caseId } = await held()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, { decision, ...WHY })
		expect(await postOf(post.id)).toMatchObject(expected)
		await undo({ subjects })(moderator, { case: caseId })
		expect(await postOf(post.id)).toMatchObject({ ...isHeld, foldedAt: null, editAskedAt: null })
		expect(await db.select().from(topics).where(eq(topics.id, post.topicId))).toMatchObject([
			{ hiddenAt: expect.any(Date) },
		])
	})
})

describe('an account', () => {
	test.each(['suspended', 'closed'])(
		'that was %s by a decision is open again when the appeal is granted',
		async (measure) => {
			const { post, caseId } = await aReportedPost()
			await decideOn(await aModerator(), caseId, { decision: 'hide', ...WHY, measure, days: '7' })
			const statusOf = async () =>
				(await db.select().from(members).where(eq(members.id, post.author.id)))[0]!.status
			expect(await statusOf()).toBe('suspended')
			const her: Actor = { ...post.author, status: 'suspended' }
			const [statement] = await mine(her)
			await appeal(her, { statement: statement!.id, words: 'Please look again' })
			const [asked] = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
			await decideOn(await aModerator(), asked!.id, { decision: 'restore' })
			expect(await statusOf()).toBe('active')
			expect((await postOf(post.id)).hiddenAt).toBe(null)
			expect(await mine(post.author)).toMatchObject([
				{ outcome: 'restored', measures: [{ kind: measure, holds: false }] },
			])
		},
	)
})

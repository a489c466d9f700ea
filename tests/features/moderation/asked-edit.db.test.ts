import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { watchRules } from '~/db/schema/house-rules'
import { cases } from '~/db/schema/moderation'
import { editPost, readOwnPost } from '~/features/forum/edits.server'
import { readTopic } from '~/features/forum/posts.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { appeal, listMyStatements } from '~/features/moderation/statements.server'
import { loadWatchRules } from '~/features/moderation/watch/rules-in-force.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { anAnswer, aTopic } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator, aPost, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const WHY = { rule: 'insult', words: 'Please be kind' }
const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>) =>
	decide({ subjects })(actor, { case: caseId, ...how })
const postOf = async (id: string) => (await db.select().from(posts).where(eq(posts.id, id)))[0]!
const mine = async (actor: Actor) => (await listMyStatements(actor, null, subjects)).statements

describe('asking her to change it', () => {
	const askEdit = async (what: 'question' | 'answer') => {
		const topic = await aTopic()
		const author = await aMember()
		const asked =
			what === 'question'
				? await aPost({ author })
				: { ...(await anAnswer(topic, { author })), spaceId: topic.spaceId, topicId: topic.id }
		const { caseId } = await aReport({ id: asked.id })
		const moderator = await aModerator()
		await decideOn(moderator, caseId, { decision: 'ask-edit', ...WHY })
		return {
			author,
			asked,
			caseId,
			moderator,
			ids: { space: asked.spaceId, topic: asked.topicId, post: asked.id },
		}
	}
	const formOf = async (author: Actor, ids: { space: string; topic: string; post: string }) => {
		const { title, body, lang, version } = await readOwnPost(author, ids)
		return { ...ids, title, body, language: lang, version: String(version), confirmed: 'yes' }
	}

	test.each(['question', 'answer'] as const)(
		'hides the %s from everyone else, until she has changed it',
		async (what) => {
			const { author, asked, ids } = await askEdit(what)
			const reader = await aMember()
			expect(await codeOf(() => readOwnPost(reader, ids))).toBe('not-found')
			if (what === 'question')
				expect(await codeOf(() => readTopic(reader, 'en', ids, null))).toBe('not-found')
			else expect((await readTopic(reader, 'en', ids, null)).posts).toHaveLength(1)
			const editPath = `/forum/${ids.space}/${ids.topic}/edit/${asked.id}`
			expect(await mine(author)).toMatchObject([{ action: 'edit-asked', editPath, undoneAt: null }])

			const form = await formOf(author, ids)
			const same = editPost(author, form)
			await expect(same).rejects.toMatchObject({ code: 'invalid', fields: { body: 'decisions:edit.same' } })
			await editPost(author, { ...form, body: 'Kinder words' })
			expect(await postOf(asked.id)).toMatchObject({
				hiddenAt: null,
				editAskedAt: null,
				body: 'Kinder words',
			})
			expect((await readTopic(reader, 'en', ids, null)).posts).toHaveLength(what === 'question' ? 1 : 2)
			expect(await mine(author)).toMatchObject([
				{ action: 'edit-asked', editPath: null, unseen: false, mayAppeal: true },
			])
			const open = await db.select().from(cases).where(eq(cases.status, 'open'))
			expect(open).toMatchObject([{ origin: 'edited', subjectId: asked.id }])
			expect(await codeOf(() => editPost(author, { ...form, body: 'Kinder words' }))).toBe('ok')
		},
	)

	test('lets her ask for another look instead; granted, it is shown as it is', async () => {
		const { author, asked } = await askEdit('question')
		const [statement] = await mine(author)
		await appeal(author, { statement: statement!.id })
		const [case_] = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
		await decideOn(await aModerator(), case_!.id, { decision: 'restore' })
		expect(await postOf(asked.id)).toMatchObject({ hiddenAt: null, editAskedAt: null })
		const [topic] = await db.select().from(topics).where(eq(topics.id, asked.topicId))
		expect(topic).toMatchObject({ hiddenAt: null, visiblePosts: 1 })
	})

	describe('an appeal that is granted once she has changed it', () => {
		const appealAfter = async (change: (asked: Awaited<ReturnType<typeof askEdit>>) => Promise<unknown>) => {
			const about = await askEdit('question')
			const [statement] = await mine(about.author)
			await change(about)
			await appeal(about.author, { statement: statement!.id })
			const [found] = await db.select().from(cases).where(eq(cases.statementId, statement!.id))
			await decideOn(await aModerator(), found!.id, { decision: 'restore' })
			return about
		}
		const edited = async ({ author, ids }: Awaited<ReturnType<typeof askEdit>>, body: string) =>
			editPost(author, { ...(await formOf(author, ids)), body })
		const openCase = async () => (await db.select().from(cases).where(eq(cases.status, 'open')))[0]!

		test('shows nothing that a rule holds meanwhile, until somebody has decided about it', async () => {
			await db.insert(watchRules).values({ kind: 'word', text: 'poison', action: 'hold' })
			await loadWatchRules()
			const { asked } = await appealAfter((about) => edited(about, 'How to poison?'))
			expect(await postOf(asked.id)).toMatchObject({ hiddenAt: expect.any(Date), heldAt: expect.any(Date) })
			await decideOn(await aModerator(), (await openCase()).id, { decision: 'dismiss' })
			expect(await postOf(asked.id)).toMatchObject({ hiddenAt: null, heldAt: null })
			await db.delete(watchRules)
			await loadWatchRules()
		})

		test.each(['hide', 'ask-edit'])('shows nothing that was decided about since: %s', async (decision) => {
			const { asked } = await appealAfter(async (about) => {
				await edited(about, 'Other rude words')
				await decideOn(await aModerator(), (await openCase()).id, { decision, ...WHY })
			})
			expect(await postOf(asked.id)).toMatchObject({ hiddenAt: expect.any(Date) })
		})
	})

	test('cannot be undone once she has changed it: what it says now is looked at instead', async () => {
		const { author, caseId, moderator, ids } = await askEdit('answer')
		await editPost(author, { ...(await formOf(author, ids)), body: 'Kinder words' })
		expect(await codeOf(() => undo({ subjects })(moderator, { case: caseId }))).toBe('conflict')
	})
})

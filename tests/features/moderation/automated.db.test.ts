import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { posts, topics } from '~/db/schema/forum'
import { watchRules } from '~/db/schema/house-rules'
import { installation } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { letAllThrough } from '~/features/chat/holding/releasing.server'
import { editMessage, sendMessage } from '~/features/chat/writing.server'
import { editPost } from '~/features/forum/edits.server'
import { publishTranslation } from '~/features/forum/translation/publishing.server'
import { loadSettings } from '~/features/members/settings/settings.server'
import { readCase } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { appeal, countUnseenStatements, listMyStatements } from '~/features/moderation/statements.server'
import { loadWatchRules } from '~/features/moderation/watch/rules-in-force.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { anOpenRoom } from '../../factories/chat'
import { anAnswer, aTopic, questionOf } from '../../factories/forum'
import { aHeld } from '../../factories/holding'
import { aMember } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const WHY = { rule: 'insult', words: 'Please be kind' }
const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>) =>
	decide({ subjects })(actor, { case: caseId, ...how })
const mine = async (actor: Actor) => (await listMyStatements(actor, null, subjects)).statements
const theCase = async () => (await db.select().from(cases).where(isNull(cases.statementId)))[0]!
const postOf = async (id: string) => (await db.select().from(posts).where(eq(posts.id, id)))[0]!
const messageOf = async (id: string) => (await db.select().from(messages).where(eq(messages.id, id)))[0]!

async function formOf(post: { id: string }, body: string) {
	const [row] = await db
		.select({ topic: posts.topicId, space: topics.spaceId, version: posts.version })
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.where(eq(posts.id, post.id))
	const { version, ...ids } = row!
	return { ...ids, post: post.id, body, language: 'en', version: String(version), confirmed: 'yes' }
}

/** Each finds the word it is named after. */
async function rulesTo(...actions: ('warn' | 'fold' | 'hold' | 'flag')[]) {
	await db
		.insert(watchRules)
		.values(actions.map((action) => ({ kind: 'word' as const, text: action, action })))
	await loadWatchRules()
}

async function firstPostsAreHeld() {
	await db.insert(installation).values({ key: 'setting.firstPosts', value: 'hold' })
	await loadSettings()
}

beforeEach(loadWatchRules)
afterEach(async () => {
	await db.delete(installation)
	await loadSettings()
})

const say = (actor: Actor, room: string, body: string) =>
	sendMessage(actor, { room, key: crypto.randomUUID(), body, language: 'en' }) as Promise<{ id: string }>

describe('what a rule folds by itself', () => {
	test('is told to its author at once, as what it is', async () => {
		await rulesTo('fold')
		const post = await anAnswer(await aTopic(), { body: 'fold this' })
		expect(await mine(post.author)).toMatchObject([
			{
				automated: true,
				foundByRule: true,
				action: 'folded',
				unseen: true,
				mayAppeal: true,
				excerpt: 'fold this',
			},
		])
		const [statement] = await db.select().from(statements)
		expect(statement).toMatchObject({ decidedBy: null, caseId: (await theCase()).id })
	})

	test('she asks for a person: it is the one who decides, with her words before her', async () => {
		await rulesTo('fold')
		const post = await anAnswer(await aTopic(), { body: 'fold this' })
		const [{ id } = { id: '' }] = await mine(post.author)
		await appeal(post.author, { statement: id, words: 'It is a recipe' })
		const { id: caseId } = await theCase()
		expect(await db.$count(cases)).toBe(1)
		const moderator = await aModerator()
		expect((await readCase(subjects, moderator, caseId)).statement).toMatchObject({
			appealWords: 'It is a recipe',
		})
		await decideOn(moderator, caseId, { decision: 'dismiss' })
		expect((await postOf(post.id)).foldedAt).toBeNull()
		expect(await mine(post.author)).toMatchObject([{ undoneAt: expect.any(Date), unseen: true }])
	})

	test.each(['post', 'message'])(
		'a person who folds the %s takes its place: told once more, and another one can look again',
		async (kind) => {
			await rulesTo('fold')
			const author = await aMember()
			const { id } =
				kind === 'post'
					? await anAnswer(await aTopic(), { author, body: 'fold this' })
					: await say(author, await anOpenRoom(), 'fold this')
			const foldedAt = async () => (kind === 'post' ? await postOf(id) : await messageOf(id)).foldedAt
			const { id: caseId } = await theCase()
			const [first, second] = [await aModerator(), await aModerator()]
			await decideOn(first, caseId, { decision: 'fold', ...WHY })
			expect(await mine(author)).toMatchObject([
				{ automated: false, foundByRule: true, rule: 'insult', undoneAt: null, mayAppeal: true },
				{ automated: true, undoneAt: expect.any(Date), unseen: false },
			])
			const [{ id: stated } = { id: '' }] = await mine(author)
			await appeal(author, { statement: stated, words: '' })
			const [asked] = await db.select().from(cases).where(isNotNull(cases.statementId))
			await decideOn(second, asked!.id, { decision: 'restore' })
			expect(await foldedAt()).toBeNull()
		},
	)

	test.each([
		['dismiss', {}],
		['warn', WHY],
		['fold', WHY],
		['hide', WHY],
		['remove', WHY],
		['ask-edit', WHY],
	])('%s, and taken back: it is folded by the rule again, and she reads so', async (decision, why) => {
		await rulesTo('fold')
		const post = await anAnswer(await aTopic(), { body: 'fold this' })
		const before = await postOf(post.id)
		const { id: caseId } = await theCase()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, { decision, ...why })
		expect((await postOf(post.id)).foldedAt !== null).toBe(decision === 'fold')
		await undo({ subjects })(moderator, { case: caseId })
		expect(await postOf(post.id)).toEqual({ ...before, foldedAt: expect.any(Date) })
		const inForce = (await mine(post.author)).filter(({ undoneAt }) => undoneAt === null)
		expect(inForce).toMatchObject([{ automated: true, unseen: true }])
	})

	test('of a woman who has left, a moderator still opens it', async () => {
		await rulesTo('fold')
		const post = await anAnswer(await aTopic(), { body: 'fold this' })
		await db.delete(statements)
		await decideOn(await aModerator(), (await theCase()).id, { decision: 'dismiss' })
		expect((await postOf(post.id)).foldedAt).toBeNull()
	})

	test('stays folded where somebody else has decided so before', async () => {
		const post = await anAnswer(await aTopic(), { body: 'Bitter words' })
		const { caseId } = await aReport({ id: post.id })
		await decideOn(await aModerator(), caseId, { decision: 'fold', ...WHY })
		await rulesTo('fold')
		await editPost(post.author, await formOf(post, 'fold this'))
		const open = and(eq(cases.subjectId, post.id), eq(cases.status, 'open'))
		const [found] = await db.select().from(cases).where(open)
		await decideOn(await aModerator(), found!.id, { decision: 'dismiss' })
		expect((await postOf(post.id)).foldedAt).not.toBeNull()
	})

	test('of a translation nothing is folded and she is told nothing: only moderators are', async () => {
		await rulesTo('fold')
		const question = await questionOf(await aTopic())
		const translator = await aMember({ reads: ['en', 'it'], speaks: ['en', 'it'] })
		const form = { post: question.id, language: 'it', title: 'Domanda', body: 'fold', of: 1 }
		await publishTranslation(translator, { ...form, key: crypto.randomUUID() })
		expect(await theCase()).toMatchObject({ subjectKind: 'translation', origin: 'rule' })
		expect(await mine(translator)).toEqual([])
		const [moderator, { id: caseId }] = [await aModerator(), await theCase()]
		await decideOn(moderator, caseId, { decision: 'dismiss' })
		expect(await codeOf(() => undo({ subjects })(moderator, { case: caseId }))).toBe('ok')
	})

	test('counts as nothing that was decided about her', async () => {
		await rulesTo('fold')
		const { author } = await anAnswer(await aTopic(), { body: 'fold this' })
		const again = await anAnswer(await aTopic(), { author, body: 'Other words' })
		const { caseId } = await aReport({ id: again.id })
		expect((await readCase(subjects, await aModerator(), caseId)).earlier).toEqual([])
	})
})

describe('several rules at once', () => {
	test.each(['post', 'message'])('that fold and flag a %s: leaving it opens it', async (kind) => {
		await rulesTo('flag', 'fold')
		const author = await aMember()
		const { id } =
			kind === 'post'
				? await anAnswer(await aTopic(), { author, body: 'flag and fold' })
				: await say(author, await anOpenRoom(), 'flag and fold')
		const foldedAt = async () => (kind === 'post' ? await postOf(id) : await messageOf(id)).foldedAt
		expect(await foldedAt()).not.toBeNull()
		await decideOn(await aModerator(), (await theCase()).id, { decision: 'dismiss' })
		expect(await foldedAt()).toBeNull()
	})

	test('that fold and hold: it waits, and is not folded when it is let out', async () => {
		await rulesTo('fold', 'hold', 'flag')
		const post = await anAnswer(await aTopic(), { body: 'fold, hold and flag' })
		expect(await postOf(post.id)).toMatchObject({ heldAt: expect.any(Date), foldedAt: null })
		expect(await mine(post.author)).toEqual([])
		await decideOn(await aModerator(), (await theCase()).id, { decision: 'dismiss' })
		expect(await postOf(post.id)).toMatchObject({ heldAt: null, hiddenAt: null, foldedAt: null })
	})

	test('that fold what somebody new wrote: it waits, is let out unfolded, and a rule found it', async () => {
		await firstPostsAreHeld()
		await rulesTo('fold')
		const topic = await aTopic({ author: await aMember() })
		const post = await anAnswer(topic, { author: await aMember({ vouchedAt: null }), body: 'fold this' })
		expect(await theCase()).toMatchObject({ origin: 'first', watchRuleId: expect.any(String) })
		const moderator = await aModerator()
		await decideOn(moderator, (await theCase()).id, { decision: 'dismiss' })
		expect(await postOf(post.id)).toMatchObject({ hiddenAt: null, foldedAt: null })
		await undo({ subjects })(moderator, { case: (await theCase()).id })
		await decideOn(moderator, (await theCase()).id, { decision: 'fold', ...WHY })
		expect(await postOf(post.id)).toMatchObject({ hiddenAt: null, foldedAt: expect.any(Date) })
		expect(await mine(post.author)).toMatchObject([{ automated: false, foundByRule: true }])
	})

	test('one after another: folded first, held after an edit; leaving it ends both', async () => {
		await rulesTo('fold', 'hold')
		const post = await anAnswer(await aTopic(), { body: 'fold this' })
		await editPost(post.author, await formOf(post, 'hold this'))
		expect(await postOf(post.id)).toMatchObject({ heldAt: expect.any(Date), foldedAt: expect.any(Date) })
		await decideOn(await aModerator(), (await theCase()).id, { decision: 'dismiss' })
		expect(await postOf(post.id)).toMatchObject({ heldAt: null, hiddenAt: null, foldedAt: null })
	})

	test('a message folded by its edit is told to moderators and to her', async () => {
		await rulesTo('fold')
		const [author, room] = [await aMember(), await anOpenRoom()]
		const { id } = await say(author, room, 'Good words')
		await editMessage(author, { room, id, words: 'fold this' })
		expect((await messageOf(id)).foldedAt).not.toBeNull()
		expect(await theCase()).toMatchObject({ subjectId: id, origin: 'rule', status: 'open' })
		expect(await countUnseenStatements(author)).toBe(1)
		await editMessage(author, { room, id, words: 'fold this too' })
		expect(await db.$count(statements)).toBe(1)
	})

	test('a message that waited in a room and goes through unread is folded by then', async () => {
		const author = await aMember()
		const room = await anOpenRoom({ holds: true, languages: ['el'] })
		const held = await aHeld(author, room, 'fold')
		await rulesTo('fold')
		await db.transaction((tx) => letAllThrough(tx, room, () => {}))
		expect((await messageOf(held.id)).foldedAt).not.toBeNull()
		expect(await mine(author)).toMatchObject([{ automated: true }])
	})
})

describe('what she reads of how it was found', () => {
	test.each([
		['a rule', 'flag this', true],
		['a report', 'Rude words', false],
	])('by %s', async (_how, body, foundByRule) => {
		await rulesTo('flag')
		const post = await anAnswer(await aTopic(), { body })
		const caseId = foundByRule ? (await theCase()).id : (await aReport({ id: post.id })).caseId
		await decideOn(await aModerator(), caseId, { decision: 'hide', ...WHY })
		expect(await mine(post.author)).toMatchObject([{ automated: false, foundByRule }])
	})

	test('what was held and hidden waits again once that is taken back, and she reads so', async () => {
		await rulesTo('hold')
		const post = await anAnswer(await aTopic(), { body: 'hold this' })
		const [moderator, { id: caseId }] = [await aModerator(), await theCase()]
		await decideOn(moderator, caseId, { decision: 'hide', ...WHY })
		await undo({ subjects })(moderator, { case: caseId })
		expect(await postOf(post.id)).toMatchObject({ heldAt: expect.any(Date), hiddenAt: expect.any(Date) })
		expect(await mine(post.author)).toMatchObject([{ undoneAt: expect.any(Date), waits: true }])
		expect(await codeOf(() => decideOn(moderator, caseId, { decision: 'dismiss' }))).toBe('ok')
		expect(await mine(post.author)).toMatchObject([{ waits: false }])
	})
})

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { blocks, notices } from '~/db/schema/ties'
import { latestTopics } from '~/features/forum/latest.server'
import { readSpaces } from '~/features/forum/spaces.server'
import { actorOfToken } from '~/features/members/session.server'
import * as onSpace from '~/routes/forum/space'
import * as onTopic from '~/routes/forum/topic'
import * as onBlocked from '~/routes/members/blocked'
import * as onReport from '~/routes/moderation/report'
import { anAnswer, aSpace, aTopic, questionOf } from '../../factories/forum'
import { aMember, aMemberWithToken } from '../../factories/members'
import { type Answer, open, send } from '../../factories/requests'

type Params = Record<string, string>
const readWith =
	(loader: (args: LoaderFunctionArgs) => unknown) => (params: Params, path: string, token: string) =>
		open((args) => loader({ ...args, params }), path, { token })
const openTopic = readWith(onTopic.loader)
const openSpace = readWith(onSpace.loader)
const openReport = readWith(onReport.loader)
const answerIn = (params: Params, token: string) =>
	send(
		(args: ActionFunctionArgs) => onTopic.action({ ...args, params }),
		`/forum/${params.space}/${params.topic}`,
		{ body: 'Mine', language: 'en', key: crypto.randomUUID() },
		{ token },
	)

/** What was answered, byte for byte, with the ids of the address taken out. */
const bytes = ({ body, headers, to, ...answer }: Answer, params: Params) =>
	Object.values(params).reduce(
		(text, id) => text.replaceAll(id, 'id'),
		JSON.stringify({ ...answer, to: decodeURIComponent(to ?? ''), body, headers: [...headers] }),
	)

interface Topic {
	id: string
	spaceId: string
}
const idsOf = (topic: Topic) => ({ space: topic.spaceId, topic: topic.id })
const missing = () => ({ space: crypto.randomUUID(), topic: crypto.randomUUID() })

/** Two women, one of whom blocks the other: the second reads. */
async function aBlock(which: 'she blocks' | 'she is blocked') {
	const [her, other] = [await aMemberWithToken(), await aMember({ handle: 'Unseen' })]
	const [blockerId, blockedId] = which === 'she blocks' ? [her.actor.id, other.id] : [other.id, her.actor.id]
	const block = async () => {
		await db.insert(blocks).values({ blockerId, blockedId })
		return (await actorOfToken(her.token))!
	}
	return { token: her.token, other, block }
}

describe.each(['she blocks', 'she is blocked'] as const)('%s', (which) => {
	test('a question of the other is, by every door, one that is not there', async () => {
		const { token, other, block } = await aBlock(which)
		const space = await aSpace()
		const topic = await aTopic({ space, author: other, title: 'Unseen title' })
		const { id: post } = await questionOf(topic)
		expect((await openTopic(idsOf(topic), '/topic', token)).status).toBe(200)
		const her = await block()
		const knocks: [(params: Params) => Promise<Answer>, Params, Params][] = [
			[(params) => openTopic(params, '/topic', token), idsOf(topic), missing()],
			[(params) => answerIn(params, token), idsOf(topic), missing()],
			[
				(params) => openReport(params, '/report', token),
				{ kind: 'post', id: post },
				{ kind: 'post', id: crypto.randomUUID() },
			],
		]
		for (const [knock, there, nowhere] of knocks) {
			const answer = await knock(there)
			expect(answer.status).toBe(404)
			expect(bytes(answer, there)).toBe(bytes(await knock(nowhere), nowhere))
		}
		const list = await openSpace({ space: space.id }, '/space', token)
		expect(JSON.stringify(list.body)).not.toContain('Unseen')
		expect(await latestTopics(her, 'en', 5)).toEqual([])
		expect((await readSpaces(her, 'en')).spaces).toMatchObject([{ topics: 0, lastActivityAt: null }])
		// For a third woman all of it is there.
		const third = await aMember()
		expect(await latestTopics(third, 'en', 5)).toMatchObject([{ title: 'Unseen title' }])
		expect((await readSpaces(third, 'en')).spaces).toMatchObject([{ topics: 1 }])
	})

	test('answers of the other are left out, and no count or time tells of them', async () => {
		const { token, other, block } = await aBlock(which)
		const topic = await aTopic()
		await anAnswer(topic, { body: 'First answer' })
		await anAnswer(topic, { author: other, body: 'Unseen answer' })
		await anAnswer(topic, { body: 'Last answer' })
		const [lastUnseen] = [await anAnswer(topic, { author: other, body: 'Unseen again' })]
		await db.update(topics).set({ lastPostAt: new Date('2030-01-01') })
		const her = await block()
		const page = JSON.stringify((await openTopic(idsOf(topic), '/topic', token)).body)
		expect(page).toContain('First answer')
		expect(page).toContain('Last answer')
		for (const trace of ['Unseen', lastUnseen!.id, other.id]) expect(page).not.toContain(trace)
		const seen = { answers: 2 }
		const [latest] = await latestTopics(her, 'en', 5)
		expect(latest).toMatchObject(seen)
		expect(latest!.lastPostAt.getFullYear()).toBeLessThan(2030)
		const list = (await openSpace({ space: topic.spaceId }, '/space', token)).body as { topics: object[] }
		expect(list.topics).toMatchObject([seen])
		const [space] = (await readSpaces(her, 'en')).spaces
		expect(space!.lastActivityAt!.getFullYear()).toBeLessThan(2030)
		expect((await readSpaces(await aMember(), 'en')).spaces[0]!.lastActivityAt!.getFullYear()).toBe(2030)
	})

	test('what was written under a flower stays: leaving it out would tell who wrote it', async () => {
		const { token, other, block } = await aBlock(which)
		const space = await aSpace('Quiet', { aliasAllowed: true })
		const topic = await aTopic({ space, author: other, title: 'Under a flower', alias: 'yes' })
		const before = (await openTopic(idsOf(topic), '/topic', token)).body as object
		const her = await block()
		const after = (await openTopic(idsOf(topic), '/topic', token)).body as object
		const shown = (body: object) => JSON.stringify({ ...body, writing: null, here: null })
		expect(shown(after)).toBe(shown(before))
		expect(shown(after)).not.toContain(other.id)
		expect(await latestTopics(her, 'en', 5)).toHaveLength(1)
		expect((await readSpaces(her, 'en')).spaces).toMatchObject([{ topics: 1 }])
		expect(await db.$count(posts)).toBe(1)
	})
})

test('what they were told of each other and had not read goes with it, and nothing else', async () => {
	const [her, other, third] = [await aMemberWithToken(), await aMember(), await aMember()]
	const topic = await aTopic({ author: her.actor })
	const [alone, shared] = [await aTopic({ author: her.actor }), await aTopic({ author: other })]
	await anAnswer(topic, { author: other })
	await anAnswer(topic, { author: third })
	await anAnswer(alone, { author: other })
	await anAnswer(shared, { author: third })
	await anAnswer(shared, { author: her.actor })
	const unread = async (token: string) => (await actorOfToken(token))!.unread
	expect(await unread(her.token)).toBe(2)
	expect(await db.$count(notices, eq(notices.memberId, other.id))).toBe(2)
	await send(
		onBlocked.action,
		'/me/blocked',
		{ intent: 'blockName', handle: other.handle },
		{ token: her.token },
	)
	// What a third woman said in the same topic is still told.
	expect(await db.select().from(notices).where(eq(notices.memberId, her.actor.id))).toMatchObject([
		{ subjectId: topic.id, times: 2 },
	])
	expect(await db.select().from(notices).where(eq(notices.memberId, other.id))).toMatchObject([
		{ subjectId: shared.id, times: 2 },
	])
})

test('who wrote only under a flower, or in a closed space, is nobody she could block', async () => {
	const [her, hidden] = [await aMemberWithToken(), await aMember({ roles: [{ role: 'moderator' }] })]
	await aTopic({ space: await aSpace('Quiet', { aliasAllowed: true }), author: hidden, alias: 'yes' })
	await aTopic({ space: await aSpace('Closed', { access: 'invited' }), author: hidden })
	const look = (person: string) =>
		open(onBlocked.loader, `/me/blocked?person=${person}`, { token: her.token })
	const unknown = crypto.randomUUID()
	expect(bytes(await look(hidden.id), { id: hidden.id })).toBe(bytes(await look(unknown), { id: unknown }))
	await aTopic({ author: hidden })
	expect((await look(hidden.id)).status).toBe(200)
})

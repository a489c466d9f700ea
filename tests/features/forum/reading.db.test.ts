import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { topicReaders } from '~/db/schema/reading'
import { notices } from '~/db/schema/ties'
import { continuePath } from '~/features/forum/reading'
import { readingOf } from '~/features/forum/reading.server'
import * as route from '~/routes/forum/reading'
import { aTopic } from '../../factories/forum'
import { aMemberWithToken } from '../../factories/members'
import { send } from '../../factories/requests'

/** A topic with three answers, as rows. */
async function aLongTopic() {
	const topic = await aTopic()
	const rows = await db
		.insert(posts)
		.values(
			[2, 3, 4].map((seq) => ({
				topicId: topic.id,
				seq,
				authorId: topic.author.id,
				key: crypto.randomUUID(),
				body: 'Words',
				html: '',
				lang: 'en',
				dir: 'ltr' as const,
				langSource: 'declared' as const,
			})),
		)
		.returning()
	await db.update(topics).set({ postSeq: 4, visiblePosts: 4 }).where(eq(topics.id, topic.id))
	return { ...topic, posts: rows, path: `/forum/${topic.spaceId}/${topic.id}` }
}

type LongTopic = Awaited<ReturnType<typeof aLongTopic>>

const sendReading = (token: string, topic: { id: string; spaceId: string }, fields: Record<string, string>) =>
	send(route.action, '/x', fields, { token, params: { space: topic.spaceId, topic: topic.id } })

async function readerOf(topic: { id: string }, memberId: string) {
	const [row] = await db
		.select({ readSeq: topicReaders.readSeq, follows: topicReaders.follows })
		.from(topicReaders)
		.where(and(eq(topicReaders.topicId, topic.id), eq(topicReaders.memberId, memberId)))
	return row
}

describe('how far she read', () => {
	test('is told by the script in silence and by the button with the way back', async () => {
		const [topic, { actor, token }] = [await aLongTopic(), await aMemberWithToken()]
		const [second, third] = topic.posts
		const quiet = await sendReading(token, topic, { intent: 'read', post: second!.id, quiet: 'yes' })
		expect([quiet.status, quiet.to]).toEqual([204, null])
		expect(await readerOf(topic, actor.id)).toEqual({ readSeq: 2, follows: null })
		const pressed = await sendReading(token, topic, { intent: 'read', post: third!.id, from: second!.id })
		expect([pressed.status, pressed.to]).toEqual([303, `${topic.path}?from=${second!.id}#reading`])
		expect(await readerOf(topic, actor.id)).toEqual({ readSeq: 3, follows: null })
	})

	test('never goes backwards, also when two of her tabs tell at once', async () => {
		const [topic, { actor, token }] = [await aLongTopic(), await aMemberWithToken()]
		const ids = topic.posts.map(({ id }) => id)
		const tell = (post: string) => sendReading(token, topic, { intent: 'read', post, quiet: 'yes' })
		await Promise.all([...ids, ...ids.toReversed()].map(tell))
		expect((await readerOf(topic, actor.id))?.readSeq).toBe(4)
		await tell(ids[0]!)
		expect((await readerOf(topic, actor.id))?.readSeq).toBe(4)
	})

	test.each([
		['a post of another topic', async (_: LongTopic) => (await aLongTopic()).posts[0]!.id, 404],
		['a post that is not there', async () => crypto.randomUUID(), 404],
		['what is no post', async () => '99', 422],
		['nothing', async () => '', 422],
	])('%s is refused and nothing is kept', async (_what, make, status) => {
		const [topic, { actor, token }] = [await aLongTopic(), await aMemberWithToken()]
		const refused = await sendReading(token, topic, { intent: 'read', post: await make(topic) })
		expect(refused.status).toBe(status)
		expect(await readerOf(topic, actor.id)).toBeUndefined()
	})

	test('in a space closed to her there is nothing to read', async () => {
		const [topic, { token }] = [await aLongTopic(), await aMemberWithToken()]
		await db.update(spaces).set({ access: 'practitioners' }).where(eq(spaces.id, topic.spaceId))
		for (const intent of ['read', 'follow', 'unfollow']) {
			const refused = await sendReading(token, topic, { intent, post: topic.posts[0]!.id })
			expect(refused.status).toBe(404)
		}
	})

	test('takes back what she was told of it, and nothing else', async () => {
		const [topic, other, { actor, token }] = [await aLongTopic(), await aTopic(), await aMemberWithToken()]
		const [second, , fourth] = topic.posts
		const about = { memberId: actor.id, subjectId: topic.id }
		await db.insert(notices).values([
			{ ...about, kind: 'topic.reply', placeId: second!.id, times: 3 },
			{ ...about, kind: 'topic.mention', placeId: fourth!.id },
			{ ...about, kind: 'topic.reply', subjectId: other.id },
			{ ...about, kind: 'translation.published', placeId: second!.id },
			{ memberId: actor.id, kind: 'space.topic', subjectId: topic.spaceId, placeId: topic.id },
			{ ...about, memberId: topic.author.id, kind: 'topic.reply', placeId: second!.id },
		])
		await sendReading(token, topic, { intent: 'read', post: second!.id, quiet: 'yes' })
		const unread = await db.select().from(notices)
		const left = unread
			.filter(({ readAt }) => !readAt)
			.map(({ memberId, kind }) => [memberId === actor.id, kind])
		expect(left.toSorted()).toEqual([
			[false, 'topic.reply'],
			[true, 'topic.mention'],
			[true, 'topic.reply'],
			[true, 'translation.published'],
		])
	})
})

test('she follows a topic and stops, and comes back to where she was', async () => {
	const [topic, { actor, token }] = [await aTopic(), await aMemberWithToken()]
	const back = await sendReading(token, topic, { intent: 'follow' })
	expect([back.status, back.to]).toEqual([303, `/forum/${topic.spaceId}/${topic.id}#reading`])
	expect((await readerOf(topic, actor.id))?.follows).toBe(true)
	await sendReading(token, topic, { intent: 'unfollow', from: 'https://elsewhere.invalid' })
	expect((await readerOf(topic, actor.id))?.follows).toBe(false)
	expect((await sendReading(token, topic, { intent: 'own' })).status).toBe(422)
})

describe('where she stopped', () => {
	const shown = [5, 7, 9].map((seq) => ({ id: `post${seq}`, seq }))
	test.each([
		['nothing read yet', 0, undefined],
		['all read', 12, undefined],
		['read to before this page', 3, undefined],
		['read to the first of it', 5, '#p-post7'],
		['read to what was left out', 8, '#p-post9'],
		['read to its end', 9, '/topic?after=9'],
		['read further', 11, '/topic?after=11'],
	])('%s', (_what, readSeq, path) => {
		expect(continuePath({ path: '/topic', readSeq, postSeq: 12, shown })).toBe(path)
	})

	test('a page is told whether its end is read, and no number of a post', async () => {
		const topic = { ...(await aTopic()), postSeq: 9 } as never
		const page = (readSeq: number) => readingOf({ topic, reader: { readSeq, follows: true } }, shown)
		expect(page(7)).toMatchObject({
			follows: true,
			first: 'post5',
			unreadEnd: 'post9',
			continueAt: '#p-post9',
		})
		expect(page(9).unreadEnd).toBeUndefined()
		expect(readingOf({ topic, reader: null }, [])).toMatchObject({ follows: false, unreadEnd: undefined })
	})
})

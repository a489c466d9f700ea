import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { answer } from '~/features/forum/answering.server'
import { readTopicList } from '~/features/forum/lists.server'
import { postPath, readTopic } from '~/features/forum/posts.server'
import { readSpaces } from '~/features/forum/spaces.server'
import { postSubject } from '~/features/forum/subject.server'
import { askQuestion } from '~/features/forum/topics.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { aSpace, aTopic, idsOf } from '../../factories/forum'
import { aMember } from '../../factories/members'

const key = () => crypto.randomUUID()
const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => 'ok',
		(error: unknown) => (error instanceof AppError ? error.code : error),
	)

async function answerIn(
	actor: Actor,
	topic: { id: string; spaceId: string },
	change: Record<string, unknown> = {},
) {
	const form = { ...idsOf(topic), body: 'An answer', language: 'en', key: key(), ...change }
	const sent = await answer(actor, form)
	if (!('post' in sent)) throw new Error('the topic takes no answers')
	return sent.post!
}

/** How many posts a space's list says the topic has, the question among them. */
async function postsListed(reader: Actor, spaceId: string) {
	const address = { space: spaceId, list: null, languages: 'all', before: null, after: null }
	const { topics: rows } = await readTopicList(reader, 'en', address)
	return rows.map(({ answers }) => answers + 1)
}

describe('asking and answering', () => {
	test('an Arabic question with an Italian answer keeps both languages and directions', async () => {
		const asker = await aMember({ locale: 'ar' })
		const topic = await aTopic({
			author: asker,
			title: 'أول عمل هنا',
			body: 'كيف وجدتن أول عمل؟',
			language: 'ar',
		})
		await answerIn(await aMember(), topic, { body: 'Con il passaparola, **piano piano**.', language: 'it' })
		const shown = await readTopic(asker, 'ar', { space: topic.spaceId, topic: topic.id }, null)
		expect(shown.topic).toMatchObject({ lang: 'ar', dir: 'rtl' })
		expect(shown.posts.map(({ lang, dir, question }) => ({ lang, dir, question }))).toEqual([
			{ lang: 'ar', dir: 'rtl', question: true },
			{ lang: 'it', dir: 'ltr', question: false },
		])
		expect(shown.posts[1]?.html).toBe('<p>Con il passaparola, <strong>piano piano</strong>.</p>')
	})

	test('one form is one question and one answer, however often and however fast it is sent', async () => {
		const [space, actor] = [await aSpace(), await aMember()]
		const form = { space: space.id, title: 'Once', body: 'Only once', language: 'en', key: key() }
		const made = await Promise.all(Array.from({ length: 8 }, () => askQuestion(actor, form)))
		expect(new Set(made.map(({ id }) => id)).size).toBe(1)
		const reply = { body: 'Also once', key: key() }
		const sent = await Promise.all(Array.from({ length: 8 }, () => answerIn(actor, made[0]!, reply)))
		expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
		expect(await db.$count(topics)).toBe(1)
		expect(await db.$count(posts)).toBe(2)
	})

	test('answers written at once get numbers without a gap', async () => {
		const topic = await aTopic()
		const actors = await Promise.all(Array.from({ length: 5 }, () => aMember()))
		await Promise.all(actors.flatMap((actor) => [answerIn(actor, topic), answerIn(actor, topic)]))
		const rows = await db.select({ seq: posts.seq }).from(posts).orderBy(posts.seq)
		expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
		const [counted] = await db.select().from(topics)
		expect(counted).toMatchObject({ postSeq: 11, visiblePosts: 11 })
	})
})

describe('what is refused', () => {
	const long = 'a'.repeat(10_001)
	test.each([
		['nothing', '', 'body', 'errors:empty'],
		['only spaces', ' \n\t ', 'body', 'errors:empty'],
		['only direction marks', '\u202e\u2066\u200f', 'body', 'errors:empty'],
		['10,001 letters', long, 'body', 'errors:tooLong'],
		['100,000 letters', 'ж'.repeat(100_000), 'body', 'errors:tooLong'],
		['5,000 lines of families', '👩‍👩‍👧\n'.repeat(5_001), 'body', 'errors:tooLong'],
		['two bodies', ['one', 'two'], 'body', 'errors:empty'],
	])('a body of %s', async (_what, body, field, message) => {
		const refused = answerIn(await aMember(), await aTopic(), { body })
		await expect(refused).rejects.toMatchObject({ code: 'invalid', fields: { [field]: message } })
	})

	test('10,000 letters with marks are as many as she sees', async () => {
		const post = await answerIn(await aMember(), await aTopic(), { body: 'e\u0301'.repeat(9_999) })
		expect(post.seq).toBe(2)
	})

	test('a title of 500 marks on one letter, and one that would turn its neighbours around', async () => {
		const space = await aSpace()
		const ask = async (title: string) =>
			askQuestion(await aMember(), { space: space.id, title, body: 'Body', language: 'en', key: key() })
		await expect(ask(`a${'\u0301'.repeat(500)}`)).rejects.toMatchObject({ code: 'invalid' })
		const { id } = await ask('Hello \u202edlrow')
		const [topic] = await db.select().from(topics).where(eq(topics.id, id))
		expect(topic?.title).toBe('Hello dlrow')
	})

	test('fields that are not the form’s are not taken', async () => {
		const [mallory, victim] = [await aMember(), await aMember()]
		const topic = await aTopic()
		await answerIn(mallory, topic, {
			authorId: victim.id,
			hiddenAt: '2020-01-01',
			seq: 99,
			role: 'moderator',
		})
		const [post] = await db.select().from(posts).where(eq(posts.authorId, mallory.id))
		expect(post).toMatchObject({ seq: 2, hiddenAt: null })
		expect(await db.$count(posts, eq(posts.authorId, victim.id))).toBe(0)
	})

	test.each([
		['a language that is none', { language: 'xx' }, 'invalid'],
		['a key that is none', { key: 'x' }, 'invalid'],
		['a topic that is none', { topic: 'x' }, 'not-found'],
		['a topic that is not there', { topic: crypto.randomUUID() }, 'not-found'],
		['a space it is no longer in', { space: crypto.randomUUID() }, 'ok'],
		['a space that is none', { space: 'x' }, 'not-found'],
		['its own, as it should be', {}, 'ok'],
	])('an answer to %s', async (_what, change, outcome) => {
		expect(await codeOf(answerIn(await aMember(), await aTopic(), change))).toBe(outcome)
	})

	test('writing while waiting for approval', async () => {
		const [topic, waiting] = [await aTopic(), await aMember({ status: 'waiting' })]
		expect(await codeOf(answerIn(waiting, topic))).toBe('forbidden')
	})
})

describe('reading', () => {
	test('posts come twenty to a page, and a post’s address is on its page', async () => {
		const [topic, reader] = [await aTopic(), await aMember()]
		for (let n = 0; n < 44; n += 1) await answerIn(n % 20 === 0 ? await aMember() : reader, topic)
		const first = await readTopic(reader, 'en', idsOf(topic), null)
		expect([first.posts.length, first.previous]).toEqual([20, undefined])
		const second = await readTopic(reader, 'en', idsOf(topic), first.next!)
		expect([second.posts[0]?.id, second.posts.length, second.previous]).toEqual([
			first.next,
			20,
			first.posts[0]?.id,
		])
		const last = await readTopic(reader, 'en', idsOf(topic), second.next!)
		expect([last.posts.length, last.next, last.previous]).toEqual([5, undefined, second.posts[0]?.id])
		expect(postPath(topic.spaceId, { id: 'an-id', topicId: topic.id })).toMatch(/\?from=an-id#p-an-id$/)
	})

	test.each(['-1', 'x', '1e9', '99999999999999999999', "1' or 1=1"])(
		'a page that begins after %s is the first',
		async (from) => {
			const topic = await aTopic()
			const shown = await readTopic(topic.author, 'en', { space: topic.spaceId, topic: topic.id }, from)
			expect(shown.posts).toHaveLength(1)
		},
	)

	test('a space is named in her language, in English where nobody has translated it', async () => {
		await aSpace('Papers')
		expect((await readSpaces(await aMember(), 'it')).spaces).toMatchObject([
			{ name: { text: 'Papers', lang: 'en' }, topics: 0, lastActivityAt: null },
		])
	})
})

describe('a moderator hides', () => {
	test('an answer: it is gone, the others stay, and it can come back', async () => {
		const [topic, reader] = [await aTopic(), await aMember()]
		const bad = await answerIn(reader, topic, { body: 'Bad' })
		await answerIn(reader, topic, { body: 'Good' })
		const words = async () =>
			(await readTopic(reader, 'en', idsOf(topic), null)).posts.map(({ html }) => html.replace(/<.*?>/g, ''))
		await postSubject.hide(db, bad.id, () => {})
		await postSubject.hide(db, bad.id, () => {})
		expect(await words()).toEqual(['What do I need?', 'Good'])
		expect(await postsListed(reader, topic.spaceId)).toEqual([2])
		expect(await postSubject.mayReport(db, reader, bad.id)).toBe(false)
		expect((await postSubject.find(db, bad.id))?.body).toBe('Bad')
		await postSubject.restore(db, bad.id, () => {})
		expect(await words()).toEqual(['What do I need?', 'Bad', 'Good'])
	})

	test('a question: its topic is missing like one that never was', async () => {
		const [topic, reader] = [await aTopic(), await aMember()]
		const [first] = await db.select({ id: posts.id }).from(posts).where(eq(posts.topicId, topic.id))
		await postSubject.hide(db, first!.id, () => {})
		const ids = { space: topic.spaceId, topic: topic.id }
		expect(await codeOf(readTopic(reader, 'en', ids, null))).toBe('not-found')
		expect(await codeOf(answerIn(reader, topic))).toBe('not-found')
		expect(await postsListed(reader, topic.spaceId)).toEqual([])
	})
})

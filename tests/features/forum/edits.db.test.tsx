import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, postVersions, topics } from '~/db/schema/forum'
import { drafts } from '~/db/schema/reading'
import { notices } from '~/db/schema/ties'
import { translationRequests, translations } from '~/db/schema/translation'
import { EditPage } from '~/features/forum/components/edit-page'
import { deletePost, restorePost } from '~/features/forum/deletion.server'
import { editPost, readHistory } from '~/features/forum/edits.server'
import { latestTopics } from '~/features/forum/latest.server'
import { readTopic } from '~/features/forum/posts.server'
import { postSubject } from '~/features/forum/subject.server'
import { wipeDeleted } from '~/features/forum/wiping.server'
import type { Actor } from '~/platform/actor'
import { i18nFor } from '~/platform/i18n/i18n.server'
import * as editRoute from '~/routes/forum/edit-post'
import { anAnswer, aTopic, idsOf, questionOf } from '../../factories/forum'
import { openTopic, sendToTopic } from '../../factories/forum-pages'
import { aMember, aMemberWithToken } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'
import { open, resultOf, send } from '../../factories/requests'

type Topic = { id: string; spaceId: string }

const change = (actor: Actor, topic: Topic, post: string, fields: Record<string, unknown> = {}) =>
	editPost(actor, { ...idsOf(topic), post, body: 'Changed', language: 'en', version: 1, ...fields })

const postOf = async (id: string) => (await db.select().from(posts).where(eq(posts.id, id)))[0]!
const topicOf = async (id: string) => (await db.select().from(topics).where(eq(topics.id, id)))[0]!

const editAddress = (topic: Topic, post: string, token: string) =>
	[
		`/forum/${topic.spaceId}/${topic.id}/edit/${post}`,
		{ token, params: { space: topic.spaceId, topic: topic.id, post } },
	] as const

describe('changing a post', () => {
	test('a question with its title and language; what it said before is kept', async () => {
		const topic = await aTopic({ title: 'Lavoro', body: 'Dove?', language: 'it' })
		const { id } = await questionOf(topic)
		await change(topic.author, topic, id, { title: 'عمل', body: 'أين؟', language: 'ar' })
		expect(await postOf(id)).toMatchObject({
			body: 'أين؟',
			lang: 'ar',
			dir: 'rtl',
			version: 2,
			meaningVersion: 2,
		})
		expect(await topicOf(topic.id)).toMatchObject({ title: 'عمل', lang: 'ar', dir: 'rtl', langs: ['ar'] })
		const history = await readHistory(topic.author, { ...idsOf(topic), post: id })
		expect(history.versions).toMatchObject([{ version: 1, title: 'Lavoro', body: 'Dove?', lang: 'it' }])
		const shown = await readTopic(await aMember(), 'en', idsOf(topic), null)
		expect(shown.posts[0]?.editedAt).toBeInstanceOf(Date)
		expect(JSON.stringify(shown)).not.toContain('Dove?')
	})

	test('spelling leaves its translations up to date, anything else does not', async () => {
		const topic = await aTopic()
		const { id } = await questionOf(topic)
		await change(topic.author, topic, id, { minor: 'yes' })
		expect(await postOf(id)).toMatchObject({ version: 2, meaningVersion: 1 })
		await change(topic.author, topic, id, { body: 'Something else', version: 2 })
		expect(await postOf(id)).toMatchObject({ version: 3, meaningVersion: 3 })
	})

	test('in two tabs: the second is refused with both texts, and can then be sent', async () => {
		const asker = await aMemberWithToken()
		const topic = await aTopic({ author: asker.actor })
		const { id } = await questionOf(topic)
		await change(asker.actor, topic, id, { title: 'A question', body: 'From the first tab' })
		const [path, from] = editAddress(topic, id, asker.token)
		const mine = { title: 'A question', body: 'From the second tab', language: 'en', note: '' }
		const refused = await send(editRoute.action, path, { ...mine, version: '1' }, from)
		expect(refused.status).toBe(409)
		const result = resultOf(refused)
		expect(result.values).toMatchObject(mine)
		const { body } = await open(editRoute.loader, path, from)
		const html = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<EditPage {...(body as Parameters<typeof EditPage>[0])} result={result} />
			</I18nextProvider>,
		)
		expect(html).toContain('From the first tab')
		expect(html).toContain('From the second tab')
		expect(html).toContain('name="version" value="2"')
		expect((await send(editRoute.action, path, { ...mine, version: '2' }, from)).status).toBe(303)
		expect(await db.$count(postVersions)).toBe(2)
		expect((await postOf(id)).body).toBe('From the second tab')
	})

	test('the same form sent twenty times is one change', async () => {
		const topic = await aTopic()
		const { id } = await questionOf(topic)
		await Promise.all(Array.from({ length: 20 }, () => change(topic.author, topic, id)))
		expect(await postOf(id)).toMatchObject({ version: 2, body: 'Changed' })
	})

	test('different ones at once: one is kept, the others are refused, nothing is overwritten', async () => {
		const topic = await aTopic()
		const { id } = await questionOf(topic)
		const codes = await Promise.all(
			Array.from({ length: 12 }, (_, n) =>
				codeOf(() => change(topic.author, topic, id, { body: `Tab ${n}` })),
			),
		)
		expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
		expect(codes.filter((code) => code === 'conflict')).toHaveLength(11)
		expect((await postOf(id)).version).toBe(2)
	})

	test('is for its author alone; its history for the moderators of its space too', async () => {
		const topic = await aTopic()
		const { id } = await questionOf(topic)
		await change(topic.author, topic, id)
		const people: [Actor, string, string][] = [
			[topic.author, 'ok', 'ok'],
			[await aModerator(), 'not-found', 'ok'],
			[await aModerator(topic.spaceId), 'not-found', 'ok'],
			[await aModerator((await aTopic()).spaceId), 'not-found', 'not-found'],
			[await aMember({ roles: [{ role: 'coordinator' }] }), 'not-found', 'not-found'],
			[await aMember(), 'not-found', 'not-found'],
		]
		for (const [actor, edit, history] of people) {
			expect(await codeOf(() => change(actor, topic, id, { version: 2, body: 'Again' }))).toBe(edit)
			expect(await codeOf(() => readHistory(actor, { ...idsOf(topic), post: id }))).toBe(history)
		}
		expect((await postOf(id)).body).toBe('Again')
	})

	test.each([
		['nothing', { body: ' ' }],
		['only direction marks', { body: '\u202e\u2066' }],
		['a version that is none', { version: 'x' }],
		['a title of 500 marks', { title: `a${'\u0301'.repeat(500)}` }],
	])('with %s is refused', async (_what, fields) => {
		const topic = await aTopic()
		const { id } = await questionOf(topic)
		expect(await codeOf(() => change(topic.author, topic, id, fields))).toBe('invalid')
	})

	test('of what is deleted or hidden is not possible', async () => {
		const topic = await aTopic()
		const [gone, hidden] = [await anAnswer(topic), await anAnswer(topic)]
		await deletePost(gone.author, { ...idsOf(topic), post: gone.id })
		await postSubject.hide(db, hidden.id, () => {})
		expect(await codeOf(() => change(gone.author, topic, gone.id))).toBe('not-found')
		expect(await codeOf(() => change(hidden.author, topic, hidden.id))).toBe('not-found')
	})

	test('tells only those who were not named before', async () => {
		const [old, fresh] = [await aMember({ handle: 'Oldest' }), await aMember({ handle: 'Newest' })]
		const topic = await aTopic()
		const { id, author } = await anAnswer(topic, { body: '@Oldest' })
		await db.delete(notices)
		await change(author, topic, id, { body: '@Oldest @Newest' })
		const told = await db.select({ memberId: notices.memberId }).from(notices)
		expect(told.map(({ memberId }) => memberId)).toEqual([fresh.id])
		expect(old.id).not.toBe(fresh.id)
	})
})

describe('deleting a post', () => {
	const remove = (topic: Topic, post: { id: string; author: Actor }) =>
		deletePost(post.author, { ...idsOf(topic), post: post.id })
	const bringBack = (topic: Topic, post: { id: string; author: Actor }) =>
		restorePost(post.author, { ...idsOf(topic), post: post.id })
	const later = (id: string, minutes: number) =>
		db
			.update(posts)
			.set({ deletedAt: new Date(Date.now() - minutes * 60_000) })
			.where(eq(posts.id, id))

	test('leaves a shell at once, and comes back for ten minutes, through the buttons', async () => {
		const [topic, writer, reader] = [await aTopic(), await aMemberWithToken(), await aMemberWithToken()]
		const { id } = await anAnswer(topic, { author: writer.actor, body: 'SECRET WORDS' })
		expect((await sendToTopic(topic, { delete: id }, writer)).status).toBe(303)
		const seen = await openTopic(topic, reader)
		expect(seen.html).toContain('Deleted by its author')
		expect(seen.html).not.toContain('name="restore"')
		expect(JSON.stringify(seen.data) + seen.html).not.toContain('SECRET')
		expect((await topicOf(topic.id)).visiblePosts).toBe(1)
		expect((await openTopic(topic, writer)).html).toContain('name="restore"')
		await later(id, 9)
		expect((await sendToTopic(topic, { restore: id }, writer)).status).toBe(303)
		expect((await openTopic(topic, reader)).html).toContain('SECRET WORDS')
		expect((await topicOf(topic.id)).visiblePosts).toBe(2)
		await sendToTopic(topic, { delete: id }, writer)
		await later(id, 11)
		expect((await sendToTopic(topic, { restore: id }, writer)).to).toContain('told=late')
	})

	test('after ten minutes its words are gone for good, with all that was made of them', async () => {
		const topic = await aTopic()
		const post = await anAnswer(topic, { body: 'SECRET' })
		await change(post.author, topic, post.id, { body: 'SECRET again' })
		const other = await aMember()
		await db.insert(translations).values({
			postId: post.id,
			lang: 'it',
			dir: 'ltr',
			authorId: other.id,
			key: crypto.randomUUID(),
			body: 'SEGRETO',
			html: 'SEGRETO',
			ofVersion: 1,
		})
		await db.insert(translationRequests).values({ postId: post.id, lang: 'it', memberId: other.id })
		const place = `translation:${post.id}:it`
		await db.insert(drafts).values({ memberId: other.id, place, body: 'SEGRETO' })
		await remove(topic, post)
		expect(await wipeDeleted()).toBe(0)
		await later(post.id, 10)
		expect(await bringBack(topic, post)).toBeUndefined()
		const wiped = await Promise.all([wipeDeleted(), wipeDeleted(), wipeDeleted()])
		expect(wiped.reduce((a, b) => a + b)).toBe(1)
		expect(await postOf(post.id)).toMatchObject({ body: '', html: '', deletedAt: expect.any(Date) })
		for (const table of [postVersions, translations, translationRequests, drafts])
			expect(await db.$count(table)).toBe(0)
		expect(await wipeDeleted()).toBe(0)
	})

	test('what moderators have still to decide on is kept for them until they have', async () => {
		const topic = await aTopic()
		const post = await anAnswer(topic, { body: 'A threat' })
		await aReport({ id: post.id })
		await remove(topic, post)
		await later(post.id, 60)
		expect(await wipeDeleted()).toBe(0)
		expect((await postSubject.find(db, post.id))?.body).toBe('A threat')
	})

	test('a question without answers is in no list; with answers its shell stays, without a title', async () => {
		const reader = await aMember({ reads: ['en'] })
		const topic = await aTopic({ title: 'SECRET TITLE' })
		const question = { ...(await questionOf(topic)), author: topic.author }
		const listed = async () => (await latestTopics(reader, 'en', 10)).map(({ title }) => title)
		await remove(topic, question)
		expect(await topicOf(topic.id)).toMatchObject({ visiblePosts: 0, title: '' })
		expect(await listed()).toEqual([])
		const answer = await anAnswer(topic)
		expect(await topicOf(topic.id)).toMatchObject({ visiblePosts: 2 })
		const token = await aMemberWithToken()
		const { html, status } = await openTopic(topic, token)
		expect(status).toBe(200)
		expect(html).not.toContain('SECRET')
		expect(html).toContain('Deleted question')
		await remove(topic, answer)
		expect((await topicOf(topic.id)).visiblePosts).toBe(0)
		await bringBack(topic, question)
		expect(await topicOf(topic.id)).toMatchObject({ visiblePosts: 1, title: 'SECRET TITLE' })
		await later(answer.id, 11)
		await remove(topic, question)
		await later(question.id, 11)
		expect(await wipeDeleted()).toBe(2)
		expect(await topicOf(topic.id)).toMatchObject({ title: '', visiblePosts: 0 })
		expect(await db.$count(postVersions)).toBe(0)
	})

	test('counts are right when many write, delete, bring back and hide at once', async () => {
		const topic = await aTopic()
		const made = await Promise.all(Array.from({ length: 12 }, () => anAnswer(topic)))
		await Promise.all(
			made.flatMap((post, n) =>
				[
					remove(topic, post),
					...(n % 3 === 0 ? [remove(topic, post)] : []),
					...(n % 4 === 0 ? [postSubject.hide(db, post.id, () => {})] : []),
					anAnswer(topic),
				].map((work) => work.catch(() => undefined)),
			),
		)
		await Promise.all(made.slice(0, 5).map((post) => bringBack(topic, post).catch(() => undefined)))
		const rows = await db.select().from(posts).where(eq(posts.topicId, topic.id))
		const visible = rows.filter(({ hiddenAt, deletedAt }) => !hiddenAt && !deletedAt).length
		expect((await topicOf(topic.id)).visiblePosts).toBe(visible)
		expect(rows).toHaveLength(25)
	})

	test('is for its author alone', async () => {
		const topic = await aTopic()
		const post = await anAnswer(topic)
		for (const actor of [await aMember(), await aModerator(), topic.author]) {
			expect(await codeOf(() => remove(topic, { ...post, author: actor }))).toBe('not-found')
		}
		await remove(topic, post)
		await remove(topic, post)
		expect(await bringBack(topic, { ...post, author: topic.author })).toBeUndefined()
	})
})

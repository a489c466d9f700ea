import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db, pool } from '~/db/client.server'
import { posts, postThanks, topicEvents, topics } from '~/db/schema/forum'
import { blocks, notices } from '~/db/schema/ties'
import { deletePost } from '~/features/forum/deletion.server'
import { readTopic } from '~/features/forum/posts.server'
import { postSubject } from '~/features/forum/subject.server'
import { takeThanksBack, thank } from '~/features/forum/thanks.server'
import { actorOfToken } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { anAnswer, aSpace, aTopic, idsOf, questionOf } from '../../factories/forum'
import { openTopic, sendToTopic } from '../../factories/forum-pages'
import { aMember, aMemberWithToken } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'
import { resultOf } from '../../factories/requests'

/** A block, as each of the two is known afterwards. */
async function blockBetween(a: { actor: Actor; token: string }, b: { actor: Actor; token: string }) {
	await db.insert(blocks).values({ blockerId: a.actor.id, blockedId: b.actor.id })
	return Promise.all([actorOfToken(a.token), actorOfToken(b.token)]) as Promise<[Actor, Actor]>
}

const htmlOf = async (id: string) =>
	(await db.select({ html: posts.html }).from(posts).where(eq(posts.id, id)))[0]!.html

describe('replying to one post', () => {
	test('shows who and how it begins now, with the way to it', async () => {
		const [topic, reader] = [await aTopic(), await aMemberWithToken()]
		const first = await anAnswer(topic, {
			author: await aMember({ handle: 'Zeynep' }),
			body: 'Go to the **town hall**\n\n> she said\n\n- take your [card](https://example.org)',
		})
		await anAnswer(topic, { replyTo: first.id, body: 'It worked' })
		const { data, html } = await openTopic(topic, reader)
		expect(data.posts.at(-1)?.reply).toMatchObject({
			id: first.id,
			author: 'Zeynep',
			excerpt: 'Go to the town hall take your card',
		})
		expect(html).toContain(`href="#p-${first.id}"`)
		await db.update(posts).set({ body: 'Go to the library' }).where(eq(posts.id, first.id))
		// As in a topic of more than a page, where the two may stand on different ones.
		await db.update(topics).set({ postSeq: 21 }).where(eq(topics.id, topic.id))
		const later = await openTopic(topic, { ...reader, query: `?from=${data.posts.at(-1)!.id}` })
		expect(later.data.posts[0]?.reply?.excerpt).toBe('Go to the library')
		expect(later.html).toContain(`?from=${first.id}#p-${first.id}`)
	})

	test.each([
		['deleted', (post: Answered) => deletePost(post.author, { ...idsOf(post.topic), post: post.id })],
		['hidden by a moderator', (post: Answered) => postSubject.hide(db, post.id, () => {})],
		['folded', (post: Answered) => db.update(posts).set({ note: 'death' }).where(eq(posts.id, post.id))],
	])('nothing is shown of what was %s', async (what, happen) => {
		const [topic, reader] = [await aTopic(), await aMemberWithToken()]
		const first = await anAnswer(topic, { body: 'SECRET WORDS' })
		await anAnswer(topic, { replyTo: first.id, body: 'Thank you' })
		await happen({ ...first, topic })
		const { data, html } = await openTopic(topic, { ...reader, query: `?quote=${first.id}` })
		const reply = data.posts.at(-1)?.reply
		if (what === 'folded') expect(reply).toMatchObject({ excerpt: '', note: 'death' })
		else expect(reply).toBeNull()
		expect(data.writing.body).toBe('')
		const outside = html.replaceAll(/<details.*?<\/details>/gs, '')
		expect(outside).not.toContain('SECRET')
	})
	type Answered = Awaited<ReturnType<typeof anAnswer>> & { topic: { id: string; spaceId: string } }

	test('nothing is shown of what someone wrote with whom there is a block, nor that it is there', async () => {
		const topic = await aTopic()
		const [one, other] = [await aMemberWithToken(), await aMemberWithToken()]
		const first = await anAnswer(topic, { author: one.actor, body: 'SECRET WORDS' })
		await anAnswer(topic, { replyTo: first.id, body: 'Thank you' })
		const [a, b] = await blockBetween(one, other)
		const seenBy = (actor: Actor) => readTopic(actor, 'en', idsOf(topic), null)
		expect((await seenBy(b)).posts.map(({ reply }) => reply)).toEqual([null, null])
		expect((await seenBy(a)).posts).toHaveLength(3)
		const quoted = await openTopic(topic, { ...other, query: `?quote=${first.id}` })
		expect(quoted.html).not.toContain('SECRET')
		expect(JSON.stringify(quoted.data)).not.toContain(first.id)
	})

	test('to a post deleted meanwhile: the text is kept as an ordinary answer and she is told', async () => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		const gone = await anAnswer(topic)
		await deletePost(gone.author, { ...idsOf(topic), post: gone.id })
		const fields = { body: 'Still here', language: 'en', key: crypto.randomUUID(), replyTo: gone.id }
		const { status, to } = await sendToTopic(topic, fields, writer)
		expect([status, to]).toEqual([303, expect.stringContaining('told=alone')])
		const [post] = await db.select().from(posts).where(eq(posts.authorId, writer.actor.id))
		expect(post).toMatchObject({ body: 'Still here', replyTo: null })
		const told = await openTopic(topic, { ...writer, query: new URL(to!, 'http://x').search })
		expect(told.html).toContain('Your words stand as an answer of their own.')
	})

	test('to a post of another topic there is none', async () => {
		const [topic, elsewhere] = [await aTopic(), await aTopic()]
		const foreign = await questionOf(elsewhere)
		const { id } = await anAnswer(topic, { replyTo: foreign.id })
		const [post] = await db.select().from(posts).where(eq(posts.id, id))
		expect(post?.replyTo).toBeNull()
	})
})

describe('quoting', () => {
	test('fills the form with quoted lines, without scripts', async () => {
		const [topic, reader] = [await aTopic({ body: 'One\n\nTwo\n> three' }), await aMemberWithToken()]
		const question = await questionOf(topic)
		const { data, html } = await openTopic(topic, { ...reader, query: `?quote=${question.id}` })
		expect(data.writing.body).toBe('> One\n> \n> Two\n\n')
		expect(html).toContain(`name="replyTo" value="${question.id}"`)
		expect(html).toContain('&gt; Two')
	})

	test.each(['x', crypto.randomUUID(), "1' or 1=1", ''])('of %j is an empty form', async (id) => {
		const [topic, reader] = [await aTopic(), await aMemberWithToken()]
		const query = `?quote=${encodeURIComponent(id)}`
		expect((await openTopic(topic, { ...reader, query })).data.writing).toMatchObject({
			body: '',
			target: null,
		})
	})

	test('of a post in a space that was closed to her gives nothing', async () => {
		const [open, reader] = [await aTopic(), await aMemberWithToken()]
		const closed = await aTopic({ space: await aSpace('Team', { access: 'everyone' }), body: 'SECRET' })
		await pool`update spaces set access = 'practitioners' where id = ${closed.spaceId}`
		const { id } = await questionOf(closed)
		const shown = await openTopic(open, { ...reader, query: `?quote=${id}` })
		expect(shown.html).not.toContain('SECRET')
		expect((await openTopic(closed, { ...reader, query: `?quote=${id}` })).status).toBe(404)
	})

	test('again where her draft holds the quote already adds nothing', async () => {
		const [topic, reader] = [await aTopic({ body: 'One\n\nTwo' }), await aMemberWithToken()]
		const query = `?quote=${(await questionOf(topic)).id}`
		const { data } = await openTopic(topic, { ...reader, query })
		const body = `${data.writing.body}Mine`
		await sendToTopic(topic, { intent: 'draft', body, language: 'en' }, reader)
		expect((await openTopic(topic, { ...reader, query })).data.writing.body).toBe(body)
	})

	test.each([
		['deleted', ({ author, topic, id }: Quoted) => deletePost(author, { ...idsOf(topic), post: id })],
		['hidden by a moderator', ({ id }: Quoted) => postSubject.hide(db, id, () => {})],
		['written by whom she blocks', ({ author, by }: Quoted) => block(by, author)],
	])('what is %s when she sends: only her own words are posted', async (_what, happen) => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		const gone = await anAnswer(topic, { body: 'SECRET\n\nWORDS' })
		const { quoted } = (await openTopic(topic, { ...writer, query: `?quote=${gone.id}` })).data.writing
		await happen({ ...gone, topic, by: writer })
		const [one, ...rest] = quoted.split('\n')
		const body = [one, 'Mine in between', ...rest, '', 'Mine at the end', '> my own quote'].join('\n')
		const fields = { body, quoted, language: 'en', key: crypto.randomUUID(), replyTo: gone.id }
		const nothing = await sendToTopic(topic, { ...fields, body: quoted }, writer)
		expect([nothing.status, resultOf(nothing).values?.body]).toEqual([422, quoted])
		const { to } = await sendToTopic(topic, fields, writer)
		expect(to).toContain('told=alone')
		const [post] = await db.select().from(posts).where(eq(posts.authorId, writer.actor.id))
		expect(post?.body).toBe('Mine in between\n\nMine at the end\n> my own quote')
	})
	const block = ({ actor }: Quoted['by'], { id }: Actor) =>
		db.insert(blocks).values({ blockerId: actor.id, blockedId: id })
	type Quoted = Awaited<ReturnType<typeof anAnswer>> & {
		topic: { id: string; spaceId: string }
		by: Awaited<ReturnType<typeof aMemberWithToken>>
	}
})

describe('mentioning', () => {
	test.each([
		['Amina', 'Ask @Amina about it', 'Ask <strong translate="no"><bdi>@Amina</bdi></strong> about it'],
		['Zoë M.', 'Thanks @zoë m.!', 'Thanks <strong translate="no"><bdi>@zoë m.</bdi></strong>!'],
		['سارة علي', 'شكرا @سارة علي جدا', 'شكرا <strong translate="no"><bdi>@سارة علي</bdi></strong> جدا'],
		['አልማዝ', '(@አልማዝ)', '(<strong translate="no"><bdi>@አልማዝ</bdi></strong>)'],
		['美玲', '请问@美玲你好', '请问<strong translate="no"><bdi>@美玲</bdi></strong>你好'],
		['Ελένη', '@Ελένη: ναι', '<strong translate="no"><bdi>@Ελένη</bdi></strong>: ναι'],
		['Ayşe', "@Ayşe'ye sor", '<strong translate="no"><bdi>@Ayşe</bdi></strong>'],
		['Ann', '@Anna is not @Ann', '@Anna is not <strong translate="no"><bdi>@Ann</bdi></strong>'],
		['Ann', 'ann@Ann https://example.org/@Ann', 'ann@Ann'],
		['Ann', '> @Ann said', '@Ann said'],
	])('%s in %j', async (handle, body, html) => {
		const named = await aMember({ handle })
		const { id } = await anAnswer(await aTopic(), { body })
		expect(await htmlOf(id)).toContain(html)
		const told = await db.$count(notices, eq(notices.memberId, named.id))
		expect(told).toBe(html.includes('<bdi>') ? 1 : 0)
	})

	test('an unknown handle and one across a block look the same, and nobody is told', async () => {
		const [writer, named] = [await aMemberWithToken(), await aMemberWithToken({ handle: 'Blocked' })]
		const [a, b] = await blockBetween(named, writer)
		const topic = await aTopic()
		const post = await anAnswer(topic, { author: b, body: '@Blocked and @Nobody' })
		expect(await htmlOf(post.id)).toBe('<p>@Blocked and @Nobody</p>')
		expect(await db.$count(notices, eq(notices.memberId, a.id))).toBe(0)
	})

	test('at most ten in one post', async () => {
		const handles = [...'ABCDEFGHKMTU'].map((letter) => `Friend ${letter}`)
		for (const handle of handles) await aMember({ handle })
		const { id } = await anAnswer(await aTopic(), { body: handles.map((handle) => `@${handle}`).join('\n') })
		expect((await htmlOf(id)).match(/<strong/g)).toHaveLength(10)
		expect(await db.$count(notices, eq(notices.kind, 'topic.mention'))).toBe(10)
	})

	test('ten thousand signs cost no more than forty', async () => {
		const { id } = await anAnswer(await aTopic(), { body: 'a @b '.repeat(2_000) })
		expect(await htmlOf(id)).not.toContain('<strong')
	})

	test('a handle is no markup', async () => {
		const { id } = await anAnswer(await aTopic(), { body: '@<b>x</b> @[x](javascript:alert(1))' })
		expect(await htmlOf(id)).not.toMatch(/<b>|href/)
	})
})

describe('thanks', () => {
	test('once, counted, and taken back, through the button', async () => {
		const [topic, reader] = [await aTopic(), await aMemberWithToken()]
		const { id } = await questionOf(topic)
		const give = () => sendToTopic(topic, { thank: id }, reader)
		const answers = await Promise.all([give(), give(), give()])
		expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
		const shown = await openTopic(topic, reader)
		expect(shown.data.posts[0]).toMatchObject({ thanks: 1, thanked: true })
		expect(shown.html).toContain('Thanks · 1')
		expect(shown.html).toContain('name="unthank"')
		await Promise.all([1, 2, 3].map(() => sendToTopic(topic, { unthank: id }, reader)))
		expect((await openTopic(topic, reader)).data.posts[0]).toMatchObject({ thanks: 0, thanked: false })
	})

	test('fifty at once are fifty', async () => {
		const topic = await aTopic()
		const { id } = await questionOf(topic)
		const givers = await Promise.all(Array.from({ length: 50 }, () => aMember()))
		await Promise.all(givers.map((giver) => thank(giver, { ...idsOf(topic), post: id })))
		expect(await questionOf(topic)).toMatchObject({ thanks: 50 })
		expect(await db.$count(postThanks)).toBe(50)
	})

	test('who may not give them', async () => {
		const [topic, asker] = [await aTopic(), await aMember()]
		const own = await anAnswer(topic, { author: asker })
		const gone = await anAnswer(topic)
		await deletePost(gone.author, { ...idsOf(topic), post: gone.id })
		const closed = await aTopic()
		await pool`update spaces set access = 'practitioners' where id = ${closed.spaceId}`
		const code = (where: { id: string; spaceId: string }, post: string) =>
			codeOf(() => thank(asker, { ...idsOf(where), post }))
		expect(await code(topic, own.id)).toBe('forbidden')
		expect(await code(topic, gone.id)).toBe('not-found')
		expect(await code(topic, crypto.randomUUID())).toBe('not-found')
		expect(await code(closed, (await questionOf(closed)).id)).toBe('not-found')
		expect(await code(topic, (await questionOf(closed)).id)).toBe('not-found')
		expect(await codeOf(() => takeThanksBack(asker, { ...idsOf(topic), post: gone.id }))).toBe('not-found')
	})
})

describe('the page', () => {
	test('posts are anchored by their ids, and no number of theirs is in it', async () => {
		const [topic, reader] = [await aTopic(), await aMemberWithToken()]
		const { id } = await anAnswer(topic)
		const { html, data } = await openTopic(topic, reader)
		expect(html).toContain(`id="p-${id}"`)
		expect(data.posts.every((post) => !('seq' in post))).toBe(true)
	})

	test('an old address leads on to where the topic is now', async () => {
		const [topic, target, reader] = [await aTopic(), await aTopic(), await aMemberWithToken()]
		const elsewhere = await aSpace('Elsewhere')
		await db.update(topics).set({ spaceId: elsewhere.id }).where(eq(topics.id, topic.id))
		const { id } = await questionOf(topic)
		const moved = await openTopic(topic, { ...reader, query: `?from=${id}` })
		expect([moved.status, moved.to]).toEqual([303, `/forum/${elsewhere.id}/${topic.id}?from=${id}`])
		await db.update(topics).set({ mergedInto: target.id }).where(eq(topics.id, topic.id))
		const merged = await openTopic({ ...topic, spaceId: elsewhere.id }, reader)
		expect(merged.to).toBe(`/forum/${elsewhere.id}/${target.id}`)
		const last = await openTopic({ ...target, spaceId: elsewhere.id }, reader)
		expect(last.to).toBe(`/forum/${target.spaceId}/${target.id}`)
	})

	test('takes three queries, the same for one post and for twenty, and one more for the post she answers', async () => {
		const [topic, reader] = [await aTopic(), await aMemberWithToken()]
		const count = async (query = '') => {
			let statements = 0
			const options = pool.options as { debug?: unknown }
			options.debug = () => {
				statements += 1
			}
			const { status } = await openTopic(topic, { ...reader, query })
			options.debug = () => {}
			return { status, statements }
		}
		await count()
		const one = await count()
		let last = await anAnswer(topic)
		for (let n = 0; n < 24; n += 1) last = await anAnswer(topic, { replyTo: last.id })
		const many = await count()
		const second = await count(`?from=${last.id}&quote=${last.id}`)
		expect(one.status).toBe(200)
		expect([one.statements, many.statements, second.statements]).toEqual([3, 3, 4])
	})

	test('says what moderators did to it, once they did something', async () => {
		const [topic, reader] = [await aTopic(), await aMemberWithToken()]
		const traceOf = async () => (await openTopic(topic, reader)).data.trace
		expect(await traceOf()).toEqual([])
		await db.insert(topicEvents).values({ topicId: topic.id, kind: 'locked' })
		expect(await traceOf()).toMatchObject([{ kind: 'locked' }])
	})
})

import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test, vi } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { sessions } from '~/db/schema/members'
import { drafts } from '~/db/schema/reading'
import { TopicPage } from '~/features/forum/components/topic-page'
import { QuestionForm } from '~/features/forum/components/writing'
import { i18nFor } from '~/platform/i18n/i18n.server'
import * as draftRoute from '~/routes/forum/draft'
import * as newRoute from '~/routes/forum/new-topic'
import { anAnswer, aSpace, aTopic, questionOf } from '../../factories/forum'
import { openTopic, sendToTopic } from '../../factories/forum-pages'
import { aMemberWithToken } from '../../factories/members'
import { open, resultOf, send } from '../../factories/requests'

// The detectors have tests of their own; here only what comes of a guess.
vi.mock('~/platform/language-guess.server', () => ({
	guessLanguage: async (text: string) =>
		text.includes('Buongiorno') ? { lang: 'it', sure: true } : { lang: 'bg', sure: false },
}))

const form = (fields: Record<string, string> = {}) => ({
	body: 'What I began to write',
	language: 'it',
	key: crypto.randomUUID(),
	...fields,
})

const kept = () => db.select().from(drafts)
const save = (token: string, fields: Record<string, string>) =>
	send(draftRoute.action, '/forum/draft', fields, { token })

describe('a draft', () => {
	test('is kept while she types, opens with the form, and is gone once it is sent', async () => {
		const [topic, writer, other] = [await aTopic(), await aMemberWithToken(), await aMemberWithToken()]
		const place = `topic:${topic.id}`
		const typed = form({ place })
		expect((await save(writer.token, typed)).status).toBe(204)
		await save(writer.token, { ...typed, body: 'What I began to write, and more' })
		const { data, html } = await openTopic(topic, writer)
		expect(data.writing).toMatchObject({
			body: 'What I began to write, and more',
			language: 'it',
			hasDraft: true,
		})
		expect(html).toContain('What I began to write, and more')
		expect((await openTopic(topic, other)).data.writing).toMatchObject({ body: '', hasDraft: false })
		expect((await sendToTopic(topic, typed, writer)).status).toBe(303)
		expect(await kept()).toEqual([])
		// A save that was still under way when the form was sent.
		await save(writer.token, typed)
		expect(await kept()).toEqual([])
	})

	test('is kept and thrown away by buttons, without scripts', async () => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		const { status, to } = await sendToTopic(topic, form({ intent: 'draft' }), writer)
		expect([status, to]).toEqual([303, expect.stringMatching(/told=kept#answer$/)])
		const { html } = await openTopic(topic, { ...writer, query: '?told=kept' })
		expect(html).toContain('Your draft is kept.')
		expect(html).toContain('value="discard"')
		await sendToTopic(topic, { intent: 'discard' }, writer)
		expect(await kept()).toEqual([])
	})

	test('of a question, with its title', async () => {
		const [space, writer] = [await aSpace(), await aMemberWithToken()]
		const from = { token: writer.token, params: { space: space.id } }
		const path = `/forum/${space.id}/new`
		await send(newRoute.action, path, form({ intent: 'draft', title: 'My question' }), from)
		const { body } = await open(newRoute.loader, path, from)
		const html = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<QuestionForm {...(body as Parameters<typeof QuestionForm>[0])} />
			</I18nextProvider>,
		)
		expect(html).toContain('value="My question"')
		expect(html).toContain(`data-draft="space:${space.id}"`)
		await send(newRoute.action, path, form({ title: 'My question' }), from)
		expect(await db.$count(topics)).toBe(1)
		expect(await kept()).toEqual([])
	})

	test('the last save wins; empty fields leave none; two places are two drafts', async () => {
		const [one, two, { token }] = [await aTopic(), await aTopic(), await aMemberWithToken()]
		await Promise.all(Array.from({ length: 8 }, () => save(token, form({ place: `topic:${one.id}` }))))
		await save(token, form({ place: `topic:${two.id}`, body: 'Two' }))
		await save(token, form({ place: `topic:${one.id}`, body: 'Last' }))
		expect((await kept()).map(({ body }) => body).sort()).toEqual(['Last', 'Two'])
		await save(token, form({ place: `topic:${one.id}`, body: ' \n' }))
		expect((await kept()).map(({ body }) => body)).toEqual(['Two'])
	})

	test('may be longer than a post: nothing is lost while she makes it shorter', async () => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		const body = 'a'.repeat(100_000)
		await save(writer.token, form({ place: `topic:${topic.id}`, body }))
		const refused = await sendToTopic(topic, form({ body }), writer)
		expect([refused.status, refused.body]).toEqual([
			422,
			expect.objectContaining({
				fields: { body: 'errors:tooLong' },
				values: expect.objectContaining({ body }),
			}),
		])
		expect((await kept())[0]?.body).toBe(body)
	})

	test.each([
		['nothing', ''],
		['words', 'somewhere'],
		['no id', 'topic:x'],
		['a member', `member:${crypto.randomUUID()}`],
		['a translation into no language', `translation:${crypto.randomUUID()}:xx`],
		['more than a place', `topic:${crypto.randomUUID()}:en`],
	])('of %s is refused', async (_what, place) => {
		const { token } = await aMemberWithToken()
		expect((await save(token, form({ place }))).status).toBe(422)
		expect(await kept()).toEqual([])
	})
})

describe('nothing she wrote is lost', () => {
	test('where the topic was locked a second ago: her text is a draft, and the page says why', async () => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		await db.update(topics).set({ lockedAt: new Date() }).where(eq(topics.id, topic.id))
		const { status, to } = await sendToTopic(topic, form(), writer)
		expect([status, to]).toEqual([303, expect.stringContaining('told=locked')])
		expect(await db.$count(posts)).toBe(1)
		const { html } = await openTopic(topic, { ...writer, query: '?told=locked' })
		expect(html).toContain('A moderator closed this question while you were writing.')
		expect(html).toContain('What I began to write')
		expect(html).not.toContain('id="answer-form"')
	})

	test('where it was merged: the text waits in the form of the other question', async () => {
		const [topic, target, writer] = [await aTopic(), await aTopic(), await aMemberWithToken()]
		await db.update(topics).set({ mergedInto: target.id }).where(eq(topics.id, topic.id))
		const { to } = await sendToTopic(topic, form(), writer)
		expect(to).toContain(`/${target.id}?told=merged`)
		expect((await openTopic(target, writer)).data.writing.body).toBe('What I began to write')
	})

	test('where her sign-in ended by itself: the text is kept for her', async () => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		await db.update(sessions).set({ lastSeenAt: new Date(Date.now() - 40 * 86_400_000) })
		const { status, body } = await sendToTopic(topic, form(), writer)
		expect(status).toBe(401)
		expect(body).toMatchObject({ code: 'not-signed-in', kept: true, words: 'What I began to write' })
		expect(await kept()).toMatchObject([{ memberId: writer.actor.id, place: `topic:${topic.id}` }])
	})

	test('where she signed out elsewhere: the text is shown to her, and kept nowhere', async () => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		await db.delete(sessions)
		const { status, body } = await sendToTopic(topic, form(), writer)
		expect(status).toBe(401)
		expect(body).toMatchObject({ kept: false, words: 'What I began to write', to: expect.any(String) })
		expect(await kept()).toEqual([])
	})

	test('where the page is gone: the text stands on the page that says so', async () => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		await db.update(topics).set({ hiddenAt: new Date() })
		const { status, body } = await sendToTopic(topic, form(), writer)
		expect(status).toBe(404)
		expect(body).toMatchObject({ code: 'not-found', words: 'What I began to write' })
	})
})

describe('the language of a form', () => {
	test('begins as the one she last wrote in in this space', async () => {
		const [here, there, writer] = [await aTopic(), await aTopic(), await aMemberWithToken()]
		const language = async () => (await openTopic(here, writer)).data.writing.language
		expect(await language()).toBe('en')
		await anAnswer(there, { author: writer.actor, language: 'bg' })
		expect(await language()).toBe('bg')
		await anAnswer(here, { author: writer.actor, language: 'ar' })
		await anAnswer(there, { author: writer.actor, language: 'bg' })
		expect(await language()).toBe('ar')
	})

	test('is stored as she declared it', async () => {
		const topic = await aTopic({ language: 'el' })
		expect(await questionOf(topic)).toMatchObject({ lang: 'el', langSource: 'declared' })
	})
})

describe('a text that looks like another language', () => {
	const italian =
		'Buongiorno a tutte, ho appena trovato una casa vicino alla scuola dei bambini e vorrei sapere come si fa la residenza'

	test.each([
		['it', 'it'],
		['en', 'en'],
	])('she is asked once, and her answer %s is what counts', async (confirmed, lang) => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		const fields = form({ body: italian, language: 'en' })
		const asked = await sendToTopic(topic, fields, writer)
		expect(asked.status).toBe(422)
		expect(asked.body).toMatchObject({ details: { guess: 'it' }, values: { body: italian } })
		const { data } = await openTopic(topic, writer)
		const html = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<TopicPage {...data} result={resultOf(asked)} />
			</I18nextProvider>,
		)
		expect(html).toContain('name="confirmed" value="it"')
		expect(html).toContain('name="confirmed" value="en"')
		expect(html).toContain(italian)
		expect((await sendToTopic(topic, { ...fields, confirmed }, writer)).status).toBe(303)
		const [post] = await db.select().from(posts).where(eq(posts.authorId, writer.actor.id))
		expect(post).toMatchObject({ lang, langSource: 'confirmed', body: italian })
	})

	test('words quoted from others do not count', async () => {
		const [topic, writer] = [await aTopic(), await aMemberWithToken()]
		const body = `> ${italian}\n\nThank you so much, this is exactly what I needed to know about the house and the school`
		expect((await sendToTopic(topic, form({ body, language: 'en' }), writer)).status).toBe(303)
	})
})

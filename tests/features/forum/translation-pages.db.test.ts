import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { sessions } from '~/db/schema/members'
import { drafts } from '~/db/schema/reading'
import { translationClaims, translationRequests, translations } from '~/db/schema/translation'
import * as onThank from '~/routes/forum/thank-translation'
import * as onTopic from '~/routes/forum/topic'
import * as onWanted from '~/routes/forum/translate'
import * as onWriting from '~/routes/forum/translating'
import * as onTranslation from '~/routes/forum/translation'
import * as onWish from '~/routes/forum/wish'
import { aMemberWithToken } from '../../factories/members'
import { open, resultOf, send } from '../../factories/requests'
import { statementsOf } from '../../factories/statements'
import { aQuestion, aTranslation, translationForm } from '../../factories/translations'

const aTranslatorWithToken = () => aMemberWithToken({ speaks: ['ar', 'en'], reads: ['ar', 'en'] })
const addressOf = (post: { id: string }) => `/forum/translate/${post.id}/en`

type Route = { loader: (args: LoaderFunctionArgs) => unknown; action?: (args: ActionFunctionArgs) => unknown }
const at = (route: Route, params: Record<string, string>) => ({
	loader: (args: LoaderFunctionArgs) => route.loader({ ...args, params }),
	action: (args: ActionFunctionArgs) => route.action!({ ...args, params }),
})
const writing = (post: { id: string }) => at(onWriting as Route, { post: post.id, language: 'en' })
const form = (post: { id: string }, fields: Record<string, string>) =>
	({ ...translationForm(post), post: '', ...fields }) as Record<string, string>

describe('without an account', () => {
	test.each([
		['the list', () => open(onWanted.loader, '/forum/translate')],
		['the writing page', () => open(writing({ id: crypto.randomUUID() }).loader, '/forum/translate/x/en')],
		['a translation', () => open(onTranslation.loader, '/forum/translation/x')],
		['a wish', () => send(onWish.action, '/forum/translate/wish', {})],
		['thanks', () => send(onThank.action, '/forum/translate/thank', {})],
	])('%s is not opened', async (_what, ask) => {
		const answer = await ask()
		expect(answer.status === 401 || answer.to?.startsWith('/sign-in')).toBe(true)
	})
})

test('from a wish to a thanked translation, through the pages', async () => {
	const { post, topic } = await aQuestion()
	const [{ token: reader }, { token: her }] = [
		await aMemberWithToken({ speaks: ['en'], reads: ['en'] }),
		await aTranslatorWithToken(),
	]
	const back = `/forum/${topic.spaceId}/${topic.id}?from=${post.id}#p-${post.id}`
	const wished = await send(
		onWish.action,
		'/forum/translate/wish',
		{ post: post.id, wanted: 'en' },
		{ token: reader },
	)
	expect([wished.status, wished.to]).toEqual([303, back])
	expect(await db.$count(translationRequests)).toBe(1)

	const list = await open(onWanted.loader, '/forum/translate', { token: her })
	expect(list.body).toMatchObject({ title: 'Forum', wanted: [{ postId: post.id, lang: 'en', wishes: 1 }] })
	const taken = await send(
		onWanted.action,
		'/forum/translate',
		{ post: post.id, language: 'en' },
		{ token: her },
	)
	expect(taken.to).toBe(addressOf(post))
	const { loader, action } = writing(post)
	const page = await open(loader, addressOf(post), { token: her })
	expect(page.body).toMatchObject({ translating: { claim: 'hers', original: { lang: 'ar', title: 'سؤال' } } })

	const words = { title: 'A question', body: 'Half of it' }
	const saved = await send(action, addressOf(post), form(post, { act: 'save', ...words }), { token: her })
	expect(saved.to).toBe(`${addressOf(post)}?said=saved`)
	expect((await open(loader, addressOf(post), { token: her })).body).toMatchObject({
		translating: { text: words },
	})
	const sent = await send(action, addressOf(post), form(post, { act: 'publish', body: 'All of it' }), {
		token: her,
	})
	expect([sent.status, sent.to]).toEqual([303, back])
	expect([await db.$count(drafts), await db.$count(translationClaims)]).toEqual([0, 0])

	const [made] = await db.select().from(translations)
	const read = at(onTranslation, { translation: made!.id })
	expect((await open(read.loader, `/forum/translation/${made!.id}`, { token: reader })).body).toMatchObject({
		shown: { translation: { html: '<p>All of it</p>', hers: false }, original: { title: 'سؤال' } },
	})
	const thanks = { translation: made!.id, thanks: 'yes' }
	expect((await send(onThank.action, '/forum/translate/thank', thanks, { token: reader })).to).toBe(back)
	expect((await db.select().from(translations))[0]?.thanks).toBe(1)
})

test('the topic’s page brings the translations of its posts, in four queries with her session', async () => {
	const { post, topic } = await aQuestion()
	await aTranslation(post, { body: 'In English' })
	const { token } = await aMemberWithToken({ speaks: ['en'], reads: ['en'] })
	const { loader } = at(onTopic as Route, { space: topic.spaceId, topic: topic.id })
	await open(loader, `/forum/${topic.spaceId}/${topic.id}`, { token })
	let body: unknown
	const sent = await statementsOf(async () => {
		body = (await open(loader, `/forum/${topic.spaceId}/${topic.id}`, { token })).body
	})
	expect(body).toMatchObject({
		translations: { of: { [post.id]: { versions: [{ html: '<p>In English</p>', title: 'A question' }] } } },
	})
	expect(sent).toHaveLength(4)
})

describe('on the writing page', () => {
	test('a claim is taken and given back by its button', async () => {
		const [{ post }, { token }] = [await aQuestion(), await aTranslatorWithToken()]
		const { action } = writing(post)
		for (const [act, left] of [
			['claim', 1],
			['release', 0],
		] as const) {
			expect((await send(action, addressOf(post), { act }, { token })).to).toBe(addressOf(post))
			expect(await db.$count(translationClaims)).toBe(left)
		}
	})

	test('a conflict shows her form again with her words and status 409', async () => {
		const [{ post }, { token }] = [await aQuestion(), await aTranslatorWithToken()]
		await aTranslation(post)
		const answer = await send(
			writing(post).action,
			addressOf(post),
			form(post, { act: 'publish', body: 'Mine', seen: '' }),
			{ token },
		)
		expect(answer.status).toBe(409)
		expect(resultOf(answer)).toMatchObject({
			fields: { '': 'translation:refused.faster' },
			values: { body: 'Mine' },
		})
	})

	test('a draft of a post that is gone can be thrown away', async () => {
		const [{ post }, { token, actor }] = [await aQuestion(), await aTranslatorWithToken()]
		await db.insert(drafts).values({ memberId: actor.id, place: `translation:${post.id}:en`, body: 'Mine' })
		const { action } = writing(post)
		expect((await send(action, addressOf(post), { act: 'discard' }, { token })).to).toBe('/forum/translate')
		expect(await db.$count(drafts)).toBe(0)
	})

	test.each([
		['a language that is none', 'xx', 404],
		['the original’s own language', 'ar', 403],
		['a language she does not speak', 'it', 403],
	])('%s', async (_what, language, status) => {
		const [{ post }, { token }] = [await aQuestion(), await aTranslatorWithToken()]
		const { loader } = at(onWriting as Route, { post: post.id, language })
		expect((await open(loader, '/forum/translate', { token })).status).toBe(status)
	})

	test('her session ended while she wrote: her words are her draft, and on the page that says so', async () => {
		const [{ post }, { token, actor }] = [await aQuestion(), await aTranslatorWithToken()]
		await db.update(sessions).set({ lastSeenAt: new Date(0) })
		const answer = await send(
			writing(post).action,
			addressOf(post),
			form(post, { act: 'publish', body: 'My long work' }),
			{ token },
		)
		expect(answer.status).toBe(401)
		expect(answer.body).toMatchObject({ code: 'not-signed-in', to: addressOf(post) })
		expect((answer.body as { words: string }).words).toContain('My long work')
		expect(await db.select().from(drafts)).toMatchObject([
			{ memberId: actor.id, place: `translation:${post.id}:en`, body: 'My long work' },
		])
	})

	test('a button that is none', async () => {
		const [{ post }, { token }] = [await aQuestion(), await aTranslatorWithToken()]
		expect((await send(writing(post).action, addressOf(post), { act: 'x' }, { token })).status).toBe(422)
	})

	test.each(['x', crypto.randomUUID()])('there is nothing at %s', async (id) => {
		const { token } = await aTranslatorWithToken()
		expect((await open(writing({ id }).loader, addressOf({ id }), { token })).status).toBe(404)
	})
})

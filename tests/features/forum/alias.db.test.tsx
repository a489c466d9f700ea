import { eq } from 'drizzle-orm'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { blocks, notices } from '~/db/schema/ties'
import { markAnswered, markAnsweredBy, takeAnsweredBack } from '~/features/forum/answered.server'
import { SearchPage } from '~/features/forum/components/search-page'
import { TopicList } from '~/features/forum/components/topic-list'
import { QuestionForm } from '~/features/forum/components/writing'
import { deletePost } from '~/features/forum/deletion.server'
import { latestTopics } from '~/features/forum/latest.server'
import { readTopicList } from '~/features/forum/lists.server'
import { readTopic } from '~/features/forum/posts.server'
import type { Found } from '~/features/forum/search/search.server'
import { postSubject } from '~/features/forum/subject.server'
import { askQuestion } from '~/features/forum/topics.server'
import { Day } from '~/features/home/components/day'
import type { DayProps } from '~/features/home/her-day'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as onSearch from '~/routes/forum/search'
import * as onHome from '~/routes/home'
import { anAnswer, aSpace, aTopic, idsOf, questionOf } from '../../factories/forum'
import { openTopic, sendToTopic } from '../../factories/forum-pages'
import { aMember, aMemberWithToken } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open } from '../../factories/requests'
import { said } from '../../factories/said'

const aQuietSpace = () => aSpace('Quiet', { aliasAllowed: true })

/** A question under an alias, its asker and an answer of hers in it. */
async function anAliasedTopic() {
	const asker = await aMemberWithToken({ handle: 'Hidden Handle', reads: ['en'] })
	const topic = await aTopic({ space: await aQuietSpace(), author: asker.actor, alias: 'yes' })
	await anAnswer(topic, { author: asker.actor, body: 'More about it' })
	return { topic, asker }
}

describe('asking without her handle', () => {
	test('nothing of her leaves: not in the topic, the list, the first page, nor in a reply to her', async () => {
		const { topic, asker } = await anAliasedTopic()
		const reader = await aMemberWithToken({ reads: ['en'] })
		const question = await questionOf(topic)
		await anAnswer(topic, { replyTo: question.id })
		const page = await openTopic(topic, { ...reader, query: `?quote=${question.id}` })
		const address = { space: topic.spaceId, list: null, languages: 'all', before: null, after: null }
		const list = await readTopicList(reader.actor, 'en', address)
		const home = await latestTopics(reader.actor, 'en', 10)
		const listHtml = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<TopicList {...list} />
			</I18nextProvider>,
		)
		const told = await db.select().from(notices).where(eq(notices.memberId, reader.actor.id))
		const everything = [page.html, listHtml, JSON.stringify([page.data, list, home, told])].join()
		expect(everything).not.toContain(asker.actor.id)
		expect(everything).not.toContain('Hidden Handle')
		const flower = i18nFor('en').t(`forum:alias.${(await db.select().from(topics))[0]!.alias}`)
		expect(page.html).toContain(`${flower}</bdi>`)
		expect(listHtml).toContain(flower)
		expect(page.data.posts.filter(({ aliased }) => aliased).map(({ seed }) => seed)).toEqual([
			topic.id,
			topic.id,
		])
		expect(page.html).toContain('without her name')
	})

	test('nothing of her leaves by the search or by the first page either', async () => {
		const { topic, asker } = await anAliasedTopic()
		await aTopic({ author: asker.actor, title: 'Under her handle', space: { id: topic.spaceId } })
		const { token } = await aMemberWithToken({ reads: ['en'], speaks: ['en'] })
		const render = (page: ReactElement) =>
			renderToStaticMarkup(<I18nextProvider i18n={i18nFor('en')}>{page}</I18nextProvider>)
		const look = async (asked: Record<string, string>) =>
			(await open(onSearch.loader, `/search?${new URLSearchParams(asked)}`, { token })).body as Found
		const found = await look({ q: 'question more need' })
		expect(found.hits.map(({ topicId }) => topicId)).toContain(topic.id)
		const { day } = (await open(onHome.loader, '/', { token })).body as { day: DayProps }
		expect(day.topics.map(({ id }) => id)).toContain(topic.id)
		const hers = found.hits.filter(({ topicId }) => topicId === topic.id)
		const home = { ...day, topics: day.topics.filter(({ id }) => id === topic.id) }
		const everything = [
			render(<SearchPage {...found} hits={hers} />),
			render(<Day {...home} />),
			JSON.stringify([hers, home]),
		].join()
		expect(everything).not.toContain(asker.actor.id)
		expect(everything).not.toContain('Hidden Handle')
		// Asked by her name, and by words near to its title, only what she wrote under it is found.
		const byName = await look({ q: 'question more need', author: 'Hidden Handle' })
		expect(JSON.stringify(byName.hits)).not.toContain(topic.id)
	})

	test('her later posts there are under it too, elsewhere they are not, and the form says so', async () => {
		const { topic, asker } = await anAliasedTopic()
		const other = await aTopic({ space: { id: topic.spaceId } })
		const elsewhere = await anAnswer(other, { author: asker.actor })
		const written = await db
			.select()
			.from(posts)
			.where(eq(posts.authorId, asker.actor.id))
			.orderBy(posts.createdAt)
		expect(written.map(({ aliased }) => aliased)).toEqual([true, true, false])
		expect(elsewhere.aliased).toBe(false)
		expect((await openTopic(topic, asker)).html).toMatch(/In this question you write as \w+/)
		expect((await openTopic(other, asker)).html).not.toContain('In this question you write as')
		expect((await openTopic(topic, await aMemberWithToken())).html).not.toContain('you write as')
	})

	test('where a space no longer allows it, nothing is published under her handle instead', async () => {
		const [space, asker] = [await aQuietSpace(), await aMember()]
		await db.update(spaces).set({ aliasAllowed: false })
		const fields = { title: 'T', body: 'B', language: 'en', key: crypto.randomUUID(), alias: 'yes' }
		expect(await faultsOf(() => askQuestion(asker, { space: space.id, ...fields }))).toMatchObject({
			code: 'invalid',
			fields: { alias: 'errors:noAliasHere' },
		})
		expect(await db.$count(topics)).toBe(0)
	})

	test('the box is there only where it is allowed, with a sentence before it', () => {
		const form = (aliasAllowed: boolean) =>
			renderToStaticMarkup(
				<I18nextProvider i18n={i18nFor('en')}>
					<QuestionForm space={{ id: 's', name: said('S'), aliasAllowed }} writing={writing} />
				</I18nextProvider>,
			)
		const writing = {
			key: crypto.randomUUID(),
			place: 'p',
			language: 'en',
			languages: ['en'],
			hasDraft: false,
			title: '',
			body: '',
			quoted: '',
			target: null,
		}
		expect(form(false)).not.toContain('name="alias"')
		const html = form(true)
		expect(html.indexOf('Moderators can open it')).toBeGreaterThan(-1)
		expect(html.indexOf('Moderators can open it')).toBeLessThan(html.indexOf('name="alias"'))
	})

	test('a block neither hides it nor tells who wrote it; what she writes elsewhere is hidden', async () => {
		const { topic, asker } = await anAliasedTopic()
		const reader = await aMemberWithToken()
		await anAnswer(topic, { author: reader.actor })
		await db.insert(blocks).values({ blockerId: reader.actor.id, blockedId: asker.actor.id })
		expect((await openTopic(topic, reader)).data.posts).toHaveLength(3)
		expect((await openTopic(topic, asker)).data.posts).toHaveLength(2)
	})

	test('a name across a block is shown as everywhere: text there would tell who wrote it', async () => {
		const { topic, asker } = await anAliasedTopic()
		const other = await aMember({ handle: 'Blocked' })
		const author = { ...asker.actor, blocked: [other.id] }
		const { id } = await anAnswer(topic, { author, body: '@Blocked' })
		const [post] = await db.select().from(posts).where(eq(posts.id, id))
		expect(post?.html).toContain('<strong')
	})

	test('moderation knows who wrote the reported post, and only that one', async () => {
		const { topic, asker } = await anAliasedTopic()
		const answer = await anAnswer(topic)
		const question = await questionOf(topic)
		expect((await postSubject.find(db, question.id))?.authorId).toBe(asker.actor.id)
		const found = await postSubject.find(db, answer.id)
		expect(found?.around.map(({ author }) => author)).toEqual([null, null])
	})

	test('there are twenty-four flowers, each with its name in every language', () => {
		for (const locale of UI_LOCALES) {
			const names = Array.from({ length: 24 }, (_, n) => i18nFor(locale).t(`forum:alias.${n}`))
			expect(new Set(names).size).toBe(24)
			expect(names.filter((name) => name.includes('alias'))).toEqual([])
		}
	})
})

describe('a content note', () => {
	test('folds the text for its reader, in her language, without scripts', async () => {
		const topic = await aTopic({ body: 'HARD WORDS', note: 'violence' })
		const reader = await aMemberWithToken()
		const { html } = await openTopic(topic, reader)
		expect(html).toMatch(/<details[^>]*><summary>.*About violence.*<\/summary>.*HARD WORDS.*<\/details>/s)
		expect(html.replaceAll(/<details.*?<\/details>/gs, '')).not.toContain('HARD WORDS')
		expect((await openTopic(topic, { ...reader, locale: 'it' })).html).toContain('Parla di violenza')
		expect(html).not.toContain('?quote=')
	})

	test.each(['fear', ['violence', 'death'], 'constructor'])('%j is none', async (note) => {
		const fields = { title: 'T', body: 'B', language: 'en', key: crypto.randomUUID(), note }
		const space = await aSpace()
		expect(await codeOf(async () => askQuestion(await aMember(), { space: space.id, ...fields }))).toBe(
			'invalid',
		)
	})
})

describe('an answered question', () => {
	test('is marked by its asker, by an answer or by none, and shown on top with the way to it', async () => {
		const asker = await aMemberWithToken()
		const topic = await aTopic({ author: asker.actor })
		const [answer, reader] = [await anAnswer(topic), await aMemberWithToken()]
		expect((await openTopic(topic, reader)).html).not.toContain('name="answered')
		expect((await openTopic(topic, asker)).html).toContain(`name="answeredBy" value="${answer.id}"`)
		await sendToTopic(topic, { answeredBy: answer.id }, asker)
		const { html } = await openTopic(topic, reader)
		expect(html).toContain('This question is answered.')
		expect(html).toContain(`?from=${answer.id}#p-${answer.id}`)
		expect(html).toContain('The answer for the asker')
		expect(await db.$count(notices, eq(notices.kind, 'topic.answered'))).toBe(1)
		await sendToTopic(topic, { answered: 'no' }, asker)
		expect((await openTopic(topic, reader)).html).not.toContain('This question is answered.')
		await sendToTopic(topic, { answered: 'yes' }, asker)
		expect((await openTopic(topic, reader)).data.topic).toMatchObject({
			answeredBy: null,
			answeredAt: expect.any(Date),
		})
	})

	test('does not lead to an answer that is deleted, or that a block omits', async () => {
		const asker = await aMember()
		const topic = await aTopic({ author: asker })
		const answer = await anAnswer(topic)
		await markAnsweredBy(asker, { ...idsOf(topic), post: answer.id })
		const seenBy = async (actor: Actor) => (await readTopic(actor, 'en', idsOf(topic), null)).topic.answeredBy
		const reader = await aMember()
		expect(await seenBy(reader)).toBe(answer.id)
		expect(await seenBy({ ...reader, blocked: [answer.author.id] })).toBeNull()
		await deletePost(answer.author, { ...idsOf(topic), post: answer.id })
		expect(await seenBy(reader)).toBeNull()
	})

	test('by nobody else, and by no post that is no answer', async () => {
		const topic = await aTopic()
		const [answer, other] = [await anAnswer(topic), await aMember({ roles: [{ role: 'moderator' }] })]
		const question = await questionOf(topic)
		const foreign = await questionOf(await aTopic())
		const by = (actor: Actor, post: string) => codeOf(() => markAnsweredBy(actor, { ...idsOf(topic), post }))
		expect(await by(other, answer.id)).toBe('forbidden')
		expect(await codeOf(() => markAnswered(other, idsOf(topic)))).toBe('forbidden')
		expect(await codeOf(() => takeAnsweredBack(other, idsOf(topic)))).toBe('forbidden')
		for (const post of [question.id, foreign.id, crypto.randomUUID()])
			expect(await by(topic.author, post)).toBe('not-found')
		expect(await by(topic.author, 'x')).toBe('invalid')
	})
})

import { eq } from 'drizzle-orm'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topicEvents, topics } from '~/db/schema/forum'
import { spaceFollowers, topicReaders } from '~/db/schema/reading'
import { ManagePage } from '~/features/forum/components/manage-page'
import { ContinueLink, ReadingBar } from '~/features/forum/components/reading-bar'
import { TopicList } from '~/features/forum/components/topic-list'
import { TopicTrace } from '~/features/forum/components/topic-trace'
import { topicTrace } from '~/features/forum/tools/trace.server'
import { NoticesPage } from '~/features/members/components/notices-page'
import { NOTICE_KINDS } from '~/features/members/notices.server'
import { fixedT, i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as manage from '~/routes/forum/manage'
import * as space from '~/routes/forum/space'
import { Frame } from '~/ui/frame'
import { aSpace, aTopic } from '../../factories/forum'
import { aMember, aMemberWithToken } from '../../factories/members'
import { open, send } from '../../factories/requests'
import { statementsOf } from '../../factories/statements'

/** The page as it is sent; every text of it must come from the catalogue of its language. */
function render(page: ReactElement, locale = 'en') {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
	expect(html).not.toMatch(/(forum|notices|common|errors):[a-z]/)
	return html
}

// biome-ignore lint/suspicious/noExplicitAny: a loader's data, given to the page it belongs to
const dataOf = (answer: { body: unknown }) => answer.body as any

const look = (token: string, id: string, query = '') =>
	open(space.loader, `/forum/${id}${query}`, { token, params: { space: id } })

describe('the page of a list', () => {
	test('has its tabs as links, says what is left out, and shows it with one tap', async () => {
		const { token } = await aMemberWithToken({ reads: ['it'] })
		const room = await aSpace()
		await aTopic({ space: room, title: 'Lavoro', language: 'it' })
		await aTopic({ space: room, title: 'სამუშაო', language: 'ka' })
		const html = render(<TopicList {...dataOf(await look(token, room.id))} />)
		for (const list of ['new', 'unanswered', 'followed', 'mine'])
			expect(html).toContain(`href="/forum/${room.id}?list=${list}"`)
		expect(html).toContain('1 question in another language is not shown.')
		expect(html).toContain(`href="/forum/${room.id}?languages=all"`)
		expect(html).not.toContain('სამუშაო')
		const all = render(<TopicList {...dataOf(await look(token, room.id, '?languages=all'))} />)
		expect(all).toContain('<span class="row-title two-lines" lang="ka" dir="ltr">სამუშაო</span>')
		expect(all).toContain(`href="/forum/${room.id}?list=new&amp;languages=all"`)
	})

	test('says by icon and word what is pinned, answered, closed and unread', async () => {
		const { actor, token } = await aMemberWithToken()
		const topic = await aTopic()
		await db
			.update(topics)
			.set({ pinnedAt: new Date(), answeredAt: new Date(), lockedAt: new Date(), alias: 4, postSeq: 1 })
		await db.update(posts).set({ aliased: true })
		await db.insert(topicReaders).values({ memberId: actor.id, topicId: topic.id })
		const html = render(<TopicList {...dataOf(await look(token, topic.spaceId))} />)
		for (const word of ['Important', 'Answered', 'Closed for answers']) expect(html).toContain(word)
		expect(html).toContain('<span class="sr-only">1 new</span>')
		expect(html).toContain(fixedT('en')('forum:alias.4'))
		expect(html).not.toContain(topic.author.handle)
	})

	const LISTS = ['', '?list=new', '?list=unanswered', '?list=followed', '?list=mine', '?languages=all']
	test.each(UI_LOCALES)('is whole in %s, for one space and for all, empty and full', async (locale) => {
		const { token } = await aMemberWithToken({ locale })
		const topic = await aTopic()
		for (const id of [topic.spaceId, 'all']) {
			// What a list holds is the same in every language; its words are not.
			for (const query of locale === 'en' ? LISTS : ['']) {
				const data = dataOf(await look(token, id, query))
				render(<TopicList {...data} />, locale)
				render(<TopicList {...data} topics={[]} />, locale)
				for (const kind of ['exact', 'more', 'some'] as const)
					render(<TopicList {...data} filtered hidden={{ kind, count: 3 }} />, locale)
			}
		}
	})

	test('takes at most four queries with her session, whatever is in it', async () => {
		const { token } = await aMemberWithToken()
		const room = await aSpace()
		for (let n = 0; n < 12; n += 1) await aTopic({ space: room, author: n % 6 ? undefined : await aMember() })
		await db.update(topics).set({ pinnedAt: new Date() })
		for (const query of ['', '?list=new', '?list=followed', '?languages=all'])
			expect((await statementsOf(() => look(token, room.id, query))).length).toBeLessThanOrEqual(4)
	})

	test('follows the space by a plain form', async () => {
		const [{ actor, token }, room] = [await aMemberWithToken(), await aSpace()]
		const press = (intent: string) =>
			send(space.action, `/forum/${room.id}`, { intent }, { token, params: { space: room.id } })
		const followed = await press('follow')
		expect([followed.status, followed.to]).toEqual([303, `/forum/${room.id}`])
		expect(await db.$count(spaceFollowers, eq(spaceFollowers.memberId, actor.id))).toBe(1)
		expect(render(<TopicList {...dataOf(await look(token, room.id))} />)).toContain('value="unfollow"')
		await press('unfollow')
		expect(await db.$count(spaceFollowers)).toBe(0)
		const nowhere = await send(
			space.action,
			'/forum/all',
			{ intent: 'follow' },
			{ token, params: { space: 'all' } },
		)
		expect(nowhere.status).toBe(404)
	})

	test('a visitor is asked to sign in', async () => {
		expect((await look('', 'all')).to).toBe('/sign-in?next=%2Fforum%2Fall')
	})
})

describe('reading, notices, tools', () => {
	const reading = { path: '/forum/a/b', follows: true, first: 'x', unreadEnd: 'y', continueAt: '#p-y' }

	test.each(UI_LOCALES)('are whole in %s', async (locale) => {
		render(<ReadingBar reading={reading} />, locale)
		render(<ReadingBar reading={{ path: '/forum/a/b', follows: false }} />, locale)
		render(<ContinueLink reading={reading} />, locale)
		const told = { times: 3, at: new Date(), unread: true, space: 'Work' }
		const notices = NOTICE_KINDS.map((kind) => ({ ...told, id: kind, kind }))
		render(<NoticesPage notices={notices} until="1_a" older="2_b" first={false} anyUnread />, locale)
		render(<NoticesPage notices={[]} until={null} older={null} first anyUnread={false} />, locale)
	})

	test('the bell says how many are new, and is missing where nobody may be told', () => {
		const frame = (unread?: number) => (
			<Frame path="/" locale="en" locales={['en']} nav={[]} example={false} unread={unread}>
				<p />
			</Frame>
		)
		expect(render(frame(3))).toMatch(/class="bell" href="\/notices".*3 new/)
		expect(render(frame(0))).not.toContain('class="dot"')
		expect(render(frame())).not.toContain('bell')
	})

	test.each(UI_LOCALES)('the tools and the trace of a topic are whole in %s', async (locale) => {
		const { actor, token } = await aMemberWithToken({ roles: [{ role: 'moderator' }], locale })
		const [topic, other] = [await aTopic(), await aTopic({ title: 'Elsewhere' })]
		const [question] = await db.select().from(posts).where(eq(posts.topicId, topic.id))
		await db
			.insert(posts)
			.values({ ...question!, id: undefined, key: crypto.randomUUID(), seq: 2, body: 'An answer' })
		const params = { space: topic.spaceId, topic: topic.id }
		const data = dataOf(await open(manage.loader, '/x', { token, params }))
		expect(render(<ManagePage {...data} told="moved" />, locale)).toContain('An answer')
		for (const [pinned, locked] of [
			[true, false],
			[false, true],
		])
			render(<ManagePage {...data} topic={{ ...data.topic, pinned, locked, aliased: true }} />, locale)
		const kinds = topicEvents.kind.enumValues
		await db.insert(topicEvents).values(
			kinds.map((kind) => ({
				topicId: topic.id,
				kind,
				otherTopicId: /merged|split/.test(kind) ? other.id : null,
				fromSpaceId: kind === 'moved' ? other.spaceId : null,
			})),
		)
		const html = render(<TopicTrace events={await topicTrace(actor, locale, topic.id)} />, locale)
		expect(html).toContain(`href="/forum/${other.spaceId}/${other.id}"`)
		expect(html.match(/<li>/g)).toHaveLength(kinds.length)
	})

	test('a refused form says why where it was sent, with what she wrote', async () => {
		const { token } = await aMemberWithToken({ roles: [{ role: 'moderator' }] })
		const topic = await aTopic()
		const from = { token, params: { space: topic.spaceId, topic: topic.id } }
		const data = dataOf(await open(manage.loader, '/x', from))
		const refused = await send(manage.action, '/x', { intent: 'merge', into: 'my other question' }, from)
		expect(refused.status).toBe(422)
		const html = render(<ManagePage {...data} told={null} result={dataOf(refused)} />)
		expect(html).toContain('This is not the address of a question you moderate.')
		expect(html).toContain('value="my other question"')
		expect(html.match(/role="alert"/g)).toHaveLength(1)
	})

	test('a member finds no such page', async () => {
		const [{ token }, topic] = [await aMemberWithToken(), await aTopic()]
		const params = { space: topic.spaceId, topic: topic.id }
		expect((await open(manage.loader, '/x', { token, params })).status).toBe(404)
		expect((await send(manage.action, '/x', { intent: 'pin' }, { token, params })).status).toBe(404)
	})
})

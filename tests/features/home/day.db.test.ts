import { eq } from 'drizzle-orm'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { sessions } from '~/db/schema/members'
import { translationRequests } from '~/db/schema/translation'
import { leaveRoom } from '~/features/chat/rooms.server'
import { claim } from '~/features/forum/translation/claims.server'
import { Day } from '~/features/home/components/day'
import type { DayProps } from '~/features/home/her-day'
import { openSession } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { loader } from '~/routes/home'
import { aSpace, aTopic } from '../../factories/forum'
import { aMatchAs } from '../../factories/matches'
import { aMember, aMemberWithToken } from '../../factories/members'
import { act, aMatch, aMentor, asked } from '../../factories/mentoring'
import { open } from '../../factories/requests'
import { aQuestion } from '../../factories/translations'

const QUERIES_AT_MOST = 6

interface Home {
	day: DayProps | null
	byCode: boolean
}

const home = async (token?: string) => (await open(loader, '/', { token })).body as Home

const shown = (day: DayProps, locale = 'en') =>
	renderToStaticMarkup(createElement(I18nextProvider, { i18n: i18nFor(locale) }, createElement(Day, day)))

/** Another session of someone the factories made. */
async function tokenOf(actor: Actor) {
	const token = await openSession(db, { memberId: actor.id, device: 'own', kind: 'phone' })
	await db.update(sessions).set({ secondFactorAt: new Date() }).where(eq(sessions.memberId, actor.id))
	return token
}

describe('the first page', () => {
	test('a visitor is told what this is, and nothing of anyone', async () => {
		await aTopic()
		expect(await home()).toMatchObject({ day: null, byCode: false })
	})

	test('shows the newest questions in the languages she reads, five at most, no hidden ones', async () => {
		const space = await aSpace('Together')
		for (const title of ['One', 'Two', 'Three', 'Four', 'Five', 'Six'])
			await aTopic({ space, title, language: 'it' })
		await aTopic({ space, title: 'Ελληνικά', language: 'el' })
		const { token } = await aMemberWithToken({ reads: ['it'] })
		const { day } = await home(token)
		expect(day?.topics.map(({ title }) => title)).toEqual(['Six', 'Five', 'Four', 'Three', 'Two'])
		expect(day?.topics[0]).toMatchObject({
			space: { text: 'Together' },
			spaceId: space.id,
			lang: 'it',
			answers: 0,
		})
		expect(day?.knowsLanguages).toBe(true)
	})

	test('asks for her languages when she has named none', async () => {
		const { token } = await aMemberWithToken()
		expect((await home(token)).day).toMatchObject({
			knowsLanguages: false,
			topics: [],
			toAnswer: 0,
			running: [],
		})
	})

	test('a mentor sees how many ask her; both see the room of what goes on, until they leave it', async () => {
		const [mentor, mentee] = [await aMentor({}, 'Mentora'), await aMember({ handle: 'Mentee' })]
		await aMatch(mentee, mentor)
		await asked(await aMember(), mentor)
		const [hers, theirs] = [await tokenOf(mentor), await tokenOf(mentee)]
		const mentorDay = (await home(hers)).day!
		expect(mentorDay).toMatchObject({ toAnswer: 1, running: [{ other: 'Mentee' }] })
		const menteeDay = (await home(theirs)).day!
		expect(menteeDay).toMatchObject({ toAnswer: 0, running: [{ other: 'Mentora' }] })
		await leaveRoom(mentee, { room: menteeDay.running[0]!.roomId })
		expect((await home(theirs)).day?.running).toEqual([])
	})

	test('what a round proposes waits for the yes of each of the two, and no longer once she has said it', async () => {
		const [mentor, mentee] = [await aMentor(), await aMember()]
		const match = await aMatchAs('proposed', mentee, mentor)
		const [hers, theirs] = [await tokenOf(mentor), await tokenOf(mentee)]
		for (const token of [hers, theirs])
			expect((await home(token)).day).toMatchObject({ proposed: 1, toAnswer: 0, running: [] })
		await act(mentee, match, 'yes')
		expect((await home(theirs)).day).toMatchObject({ proposed: 0 })
		const { day } = await home(hers)
		expect(day).toMatchObject({ proposed: 1 })
		for (const locale of UI_LOCALES) {
			const page = shown(day!, locale)
			expect(page).toContain('href="/mentoring"')
			expect(page).not.toContain('day.proposed')
		}
		await act(mentor, match, 'yes')
		expect((await home(hers)).day).toMatchObject({ proposed: 0, running: [{ other: mentee.handle }] })
	})

	test.each(['waiting', 'suspended'] as const)(
		'while she is %s, nothing of the community is on it',
		async (status) => {
			await aTopic()
			const { token } = await aMemberWithToken({ status })
			expect((await home(token)).day).toMatchObject({ status, topics: [], running: [], toAnswer: 0 })
		},
	)

	test('she is told how many translations she could write, where she knows two languages', async () => {
		const { post } = await aQuestion()
		await db
			.insert(translationRequests)
			.values({ postId: post.id, lang: 'en', memberId: (await aMember()).id })
		const one = await aMemberWithToken({ speaks: ['en'], reads: ['en'] })
		expect((await home(one.token)).day).toMatchObject({ wanted: 0 })
		const two = await aMemberWithToken({ speaks: ['ar', 'en'], reads: ['ar', 'en'] })
		const { day } = await home(two.token)
		expect(day).toMatchObject({ wanted: 1 })
		for (const locale of UI_LOCALES) {
			const page = shown(day!, locale)
			expect(page).toContain('href="/forum/translate"')
			expect(page).not.toContain('day.wanted')
		}
		await claim(await aMember({ speaks: ['ar', 'en'] }), { post: post.id, language: 'en' })
		expect((await home(two.token)).day).toMatchObject({ wanted: 0 })
	})

	test('takes few queries, however much there is', async () => {
		const mentor = await aMentor({ capacity: 5 })
		for (let n = 0; n < 4; n += 1) await aMatch(await aMember(), mentor)
		for (let n = 0; n < 8; n += 1) await aTopic()
		const token = await tokenOf(mentor)
		const queries = vi.spyOn(pool, 'unsafe')
		await home(token)
		expect(queries.mock.calls.length).toBeLessThanOrEqual(QUERIES_AT_MOST)
	})
})

import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { sessions } from '~/db/schema/members'
import { leaveRoom } from '~/features/chat/rooms.server'
import type { DayProps } from '~/features/home/her-day'
import { openSession } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { loader } from '~/routes/home'
import { aSpace, aTopic } from '../../factories/forum'
import { aMember, aMemberWithToken } from '../../factories/members'
import { aMatch, aMentor, asked } from '../../factories/mentoring'
import { open } from '../../factories/requests'

const QUERIES_AT_MOST = 6

interface Home {
	day: DayProps | null
	byCode: boolean
}

const home = async (token?: string) => (await open(loader, '/', { token })).body as Home

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
		expect(day?.topics[0]).toMatchObject({ space: 'Together', spaceId: space.id, lang: 'it', answers: 0 })
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

	test.each(['waiting', 'suspended'] as const)(
		'while she is %s, nothing of the community is on it',
		async (status) => {
			await aTopic()
			const { token } = await aMemberWithToken({ status })
			expect((await home(token)).day).toMatchObject({ status, topics: [], running: [], toAnswer: 0 })
		},
	)

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

import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { readAsk } from '~/features/mentoring/asks.server'
import { listMentors } from '~/features/mentoring/mentors.server'
import type { Actor } from '~/platform/actor'
import { aMember } from '../../factories/members'
import { act, aMatch, aMentor, anOffer, asked } from '../../factories/mentoring'
import { codeOf } from '../../factories/outcomes'

const find = (actor: Actor, query: Partial<Parameters<typeof listMentors>[2]> = {}, locale = 'en') =>
	listMentors(actor, locale, { language: null, need: null, after: null, ...query })
const handles = async (...of: Parameters<typeof find>) =>
	(await find(...of)).mentors.map(({ handle }) => handle)

describe('finding a mentor', () => {
	test('by default those who know a language of hers, the best first, with reasons', async () => {
		await aMentor({ languages: { ar: 'understand' }, needs: ['papers'] }, 'Understands')
		await aMentor({ languages: { ar: 'well', it: 'talk' }, needs: ['papers', 'work'] }, 'Well')
		await aMentor({ languages: { ti: 'well' } }, 'Tigrinya')
		const her = await aMember({ speaks: ['ar'], helpWanted: ['papers'] })
		const found = await find(her)
		expect(found.mentors.map(({ handle }) => handle)).toEqual(['Well', 'Understands'])
		expect(found.mentors[0]?.reasons).toEqual([
			{ kind: 'bothSpeak', language: 'ar' },
			{ kind: 'helps', need: 'papers' },
			{ kind: 'free' },
		])
		expect(found.filter).toEqual({ language: 'own', need: null, own: ['ar'] })
	})

	test('her languages are those she speaks, else reads, else the one of the page', async () => {
		await aMentor({ languages: { ti: 'well' } }, 'Tigrinya')
		await aMentor({ languages: { bg: 'well' } }, 'Bulgarian')
		expect(await handles(await aMember({ speaks: ['ti'], reads: ['bg'] }))).toEqual(['Tigrinya'])
		expect(await handles(await aMember({ reads: ['bg'] }))).toEqual(['Bulgarian'])
		expect(await handles(await aMember(), {}, 'bg')).toEqual(['Bulgarian'])
	})

	test.each([
		['one language', { language: 'ti' }, ['Tigrinya']],
		['every language', { language: 'all' }, ['Arabic', 'Tigrinya']],
		['what is no language', { language: 'xx' }, ['Arabic']],
		['a need', { language: 'all', need: 'housing' }, ['Tigrinya']],
		['a need nobody has', { language: 'all', need: 'health' }, []],
		['what is no need', { need: 'love' }, ['Arabic']],
		['a place that is none', { after: 'x_y' }, ['Arabic']],
	])('asked for %s', async (_what, query, expected) => {
		await aMentor({ languages: { ar: 'well' }, needs: ['work'] }, 'Arabic')
		await aMentor({ languages: { ti: 'talk' }, needs: ['housing'] }, 'Tigrinya')
		const her = await aMember({ speaks: ['ar'] })
		expect((await handles(her, query)).sort()).toEqual(expected)
	})

	test('not herself, nobody unvetted, full, inactive, or asked already', async () => {
		const her = await aMentor({}, 'Herself')
		await aMentor({}, 'Free')
		for (const status of ['waiting', 'declined', 'paused'] as const)
			await aMentor({ status }, `Still ${status}`)
		await aMentor({ capacity: 1, load: 1 }, 'Full')
		await aMentor({ capacity: 0 }, 'Nobody just now')
		const suspended = await aMentor({}, 'Suspended')
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, suspended.id))
		const [askedOne, accepted, declined] = [
			await aMentor({}, 'Asked'),
			await aMentor({}, 'Accepted'),
			await aMentor({}, 'Declined'),
		]
		await asked(her, askedOne)
		await aMatch(her, accepted)
		await act(declined, await asked(her, declined), 'decline')
		expect((await handles(her)).sort()).toEqual(['Declined', 'Free'])
	})

	test('words that a moderator took from view are not shown', async () => {
		await aMentor({ words: 'hidden words', hiddenAt: new Date() })
		expect((await find(await aMember())).mentors[0]?.words).toBe('')
	})

	test('page by page everyone once, with three queries however many there are', async () => {
		for (let at = 0; at < 23; at += 1) await anOffer(await aMember(), { capacity: (at % 3) + 1 })
		const her = await aMember()
		const seen: string[] = []
		let after: string | null = null
		const queries = vi.spyOn(pool, 'unsafe')
		do {
			queries.mockClear()
			const page: Awaited<ReturnType<typeof find>> = await find(her, { after })
			expect(page.mentors.length).toBeLessThanOrEqual(10)
			expect(queries).toHaveBeenCalledTimes(3)
			seen.push(...page.mentors.map(({ id }) => id))
			after = page.next
		} while (after)
		expect(new Set(seen).size).toBe(23)
		expect(seen).toHaveLength(23)
	})
})

describe('the page to ask on', () => {
	test('is there only for a vetted mentor who is someone else', async () => {
		const [her, waiting] = [await aMentor(), await aMember()]
		await anOffer(waiting, { status: 'waiting' })
		const member = await aMember()
		const outcomes = await Promise.all(
			[her.id, waiting.id, member.id, crypto.randomUUID(), 'no id', null].map((id) =>
				codeOf(() => readAsk(her, id)),
			),
		)
		expect(outcomes).toEqual(Array(6).fill('not-found'))
	})

	test('says why not now', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		expect(await readAsk(her, mentor.id)).toMatchObject({ whyNot: null, openMatch: null })
		const match = await asked(her, mentor)
		expect(await readAsk(her, mentor.id)).toMatchObject({ whyNot: 'open', openMatch: match })
		const full = await aMentor({ capacity: 1, load: 1 })
		expect(await readAsk(her, full.id)).toMatchObject({ whyNot: 'full', openMatch: null })
		await db.update(mentorOffers).set({ capacity: 2 }).where(eq(mentorOffers.memberId, full.id))
		expect(await readAsk(her, full.id)).toMatchObject({ whyNot: null })
	})
})

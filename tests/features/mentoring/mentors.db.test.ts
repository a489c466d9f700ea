import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentoringNoMatch, mentorOffers } from '~/db/schema/mentoring'
import { blocks } from '~/db/schema/ties'
import { readAsk } from '~/features/mentoring/finding/asks.server'
import { nameHash, townHash } from '~/features/mentoring/finding/keyed-names.server'
import { listMentors } from '~/features/mentoring/finding/mentors.server'
import { hourIn } from '~/features/mentoring/times/zones'
import type { Actor } from '~/platform/actor'
import { aMember, anOrganisation } from '../../factories/members'
import { act, aMatch, aMentor, anOffer, asked } from '../../factories/mentoring'
import { codeOf } from '../../factories/outcomes'
import { wishes } from '../../factories/rounds'

const find = (actor: Actor, query: Partial<Parameters<typeof listMentors>[2]> = {}, locale = 'en') =>
	listMentors(actor, locale, { language: null, need: null, after: null, ...query })
const handles = async (...of: Parameters<typeof find>) =>
	(await find(...of)).mentors.map(({ handle }) => handle)

describe('finding a mentor', () => {
	test('by default those who know a language of hers, the best first, with reasons', async () => {
		await aMentor({ languages: { ar: 'understand' }, needs: ['residencePermit'] }, 'Understands')
		await aMentor({ languages: { ar: 'well', it: 'talk' }, needs: ['residencePermit', 'jobSearch'] }, 'Well')
		await aMentor({ languages: { ti: 'well' } }, 'Tigrinya')
		const her = await aMember({ speaks: ['ar'], helpWanted: ['papers'] })
		const found = await find(her)
		expect(found.mentors.map(({ handle }) => handle)).toEqual(['Well', 'Understands'])
		expect(found.mentors[0]?.reasons).toEqual([
			{ key: 'mentoring:reason.bothSpeak', params: { language: 'ar' } },
			{ key: 'mentoring:reason.helps', params: { need: 'residencePermit' } },
			{ key: 'mentoring:reason.free', params: {} },
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
		['a need', { language: 'all', need: 'findHome' }, ['Tigrinya']],
		['a need nobody has', { language: 'all', need: 'doctor' }, []],
		['what is no need', { need: 'love' }, ['Arabic']],
		['a place that is none', { after: 'x_y' }, ['Arabic']],
	])('asked for %s', async (_what, query, expected) => {
		await aMentor({ languages: { ar: 'well' }, needs: ['jobSearch'] }, 'Arabic')
		await aMentor({ languages: { ti: 'talk' }, needs: ['findHome'] }, 'Tigrinya')
		const her = await aMember({ speaks: ['ar'] })
		expect((await handles(her, query)).sort()).toEqual(expected)
	})

	test('not herself, nobody unvetted, untrained, full, inactive, asked or in her line already', async () => {
		const her = await aMentor({}, 'Herself')
		await aMentor({}, 'Free')
		for (const status of ['waiting', 'declined', 'paused'] as const)
			await aMentor({ status }, `Still ${status}`)
		await aMentor({ capacity: 1, load: 1 }, 'Full')
		await aMentor({ capacity: 0 }, 'Nobody just now')
		await aMentor({ validUntil: new Date() }, 'Vetting is over')
		await aMentor({ validUntil: null }, 'Never vetted until')
		await aMentor({ trainedAt: null }, 'Untrained')
		await aMentor({ trainedAt: new Date(Date.now() - 25 * 30.5 * 86_400_000) }, 'Training is over')
		const suspended = await aMentor({}, 'Suspended')
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, suspended.id))
		const [askedOne, accepted, declined] = [
			await aMentor({}, 'Asked'),
			await aMentor({}, 'Accepted'),
			await aMentor({}, 'Declined'),
		]
		await act(declined, await asked(her, declined), 'decline')
		await aMatch(her, accepted)
		await asked(her, askedOne)
		await asked(her, await aMentor({}, 'In her line'))
		expect((await handles(her)).sort()).toEqual(['Declined', 'Free'])
	})

	test('words that a moderator took from view are not shown', async () => {
		await aMentor({ words: 'hidden words', hiddenAt: new Date() })
		expect((await find(await aMember())).mentors[0]?.words).toBe('')
	})

	test('page by page everyone once, with four queries however many there are', async () => {
		for (let at = 0; at < 23; at += 1) await anOffer(await aMember(), { capacity: (at % 3) + 1 })
		const her = await aMember()
		const seen: string[] = []
		let after: string | null = null
		const queries = vi.spyOn(pool, 'unsafe')
		do {
			queries.mockClear()
			const page: Awaited<ReturnType<typeof find>> = await find(her, { after })
			expect(page.mentors.length).toBeLessThanOrEqual(10)
			expect(queries).toHaveBeenCalledTimes(4)
			seen.push(...page.mentors.map(({ id }) => id))
			after = page.next
		} while (after)
		expect(new Set(seen).size).toBe(23)
		expect(seen).toHaveLength(23)
	})
})

describe('her wishes in the list', () => {
	test('languages, level, order of needs, hours and ways of her wishes come before her profile', async () => {
		const her = await aMember({ speaks: ['it'], helpWanted: ['health'] })
		await wishes(her, {
			languages: ['ar'],
			level: 'talk',
			needs: ['cv', 'doctor'],
			how: ['meet'],
			hours: [42],
			zone: 'Europe/Athens',
		})
		await aMentor({ languages: { ar: 'well' }, needs: ['doctor'] }, 'Doctor')
		await aMentor({ languages: { ar: 'well' }, needs: ['cv'], helped: ['cv'] }, 'Work')
		await aMentor({ languages: { ar: 'understand' }, needs: ['cv'] }, 'Too little')
		await aMentor({ languages: { it: 'well' }, needs: ['cv'] }, 'Italian')
		const inTime = { languages: { ar: 'well' as const }, needs: ['cv'], helped: ['cv'] }
		await aMentor({ ...inTime, hours: [41], zone: 'Europe/Rome', how: ['meet'] }, 'In time')
		const found = await find(her)
		expect(found.mentors.map(({ handle }) => handle)).toEqual(['In time', 'Work', 'Doctor'])
		expect(found.zone).toBe('Europe/Athens')
		const [, helped, free] = found.mentors[0]!.reasons
		expect(helped).toEqual({ key: 'mentoring:reason.helped', params: { need: 'cv' } })
		// Six in the evening of Tuesday in Athens, whatever UTC makes of it by the season.
		expect(free?.key).toBe('mentoring:reason.freeAt')
		expect(hourIn('Europe/Athens', (free!.params as { hour: number }).hour, new Date())).toEqual({
			weekday: 1,
			hour: 18,
			minute: 0,
		})
	})

	test('a language she does not speak is not said to be shared, and those who share one come first', async () => {
		const her = await aMember({ speaks: ['ar'] })
		await aMentor({ languages: { ti: 'well' } }, 'Tigrinya')
		await aMentor({ languages: { ar: 'understand', ti: 'well' } }, 'Both')
		const all = await find(her, { language: 'all' })
		expect(all.mentors.map(({ handle, reasons }) => [handle, reasons[0]])).toEqual([
			['Both', { key: 'mentoring:reason.bothSpeak', params: { language: 'ar' } }],
			['Tigrinya', { key: 'mentoring:reason.speaks', params: { language: 'ti' } }],
		])
		const asked = await find(her, { language: 'ti' })
		expect(asked.mentors.map(({ reasons }) => reasons[0]?.key)).toEqual(
			Array(2).fill('mentoring:reason.speaks'),
		)
	})

	test('whoever breaks a limit of hers is not there, in any language', async () => {
		const centre = await anOrganisation()
		const her = await aMember()
		await wishes(her, { townHash: townHash('Lesbos'), communityHash: 'SY', organisations: [centre.id] })
		const fits = { townHash: townHash('Milan'), communityHash: 'ER', organisationId: centre.id }
		await aMentor(fits, 'Fits')
		await aMentor({ ...fits, townHash: townHash('lesbos') }, 'Her town')
		await aMentor({ ...fits, communityHash: 'SY' }, 'Her community')
		await aMentor({ ...fits, communityHash: null }, 'Unknown community')
		await aMentor({ ...fits, organisationId: null }, 'No organisation')
		await aMentor(fits, 'Never Her')
		const blocked = await aMentor(fits, 'Blocked')
		await db.insert(blocks).values({ blockerId: blocked.id, blockedId: her.id })
		await db.insert(mentoringNoMatch).values({ memberId: her.id, hash: nameHash('never her') })
		for (const language of [null, 'all', 'en']) expect(await handles(her, { language })).toEqual(['Fits'])
	})
})

describe('how soon she answers', () => {
	/** Past requests to her, each answered after so many hours; null: never. */
	async function answered(mentor: Actor, hours: readonly (number | null)[]) {
		for (const took of hours) {
			const askedAt = new Date(Date.now() - 10 * 86_400_000)
			await db.insert(matches).values({
				menteeId: (await aMember()).id,
				mentorId: mentor.id,
				key: crypto.randomUUID(),
				status: took === null ? 'lapsed' : 'declined',
				askedAt,
				answeredAt: took === null ? null : new Date(askedAt.getTime() + took * 3_600_000),
				needs: [],
				wordsLang: 'en',
				wordsDir: 'ltr',
			})
		}
	}

	test.each([
		['too few requests say nothing', [1, 1], null],
		['the median of hours is a day', [1, 2, 70], 1],
		['more than a day is two', [1, 25, 30], 2],
		['a request left to lapse took all the time', [1, null, null], 3],
	])('%s', async (_what, hours, days) => {
		const mentor = await aMentor()
		await answered(mentor, hours)
		expect((await find(await aMember())).mentors[0]?.answersInDays).toBe(days)
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

import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { matches, mentoringNoMatch } from '~/db/schema/mentoring'
import { blocks } from '~/db/schema/ties'
import { communityHash, nameHash, townHash } from '~/features/mentoring/finding/keyed-names.server'
import { womanAndMentors } from '~/features/mentoring/finding/people.server'
import { rankMentors } from '~/features/mentoring/matching/rank-mentors'
import { brokenRule } from '~/features/mentoring/matching/rules'
import { sharedHours, weekOf } from '~/features/mentoring/matching/week'
import type { Actor } from '~/platform/actor'
import { aMember, anOrganisation } from '../../factories/members'
import { aMentor } from '../../factories/mentoring'
import { aWaitingMember, daysAgo } from '../../factories/rounds'

/** The rule the two break, as the core says it of their rows. */
async function ruleOf(woman: Actor, mentor: Actor) {
	const now = new Date()
	const found = await womanAndMentors(db, woman.id, now, [mentor.id])
	return found?.mentors[0] ? brokenRule(found.woman, found.mentors[0], now) : 'not there'
}

describe('rows as the matching core knows them', () => {
	test('a woman with all she said', async () => {
		const [first, second] = [await aMentor(), await aMentor()]
		const since = new Date('2026-03-02T09:00:00.123Z')
		const woman = await aWaitingMember({
			languages: ['ti', 'ar'],
			level: 'well',
			needs: ['doctor', 'cv', 'gone'],
			how: ['meet', 'write'],
			hours: [10],
			zone: 'Europe/Athens',
			waitingSince: since,
		})
		for (const [place, mentor] of [second, first].entries())
			await db.insert(matches).values({
				menteeId: woman.id,
				mentorId: mentor.id,
				key: crypto.randomUUID(),
				status: 'chosen',
				place: place + 1,
				needs: [],
				wordsLang: 'en',
				wordsDir: 'ltr',
			})
		const found = await womanAndMentors(db, woman.id, new Date('2026-07-01T00:00:00Z'))
		expect(found!.woman).toMatchObject({
			languages: ['ti', 'ar'],
			level: 'well',
			needs: ['doctor', 'cv'],
			how: ['meet', 'write'],
			choices: [second.id, first.id],
			waitingSince: since,
		})
		// Ten on Monday in Athens is seven in summer by UTC.
		expect(sharedHours(found!.woman.times, weekOf([7]), 9)).toBe(1)
		expect(found!.mentors.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort())
	})

	test('without wishes she talks the languages of her profile', async () => {
		const now = new Date()
		const of = async (fields: object) => (await womanAndMentors(db, (await aMember(fields)).id, now))!.woman
		expect(await of({ speaks: ['ar'], reads: ['it'] })).toMatchObject({
			languages: ['ar'],
			needs: [],
			choices: [],
		})
		expect(await of({ reads: ['it'] })).toMatchObject({ languages: ['it'], waitingSince: now })
	})

	test('hours are taken where the zone of the offer says, else the member, else her country', async () => {
		const at = new Date('2026-01-12T00:00:00Z')
		const mentors = [
			[await aMentor({ hours: [10], zone: 'Europe/London' }), 10],
			[await aMentor({ hours: [10] }), 9],
		] as const
		const woman = await aMember()
		for (const [mentor, hour] of mentors) {
			const found = await womanAndMentors(db, woman.id, at, [mentor.id])
			expect(sharedHours(found!.mentors[0]!.times, weekOf([hour]), 9)).toBe(1)
		}
	})

	test.each([
		['nothing', {}, {}, undefined],
		[
			'a language she does not know well enough',
			{ level: 'well' as const },
			{ languages: { en: 'talk' as const } },
			'language',
		],
		['a training of 25 months ago', {}, { trainedAt: daysAgo(762) }, 'training'],
		['a training of 23 months ago', {}, { trainedAt: daysAgo(698) }, undefined],
		['no training', {}, { trainedAt: null }, 'training'],
		['a vetting that has ended', {}, { validUntil: daysAgo(1) }, 'vetting'],
		['no free place', {}, { capacity: 1, load: 1 }, 'capacity'],
		['her town', { townHash: townHash('Ferrara') }, { townHash: townHash(' férrara.') }, 'limits'],
		['another town', { townHash: townHash('Ferrara') }, { townHash: townHash('Milan') }, undefined],
		['a town that is not known', { townHash: townHash('Ferrara') }, {}, 'limits'],
		[
			'her community',
			{ communityHash: communityHash('er') },
			{ communityHash: communityHash('ER') },
			'limits',
		],
		['an organisation that is not hers', { organisations: [crypto.randomUUID()] }, {}, 'limits'],
	])('what stands between the two: %s', async (_what, wish, offer, rule) => {
		expect(await ruleOf(await aWaitingMember(wish), await aMentor(offer))).toBe(rule)
	})

	test('an organisation she trusts', async () => {
		const { id } = await anOrganisation()
		const woman = await aWaitingMember({ organisations: [id] })
		expect(await ruleOf(woman, await aMentor({ organisationId: id }))).toBeUndefined()
	})

	test.each(['woman', 'mentor'] as const)('people never to meet, on the list of the %s', async (whose) => {
		const woman = await aWaitingMember({}, 'Amina R.')
		const mentor = await aMentor({}, 'Lúcia Rossi')
		const [owner, name] = whose === 'woman' ? [woman, 'lucia  rossi'] : [mentor, 'AMINA R']
		await db.insert(mentoringNoMatch).values({ memberId: owner.id, hash: nameHash(name) })
		expect(await ruleOf(woman, mentor)).toBe('limits')
		expect(await ruleOf(woman, await aMentor({}, 'Someone else'))).toBeUndefined()
	})

	test.each(['hers', 'the mentor’s'])('a block, %s', async (whose) => {
		const [woman, mentor] = [await aWaitingMember(), await aMentor()]
		const [blocker, blocked] = whose === 'hers' ? [woman, mentor] : [mentor, woman]
		await db.insert(blocks).values({ blockerId: blocker.id, blockedId: blocked.id })
		expect(await ruleOf(woman, mentor)).toBe('limits')
	})

	test('whoever cannot be found at all is not there', async () => {
		const woman = await aWaitingMember()
		for (const status of ['waiting', 'declined', 'paused'] as const)
			expect(await ruleOf(woman, await aMentor({ status }))).toBe('not there')
		expect(await womanAndMentors(db, crypto.randomUUID(), new Date())).toBeUndefined()
	})

	test('two queries, however many there are', async () => {
		const woman = await aWaitingMember()
		for (let count = 0; count < 5; count += 1) await aMentor()
		const queries = vi.spyOn(pool, 'unsafe')
		const now = new Date()
		const { woman: her, mentors } = (await womanAndMentors(db, woman.id, now))!
		expect(queries).toHaveBeenCalledTimes(2)
		expect(rankMentors(her, mentors, { now, seed: her.id })).toHaveLength(5)
	})
})

import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { matches, mentoringNoMatch, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { notices } from '~/db/schema/ties'
import { communityHash, nameHash, townHash } from '~/features/mentoring/finding/keyed-names.server'
import { listMentors } from '~/features/mentoring/finding/mentors.server'
import { readWishes, saveWishes, stopLooking } from '~/features/mentoring/finding/wishes.server'
import { LIMITS } from '~/features/mentoring/mentoring.limits'
import { readMentoring } from '~/features/mentoring/overview.server'
import type { Actor } from '~/platform/actor'
import { forgive } from '~/platform/limits.server'
import { aMember, anOrganisation } from '../../factories/members'
import { aMatch, aMentor, asked } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

const ALL = { language: 'all', need: null, after: null }
const NO_ROOMS = async () => new Set<string>()

/** What the form sends where she skips every question. */
const skipped = (change: Record<string, unknown> = {}) => ({
	zone: 'Europe/Rome',
	words: '',
	language: 'en',
	...change,
})

const rowOf = async (her: Actor) => {
	const [row] = await db.select().from(mentoringWishes).where(eq(mentoringWishes.memberId, her.id))
	return row
}
const namesOf = async (her: Actor) => {
	const rows = await db.select().from(mentoringNoMatch).where(eq(mentoringNoMatch.memberId, her.id))
	return rows.map(({ hash }) => hash)
}

describe('saying what she would like', () => {
	test('everything can be skipped; from then on she waits', async () => {
		const her = await aMember()
		await saveWishes(her, skipped())
		expect(await rowOf(her)).toMatchObject({
			needs: [],
			languages: [],
			level: 'understand',
			how: [],
			hours: [],
			organisations: null,
			townHash: null,
			communityHash: null,
			words: '',
			inRounds: false,
		})
		expect((await rowOf(her))!.waitingSince).not.toBeNull()
	})

	test('all of it, in her order', async () => {
		const [her, centre] = [await aMember(), await anOrganisation()]
		await saveWishes(
			her,
			skipped({
				first: 'doctor',
				second: 'cv',
				third: 'doctor',
				needs: ['bank', 'cv'],
				language1: 'ti',
				language2: '',
				language3: 'ar',
				language4: 'ti',
				level: 'well',
				how: ['write', 'meet'],
				hours: ['42'],
				zone: 'Europe/Athens',
				words: ' أبحث عن عمل ',
				language: 'ar',
				town: ' Lésbos',
				community: 'SY',
				organisations: centre.id,
				names: 'Someone\n\n  Someone Else \nsomeone',
				inRounds: 'yes',
			}),
		)
		expect(await rowOf(her)).toMatchObject({
			needs: ['doctor', 'cv', 'bank'],
			languages: ['ti', 'ar'],
			level: 'well',
			how: ['write', 'meet'],
			hours: [42, 43, 44, 45],
			zone: 'Europe/Athens',
			words: 'أبحث عن عمل',
			wordsLang: 'ar',
			wordsDir: 'rtl',
			townHash: townHash('lesbos'),
			communityHash: communityHash('SY'),
			organisations: [centre.id],
			inRounds: true,
		})
		expect((await namesOf(her)).sort()).toEqual([nameHash('someone'), nameHash('someone else')].sort())
	})

	test('changed later: the same row, still waiting since then; limits stay unless written or forgotten', async () => {
		const her = await aMember()
		await saveWishes(her, skipped({ town: 'Lesbos', community: 'SY', names: 'Someone' }))
		const before = await rowOf(her)
		await saveWishes(her, skipped({ first: 'cv' }))
		expect(await rowOf(her)).toMatchObject({
			needs: ['cv'],
			townHash: before!.townHash,
			communityHash: before!.communityHash,
			waitingSince: before!.waitingSince,
		})
		expect(await namesOf(her)).toHaveLength(1)
		await saveWishes(
			her,
			skipped({ town: 'Milan', forgetCommunity: 'yes', names: 'Other', forgetNames: 'yes' }),
		)
		expect(await rowOf(her)).toMatchObject({ townHash: townHash('milan'), communityHash: null })
		expect(await namesOf(her)).toEqual([nameHash('Other')])
		await saveWishes(her, skipped({ forgetTown: 'yes', forgetNames: 'yes' }))
		expect([(await rowOf(her))!.townHash, await namesOf(her)]).toEqual([null, []])
	})

	test('her page shows of her limits only that there are some', async () => {
		const her = await aMember()
		await saveWishes(her, skipped({ town: 'Lesbos', community: 'SY', names: 'Someone\nSomeone Else' }))
		const { wishes } = await readWishes(her, 'en')
		expect(wishes).toMatchObject({
			hasTown: true,
			hasCommunity: true,
			noMatch: 2,
			saved: true,
			waiting: true,
		})
		const shown = JSON.stringify(await readWishes(her, 'en'))
		for (const secret of [townHash('Lesbos'), communityHash('SY'), nameHash('Someone'), 'Lesbos', 'Someone'])
			expect(shown).not.toContain(secret)
	})

	test('a first form starts with her profile, and with a coordinator who may look', async () => {
		const her = await aMember({ speaks: ['ti', 'ar'], hostCountry: 'GR' })
		expect((await readWishes(her, 'it')).wishes).toMatchObject({
			languages: ['ti', 'ar'],
			zone: 'Europe/Athens',
			inRounds: true,
			saved: false,
			noMatch: 0,
		})
	})

	test('organisations to trust are those that stand behind a mentor', async () => {
		const [behind, without] = [await anOrganisation('Behind'), await anOrganisation('Without')]
		await aMentor({ organisationId: behind.id })
		const names = async (her: Actor) => (await readWishes(her, 'en')).organisations.map(({ name }) => name)
		const her = await aMember()
		expect(await names(her)).toEqual(['Behind'])
		await saveWishes(her, skipped({ organisations: [without.id] }))
		expect(await names(her)).toEqual(['Behind', 'Without'])
	})

	test.each([
		['a need that is none', { first: 'love' }, 'first'],
		['a box that is none', { needs: ['love'] }, 'needs'],
		['a language that is none', { language1: 'xx' }, 'language1'],
		['a level that is none', { level: 'best' }, 'level'],
		['a zone that is none', { zone: 'Mars/Olympus' }, 'zone'],
		['an hour that is none', { hours: ['1000'] }, 'hours'],
		['a country that is none', { community: 'Syria' }, 'community'],
		['an organisation that is none', { organisations: ['all'] }, 'organisations'],
		['a town without end', { town: 'x'.repeat(LIMITS.town + 1) }, 'town'],
		['a name without end', { names: 'x'.repeat(LIMITS.name + 1) }, 'names'],
		[
			'too many names',
			{ names: Array.from({ length: LIMITS.noMatch + 1 }, (_, at) => `n${at}`).join('\n') },
			'names',
		],
	])('refuses %s', async (_what, change, field) => {
		const outcome = await faultsOf(async () => saveWishes(await aMember(), skipped(change)))
		expect([outcome.code, Object.keys(outcome.fields ?? {})]).toEqual(['invalid', [field]])
		expect(await db.$count(mentoringWishes)).toBe(0)
	})

	test('too many names one after the other are refused, and nothing of them is kept', async () => {
		const her = await aMember()
		const names = (prefix: string) => Array.from({ length: 30 }, (_, at) => `${prefix}${at}`).join('\n')
		await saveWishes(her, skipped({ names: names('a') }))
		const second = await faultsOf(() => saveWishes(her, skipped({ first: 'cv', names: names('b') })))
		expect(second).toMatchObject({ code: 'invalid', fields: { names: 'errors:tooMany' } })
		expect([await namesOf(her).then((all) => all.length), (await rowOf(her))!.needs]).toEqual([30, []])
	})

	test('the places she avoids change only a few times: nobody finds out by them where mentors live', async () => {
		const [her, near, unsaid] = [
			await aMember(),
			await aMentor({ townHash: townHash('Lesbos') }),
			await aMentor(),
		]
		const shown = async () => (await listMentors(her, 'en', ALL)).mentors.map(({ id }) => id)
		expect(await shown()).toEqual(expect.arrayContaining([near.id, unsaid.id]))
		const towns = ['Athens', 'Sofia', 'Palermo', 'Lesbos', 'Madrid']
		const outcomes = []
		for (const town of towns) outcomes.push(await codeOf(() => saveWishes(her, skipped({ town }))))
		expect(outcomes).toEqual(['ok', 'ok', 'ok', 'invalid', 'invalid'])
		expect(await shown()).toContain(near.id)
		for (const [field, value] of [
			['town', 'Lesbos'],
			['community', 'SY'],
			['forgetTown', 'yes'],
		] as const) {
			const name = field === 'forgetTown' ? 'town' : field
			expect(await faultsOf(() => saveWishes(her, skipped({ [field]: value })))).toMatchObject({
				code: 'invalid',
				fields: { [name]: 'mentoring:limits.tooOften' },
			})
		}
		// What changes nothing is no change, and everything else is saved as before.
		expect(await codeOf(() => saveWishes(her, skipped({ town: ' palermo', words: 'Hello' })))).toBe('ok')
		expect(await rowOf(her)).toMatchObject({ words: 'Hello', townHash: townHash('Palermo') })
	})

	test('nor slowly, day after day', async () => {
		const her = await aMember()
		const outcomes = []
		const towns = Array.from({ length: 12 }, (_, at) => `Town ${'abcdefghijkl'[at]}`)
		for (const [at, town] of towns.entries()) {
			// A day has gone by.
			if (at % 3 === 0) await forgive('mentoring.places', her.id)
			outcomes.push(await codeOf(() => saveWishes(her, skipped({ town }))))
		}
		expect(outcomes).toEqual([...Array(10).fill('ok'), 'invalid', 'invalid'])
	})

	test('whoever has a mentor waits for nobody', async () => {
		const her = await aMember()
		await saveWishes(her, skipped())
		await aMatch(her, await aMentor())
		expect((await rowOf(her))!.waitingSince).toBeNull()
		await saveWishes(her, skipped({ first: 'cv' }))
		expect((await rowOf(her))!.waitingSince).toBeNull()
	})

	test('two forms at once are one row', async () => {
		const her = await aMember()
		await Promise.all([
			saveWishes(her, skipped({ first: 'cv' })),
			saveWishes(her, skipped({ first: 'doctor' })),
		])
		expect(await db.$count(mentoringWishes)).toBe(1)
	})
})

describe('no longer looking', () => {
	test('nobody is asked, nobody looks for her, what she wrote stays', async () => {
		const her = await aMember()
		const [one, two] = [await aMentor(), await aMentor()]
		await saveWishes(her, skipped({ first: 'cv', inRounds: 'yes' }))
		const [first, second] = [await asked(her, one), await asked(her, two)]
		await stopLooking(her, { intent: 'stop' })
		const left = await db.select({ id: matches.id, status: matches.status }).from(matches)
		expect(left).toEqual([{ id: first, status: 'withdrawn' }])
		expect(left.map(({ id }) => id)).not.toContain(second)
		expect(await rowOf(her)).toMatchObject({ waitingSince: null, inRounds: false, needs: ['cv'] })
		expect(await db.$count(notices)).toBe(0)
		await stopLooking(her, { intent: 'stop' })
		expect((await readMentoring(her, NO_ROOMS)).wishes).toEqual({
			needs: ['cv'],
			waiting: false,
			inRounds: false,
		})
	})

	test('what a round proposed is taken back, too; mentoring goes on', async () => {
		const her = await aMember()
		const running = await aMatch(her, await aMentor())
		const proposed = await asked(her, await aMentor())
		await db.update(matches).set({ status: 'proposed' }).where(eq(matches.id, proposed))
		await stopLooking(her, { intent: 'stop' })
		const rows = await db.select({ id: matches.id, status: matches.status }).from(matches)
		expect(new Map(rows.map(({ id, status }) => [id, status]))).toEqual(
			new Map([
				[running, 'accepted'],
				[proposed, 'withdrawn'],
			]),
		)
		const [offer] = await db.select().from(mentorOffers).where(eq(mentorOffers.load, 1))
		expect(offer).toBeDefined()
	})

	test('only what the button sends', async () => {
		expect(await codeOf(async () => stopLooking(await aMember(), { intent: 'go' }))).toBe('invalid')
	})
})

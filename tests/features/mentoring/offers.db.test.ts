import { and, eq, isNull, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { grants, members } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { communityHash, townHash } from '~/features/mentoring/finding/keyed-names.server'
import { canBeFound } from '~/features/mentoring/offers/findable.server'
import { ownZone, pauseOffer, readOwnOffer, saveOffer } from '~/features/mentoring/offers/offers.server'
import { keepMentorRoles } from '~/features/mentoring/offers/vetting-ends.server'
import type { Actor } from '~/platform/actor'
import { aMember } from '../../factories/members'
import { aMatch, aMentor, anOffer, anOfferForm as form } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

const rowOf = async (member: { id: string }) =>
	(await db.select().from(mentorOffers).where(eq(mentorOffers.memberId, member.id)))[0]!

const found = (member: { id: string }) =>
	db.$count(mentorOffers, and(eq(mentorOffers.memberId, member.id), canBeFound))

const isMentor = async (member: Actor) =>
	(await db.$count(
		grants,
		and(eq(grants.memberId, member.id), eq(grants.role, 'mentor'), isNull(grants.endedAt)),
	)) === 1

const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000)

describe('an offer', () => {
	test('waits for a coordinator, with her words in their language and direction', async () => {
		const her = await aMember()
		const fields = form({ how: ['write', 'meet'], hours: ['90'] })
		await Promise.all([saveOffer(her, fields), saveOffer(her, fields), saveOffer(her, fields)])
		expect(await db.$count(mentorOffers)).toBe(1)
		expect(await rowOf(her)).toMatchObject({
			status: 'waiting',
			languageTags: ['ar'],
			wordsDir: 'rtl',
			load: 0,
			how: ['write', 'meet'],
			hours: [90, 91, 92, 93],
			zone: 'Europe/Rome',
			trainedAt: null,
			validUntil: null,
		})
		expect(await readOwnOffer(her)).toMatchObject({
			languages: { ar: 'well' },
			words: 'أهلا بك',
			hidden: false,
			agreed: true,
		})
		expect(await found(her)).toBe(0)
	})

	test.each([
		['vetted', 'vetted'],
		['paused', 'paused'],
		['waiting', 'waiting'],
		['declined', 'waiting'],
	] as const)('that is %s is %s after she changed it', async (before, after) => {
		const her = await aMember()
		await anOffer(her, { status: before })
		expect(await saveOffer(her, form({ words: '' }))).toEqual({ status: after })
	})

	test('keeps what is not in its form: vetting, training, the organisation, what others had her help with', async () => {
		const her = await aMember()
		const kept = await anOffer(her, { reference: 'Her teacher', helped: ['cv'], lapses: 1 })
		await saveOffer(her, form())
		const { vettedAt, validUntil, trainedAt, offeredAt } = kept
		expect(await rowOf(her)).toMatchObject({
			vettedAt,
			validUntil,
			trainedAt,
			offeredAt,
			reference: 'Her teacher',
			helped: ['cv'],
			lapses: 1,
		})
	})

	test('may go below the women she has: they stay, nobody new comes', async () => {
		const [her, mentee] = [await aMentor(), await aMember()]
		await aMatch(mentee, her)
		await saveOffer(her, form({ capacity: '0' }))
		expect(await readOwnOffer(her)).toMatchObject({ capacity: 0, load: 1 })
		await expect(
			db.execute(sql`update mentor_offers set load = load + 1 where member_id = ${her.id}::uuid`),
		).rejects.toMatchObject({ cause: { code: '23514' } })
	})

	test('never holds more women than it has places, whatever writes it', async () => {
		const her = await aMember()
		const over = await anOffer(her, { capacity: 1, load: 2 }).catch((error) => error)
		expect(over.cause.code).toBe('23514')
		await anOffer(her, { capacity: 1, load: 1 })
		const raised = db.execute(sql`update mentor_offers set load = load + 1`)
		await expect(raised).rejects.toMatchObject({ cause: { code: '23514' } })
	})

	test('with another zone means other hours from then on', async () => {
		const her = await aMember({ hostCountry: 'GR' })
		expect(await ownZone(her)).toBe('Europe/Athens')
		await saveOffer(her, form({ hours: ['90'], zone: 'Europe/Athens' }))
		await saveOffer(her, form({ hours: ['90'], zone: 'Europe/London' }))
		expect(await rowOf(her)).toMatchObject({ hours: [90, 91, 92, 93], zone: 'Europe/London' })
		await db.update(members).set({ zone: 'Asia/Kabul' }).where(eq(members.id, her.id))
		expect(await ownZone(her)).toBe('Asia/Kabul')
	})
})

describe('the mentor’s code', () => {
	test.each([undefined, 'no'])('without agreeing (%j) nothing is saved', async (agree) => {
		const her = await aMember()
		const { code, fields } = await faultsOf(() => saveOffer(her, form({ agree })))
		expect(code).toBe('invalid')
		expect(Object.keys(fields!)).toEqual(['agree'])
		expect(await db.$count(mentorOffers)).toBe(0)
	})

	test('is agreed to once, and again when it says something new', async () => {
		const her = await aMember()
		await saveOffer(her, form())
		await saveOffer(her, form({ agree: undefined, words: 'Hello' }))
		expect(await rowOf(her)).toMatchObject({ codeVersion: '1', words: 'Hello' })
		await db.update(mentorOffers).set({ codeVersion: '0' })
		expect(await readOwnOffer(her)).toMatchObject({ agreed: false })
		expect(await codeOf(() => saveOffer(her, form({ agree: undefined })))).toBe('invalid')
		await saveOffer(her, form())
		expect(await rowOf(her)).toMatchObject({ codeVersion: '1' })
	})
})

describe('where she is from', () => {
	test('is kept only as keyed hashes, which her own page does not hold', async () => {
		const her = await aMember()
		await saveOffer(her, form({ town: 'Θεσσαλονίκη', community: 'SY' }))
		const row = await rowOf(her)
		expect(row.townHash).toBe(townHash('θεσσαλονικη'))
		expect(row.communityHash).toBe(communityHash('SY'))
		const own = JSON.stringify(await readOwnOffer(her))
		expect(own).not.toContain(row.townHash)
		expect(own).not.toContain(row.communityHash)
		expect(JSON.stringify(row)).not.toMatch(/Θεσσαλονίκη|"SY"/)
		expect(JSON.parse(own)).toMatchObject({ townKnown: true, communityKnown: true })
	})

	test.each([
		['left empty stays as it was', {}, true, true],
		['the town is forgotten', { forgetTown: 'yes' }, false, true],
		['the country is forgotten', { forgetCommunity: 'yes' }, true, false],
		['forgetting counts, whatever stands in the field', { town: 'Roma', forgetTown: 'yes' }, false, true],
	])('%s', async (_what, change, townKnown, communityKnown) => {
		const her = await aMember()
		await saveOffer(her, form({ town: 'Roma', community: 'SY' }))
		await saveOffer(her, form(change))
		expect(await readOwnOffer(her)).toMatchObject({ townKnown, communityKnown })
		const row = await rowOf(her)
		expect([row.townHash, row.communityHash]).toEqual([
			townKnown ? townHash('Roma') : null,
			communityKnown ? communityHash('SY') : null,
		])
	})
})

describe('a break', () => {
	test('of her own: nobody new finds her, those with her stay, and she ends it herself', async () => {
		const [her, mentee] = [await aMentor(), await aMember()]
		await aMatch(mentee, her)
		await pauseOffer(her, { intent: 'pause' })
		await pauseOffer(her, { intent: 'pause' })
		expect(await rowOf(her)).toMatchObject({ status: 'paused', pausedBy: 'herself', load: 1 })
		expect(await found(her)).toBe(0)
		expect(await isMentor(her)).toBe(true)
		await pauseOffer(her, { intent: 'resume' })
		await pauseOffer(her, { intent: 'resume' })
		expect(await rowOf(her)).toMatchObject({ status: 'vetted', pausedBy: null })
		expect(await found(her)).toBe(1)
	})

	test('takes the role from a mentor who is with nobody, and gives it back', async () => {
		const her = await aMentor()
		await pauseOffer(her, { intent: 'pause' })
		expect(await isMentor(her)).toBe(false)
		await pauseOffer(her, { intent: 'resume' })
		expect(await isMentor(her)).toBe(true)
		expect(await keepMentorRoles()).toBe(0)
	})

	test('of requests without an answer is hers to end, and counts anew', async () => {
		const her = await aMentor({ status: 'paused', pausedBy: 'lapses', lapses: 2 })
		await pauseOffer(her, { intent: 'resume' })
		expect(await rowOf(her)).toMatchObject({ status: 'vetted', pausedBy: null, lapses: 0 })
	})

	test.each([
		['resume', { status: 'paused', pausedBy: 'coordinator' }, 'conflict'],
		['pause', { status: 'paused', pausedBy: 'coordinator' }, 'conflict'],
		['pause', { status: 'paused', pausedBy: 'lapses' }, 'conflict'],
		['pause', { status: 'waiting' }, 'conflict'],
		['resume', { status: 'waiting' }, 'conflict'],
		['resume', { status: 'declined' }, 'conflict'],
		['erase', { status: 'vetted' }, 'invalid'],
		['pause', null, 'not-found'],
	] as const)('%s of %j: %s', async (intent, offer, code) => {
		const her = await aMember()
		if (offer) await anOffer(her, offer)
		expect(await codeOf(() => pauseOffer(her, { intent }))).toBe(code)
		if (offer) expect(await rowOf(her)).toMatchObject(offer)
	})
})

describe('who can be found', () => {
	test.each([
		['vetted, trained, valid', {}, 1],
		['waiting', { status: 'waiting' }, 0],
		['declined', { status: 'declined' }, 0],
		['paused', { status: 'paused' }, 0],
		['vetted until yesterday', { validUntil: daysFromNow(-1) }, 0],
		['vetted without an end', { validUntil: null }, 0],
		['never trained', { trainedAt: null }, 0],
		['trained 23 months ago', { trainedAt: daysFromNow(-700) }, 1],
		['trained 25 months ago', { trainedAt: daysFromNow(-765) }, 0],
	] as const)('%s', async (_what, offer, count) => {
		const her = await aMember()
		await anOffer(her, offer)
		expect(await found(her)).toBe(count)
	})
})

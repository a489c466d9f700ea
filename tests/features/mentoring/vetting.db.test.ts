import { and, eq, isNull, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { grants } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { notices } from '~/db/schema/ties'
import { canBeFound } from '~/features/mentoring/offers/findable.server'
import { readOwnOffer, saveOffer } from '~/features/mentoring/offers/offers.server'
import { countWaitingOffers, decideOffer, listOffers } from '~/features/mentoring/offers/vetting.server'
import { keepMentorRoles, tellVettingEnds } from '~/features/mentoring/offers/vetting-ends.server'
import type { Actor, Role } from '~/platform/actor'
import { subscribe } from '~/platform/bus.server'
import { aMember, anOrganisation } from '../../factories/members'
import { act, aMatch, aMentor, anOffer, anOfferForm as form } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

const aCoordinator = (organisationId?: string) =>
	aMember({ roles: [{ role: 'coordinator', organisationId }] })

const mentorGrants = (member: { id: string }) =>
	db.$count(grants, and(eq(grants.memberId, member.id), eq(grants.role, 'mentor'), isNull(grants.endedAt)))

const decide = (actor: Actor, member: { id: string }, intent: string, reference = 'Her teacher, for years') =>
	decideOffer(actor, { member: member.id, intent, reference })

const rowOf = async (member: { id: string }) =>
	(await db.select().from(mentorOffers).where(eq(mentorOffers.memberId, member.id)))[0]!

const found = (member: { id: string }) =>
	db.$count(mentorOffers, and(eq(mentorOffers.memberId, member.id), canBeFound))

const told = (member: { id: string }, kind: string) =>
	db.$count(notices, and(eq(notices.memberId, member.id), eq(notices.kind, kind)))

const DAY_MS = 86_400_000
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS)
const daysUntil = (date: Date | null) => Math.round((date!.getTime() - Date.now()) / DAY_MS)

/** Someone who has offered, agreed and been trained, and waits. */
async function aWaitingMentor(fields: Parameters<typeof anOffer>[1] = {}) {
	const her = await aMember()
	await anOffer(her, { status: 'waiting', vettedAt: null, validUntil: null, ...fields })
	return her
}

const changed: string[] = []
subscribe('member:changed', ({ memberId }) => void changed.push(memberId))
const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('approving', () => {
	test('makes her a mentor who is found, for 12 months, on record, and she is told once', async () => {
		const organisation = await anOrganisation()
		const coordinator = await aCoordinator(organisation.id)
		const her = await aWaitingMentor()
		expect(await countWaitingOffers(coordinator)).toBe(1)
		await Promise.all([1, 2, 3].map(() => decide(coordinator, her, 'approve')))
		expect(await mentorGrants(her)).toBe(1)
		expect(await db.$count(grants, eq(grants.memberId, her.id))).toBe(1)
		const row = await rowOf(her)
		expect(row).toMatchObject({
			status: 'vetted',
			vettedBy: coordinator.id,
			organisationId: organisation.id,
			reference: 'Her teacher, for years',
			remindedAt: null,
		})
		expect([364, 365, 366]).toContain(daysUntil(row.validUntil))
		expect(await found(her)).toBe(1)
		expect(await told(her, 'mentoring.vetted')).toBe(1)
		const [audit] = await db.execute<{ n: number }>(
			sql`select count(*)::int as n from audit_log where action = 'mentoring.approve' and member_id = ${her.id}`,
		)
		expect(audit?.n).toBe(1)
		await soon()
		expect(changed.filter((id) => id === her.id)).toHaveLength(1)
	})

	describe('names the organisation that stands behind her', () => {
		const approve = (actor: Actor, member: { id: string }, organisation?: string, intent = 'approve') =>
			decideOffer(actor, { member: member.id, intent, reference: 'Her teacher', organisation })
		const unnamed = { code: 'invalid', fields: { organisation: 'errors:chooseOrganisation' } }

		test('chosen by one who looks after everyone, with every yes', async () => {
			const [one, two] = [await anOrganisation('One'), await anOrganisation('Two')]
			const [everyones, her] = [await aCoordinator(), await aWaitingMentor()]
			const { organisations, offers } = await listOffers(everyones, 'waiting', null)
			expect(organisations).toEqual([
				{ id: one.id, name: 'One' },
				{ id: two.id, name: 'Two' },
			])
			expect(offers[0]).toMatchObject({ organisationId: null })
			for (const wrong of [undefined, '', crypto.randomUUID(), 'One'])
				expect(await faultsOf(() => approve(everyones, her, wrong))).toMatchObject(unnamed)
			expect(await rowOf(her)).toMatchObject({ status: 'waiting', organisationId: null })
			await approve(everyones, her, two.id)
			expect(await rowOf(her)).toMatchObject({ status: 'vetted', organisationId: two.id })
			expect(await faultsOf(() => approve(everyones, her, '', 'renew'))).toMatchObject(unnamed)
			await approve(everyones, her, one.id, 'renew')
			expect((await listOffers(everyones, 'vetted', null)).offers).toMatchObject([
				{ organisation: 'One', organisationId: one.id },
			])
			// A no asks for none, and she stays with the one she has.
			await approve(everyones, her, undefined, 'decline')
			expect(await rowOf(her)).toMatchObject({ status: 'declined', organisationId: one.id })
		})

		test('hers goes without saying, whatever the form sends; of two she chooses between these', async () => {
			const [one, two, other] = [
				await anOrganisation('One'),
				await anOrganisation('Two'),
				await anOrganisation('Other'),
			]
			const [ofOne, first] = [await aCoordinator(one.id), await aWaitingMentor()]
			expect((await listOffers(ofOne, 'waiting', null)).organisations).toEqual([])
			await approve(ofOne, first, other.id)
			expect(await rowOf(first)).toMatchObject({ organisationId: one.id })
			const ofBoth = await aMember({
				roles: [
					{ role: 'coordinator', organisationId: one.id },
					{ role: 'coordinator', organisationId: two.id },
				],
			})
			const second = await aWaitingMentor()
			expect((await listOffers(ofBoth, 'waiting', null)).organisations.map(({ name }) => name)).toEqual([
				'One',
				'Two',
			])
			for (const wrong of ['', other.id])
				expect(await faultsOf(() => approve(ofBoth, second, wrong))).toMatchObject(unnamed)
			await approve(ofBoth, second, two.id)
			expect(await rowOf(second)).toMatchObject({ organisationId: two.id })
			// Whom she says no to she still finds again.
			const third = await aWaitingMentor()
			await decide(ofBoth, third, 'decline', '')
			const { offers } = await listOffers(ofBoth, 'declined', null)
			expect(offers.map(({ memberId }) => memberId)).toEqual([third.id])
		})

		test('is none only where the network has none', async () => {
			const [everyones, her] = [await aCoordinator(), await aWaitingMentor()]
			expect((await listOffers(everyones, 'waiting', null)).organisations).toEqual([])
			await approve(everyones, her)
			expect(await rowOf(her)).toMatchObject({ status: 'vetted', organisationId: null })
		})
	})

	test.each([
		['who is not trained', { trainedAt: null }, 'untrained'],
		['whose training has run out', { trainedAt: daysFromNow(-765) }, 'untrained'],
		['who has not agreed to the code', { codeVersion: null }, 'noCode'],
	])('of someone %s waits', async (_who, offer, reason) => {
		const [coordinator, her] = [await aCoordinator(), await aWaitingMentor(offer)]
		expect(await faultsOf(() => decide(coordinator, her, 'approve'))).toMatchObject({
			code: 'conflict',
			details: { reason },
		})
		expect(await rowOf(her)).toMatchObject({ status: 'waiting', vettedAt: null, validUntil: null })
		expect(await mentorGrants(her)).toBe(0)
		expect(await told(her, 'mentoring.vetted')).toBe(0)
	})

	test.each(['', '   '])('without a word on who speaks for her (%j) is no approval', async (reference) => {
		const [coordinator, her] = [await aCoordinator(), await aWaitingMentor()]
		const { code, fields } = await faultsOf(() => decide(coordinator, her, 'approve', reference))
		expect([code, Object.keys(fields!)]).toEqual(['invalid', ['reference']])
		expect(await rowOf(her)).toMatchObject({ status: 'waiting', reference: '' })
	})
})

describe('renewing', () => {
	test('counts 12 months from today, and she is told of its end anew', async () => {
		const coordinator = await aCoordinator()
		const her = await aMentor({ validUntil: daysFromNow(-3), remindedAt: daysFromNow(-33), reference: 'A' })
		expect(await found(her)).toBe(0)
		await decide(coordinator, her, 'renew', '')
		const row = await rowOf(her)
		expect(row).toMatchObject({ status: 'vetted', remindedAt: null, reference: 'A' })
		expect([364, 365, 366]).toContain(daysUntil(row.validUntil))
		expect(await found(her)).toBe(1)
	})

	test('gives back the role that time has taken', async () => {
		const [coordinator, her] = [await aCoordinator(), await aMentor({ validUntil: daysFromNow(-3) })]
		expect(await keepMentorRoles()).toBe(1)
		expect(await mentorGrants(her)).toBe(0)
		await decide(coordinator, her, 'renew')
		expect(await mentorGrants(her)).toBe(1)
	})

	test('needs a training that holds', async () => {
		const [coordinator, her] = [await aCoordinator(), await aMentor({ trainedAt: daysFromNow(-765) })]
		expect(await faultsOf(() => decide(coordinator, her, 'renew'))).toMatchObject({
			code: 'conflict',
			details: { reason: 'untrained' },
		})
	})
})

describe('taking back', () => {
	test.each([
		['pause', 'paused'],
		['decline', 'declined'],
	])('to %s takes the role and hides her', async (intent, status) => {
		const [coordinator, her] = [await aCoordinator(), await aMentor()]
		await decide(coordinator, her, intent)
		expect(await mentorGrants(her)).toBe(0)
		expect(await readOwnOffer(her)).toMatchObject({ status })
		expect(await found(her)).toBe(0)
		await decide(coordinator, her, 'approve')
		expect(await mentorGrants(her)).toBe(1)
		expect(await found(her)).toBe(1)
	})

	test.each(['pause', 'decline'])('to %s leaves her the role while someone is with her', async (intent) => {
		const [coordinator, her, mentee] = [await aCoordinator(), await aMentor(), await aMember()]
		const match = await aMatch(mentee, her)
		await decide(coordinator, her, intent)
		expect(await mentorGrants(her)).toBe(1)
		expect(await found(her)).toBe(0)
		expect(await keepMentorRoles()).toBe(0)
		await act(mentee, match, 'end')
		expect(await keepMentorRoles()).toBe(1)
		expect(await mentorGrants(her)).toBe(0)
	})

	test('a coordinator can make a break of the mentor’s own one that only she ends', async () => {
		const coordinator = await aCoordinator()
		const her = await aMentor({ status: 'paused', pausedBy: 'herself' })
		expect(await codeOf(() => decide(coordinator, her, 'approve'))).toBe('conflict')
		await decide(coordinator, her, 'pause')
		expect(await rowOf(her)).toMatchObject({ status: 'paused', pausedBy: 'coordinator' })
		await decide(coordinator, her, 'approve')
		expect(await rowOf(her)).toMatchObject({ status: 'vetted', pausedBy: null })
	})
})

describe('who vets', () => {
	test.each<[string, Role[]]>([
		['a member', []],
		['a mentor', ['mentor']],
		['a moderator', ['moderator']],
		['a practitioner', ['practitioner']],
		['a lead', ['lead']],
	])('%s sees none of it', async (_who, roles) => {
		const actor = await aMember({ roles: roles.map((role) => ({ role })) })
		const her = await aWaitingMentor()
		const outcomes = await Promise.all([
			codeOf(() => listOffers(actor, null, null)),
			codeOf(() => countWaitingOffers(actor)),
			...['approve', 'renew', 'decline', 'pause'].map((intent) => codeOf(() => decide(actor, her, intent))),
		])
		expect(outcomes).toEqual(Array(6).fill('not-found'))
		expect(await readOwnOffer(her)).toMatchObject({ status: 'waiting' })
	})

	test('what a coordinator cannot decide', async () => {
		const [coordinator, her] = [await aCoordinator(), await aWaitingMentor()]
		await saveOffer(coordinator, form())
		expect(await codeOf(() => decide(coordinator, coordinator, 'approve'))).toBe('forbidden')
		expect(await codeOf(() => decide(coordinator, { id: 'no id' }, 'approve'))).toBe('not-found')
		expect(await codeOf(() => decide(coordinator, { id: crypto.randomUUID() }, 'approve'))).toBe('not-found')
		expect(await codeOf(() => decide(coordinator, her, 'erase'))).toBe('invalid')
		expect(await codeOf(() => decide(coordinator, her, 'approve', 'a'.repeat(1_501)))).toBe('invalid')
		expect(await faultsOf(() => decide(coordinator, her, 'pause'))).toMatchObject({
			code: 'conflict',
			details: { reason: 'waiting' },
		})
	})

	test('whoever waits is everyone’s to vet; afterwards she is her organisation’s', async () => {
		const [ours, theirs] = [await anOrganisation('Ours'), await anOrganisation('Theirs')]
		const [our, their, all] = await Promise.all([
			aCoordinator(ours.id),
			aCoordinator(theirs.id),
			aCoordinator(),
		])
		const her = await aWaitingMentor()
		for (const coordinator of [our, their, all]) {
			expect((await listOffers(coordinator, 'waiting', null)).offers).toHaveLength(1)
		}
		await decide(our, her, 'approve')
		const seen = async (coordinator: Actor, state: string) =>
			(await listOffers(coordinator, state, null)).offers.map(({ organisation }) => organisation)
		expect(await seen(our, 'vetted')).toEqual(['Ours'])
		expect(await seen(their, 'vetted')).toEqual([])
		expect(await seen(all, 'vetted')).toEqual(['Ours'])
		for (const intent of ['approve', 'renew', 'pause', 'decline']) {
			expect(await codeOf(() => decide(their, her, intent))).toBe('not-found')
		}
		await decideOffer(all, { member: her.id, intent: 'renew', organisation: ours.id })
		expect(await rowOf(her)).toMatchObject({ organisationId: ours.id })
		await decide(our, her, 'decline')
		expect(await seen(our, 'declined')).toEqual(['Ours'])
		expect(await codeOf(() => decide(their, her, 'approve'))).toBe('not-found')
		await saveOffer(her, form())
		expect(await seen(their, 'waiting')).toEqual(['Ours'])
		await decide(their, her, 'approve')
		expect(await rowOf(her)).toMatchObject({ organisationId: theirs.id, status: 'vetted' })
	})

	test('who spoke for her to one organisation is not told to another, which asks for itself', async () => {
		const [ours, theirs] = [await anOrganisation(), await anOrganisation()]
		const [our, their] = await Promise.all([aCoordinator(ours.id), aCoordinator(theirs.id)])
		const her = await aWaitingMentor()
		await decide(our, her, 'approve', 'Sister Anna')
		await decide(our, her, 'decline', '')
		await saveOffer(her, form())
		const shown = async (actor: Actor, state: string) => JSON.stringify(await listOffers(actor, state, null))
		expect(await shown(our, 'waiting')).toContain('Sister Anna')
		expect(await shown(their, 'waiting')).not.toContain('Sister Anna')
		expect(await faultsOf(() => decide(their, her, 'approve', ''))).toMatchObject({
			code: 'invalid',
			fields: { reference: 'errors:reference' },
		})
		await decide(their, her, 'decline', '')
		expect(await shown(their, 'declined')).not.toContain('Sister Anna')
	})

	test('who was not approved is not shown to other organisations', async () => {
		const [ours, theirs] = [await anOrganisation(), await anOrganisation()]
		const [our, their] = await Promise.all([aCoordinator(ours.id), aCoordinator(theirs.id)])
		const her = await aWaitingMentor()
		await decide(our, her, 'decline', '')
		expect((await listOffers(our, 'declined', null)).offers).toHaveLength(1)
		expect((await listOffers(their, 'declined', null)).offers).toEqual([])
	})

	test('reads the offers of a state oldest first, page by page, and never how many women are with whom', async () => {
		const coordinator = await aCoordinator()
		const mentor = await aMentor({ townHash: 'town', communityHash: 'community' })
		await aMatch(await aMember(), mentor)
		const her = await Promise.all(Array.from({ length: 23 }, () => aMember()))
		for (const [at, member] of her.entries()) {
			await anOffer(member, { status: 'waiting', offeredAt: new Date(Date.UTC(2026, 0, 1, 0, 0, 0, at)) })
		}
		const first = await listOffers(coordinator, null, null)
		const second = await listOffers(coordinator, 'waiting', first.next)
		const ids = [...first.offers, ...second.offers].map(({ memberId }) => memberId)
		expect(ids).toEqual(her.map(({ id }) => id))
		expect(second.next).toBeNull()
		const vetted = await listOffers(coordinator, 'vetted', null)
		expect(vetted.offers).toHaveLength(1)
		for (const secret of ['load', 'townHash', 'communityHash', 'lapses'])
			expect(Object.keys(vetted.offers[0]!)).not.toContain(secret)
		expect(vetted.offers[0]).toMatchObject({ trained: true, agreed: true, expired: false })
		expect(vetted.offers[0]?.decisions).toEqual(['renew', 'pause', 'decline'])
	})
})

describe('the end of a vetting', () => {
	test('is told thirty days before, once, however often and by however many it is looked at', async () => {
		const mentors = await Promise.all(
			Array.from({ length: 7 }, () => aMentor({ validUntil: daysFromNow(20) })),
		)
		const later = await aMentor({ validUntil: daysFromNow(40) })
		const counts = await Promise.all([tellVettingEnds(), tellVettingEnds(), tellVettingEnds()])
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(7)
		expect(await tellVettingEnds()).toBe(0)
		for (const her of mentors) expect(await told(her, 'mentoring.vettingEnds')).toBe(1)
		expect(await told(later, 'mentoring.vettingEnds')).toBe(0)
		const [notice] = await db.select().from(notices).where(eq(notices.memberId, mentors[0]!.id))
		expect(notice).toMatchObject({ times: 1, subjectId: mentors[0]!.id })
	})

	test('is told late rather than never, and again a year later', async () => {
		const [coordinator, her] = [await aCoordinator(), await aMentor({ validUntil: daysFromNow(-2) })]
		expect(await tellVettingEnds()).toBe(1)
		await decide(coordinator, her, 'renew')
		expect(await tellVettingEnds()).toBe(0)
		await db.update(mentorOffers).set({ validUntil: daysFromNow(29) })
		expect(await tellVettingEnds()).toBe(1)
	})

	test.each(['waiting', 'declined', 'paused'] as const)(
		'is nothing to tell of one that is %s',
		async (status) => {
			await anOffer(await aMember(), { status, validUntil: daysFromNow(5) })
			expect(await tellVettingEnds()).toBe(0)
		},
	)

	test('in the middle of a match: that goes on with the role, and nobody new finds her', async () => {
		const [her, mentee] = [await aMentor(), await aMember()]
		const match = await aMatch(mentee, her)
		await db.update(mentorOffers).set({ validUntil: daysFromNow(-1) })
		expect(await found(her)).toBe(0)
		expect(await keepMentorRoles()).toBe(0)
		expect(await mentorGrants(her)).toBe(1)
		expect(await rowOf(her)).toMatchObject({ status: 'vetted', load: 1 })
		await act(mentee, match, 'end')
		const counts = await Promise.all([keepMentorRoles(), keepMentorRoles()])
		expect(counts.toSorted()).toEqual([0, 1])
		expect(await mentorGrants(her)).toBe(0)
	})

	test('does not touch whoever is a mentor by a role given by hand, and waits', async () => {
		const her = await aMember({ roles: [{ role: 'mentor' }] })
		await anOffer(her, { status: 'waiting' })
		expect(await keepMentorRoles()).toBe(0)
		expect(await mentorGrants(her)).toBe(1)
	})
})

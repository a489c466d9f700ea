import { and, eq, isNull, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { grants } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { listMentors } from '~/features/mentoring/mentors.server'
import { readOwnOffer, saveOffer } from '~/features/mentoring/offers.server'
import { countWaitingOffers, decideOffer, listOffers } from '~/features/mentoring/vetting.server'
import type { Actor, Role } from '~/platform/actor'
import { subscribe } from '~/platform/bus.server'
import { aMember, anOrganisation } from '../../factories/members'
import { aMatch, aMentor, anOffer } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

const form = (change: Record<string, unknown> = {}) => ({
	language1: 'ar',
	level1: 'well',
	needs: ['work', 'papers'],
	words: 'أهلا بك',
	language: 'ar',
	capacity: '2',
	...change,
})

const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })

const mentorGrants = (member: Actor) =>
	db.$count(grants, and(eq(grants.memberId, member.id), eq(grants.role, 'mentor'), isNull(grants.endedAt)))

const decide = (actor: Actor, member: { id: string }, intent: string) =>
	decideOffer(actor, { member: member.id, intent })

const changed: string[] = []
subscribe('member:changed', ({ memberId }) => void changed.push(memberId))
const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('an offer', () => {
	test('waits for a coordinator, with her words in their language and direction', async () => {
		const her = await aMember()
		await Promise.all([saveOffer(her, form()), saveOffer(her, form()), saveOffer(her, form())])
		expect(await db.$count(mentorOffers)).toBe(1)
		const [row] = await db.select().from(mentorOffers)
		expect(row).toMatchObject({ status: 'waiting', languageTags: ['ar'], wordsDir: 'rtl', load: 0 })
		expect(await readOwnOffer(her)).toMatchObject({
			languages: { ar: 'well' },
			words: 'أهلا بك',
			hidden: false,
		})
		expect(
			(await listMentors(await aMember(), 'en', { language: 'all', need: null, after: null })).mentors,
		).toEqual([])
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

	test('may go below the women she has: they stay, nobody new comes', async () => {
		const [her, mentee] = [await aMentor(), await aMember()]
		await aMatch(mentee, her)
		await saveOffer(her, form({ capacity: '0' }))
		expect(await readOwnOffer(her)).toMatchObject({ capacity: 0, load: 1 })
		expect(
			(await listMentors(await aMember(), 'en', { language: 'all', need: null, after: null })).mentors,
		).toEqual([])
	})

	test('never holds more women than it has places, whatever writes it', async () => {
		const her = await aMember()
		const over = await db
			.execute(sql`select 1`)
			.then(() => anOffer(her, { capacity: 1, load: 2 }))
			.catch((e) => e)
		expect(over.cause.code).toBe('23514')
		await anOffer(her, { capacity: 1, load: 1 })
		const raised = db.execute(sql`update mentor_offers set load = load + 1`)
		await expect(raised).rejects.toMatchObject({ cause: { code: '23514' } })
	})
})

describe('vetting', () => {
	test('approving makes her a mentor who is found, on record, and open connections hear of it', async () => {
		const organisation = await anOrganisation()
		const coordinator = await aMember({ roles: [{ role: 'coordinator', organisationId: organisation.id }] })
		const her = await aMember()
		await saveOffer(her, form())
		expect(await countWaitingOffers(coordinator)).toBe(1)
		await Promise.all([1, 2, 3].map(() => decide(coordinator, her, 'approve')))
		expect(await mentorGrants(her)).toBe(1)
		expect(await db.$count(grants, eq(grants.memberId, her.id))).toBe(1)
		const [row] = await db.select().from(mentorOffers)
		expect(row).toMatchObject({ status: 'vetted', vettedBy: coordinator.id, organisationId: organisation.id })
		const found = await listMentors(await aMember({ speaks: ['ar'] }), 'en', {
			language: null,
			need: null,
			after: null,
		})
		expect(found.mentors.map(({ id }) => id)).toEqual([her.id])
		const [audit] = await db.execute<{ n: number }>(
			sql`select count(*)::int as n from audit_log where action = 'mentoring.approve' and member_id = ${her.id}`,
		)
		expect(audit?.n).toBe(1)
		await soon()
		expect(changed.filter((id) => id === her.id)).toHaveLength(1)
	})

	test.each([
		['pause', 'paused'],
		['decline', 'declined'],
	])('to %s takes the role and hides her', async (intent, status) => {
		const [coordinator, her] = [await aCoordinator(), await aMentor()]
		await decide(coordinator, her, intent)
		expect(await mentorGrants(her)).toBe(0)
		expect(await readOwnOffer(her)).toMatchObject({ status })
		const found = await listMentors(await aMember(), 'en', { language: 'all', need: null, after: null })
		expect(found.mentors).toEqual([])
		await decide(coordinator, her, 'approve')
		expect(await mentorGrants(her)).toBe(1)
	})

	test.each<[string, Role[]]>([
		['a member', []],
		['a mentor', ['mentor']],
		['a moderator', ['moderator']],
		['a practitioner', ['practitioner']],
		['a lead', ['lead']],
	])('%s sees none of it', async (_who, roles) => {
		const actor = await aMember({ roles: roles.map((role) => ({ role })) })
		const her = await aMember()
		await saveOffer(her, form())
		const outcomes = await Promise.all([
			codeOf(() => listOffers(actor, null, null)),
			codeOf(() => countWaitingOffers(actor)),
			...['approve', 'decline', 'pause'].map((intent) => codeOf(() => decide(actor, her, intent))),
		])
		expect(outcomes).toEqual(Array(5).fill('not-found'))
		expect(await readOwnOffer(her)).toMatchObject({ status: 'waiting' })
	})

	test('what a coordinator cannot decide', async () => {
		const [coordinator, her] = [await aCoordinator(), await aMember()]
		await saveOffer(her, form())
		await saveOffer(coordinator, form())
		expect(await codeOf(() => decide(coordinator, coordinator, 'approve'))).toBe('forbidden')
		expect(await codeOf(() => decide(coordinator, { id: 'no id' }, 'approve'))).toBe('not-found')
		expect(await codeOf(() => decide(coordinator, { id: crypto.randomUUID() }, 'approve'))).toBe('not-found')
		expect(await codeOf(() => decide(coordinator, her, 'erase'))).toBe('invalid')
		expect(await faultsOf(() => decide(coordinator, her, 'pause'))).toMatchObject({
			code: 'conflict',
			details: { reason: 'waiting' },
		})
	})

	test('a coordinator reads the offers of a state oldest first, page by page, and never how many women are with whom', async () => {
		const coordinator = await aCoordinator()
		const mentor = await aMentor()
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
		expect(Object.keys(vetted.offers[0]!)).not.toContain('load')
		expect(vetted.offers[0]?.decisions).toEqual(['decline', 'pause'])
	})
})

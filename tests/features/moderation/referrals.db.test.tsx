import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { referrals } from '~/db/schema/measures'
import { auditLog } from '~/db/schema/members'
import { cases } from '~/db/schema/moderation'
import { notices, organisationMembers } from '~/db/schema/ties'
import { measureBelongings } from '~/features/moderation/measures/belongings.server'
import {
	answerReferral,
	listMyReferrals,
	withdrawReferral,
} from '~/features/moderation/referrals/answering.server'
import { MyReferrals } from '~/features/moderation/referrals/components/my-referrals'
import { Offering } from '~/features/moderation/referrals/components/offering'
import { ReceivedPage } from '~/features/moderation/referrals/components/received'
import { offerReferral, readOffering } from '~/features/moderation/referrals/offering.server'
import {
	closeReferral,
	countReceived,
	listReceived,
	takeReferral,
} from '~/features/moderation/referrals/receiving.server'
import { REFERRAL_STATES } from '~/features/moderation/referrals/referrals.words'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { hold, untilSomeoneWaits } from '../../factories/locks'
import { aMember, anOrganisation } from '../../factories/members'
import { aModerator, aReport, aReportedPost } from '../../factories/moderation'
import { codeOf, faultsOf } from '../../factories/outcomes'

/** A centre with a practitioner, and a case whose reporter is afraid. */
async function anOffer(reason: 'danger' | 'frightens' | 'rude' = 'frightens') {
	const centre = await anOrganisation('Casa')
	const practitioner = await aMember({ roles: [{ role: 'practitioner', organisationId: centre.id }] })
	const made = await aReportedPost({ reason, words: 'He waits outside' })
	const moderator = await aModerator()
	const offer = (change: Record<string, unknown> = {}) =>
		offerReferral(moderator, { case: made.caseId, organisation: centre.id, words: 'They know', ...change })
	return { ...made, centre, practitioner, moderator, offer }
}

/** The same, offered and agreed. */
async function anAgreed() {
	const made = await anOffer()
	await made.offer()
	const [mine] = await listMyReferrals(made.reporter, 'en')
	const answer = (how: Record<string, unknown>) =>
		answerReferral(made.reporter, { referral: mine!.id, words: '', ...how })
	await answer({ answer: 'yes', words: 'Call me at work' })
	return { ...made, id: mine!.id, answer }
}

const stateOf = async (id: string) =>
	(await db.select({ state: referrals.state }).from(referrals).where(eq(referrals.id, id)))[0]!.state
const rows = () => db.select().from(referrals)

describe('an offer', () => {
	test('goes to each who reported danger or fear, and tells the moderator only counts', async () => {
		const { caseId, post, reporter, centre, moderator, offer } = await anOffer()
		const { reporter: second } = await aReport({ id: post.id, reason: 'danger' })
		const { reporter: third } = await aReport({ id: post.id, reason: 'rude' })
		await offer()
		await offer()
		expect(new Set((await rows()).map(({ memberId }) => memberId))).toEqual(new Set([reporter.id, second.id]))
		expect(await listMyReferrals(third, 'en')).toEqual([])
		expect(await listMyReferrals(reporter, 'en')).toMatchObject([
			{ organisation: 'Casa', country: 'IT', kind: 'centre', offerWords: 'They know', state: 'offered' },
		])
		const shown = await readOffering(moderator, caseId)
		expect(shown).toMatchObject({ counts: { offered: 2, agreed: 0, declined: 0 }, mayOffer: true })
		expect(JSON.stringify(shown)).not.toContain(reporter.id)
		expect(JSON.stringify(shown)).not.toContain(reporter.handle)
		expect(shown!.choices).toMatchObject([{ id: centre.id }])
		const told = await db.select().from(notices).where(eq(notices.kind, 'referral.offered'))
		expect(told.map(({ memberId }) => memberId).sort()).toEqual([reporter.id, second.id].sort())
		const record = await db
			.select()
			.from(auditLog)
			.where(and(eq(auditLog.action, 'moderation.referral-offered'), eq(auditLog.subjectId, caseId)))
			.orderBy(auditLog.seq)
		expect(record).toMatchObject([{ subjectId: caseId, memberId: null, actorId: moderator.id }])
	})

	test('is none where nobody reported danger or fear', async () => {
		const { caseId, moderator, offer } = await anOffer('rude')
		expect(await readOffering(moderator, caseId)).toBeNull()
		expect(await codeOf(offer)).toBe('conflict')
	})

	test.each([
		['one that nobody works for', async () => (await anOrganisation('Empty')).id],
		['one that is not there', async () => randomUUID()],
		['nothing', async () => ''],
	])('of %s is refused', async (_what, organisation) => {
		const { offer } = await anOffer()
		const id = await organisation()
		expect(await faultsOf(() => offer({ organisation: id }))).toMatchObject({
			code: 'invalid',
			fields: { organisation: 'errors:choose' },
		})
		expect(await rows()).toEqual([])
	})

	test('is refused once the case is decided, also in the same moment', async () => {
		const { caseId, offer } = await anOffer()
		const decision = await hold((tx) =>
			tx
				.update(cases)
				.set({ status: 'decided', decision: 'dismissed', decidedAt: new Date() })
				.where(eq(cases.id, caseId)),
		)
		const offered = codeOf(offer)
		await untilSomeoneWaits()
		await decision.end()
		expect(await offered).toBe('conflict')
		expect(await codeOf(offer)).toBe('conflict')
		expect(await rows()).toEqual([])
	})

	test('never goes where the reported woman belongs', async () => {
		const { post, caseId, centre, moderator, offer } = await anOffer()
		await db.insert(organisationMembers).values({ organisationId: centre.id, memberId: post.author.id })
		expect((await readOffering(moderator, caseId))!.choices).toEqual([])
		expect(await codeOf(offer)).toBe('invalid')
	})

	test.each([
		['a member', () => aMember(), 'not-found'],
		['a moderator of another space', () => aModerator(randomUUID()), 'not-found'],
	])('by %s is %s', async (_who, who, code) => {
		const { caseId, centre } = await anOffer()
		const actor = await who()
		const asked = { case: caseId, organisation: centre.id }
		expect(await codeOf(() => offerReferral(actor, asked))).toBe(code)
	})
})

describe('her answer', () => {
	test('until her yes nobody there hears of her; then of her name and her words alone', async () => {
		const { reporter, practitioner, post, moderator, offer } = await anOffer()
		await offer()
		expect(await listReceived(practitioner)).toEqual([])
		const [mine] = await listMyReferrals(reporter, 'en')
		await answerReferral(reporter, { referral: mine!.id, answer: 'yes', words: 'Call me at work' })
		const received = await listReceived(practitioner)
		expect(received).toMatchObject([{ handle: reporter.handle, words: 'Call me at work', state: 'agreed' }])
		const bytes = JSON.stringify(received)
		for (const secret of ['He waits outside', 'They know', moderator.id, post.id, post.author.id])
			expect(bytes).not.toContain(secret)
		expect(await countReceived(practitioner)).toBe(1)
		expect(await countReceived(await aMember())).toBeNull()
	})

	test.each([
		['no, then yes', { answer: 'no' }, { answer: 'yes' }, 'conflict', 'declined'],
		['yes, then no', { answer: 'yes' }, { answer: 'no' }, 'conflict', 'agreed'],
		['yes twice', { answer: 'yes' }, { answer: 'yes' }, 'ok', 'agreed'],
		['no twice', { answer: 'no' }, { answer: 'no' }, 'ok', 'declined'],
	])('%s', async (_what, first, second, code, state) => {
		const { reporter, offer } = await anOffer()
		await offer()
		const [mine] = await listMyReferrals(reporter, 'en')
		const say = (how: object) => answerReferral(reporter, { referral: mine!.id, words: '', ...how })
		await say(first)
		expect(await codeOf(() => say(second))).toBe(code)
		expect(await stateOf(mine!.id)).toBe(state)
	})

	test.each(['agreed', 'taken', 'closed'] as const)(
		'can be taken back when it is %s: they see nothing more, and her words are gone',
		async (state) => {
			const { id, reporter, practitioner } = await anAgreed()
			if (state !== 'agreed') await takeReferral(practitioner, { referral: id })
			if (state === 'closed') await closeReferral(practitioner, { referral: id })
			await withdrawReferral(reporter, { referral: id })
			await withdrawReferral(reporter, { referral: id })
			expect(await listReceived(practitioner)).toEqual([])
			expect(await rows()).toMatchObject([{ state: 'withdrawn', herWords: '' }])
			expect(await codeOf(() => takeReferral(practitioner, { referral: id }))).toBe('not-found')
		},
	)

	test('is hers alone', async () => {
		const { id } = await anAgreed()
		const other = await aMember()
		expect(await codeOf(() => answerReferral(other, { referral: id, answer: 'no' }))).toBe('not-found')
		expect(await codeOf(() => withdrawReferral(other, { referral: id }))).toBe('not-found')
		const missing = await codeOf(() => withdrawReferral(other, { referral: randomUUID() }))
		expect(missing).toBe('not-found')
	})

	test('stands in her copy, without who offered it', async () => {
		const { reporter, moderator } = await anAgreed()
		const copy = JSON.stringify(await measureBelongings.collect(db, reporter.id))
		expect(copy).toContain('Call me at work')
		expect(copy).not.toContain(moderator.id)
	})
})

describe('at the centre', () => {
	test('one of two takes it, she is told, and it is closed in the end; all of it on record', async () => {
		const { id, centre, practitioner, reporter } = await anAgreed()
		const lead = await aMember({ roles: [{ role: 'lead', organisationId: centre.id }] })
		const taken = await Promise.all(
			[practitioner, lead].map((actor) => codeOf(() => takeReferral(actor, { referral: id }))),
		)
		expect(taken.sort()).toEqual(['conflict', 'ok'])
		expect(await db.$count(notices, eq(notices.kind, 'referral.taken'))).toBe(1)
		await closeReferral(lead, { referral: id })
		expect(await listReceived(practitioner)).toEqual([])
		expect(await codeOf(() => closeReferral(lead, { referral: id }))).toBe('not-found')
		const record = await db.select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.seq)
		expect(record.map(({ action }) => action).sort()).toEqual([
			'referral.agreed',
			'referral.closed',
			'referral.taken',
		])
		expect(new Set(record.map(({ memberId }) => memberId))).toEqual(new Set([reporter.id]))
	})

	const others: [string, (made: Awaited<ReturnType<typeof anAgreed>>) => Promise<Actor>][] = [
		['a member', () => aMember()],
		['a moderator', () => aModerator()],
		['a coordinator', () => aMember({ roles: [{ role: 'coordinator' }] })],
	]
	test.each(others)('%s has no such page', async (_who, who) => {
		const made = await anAgreed()
		const actor = await who(made)
		expect(await codeOf(async () => listReceived(actor))).toBe('not-found')
		expect(await codeOf(() => takeReferral(actor, { referral: made.id }))).toBe('not-found')
	})

	test('another centre, and one with whom she has a block, see nothing', async () => {
		const { id, practitioner, reporter } = await anAgreed()
		const other = await anOrganisation('Other')
		const elsewhere = await aMember({ roles: [{ role: 'practitioner', organisationId: other.id }] })
		for (const actor of [elsewhere, { ...practitioner, blocked: [reporter.id] }]) {
			expect(await listReceived(actor)).toEqual([])
			expect(await codeOf(() => takeReferral(actor, { referral: id }))).toBe('not-found')
		}
	})
})

describe('pages', () => {
	const page = (language: string, element: React.ReactElement) => {
		const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(language)}>{element}</I18nextProvider>)
		expect(html).not.toMatch(/referrals:|common:|errors:|moderation:/)
		return html
	}

	test.each(UI_LOCALES)('say it in %s, with the way to help first', (language) => {
		const kinds = ['centre', 'job-service', 'association'] as const
		const mine = REFERRAL_STATES.map((state, at) => ({
			...{ id: randomUUID(), organisation: 'Casa', about: null, country: 'IT', kind: kinds[at % 3]! },
			...{ offerWords: 'x', offeredAt: new Date(), state, herWords: 'y' },
		}))
		const html = page(language, <MyReferrals referrals={mine} />)
		expect(html.indexOf('/help')).toBeLessThan(html.indexOf('Casa'))
		expect(html.match(/value="withdraw"/g)).toHaveLength(3)
		const choices = kinds.map((kind) => ({ id: kind, name: 'Casa', country: 'ES', kind }))
		const counts = { offered: 1, agreed: 0, declined: 2 }
		expect(page(language, <Offering offering={{ choices, counts, mayOffer: true }} />)).toContain('/help')
		const received = (['agreed', 'taken'] as const).map((state) => ({
			...{ id: state, handle: 'Olena', organisation: 'Casa', words: '', state, answeredAt: new Date() },
		}))
		page(language, <ReceivedPage received={received} coordinates={false} />)
	})
})

import { and, eq, isNotNull } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog, members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { actorOfToken, openSession } from '~/features/members/session.server'
import { readCase } from '~/features/moderation/cases.server'
import { CasePage } from '~/features/moderation/components/case-page'
import { MyDecisions } from '~/features/moderation/components/my-decisions'
import { Queue } from '~/features/moderation/components/queue'
import { decide, undo } from '~/features/moderation/decisions.server'
import { listCases } from '~/features/moderation/queue.server'
import { report } from '~/features/moderation/reports.server'
import { appeal, countUnseenStatements, listMyStatements } from '~/features/moderation/statements.server'
import { restorePerson, suspendPerson } from '~/features/moderation/suspension.server'
import type { Actor } from '~/platform/actor'
import { i18nFor } from '~/platform/i18n/i18n.server'
import * as people from '~/routes/coordination/people'
import { subjects } from '~/routes/subjects.server'
import { heardOf } from '../../factories/events'
import { aMember, aMemberWithToken } from '../../factories/members'
import { aModerator } from '../../factories/moderation'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { resultOf, send } from '../../factories/requests'

const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })
const statusOf = async (id: string) =>
	(await db.select({ status: members.status }).from(members).where(eq(members.id, id)))[0]?.status
const mine = async (actor: Actor) => (await listMyStatements(actor, null)).statements
const page = (language: string, element: React.ReactElement) => {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(language)}>{element}</I18nextProvider>)
	expect(html).not.toMatch(/moderation:|common:|errors:/)
	return html
}
const hers = async (actor: Actor, language: string) => {
	const { statements: rows } = await listMyStatements(actor, null)
	return page(
		language,
		<MyDecisions statements={rows} olderStatements={null} reports={[]} olderReports={null} />,
	)
}

/** Olena, suspended by a coordinator for a rule and signed in again. */
async function aSuspended(how: Record<string, unknown> = { rule: 'insult', words: 'Twice in a week' }) {
	const coordinator = await aCoordinator()
	const { id } = await aMember({ handle: 'Olena' })
	await suspendPerson(coordinator, { member: id, ...how })
	const token = await openSession(db, { memberId: id, device: 'own', kind: 'phone' })
	const olena = (await actorOfToken(token))!
	return { coordinator, olena }
}

/** Olena's appeal, waiting for a moderator. */
async function anAppeal() {
	const { coordinator, olena } = await aSuspended()
	const [statement] = await mine(olena)
	await appeal(olena, { statement: statement!.id, words: 'It was not me' })
	const [asked] = await db.select({ id: cases.id }).from(cases).where(isNotNull(cases.statementId))
	return { coordinator, olena, appealed: asked!.id }
}

describe('a suspension', () => {
	test('comes with its statement of reasons: new, with the rule, the words and a way to object', async () => {
		const { olena } = await aSuspended()
		expect(olena.status).toBe('suspended')
		expect(await mine(olena)).toMatchObject([
			{ kind: 'member', rule: 'insult', words: 'Twice in a week', unseen: true, mayAppeal: true },
		])
		expect(await countUnseenStatements(olena)).toBe(1)
	})

	test.each([
		['en', 'Your account is paused.', 'Be respectful.'],
		['bg', 'Акаунтът ти е на пауза.', ''],
		['ar', 'حسابك موقوف مؤقتًا.', ''],
	])('is read in her language: %s', async (language, told, rule) => {
		const { olena } = await aSuspended()
		const html = await hers(olena, language)
		expect(html).toContain(told)
		expect(html).toContain(i18nFor(language).t('moderation:rule.insult'))
		expect(html).toContain(rule)
		expect(html).not.toContain('<blockquote')
	})

	test.each([
		['no rule', {}, { rule: 'errors:choose' }],
		['an unknown rule', { rule: 'boredom' }, { rule: 'errors:choose' }],
		['another rule, and no word which', { rule: 'other-rule' }, { words: 'errors:empty' }],
		['a NUL', { rule: 'insult', words: 'a\u0000b' }, { words: 'errors:strange' }],
	])('with %s is refused, and she stays', async (_what, how, fields) => {
		const olena = await aMember()
		const refused = await faultsOf(async () =>
			suspendPerson(await aCoordinator(), { member: olena.id, ...how }),
		)
		expect(refused).toMatchObject({ code: 'invalid', fields })
		expect(await statusOf(olena.id)).toBe('active')
		expect(await db.$count(statements)).toBe(0)
	})

	// SAFETY M4: no action without a row.
	test('without a statement is none: neither half stays when the other fails', async () => {
		const olena = await aMember()
		const gone = { ...(await aCoordinator()), id: crypto.randomUUID() }
		await expect(suspendPerson(gone, { member: olena.id, rule: 'insult' })).rejects.toThrow()
		expect(await statusOf(olena.id)).toBe('active')
		expect(await db.$count(statements)).toBe(0)
	})

	test('asked for twice at once is one, with one statement', async () => {
		const [coordinator, olena] = [await aCoordinator(), await aMember()]
		const asked = { member: olena.id, rule: 'money' }
		await Promise.all([suspendPerson(coordinator, asked), suspendPerson(coordinator, asked)])
		expect(await mine(olena)).toHaveLength(1)
		const record = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.memberId, olena.id))
			.orderBy(auditLog.seq)
		expect(record).toMatchObject([{ action: 'member.suspended', actorId: coordinator.id }])
	})

	test('is made on the people page, where a rule must be chosen', async () => {
		const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const olena = await aMember()
		const form = { intent: 'suspend', member: olena.id, words: 'Twice' }
		const incomplete = await send(people.action, '/coordination/people', form, { token })
		expect(incomplete.status).toBe(422)
		expect(resultOf(incomplete)).toMatchObject({ fields: { rule: 'errors:choose' }, values: form })
		const done = await send(people.action, '/coordination/people', { ...form, rule: 'insult' }, { token })
		expect(done).toMatchObject({ status: 303, to: `/coordination/people?member=${olena.id}#person` })
		expect(await statusOf(olena.id)).toBe('suspended')
	})

	test('cannot be reported, taken back as a moderator’s own, or seen by her in the queue', async () => {
		const { olena, coordinator } = await aSuspended()
		const [decided] = await db.select({ id: cases.id }).from(cases)
		const asModerator = (actor: Actor) => ({
			...actor,
			grants: [{ role: 'moderator' as const, organisationId: null, spaceId: null, languages: null }],
		})
		const named = { kind: 'member', id: olena.id, reason: 'rude' }
		expect(await codeOf(async () => report({ subjects })(await aMember(), named))).toBe('not-found')
		expect(await codeOf(() => undo({ subjects })(asModerator(coordinator), { case: decided!.id }))).toBe(
			'conflict',
		)
		expect(await readCase(subjects, asModerator(coordinator), decided!.id)).toMatchObject({ undoMinutes: 0 })
		const herself = asModerator({ ...olena, status: 'active' })
		expect((await listCases(herself, 'decided', null)).cases).toEqual([])
	})
})

describe('her appeal', () => {
	test('waits for a moderator who did not decide, who reads what it is about', async () => {
		const { appealed } = await anAppeal()
		const moderator = await aModerator()
		const queue = await listCases(moderator, 'open', null)
		expect(queue.cases).toMatchObject([{ id: appealed, appeal: true, kind: 'member' }])
		const shown = await readCase(subjects, moderator, appealed)
		const html = page('en', <CasePage languages={[]} shown={shown} opened={null} />)
		for (const words of [
			'A member’s account',
			'Olena',
			'It was not me',
			'Twice in a week',
			'The account opens again',
		])
			expect(html).toContain(words)
		for (const wrong of ['Around it', 'Why it was reported', 'Show it again', 'no longer here'])
			expect(html).not.toContain(wrong)
		const decided = await listCases(moderator, 'decided', null)
		expect(page('en', <Queue {...decided} />)).toContain('Account paused')
	})

	test('is not answered by who suspended her', async () => {
		const { coordinator, appealed } = await anAppeal()
		const both = {
			...coordinator,
			grants: [{ role: 'moderator' as const, organisationId: null, spaceId: null, languages: null }],
		}
		const answer = () => decide({ subjects })(both, { case: appealed, decision: 'restore' })
		expect(await codeOf(answer)).toBe('forbidden')
	})

	test('that is upheld opens the account again', async () => {
		const { olena, appealed } = await anAppeal()
		const heard = heardOf('member:changed')
		await decide({ subjects })(await aModerator(), { case: appealed, decision: 'restore', words: 'Sorry' })
		expect((await heard()).map(({ memberId }) => memberId)).toEqual([olena.id])
		expect(await statusOf(olena.id)).toBe('active')
		expect(await hers(olena, 'en')).toContain('Your account is open again.')
		expect(await mine(olena)).toMatchObject([
			{ outcome: 'restored', reviewWords: 'Sorry', undoneAt: expect.any(Date), mayAppeal: false },
		])
	})

	test('that is refused leaves it paused, and says so', async () => {
		const { olena, appealed } = await anAppeal()
		await decide({ subjects })(await aModerator(), { case: appealed, decision: 'uphold' })
		expect(await statusOf(olena.id)).toBe('suspended')
		expect(await hers(olena, 'en')).toContain('Your account stays paused.')
	})
})

describe('letting her in again', () => {
	test('ends the statement, as something new to read', async () => {
		const { coordinator, olena } = await aSuspended()
		await restorePerson(coordinator, { member: olena.id })
		expect(await statusOf(olena.id)).toBe('active')
		expect(await mine(olena)).toMatchObject([
			{ undoneAt: expect.any(Date), unseen: true, mayAppeal: false, outcome: null },
		])
		expect(await hers(olena, 'en')).toContain('Your account is open again.')
	})

	test.each([
		['who suspended her', true],
		['another coordinator', false],
	])('by %s closes an appeal that still waits', async (_who, same) => {
		const { coordinator, olena, appealed } = await anAppeal()
		await restorePerson(same ? coordinator : await aCoordinator(), { member: olena.id })
		const [closed] = await db
			.select()
			.from(cases)
			.where(and(eq(cases.id, appealed), eq(cases.status, 'decided')))
		expect(closed).toMatchObject({ decision: 'restored' })
		expect(closed!.decidedBy === null).toBe(same)
		expect((await listCases(await aModerator(), 'open', null)).cases).toEqual([])
		expect(await hers(olena, 'en')).toContain('It was looked at again.')
	})

	test('and suspending her again is a decision of its own', async () => {
		const { coordinator, olena } = await aSuspended()
		await restorePerson(coordinator, { member: olena.id })
		await suspendPerson(coordinator, { member: olena.id, rule: 'threat' })
		expect(await mine(olena)).toMatchObject([
			{ rule: 'threat', mayAppeal: true },
			{ rule: 'insult', mayAppeal: false },
		])
	})
})

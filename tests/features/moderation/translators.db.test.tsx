import { desc, eq, sql } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { caseLooks, caseTranslations } from '~/db/schema/casework'
import { auditLog, members } from '~/db/schema/members'
import { cases, evidence, reports } from '~/db/schema/moderation'
import { blocks, organisationMembers } from '~/db/schema/ties'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { askTranslation } from '~/features/moderation/translators/asking.server'
import { TranslationWork } from '~/features/moderation/translators/components/translation-work'
import { TranslatorsPage } from '~/features/moderation/translators/components/translators-page'
import {
	endTranslator,
	listTranslators,
	nameTranslator,
} from '~/features/moderation/translators/naming.server'
import { translatorLanguages } from '~/features/moderation/translators/reading.server'
import {
	giveWishBack,
	promise,
	readTranslationWork,
	sendTranslation,
	takeWish,
	translates,
} from '~/features/moderation/translators/translating.server'
import { TAKEN_HOURS } from '~/features/moderation/translators/translators.words'
import type { Actor } from '~/platform/actor'
import { i18nFor } from '~/platform/i18n/i18n.server'
import * as onTranslators from '~/routes/coordination/translators'
import * as onTranslations from '~/routes/moderation/translations'
import { subjects } from '~/routes/subjects.server'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { aModerator, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })

const name = async (actor: Actor, languages = ['ar', 'it']) =>
	nameTranslator(await aCoordinator(), { handle: actor.handle, languages })

/** A member who was named for these languages and has promised. */
async function aTranslator(languages?: string[]) {
	const actor = await aMember()
	await name(actor, languages)
	await promise(actor, { promise: 'yes' })
	return actor
}

/** A reported message in Arabic, asked for in Italian. */
async function aWish({ open: inTheOpen = false } = {}) {
	const made = inTheOpen ? await aReportedPost({ body: 'كلام' }) : await aReportedMessage('رمز الباب 4711')
	await db.update(evidence).set({ lang: 'ar' })
	const [kept] = await db.select().from(evidence).where(eq(evidence.caseId, made.caseId))
	const moderator = await aModerator()
	await askTranslation(moderator, { case: made.caseId, evidence: kept!.id, language: 'it' })
	const [row] = await db.select().from(caseTranslations).where(eq(caseTranslations.evidenceId, kept!.id))
	const [found] = await db.select().from(cases).where(eq(cases.id, made.caseId))
	return { id: row!.id, moderator, evidenceId: kept!.id, authorId: found!.authorId!, ...made }
}

const offeredTo = async (actor: Actor) => (await readTranslationWork(actor)).wishes.map(({ id }) => id)

describe('naming translators', () => {
	test.each([
		['a member', () => aMember(), 'not-found'],
		['a mentor', () => aMember({ roles: [{ role: 'mentor' }] }), 'not-found'],
		['a moderator', () => aModerator(), 'not-found'],
		['a practitioner', () => aMember({ roles: [{ role: 'practitioner' }] }), 'not-found'],
		['a coordinator', () => aCoordinator(), 'ok'],
	])('%s: %s', async (_who, make, expected) => {
		const [actor, her] = [await make(), await aMember()]
		expect(await codeOf(() => listTranslators(actor))).toBe(expected)
		expect(await codeOf(() => nameTranslator(actor, { handle: her.handle, languages: ['ar', 'it'] }))).toBe(
			expected,
		)
		expect(await codeOf(() => endTranslator(actor, { member: her.id }))).toBe(expected)
	})

	test('takes two languages and somebody who is here, and is on record', async () => {
		const [coordinator, her] = [await aCoordinator(), await aMember()]
		const gone = await aMember({ status: 'suspended' })
		const faults = async (fields: object) =>
			(await faultsOf(() => nameTranslator(coordinator, { languages: ['ar', 'it'], ...fields }))).fields
		expect(await faults({ handle: 'Nobody at all' })).toEqual({ handle: 'errors:noSuchHandle' })
		expect(await faults({ handle: gone.handle })).toEqual({ handle: 'errors:noSuchHandle' })
		for (const languages of ['ar', ['ar', 'ar'], undefined])
			expect(await faults({ handle: her.handle, languages })).toEqual({
				languages: 'queue:translators.twoLanguages',
			})
		await name(her)
		expect(await translatorLanguages()).toEqual([])
		await promise(her, { promise: 'yes' })
		expect(await translatorLanguages()).toEqual(['ar', 'it'])
		const [listed] = await listTranslators(coordinator)
		const html = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<TranslatorsPage translators={[listed!]} likely={['en']} />
			</I18nextProvider>,
		)
		expect(html).toContain(her.handle)
		expect(html).not.toMatch(/queue:|auth:|members:/)
		await endTranslator(coordinator, { member: her.id })
		await endTranslator(coordinator, { member: her.id })
		expect(await translatorLanguages()).toEqual([])
		const acts = await db
			.select({ action: auditLog.action })
			.from(auditLog)
			.where(eq(auditLog.memberId, her.id))
			.orderBy(auditLog.at)
		expect(acts.map(({ action }) => action).filter((one) => one.startsWith('translator.'))).toEqual([
			'translator.named',
			'translator.promised',
			'translator.ended',
		])
	})

	test('anew after it ended asks for the promise anew', async () => {
		const her = await aTranslator()
		await name(her, ['ar', 'el'])
		expect((await readTranslationWork(her)).promised).toBe(true)
		await endTranslator(await aCoordinator(), { member: her.id })
		await name(her)
		expect(await readTranslationWork(her)).toMatchObject({ promised: false, wishes: [], taken: [] })
	})
})

describe('the promise', () => {
	test('comes before anything is shown or done', async () => {
		const { id } = await aWish()
		const her = await aMember()
		await name(her)
		expect(await readTranslationWork(her)).toMatchObject({ promised: false, wishes: [] })
		for (const act of [takeWish, giveWishBack])
			expect(await codeOf(() => act(her, { translation: id }))).toBe('not-found')
		expect(await codeOf(() => promise(her, {}))).toBe('invalid')
		await promise(her, { promise: 'yes' })
		expect(await offeredTo(her)).toEqual([id])
	})
})

describe('who has such a page', () => {
	test.each([
		['a member', () => aMemberWithToken(), 404],
		['a moderator', () => aMemberWithToken({ roles: [{ role: 'moderator' }] }), 404],
		['a coordinator', () => aMemberWithToken({ roles: [{ role: 'coordinator' }] }), 404],
		[
			'a translator',
			async () => {
				const made = await aMemberWithToken()
				await name(made.actor)
				return made
			},
			200,
		],
		[
			'a translator whose work ended',
			async () => {
				const made = await aMemberWithToken()
				await name(made.actor)
				await endTranslator(await aCoordinator(), { member: made.actor.id })
				return made
			},
			404,
		],
	])('%s: %s', async (_who, make, status) => {
		const { actor, token } = await make()
		expect((await open(onTranslations.loader, '/moderation/translations', { token })).status).toBe(status)
		expect(await translates(actor)).toBe(status === 200)
		const form = { intent: 'take', translation: crypto.randomUUID() }
		const sent = await send(onTranslations.action, '/moderation/translations', form, { token })
		expect(sent.status).toBe(404)
	})

	test('the coordinator’s page and its form', async () => {
		const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const her = await aMember()
		const body = `intent=name&handle=${encodeURIComponent(her.handle)}&languages=ar&languages=it`
		expect(await send(onTranslators.action, '/coordination/translators', body, { token })).toMatchObject({
			status: 303,
			to: '/coordination/translators',
		})
		expect((await open(onTranslators.loader, '/coordination/translators', { token })).body).toMatchObject({
			translators: [{ handle: her.handle, promisedAt: null }],
		})
	})
})

describe('asking for a translation', () => {
	test('is a moderator’s, in her scope, once for each language, while the case waits', async () => {
		const { caseId, evidenceId, moderator } = await aWish()
		const ask = (actor: Actor, change: object = {}) =>
			codeOf(() => askTranslation(actor, { case: caseId, evidence: evidenceId, language: 'it', ...change }))
		expect(await ask(moderator)).toBe('ok')
		expect(await db.$count(caseTranslations)).toBe(1)
		expect(await ask(moderator, { language: 'ar' })).toBe('invalid')
		expect(await ask(moderator, { language: 'xx-nothing' })).toBe('invalid')
		const other = await aReportedPost()
		expect(await ask(moderator, { case: other.caseId })).toBe('not-found')
		expect(await ask(await aMember())).toBe('not-found')
		expect(await ask(await aModerator(other.post.spaceId))).toBe('not-found')
		await decide({ subjects })(moderator, { case: caseId, decision: 'dismiss' })
		expect(await ask(moderator, { language: 'el' })).toBe('conflict')
	})
})

describe('what is offered', () => {
	test('is in her languages only, without a name and without a word of it', async () => {
		const { id, author, reporter, message } = await aWishOfMessage()
		expect(await offeredTo(await aTranslator(['el', 'it']))).toEqual([])
		expect(await offeredTo(await aTranslator(['ar', 'el']))).toEqual([])
		const her = await aTranslator()
		const work = await readTranslationWork(her)
		expect(work).toMatchObject({
			wishes: [{ id, from: 'ar', language: 'it', private: true }],
			taken: [],
		})
		for (const secret of ['4711', author.handle, author.id, reporter.handle, reporter.id, message.id])
			expect(JSON.stringify(work)).not.toContain(secret)
		const html = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<TranslationWork {...work} />
			</I18nextProvider>,
		)
		expect(html).toContain('This was private')
		expect(html).not.toMatch(/queue:/)
	})

	const aWishOfMessage = async () => (await aWish()) as Awaited<ReturnType<typeof aWish>> & MessageMade

	test.each<[string, (her: Actor, wish: Awaited<ReturnType<typeof aWish>>) => Promise<unknown>]>([
		[
			'she wrote it',
			(her, { caseId }) => db.update(cases).set({ authorId: her.id }).where(eq(cases.id, caseId)),
		],
		[
			'she reported it',
			(her, { caseId }) => db.insert(reports).values({ caseId, reporterId: her.id, reason: 'rude' }),
		],
		[
			'it is kept from her organisation',
			async (her, { caseId }) => {
				const centre = await anOrganisation()
				await db.insert(organisationMembers).values({ organisationId: centre.id, memberId: her.id })
				await db
					.update(cases)
					.set({ notOrganisations: [centre.id] })
					.where(eq(cases.id, caseId))
			},
		],
		[
			'she blocked the author',
			(her, { authorId }) => db.insert(blocks).values({ blockerId: her.id, blockedId: authorId }),
		],
		[
			'the author blocked her',
			(her, { authorId }) => db.insert(blocks).values({ blockerId: authorId, blockedId: her.id }),
		],
		[
			'it is decided',
			(_her, { caseId, moderator }) => decide({ subjects })(moderator, { case: caseId, decision: 'dismiss' }),
		],
	])('is not there for her where %s', async (_why, change) => {
		const wish = await aWish()
		const her = await aTranslator()
		await takeWish(her, { translation: wish.id })
		await change(her, wish)
		expect(await readTranslationWork(her)).toMatchObject({ wishes: [], taken: [] })
		expect(await codeOf(() => takeWish(her, { translation: wish.id }))).toBe('not-found')
		expect(await codeOf(() => sendTranslation(her, { translation: wish.id, body: 'Testo' }))).toBe(
			'not-found',
		)
	})
})

type MessageMade = Awaited<ReturnType<typeof aReportedMessage>>

describe('taking a wish', () => {
	test('opens private words on record, and shows it to who reported them', async () => {
		const { id, caseId } = await aWish()
		const her = await aTranslator()
		await takeWish(her, { translation: id })
		const work = await readTranslationWork(her)
		expect(work).toMatchObject({
			wishes: [],
			taken: [{ id, body: 'رمز الباب 4711', lang: 'ar', dir: 'rtl' }],
		})
		const [read] = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.actorId, her.id))
			.orderBy(desc(auditLog.at))
		expect(read).toMatchObject({ action: 'moderation.read-to-translate', subjectId: caseId })
		expect((await db.select().from(reports))[0]?.readAt).not.toBeNull()
		expect(await db.$count(caseLooks, eq(caseLooks.memberId, her.id))).toBe(1)
	})

	test('of words in the open writes no such record', async () => {
		const { id } = await aWish({ open: true })
		const her = await aTranslator()
		const before = await db.$count(auditLog, eq(auditLog.actorId, her.id))
		await takeWish(her, { translation: id })
		expect(await db.$count(auditLog, eq(auditLog.actorId, her.id))).toBe(before)
	})

	test('is for one at a time; it lapses after a day, when she gives it back, and when she is no translator', async () => {
		const { id } = await aWish()
		const [first, second] = [await aTranslator(), await aTranslator()]
		const codes = await Promise.all(
			[first, second].map((her) => codeOf(() => takeWish(her, { translation: id }))),
		)
		expect(codes.toSorted()).toEqual(['conflict', 'ok'])
		const [winner, loser] = codes[0] === 'ok' ? [first, second] : [second, first]
		expect(await offeredTo(loser)).toEqual([])
		await giveWishBack(loser, { translation: id })
		expect(await offeredTo(loser)).toEqual([])
		await db.update(caseTranslations).set({ takenAt: sql`now() - make_interval(hours => ${TAKEN_HOURS})` })
		expect(await offeredTo(loser)).toEqual([id])
		const late = sendTranslation(winner, { translation: id, body: 'Testo' })
		expect(await codeOf(() => late)).toBe('conflict')
		await takeWish(loser, { translation: id })
		expect(await offeredTo(winner)).toEqual([])
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, loser.id))
		expect(await offeredTo(winner)).toEqual([id])
		await takeWish(winner, { translation: id })
		await giveWishBack(winner, { translation: id })
		expect(await offeredTo(winner)).toEqual([id])
	})
})

describe('what she sends', () => {
	test('is read beside the original by the moderator: of private words only where she opens them', async () => {
		const { id, caseId, moderator } = await aWish()
		const her = await aTranslator()
		await takeWish(her, { translation: id })
		expect(await codeOf(() => sendTranslation(her, { translation: id, body: '  ' }))).toBe('invalid')
		await sendTranslation(her, { translation: id, body: 'Il codice è 4711' })
		expect(await readTranslationWork(her)).toMatchObject({ wishes: [], taken: [] })
		const closed = await readCase(subjects, moderator, caseId)
		expect(closed.kept).toMatchObject([{ body: '', translations: [{ language: 'it', body: null }] }])
		expect(JSON.stringify(closed)).not.toContain('4711')
		const opened = await openPrivate({ subjects })(moderator, { case: caseId })
		expect(opened.kept).toMatchObject([
			{ translations: [{ language: 'it', body: 'Il codice è 4711', by: her.handle }] },
		])
	})
})

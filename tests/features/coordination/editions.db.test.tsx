import { eq, sql } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { afterEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { ruleEditions } from '~/db/schema/house-rules'
import { auditLog, installation, members } from '~/db/schema/members'
import { sendMessage } from '~/features/chat/writing.server'
import { askQuestion } from '~/features/forum/topics.server'
import { answerRules, newRulesFor } from '~/features/members/editions/agreeing.server'
import { AddedRules } from '~/features/members/editions/components/added-rules'
import { EditionsPage } from '~/features/members/editions/components/editions-page'
import { NewRulesPage } from '~/features/members/editions/components/new-rules-page'
import { RulesNotice } from '~/features/members/editions/components/rules-notice'
import {
	publishDraft,
	publishedEditions,
	saveDraft,
	seeEditions,
} from '~/features/members/editions/editions.server'
import { LATER_DAYS, loadRules, mustAgreeFirst } from '~/features/members/editions/in-force.server'
import { isOlder, readKept, writeVersion } from '~/features/members/editions/rules-version'
import { RULES_VERSION } from '~/features/members/members.schema'
import { actorOfToken } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as homeRoute from '~/routes/coordination/overview'
import * as editionsRoute from '~/routes/coordination/rules'
import * as forumRoute from '~/routes/forum/spaces'
import * as meRoute from '~/routes/members/me'
import * as decisionsRoute from '~/routes/moderation/my-decisions'
import * as acceptRoute from '~/routes/safety/accept-rules'
import * as helpRoute from '~/routes/safety/help'
import * as rulesRoute from '~/routes/safety/rules'
import { anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aSpace } from '../../factories/forum'
import { aJoinedMember, aMember, aMemberWithToken } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const aCoordinator = () => aMember({ rulesVersion: RULES_VERSION, roles: [{ role: 'coordinator' }] })
const aReader = (rulesVersion: string = RULES_VERSION) => aMemberWithToken({ rulesVersion })
const again = async (token: string) => (await actorOfToken(token))!

const draft = (fields: Record<string, string> = {}) => ({
	seen: '',
	'points-en': 'Speak in turn.\nNo photos of children.',
	'news-en': 'A point about photos.',
	...fields,
})

async function publishOne(ada: Actor, fields: Record<string, string> = {}) {
	const { seen } = await seeEditions(ada, 'en')
	await saveDraft(ada, draft({ seen, ...fields }))
	await publishDraft(ada, { seen: (await seeEditions(ada, 'en')).seen })
}

const daysAgo = (days: number) =>
	db.update(ruleEditions).set({ publishedAt: sql`now() - make_interval(days => ${days})` })

afterEach(async () => {
	await db.delete(ruleEditions)
	await db.delete(installation)
	await loadRules()
})

describe('a version, as it is kept', () => {
	test.each([
		['2026-11', { product: '2026-11', edition: 0 }, null],
		['2026-11+3', { product: '2026-11', edition: 3 }, null],
		['2026-11+3 2026-12+4', { product: '2026-11', edition: 3 }, { product: '2026-12', edition: 4 }],
	])('%s', (kept, agreed, putOff) => {
		expect(readKept(kept)).toEqual({ agreed, putOff })
		expect(kept.startsWith(writeVersion(agreed))).toBe(true)
	})

	test.each([
		['2026-11', '2026-11', false],
		['2026-11', '2026-11+1', true],
		['2026-11+2', '2026-11+1', false],
		['2026-11+9', '2026-12+9', true],
		['2026-12', '2026-11+1', true],
	])('whether %s is older than %s: %s', (one, other, older) => {
		expect(isOlder(readKept(one).agreed, readKept(other).agreed)).toBe(older)
	})
})

describe('writing an edition', () => {
	test('a draft is seen by coordinators alone; published it has the next number and its day, on record', async () => {
		const ada = await aCoordinator()
		await saveDraft(ada, draft())
		expect(await publishedEditions(['en'])).toEqual([])
		await publishDraft(ada, { seen: (await seeEditions(ada, 'en')).seen })
		await publishOne(ada, { 'points-en': 'Speak in turn.', 'news-en': 'Photos again.' })
		expect((await publishedEditions(['en'])).map(({ number, points }) => [number, points])).toEqual([
			[2, ['Speak in turn.']],
			[1, ['Speak in turn.', 'No photos of children.']],
		])
		const entries = await db.select().from(auditLog).where(eq(auditLog.actorId, ada.id)).orderBy(auditLog.seq)
		expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual([
			['rules.drafted', null],
			['rules.published', '1'],
			['rules.drafted', null],
			['rules.published', '2'],
		])
	})

	test('the next draft goes on from the points in force, without their news', async () => {
		const ada = await aCoordinator()
		await publishOne(ada)
		expect(await seeEditions(ada, 'en')).toMatchObject({
			isDraft: false,
			texts: { en: { points: ['Speak in turn.', 'No photos of children.'], news: '' } },
		})
	})

	test('what was published is never changed: what is saved afterwards is a draft beside it', async () => {
		const ada = await aCoordinator()
		await publishOne(ada)
		const [before] = await db.select().from(ruleEditions)
		await saveDraft(ada, draft({ 'points-en': 'Other.' }))
		expect(await db.select().from(ruleEditions).where(eq(ruleEditions.id, before!.id))).toEqual([before])
	})

	test('of two who change it at once the second is told, and nothing of the first is lost', async () => {
		const [ada, bea] = [await aCoordinator(), await aCoordinator()]
		await saveDraft(ada, draft())
		const { seen } = await seeEditions(bea, 'en')
		await saveDraft(ada, draft({ seen, 'points-en': 'Hers.' }))
		expect(await codeOf(() => saveDraft(bea, draft({ seen })))).toBe('conflict')
		expect(await codeOf(() => publishDraft(bea, { seen }))).toBe('conflict')
		expect((await seeEditions(bea, 'en')).texts.en!.points).toEqual(['Hers.'])
	})

	test('two who publish at once publish it once', async () => {
		const ada = await aCoordinator()
		await saveDraft(ada, draft())
		const { seen } = await seeEditions(ada, 'en')
		const codes = await Promise.all([1, 2].map(() => codeOf(() => publishDraft(ada, { seen }))))
		expect(codes.sort()).toEqual(['conflict', 'ok'])
		expect(await publishedEditions(['en'])).toHaveLength(1)
	})

	test('there is nothing to publish without a draft', async () => {
		expect(await codeOf(async () => publishDraft(await aCoordinator(), { seen: '' }))).toBe('not-found')
	})

	const lines = (count: number) => Array.from({ length: count }, (_, at) => `Point ${at}`).join('\n')
	test.each([
		['no point in English', { 'points-en': ' \n ' }, { 'points-en': 'errors:empty' }],
		['no news in English', { 'news-en': '' }, { 'news-en': 'errors:empty' }],
		['eleven points', { 'points-en': lines(11) }, { 'points-en': 'editions:tooManyPoints' }],
		['a point of 301 letters', { 'points-en': 'x'.repeat(301) }, { 'points-en': 'editions:longPoint' }],
		['a book', { 'points-en': 'x'.repeat(100_000) }, { 'points-en': 'errors:tooLong' }],
		['news too long', { 'news-en': 'x'.repeat(601) }, { 'news-en': 'errors:tooLong' }],
		['control characters', { 'news-en': 'a\u0007' }, { 'news-en': 'errors:strangeCharacters' }],
		[
			'fewer points in Italian',
			{ 'points-it': 'Uno', 'news-it': 'Nuovo' },
			{ 'points-it': 'editions:otherNumber' },
		],
		['Italian without its news', { 'points-it': 'Uno\nDue' }, { 'news-it': 'errors:empty' }],
		['Italian news alone', { 'news-it': 'Nuovo' }, { 'points-it': 'editions:otherNumber' }],
	])('%s is refused, with what to do', async (_what, fields, expected) => {
		const outcome = await faultsOf(async () => saveDraft(await aCoordinator(), draft(fields as never)))
		expect(outcome).toMatchObject({ code: 'invalid', fields: expected })
		expect(await db.$count(ruleEditions)).toBe(0)
	})

	test('a point of 300 emoji families and ten points in Arabic are taken', async () => {
		const ada = await aCoordinator()
		await saveDraft(ada, draft({ 'points-en': '🙂'.repeat(300), 'points-ar': 'نقطة', 'news-ar': 'جديد' }))
		expect(Object.keys((await seeEditions(ada, 'en')).texts).sort()).toEqual(['ar', 'en'])
	})

	test.each(['moderator', 'lead', 'mentor', 'member'] as const)(
		'for a %s there is no such page',
		async (role) => {
			const { actor, token } = await aMemberWithToken({ roles: role === 'member' ? [] : [{ role }] })
			expect(await codeOf(() => seeEditions(actor, 'en'))).toBe('not-found')
			expect(await codeOf(() => saveDraft(actor, draft()))).toBe('not-found')
			expect(await codeOf(() => publishDraft(actor, { seen: '' }))).toBe('not-found')
			expect((await open(editionsRoute.loader, '/coordination/rules', { token })).status).toBe(404)
			expect((await send(editionsRoute.action, '/coordination/rules', {}, { token })).status).toBe(404)
		},
	)

	test('the page saves and publishes', async () => {
		const { token } = await aMemberWithToken({
			rulesVersion: RULES_VERSION,
			roles: [{ role: 'coordinator' }],
		})
		const path = '/coordination/rules'
		expect((await send(editionsRoute.action, path, { intent: 'save', ...draft() }, { token })).to).toBe(
			`${path}?saved`,
		)
		const { seen } = (await open(editionsRoute.loader, path, { token })).body as { seen: string }
		expect((await send(editionsRoute.action, path, { intent: 'publish', seen }, { token })).to).toBe(
			`${path}?saved`,
		)
		expect((await open(rulesRoute.loader, '/rules')).body).toMatchObject({
			version: RULES_VERSION,
			editions: [{ number: 1, lang: 'en' }],
		})
	})
})

describe('asking', () => {
	const asked = async (token: string, path = '/forum') => (await open(forumRoute.loader, path, { token })).to

	test('whoever joins agrees to the rules in force and is not asked', async () => {
		await publishOne(await aCoordinator())
		const { token } = await aJoinedMember()
		expect((await again(token)).rulesVersion).toBe(`${RULES_VERSION}+1`)
		expect(await asked(token)).toBeNull()
	})

	test('everyone else is asked at her next page, with what is new since she agreed', async () => {
		const ada = await aCoordinator()
		const { actor, token } = await aReader()
		expect(await asked(token)).toBeNull()
		await publishOne(ada)
		await publishOne(ada, { 'news-en': 'Second.' })
		expect(await asked(token, '/forum?x=1')).toBe('/rules/accept?next=%2Fforum%3Fx%3D1')
		expect(await newRulesFor(actor, 'en')).toMatchObject({
			version: `${RULES_VERSION}+2`,
			product: false,
			first: false,
			editions: [{ news: 'Second.' }, { news: 'A point about photos.' }],
		})
		expect(
			(await newRulesFor(await aMember({ rulesVersion: `${RULES_VERSION}+1` }), 'en'))!.editions,
		).toHaveLength(1)
	})

	test('she agrees once, on record, and goes on to where she was going', async () => {
		await publishOne(await aCoordinator())
		const { actor, token } = await aReader()
		const fields = { answer: 'agree', version: `${RULES_VERSION}+1`, next: '/forum' }
		expect((await send(acceptRoute.action, '/rules/accept', fields, { token })).to).toBe('/forum')
		expect((await send(acceptRoute.action, '/rules/accept', fields, { token })).to).toBe('/forum')
		expect((await again(token)).rulesVersion).toBe(`${RULES_VERSION}+1`)
		const entries = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.memberId, actor.id))
			.orderBy(auditLog.seq)
		expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual([
			['rules.agreed', `${RULES_VERSION}+1`],
		])
		expect(await asked(token)).toBeNull()
		expect((await open(acceptRoute.loader, '/rules/accept?next=/me', { token })).to).toBe('/me')
	})

	test('"later" is asked no more, until there is a newer edition, and leaves no word on record', async () => {
		const ada = await aCoordinator()
		await publishOne(ada)
		const { actor, token } = await aReader()
		await answerRules(actor, { answer: 'later', version: `${RULES_VERSION}+1` })
		expect((await again(token)).rulesVersion).toBe(`${RULES_VERSION} ${RULES_VERSION}+1`)
		expect(await asked(token)).toBeNull()
		expect(await db.$count(auditLog, eq(auditLog.memberId, actor.id))).toBe(0)
		await publishOne(ada)
		expect(await asked(token)).toMatch(/^\/rules\/accept/)
		await answerRules(await again(token), { answer: 'agree', version: `${RULES_VERSION}+2` })
		expect((await again(token)).rulesVersion).toBe(`${RULES_VERSION}+2`)
	})

	test('a newer text of the product is asked about too', async () => {
		const { actor, token } = await aReader('2020-01')
		expect(await asked(token)).toMatch(/^\/rules\/accept/)
		expect(await newRulesFor(actor, 'en')).toMatchObject({ product: true, first: false, editions: [] })
	})

	test.each([
		['an answer that is none', { answer: 'no', version: `${RULES_VERSION}+1` }, 'invalid'],
		['no version', { answer: 'agree' }, 'invalid'],
		['an older edition than the one in force', { answer: 'agree', version: RULES_VERSION }, 'conflict'],
		['an edition that is not there yet', { answer: 'agree', version: `${RULES_VERSION}+9` }, 'conflict'],
	])('%s is refused', async (_what, fields, code) => {
		await publishOne(await aCoordinator())
		const { actor } = await aReader()
		expect(await codeOf(() => answerRules(actor, fields))).toBe(code)
	})

	test('never on the way to help, her account, decisions or the work of staff; never a form; never who waits', async () => {
		await publishOne(await aCoordinator())
		const { token } = await aReader()
		expect((await open(helpRoute.loader, '/help', { token })).status).toBe(200)
		expect((await open(rulesRoute.loader, '/rules', { token })).status).toBe(200)
		expect((await open(meRoute.loader, '/me', { token })).status).toBe(200)
		expect((await open(decisionsRoute.loader, '/me/decisions', { token })).status).toBe(200)
		expect((await open(homeRoute.loader, '/coordination', { token })).status).toBe(404)
		const waiting = await aMemberWithToken({ rulesVersion: RULES_VERSION, status: 'waiting' })
		expect((await open(forumRoute.loader, '/forum', { token: waiting.token })).status).toBe(404)
		expect((await open(acceptRoute.loader, '/rules/accept', { token: waiting.token })).status).toBe(404)
		expect(await newRulesFor(waiting.actor, 'en')).toBeNull()
	})

	test('what a page asks for by itself is not led away', async () => {
		await publishOne(await aCoordinator())
		const { token } = await aReader()
		const asking = open(
			(args) => {
				args.request.headers.set('sec-fetch-dest', 'empty')
				return forumRoute.loader(args)
			},
			'/forum',
			{ token },
		)
		expect((await asking).status).toBe(200)
	})
})

describe('after two weeks', () => {
	const question = (space: string) => ({
		space,
		key: crypto.randomUUID(),
		title: 'A question',
		body: 'How do I find a doctor?',
		language: 'en',
	})

	test('she writes only after she has agreed; before that nothing is in her way', async () => {
		await publishOne(await aCoordinator())
		const space = await aSpace()
		const { actor, token } = await aReader()
		await answerRules(actor, { answer: 'later', version: `${RULES_VERSION}+1` })
		expect(await codeOf(async () => askQuestion(await again(token), question(space.id)))).toBe('ok')
		await daysAgo(LATER_DAYS)
		await loadRules()
		expect(mustAgreeFirst(await again(token))).toBe(true)
		expect(await faultsOf(async () => askQuestion(await again(token), question(space.id)))).toMatchObject({
			code: 'invalid',
			fields: { '': 'editions:first' },
		})
		expect((await open(forumRoute.loader, '/forum', { token })).status).toBe(200)
		expect(await newRulesFor(await again(token), 'en')).toMatchObject({ first: true })
		await answerRules(await again(token), { answer: 'agree', version: `${RULES_VERSION}+1` })
		expect(await codeOf(async () => askQuestion(await again(token), question(space.id)))).toBe('ok')
	})

	test('in a room she says nothing new before; with one other she does, and what was sent comes again', async () => {
		await publishOne(await aCoordinator())
		const { actor, token } = await aReader()
		const [open, two] = [await anOpenRoom(), await aPrivateRoom(actor, await aMember())]
		const say = async (room: string, key: string) =>
			codeOf(async () => sendMessage(await again(token), { room, key, body: 'Good morning' }))
		const sent = crypto.randomUUID()
		expect(await say(open, sent)).toBe('ok')
		await daysAgo(LATER_DAYS)
		await loadRules()
		expect(await say(open, crypto.randomUUID())).toBe('forbidden')
		expect(await say(open, sent)).toBe('ok')
		expect(await say(two, crypto.randomUUID())).toBe('ok')
	})

	test('a day before she still writes', async () => {
		await publishOne(await aCoordinator())
		await daysAgo(LATER_DAYS - 1)
		await loadRules()
		expect(mustAgreeFirst((await aReader()).actor)).toBe(false)
	})

	test('who waits or is suspended is asked nothing', async () => {
		await publishOne(await aCoordinator())
		await daysAgo(30)
		await loadRules()
		for (const status of ['waiting', 'suspended'] as const)
			expect(mustAgreeFirst(await aMember({ rulesVersion: RULES_VERSION, status }))).toBe(false)
	})
})

test('another process reads what was published elsewhere', async () => {
	const { actor } = await aReader()
	await db.insert(ruleEditions).values({
		number: 1,
		texts: { en: { points: ['One.'], news: 'New.' } },
		publishedAt: new Date(),
	})
	expect(await newRulesFor(actor, 'en')).toBeNull()
	await loadRules()
	expect(await newRulesFor(actor, 'en')).toMatchObject({ version: `${RULES_VERSION}+1` })
})

test('an edition stays when who wrote it goes, without her', async () => {
	const ada = await aCoordinator()
	await publishOne(ada)
	await db.delete(members).where(eq(members.id, ada.id))
	expect((await db.select().from(ruleEditions))[0]).toMatchObject({ number: 1, madeBy: null })
})

test.each(UI_LOCALES)('the pages have all their words in %s', async (locale) => {
	const ada = await aCoordinator()
	await publishOne(ada)
	await publishOne(ada)
	const { seen, ...page } = await seeEditions(ada, locale)
	const rules = (await newRulesFor((await aReader()).actor, locale))!
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			<EditionsPage {...page} seen={seen} isDraft={true} locales={UI_LOCALES} saved={true} />
			<AddedRules editions={page.published} />
			<NewRulesPage rules={{ ...rules, product: true }} next="/" />
			<NewRulesPage rules={{ ...rules, first: true }} next="/" />
			<RulesNotice first={false} />
			<RulesNotice first={true} />
		</I18nextProvider>,
	)
	expect(html).not.toMatch(/editions:|coordination:|errors:|common:/)
	expect(html).toContain('lang="en" dir="ltr"')
})

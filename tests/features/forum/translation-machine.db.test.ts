import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaces } from '~/db/schema/forum'
import { auditLog } from '~/db/schema/members'
import { drafts } from '~/db/schema/reading'
import { draftByMachine } from '~/features/forum/translation/machine.server'
import { readTranslating } from '~/features/forum/translation/writing.server'
import type { Actor } from '~/platform/actor'
import { env } from '~/platform/env.server'
import { anOrganisation } from '../../factories/members'
import { faultsOf } from '../../factories/outcomes'
import { aTranslationMachine, sendJson } from '../../factories/translation-machine'
import { aPostIn, aQuestion, aTranslator } from '../../factories/translations'

let machine: Awaited<ReturnType<typeof aTranslationMachine>>
const setUp = (translate: { url: string; key: string | null } | null) => Object.assign(env(), { translate })

beforeEach(async () => {
	machine = await aTranslationMachine()
	setUp({ url: machine.url, key: 'a-key' })
})
afterEach(async () => {
	setUp(null)
	await machine.close()
})

const draftFor = (actor: Actor, post: { id: string }, language = 'en') =>
	draftByMachine(actor, { post: post.id, language })
const refusalOf = (actor: Actor, post: { id: string }, language?: string) =>
	faultsOf(() => draftFor(actor, post, language))
const offered = async (actor: Actor, post: { id: string }) => {
	const page = await readTranslating(actor, post.id, 'en')
	return !page.gone && page.machine
}
const sendings = () => machine.asked.filter(({ path }) => path === '/translate')
const records = (post: { id: string }) =>
	db.select().from(auditLog).where(eq(auditLog.subjectId, post.id)).orderBy(auditLog.seq)

describe('a machine draft', () => {
	test('of a question: title and text become her draft, and the sending is on record without words', async () => {
		const { post } = await aQuestion()
		const her = await aTranslator()
		expect(await offered(her, post)).toBe(true)
		await draftFor(her, post)
		const how = { source: 'ar', target: 'en', format: 'text', api_key: 'a-key' }
		expect(new Set(sendings().map(({ body }) => body))).toEqual(
			new Set([
				{ q: 'سؤال', ...how },
				{ q: post.body, ...how },
			]),
		)
		expect(await db.select().from(drafts)).toMatchObject([
			{ memberId: her.id, title: 'en: سؤال', body: `en: ${post.body}` },
		])
		const [record, ...more] = await records(post)
		expect(more).toEqual([])
		expect(record).toMatchObject({
			action: 'translation.machine-draft',
			actorId: her.id,
			subjectKind: 'post',
		})
		expect(JSON.stringify(record)).not.toMatch(/سؤال/)
		expect(await offered(her, post)).toBe(false)
	})

	test('of an answer sends the text alone', async () => {
		const { topic } = await aQuestion()
		const answer = await aPostIn(topic, { seq: 2 })
		await draftFor(await aTranslator(), answer)
		expect(sendings().map(({ body }) => body.q)).toEqual([answer.body])
	})

	test('names languages as the machine does', async () => {
		const { post } = await aQuestion()
		await draftFor(await aTranslator({ speaks: ['ar', 'zh-Hans'] }), post, 'zh-Hans')
		expect(sendings()[0]?.body.target).toBe('zh')
	})
})

describe('what is never sent', () => {
	const closed = (change: Partial<typeof spaces.$inferInsert>) => async () => {
		const question = await aQuestion()
		await db.update(spaces).set(change).where(eq(spaces.id, question.space.id))
		return question.post
	}
	const everywhere = () => aTranslator({ roles: [{ role: 'moderator' }] })
	test.each([
		['a post of a practitioners’ space', closed({ access: 'practitioners' })],
		['a post of an invited space', closed({ access: 'invited' })],
		[
			'a post of an organisation’s space',
			async () => {
				const { id } = await anOrganisation()
				return closed({ access: 'organisation', organisationId: id })()
			},
		],
		['a question under an alias', async () => (await aQuestion({ alias: 4 })).post],
		['an answer to one', async () => aPostIn((await aQuestion({ alias: 4 })).topic, { seq: 2 })],
		['a folded post', async () => (await aQuestion({ note: 'violence' })).post],
	])('%s', async (_what, make) => {
		const [post, her] = [await make(), await everywhere()]
		expect(await offered(her, post)).toBe(false)
		expect((await refusalOf(her, post)).code).toBe('forbidden')
		expect(machine.asked).toEqual([])
		expect(await records(post)).toEqual([])
	})

	test('anything, while no machine is set up', async () => {
		setUp(null)
		const [{ post }, her] = [await aQuestion(), await aTranslator()]
		expect(await offered(her, post)).toBe(false)
		expect((await refusalOf(her, post)).code).toBe('forbidden')
	})

	test('a deleted post, one for who does not know both languages, or over her own words', async () => {
		const { post } = await aQuestion()
		expect((await refusalOf(await aTranslator({ speaks: ['en'], reads: [] }), post)).code).toBe('forbidden')
		const her = await aTranslator()
		await db.insert(drafts).values({ memberId: her.id, place: `translation:${post.id}:en`, body: 'Mine' })
		expect(await refusalOf(her, post)).toMatchObject({
			code: 'conflict',
			fields: { '': 'translation:machine.begun' },
		})
		await db.update(posts).set({ deletedAt: new Date() })
		expect((await refusalOf(await aTranslator(), post)).code).toBe('not-found')
		expect(machine.asked).toEqual([])
	})
})

describe('a machine that misbehaves', () => {
	const cases: [string, NonNullable<typeof machine.translate>][] = [
		['answers 500', (_asked, response) => sendJson(response, { error: 'Internal error' }, 500)],
		['answers 403', (_asked, response) => sendJson(response, { error: 'Invalid API key' }, 403)],
		['answers no JSON', (_asked, response) => response.end('<html>Not today</html>')],
		['answers other JSON', (_asked, response) => sendJson(response, { translatedText: ['a'] })],
		['answers half', (_asked, response) => response.end('{"translatedText": "half')],
		['hangs up', (_asked, response) => response.destroy()],
		['leads elsewhere', (_asked, response) => response.writeHead(302, { location: '/languages' }).end()],
		[
			'answers a megabyte',
			(_asked, response) => sendJson(response, { translatedText: 'a'.repeat(1_000_000) }),
		],
		[
			'answers more than a post holds',
			(_asked, response) => sendJson(response, { translatedText: 'a'.repeat(70_000) }),
		],
		[
			'never stops talking',
			(_asked, response) => {
				const talk = setInterval(() => response.write('a'.repeat(65_536)), 1)
				response.on('close', () => clearInterval(talk))
			},
		],
	]
	test.each(cases)('%s: she is told kindly, nothing is kept', async (_what, translate) => {
		machine.translate = translate
		const [{ post }, her] = [await aQuestion(), await aTranslator()]
		expect(await refusalOf(her, post)).toMatchObject({
			code: 'unavailable',
			status: 503,
			fields: { '': 'translation:machine.broken' },
		})
		expect(await db.$count(drafts)).toBe(0)
		expect(await records(post)).toHaveLength(1)
	})

	test('is slow: after eight seconds she can go on', async () => {
		machine.translate = () => {}
		const [{ post }, her] = [await aQuestion(), await aTranslator()]
		const started = performance.now()
		expect(await refusalOf(her, post)).toMatchObject({ fields: { '': 'translation:machine.slow' } })
		expect(performance.now() - started).toBeLessThan(9_500)
	})

	test.each([
		['knows neither language', [{ code: 'fr', targets: ['de'] }], 'unknown'],
		['does not translate between them', [{ code: 'ar', targets: ['fr'] }, { code: 'en' }], 'unknown'],
		['has a broken list', { languages: [] }, 'broken'],
	])('%s: no text is sent', async (_what, languages, why) => {
		machine.languages = languages
		const [{ post }, her] = [await aQuestion(), await aTranslator()]
		expect(await refusalOf(her, post)).toMatchObject({ fields: { '': `translation:machine.${why}` } })
		expect(sendings()).toEqual([])
	})

	test('writes what the database cannot keep: it is left out', async () => {
		machine.translate = (_asked, response) => sendJson(response, { translatedText: 'a\u0000b\ud800c' })
		const [{ post }, her] = [await aQuestion(), await aTranslator()]
		await draftFor(her, post)
		expect((await db.select().from(drafts))[0]?.body).toBe('ab\ufffdc')
	})
})

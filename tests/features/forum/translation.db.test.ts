import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { drafts } from '~/db/schema/reading'
import { blocks, notices } from '~/db/schema/ties'
import { translationClaims, translationRequests, translations } from '~/db/schema/translation'
import { claim, release } from '~/features/forum/translation/claims.server'
import { publishTranslation } from '~/features/forum/translation/publishing.server'
import { readWanted } from '~/features/forum/translation/wanted.server'
import { wish } from '~/features/forum/translation/wishes.server'
import { readTranslating } from '~/features/forum/translation/writing.server'
import type { Actor } from '~/platform/actor'
import { aMember } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { aPostIn, aQuestion, aTranslation, aTranslator, translationForm } from '../../factories/translations'

const wishFor = (actor: Actor, post: { id: string }, language = 'en', wants = true) =>
	wish(actor, { post: post.id, language, wants })
const wishes = () => db.$count(translationRequests)
/** An actor as she is after a block, which the session would tell. */
async function blocking(blocker: Actor, other: Actor): Promise<[Actor, Actor]> {
	await db.insert(blocks).values({ blockerId: blocker.id, blockedId: other.id })
	return [
		{ ...blocker, blocked: [...blocker.blocked, other.id] },
		{ ...other, blocked: [...other.blocked, blocker.id] },
	]
}
const toldTo = async (actor: Actor) =>
	(await db.select().from(notices).where(eq(notices.memberId, actor.id))).map(
		({ kind, subjectId, placeId, times }) => ({ kind, subjectId, placeId, times }),
	)
const draftOf = async (actor: Actor) =>
	(await db.select().from(drafts).where(eq(drafts.memberId, actor.id)))[0]

describe('"please translate"', () => {
	test('is counted once for each woman, and taken back', async () => {
		const { post } = await aQuestion()
		const [one, other] = [await aMember(), await aMember()]
		await Promise.all([wishFor(one, post), wishFor(one, post), wishFor(other, post)])
		expect(await wishes()).toBe(2)
		await wishFor(one, post, 'en', false)
		await wishFor(one, post, 'en', false)
		expect(await wishes()).toBe(1)
	})

	test('changes nothing where the post can be read in that language, unless the translation is outdated', async () => {
		const { post } = await aQuestion()
		const reader = await aMember()
		await wishFor(reader, post, 'ar')
		await aTranslation(post)
		await wishFor(reader, post)
		expect(await wishes()).toBe(0)
		await db.update(posts).set({ version: 2, meaningVersion: 2 }).where(eq(posts.id, post.id))
		await wishFor(reader, post)
		expect(await wishes()).toBe(1)
	})

	test('can be asked by who sees nothing of the one who translated it', async () => {
		const { post } = await aQuestion()
		const translation = await aTranslation(post)
		const [reader] = await blocking(await aMember(), translation.author)
		await wishFor(reader, post)
		expect(await wishes()).toBe(1)
	})

	test.each([
		['a post that is none', async () => ({ id: crypto.randomUUID() }), 'en', 'not-found'],
		['an address that is none', async () => ({ id: 'x' }), 'en', 'invalid'],
		['a language that is none', async () => (await aQuestion()).post, 'xx', 'invalid'],
		['two languages', async () => (await aQuestion()).post, ['en', 'it'] as unknown as string, 'invalid'],
		['a deleted post', async () => changed({ deletedAt: new Date() }), 'en', 'not-found'],
		['a hidden post', async () => changed({ hiddenAt: new Date() }), 'en', 'not-found'],
	])('for %s', async (_what, make, language, code) => {
		const actor = await aMember()
		const post = await make()
		expect(await codeOf(() => wishFor(actor, post, language))).toBe(code)
	})

	test('for a post in a space closed to her, or asked by someone with whom there is a block', async () => {
		const closed = await aQuestion()
		await db.update(spaces).set({ access: 'practitioners' }).where(eq(spaces.id, closed.space.id))
		expect(await codeOf(async () => wishFor(await aMember(), closed.post))).toBe('not-found')
		const open = await aQuestion()
		const [reader] = await blocking(await aMember(), open.author)
		expect(await codeOf(() => wishFor(reader, open.post))).toBe('not-found')
	})

	test('not while she waits for approval', async () => {
		const { post } = await aQuestion()
		expect(await codeOf(async () => wishFor(await aMember({ status: 'waiting' }), post))).toBe('forbidden')
	})
})

async function changed(change: Partial<typeof posts.$inferInsert>) {
	const { post } = await aQuestion()
	await db.update(posts).set(change).where(eq(posts.id, post.id))
	return post
}

describe('what is wanted in the languages she speaks', () => {
	const wantedBy = async (actor: Actor) => (await readWanted(actor, 'en', null)).wanted

	test('only pairs she knows: she speaks the one and reads or speaks the other', async () => {
		const { post } = await aQuestion()
		for (const lang of ['en', 'it']) await wishFor(await aMember(), post, lang)
		const pairs = async (speaks: string[], reads: string[]) =>
			(await wantedBy(await aMember({ speaks, reads }))).map(({ postLang, lang }) => `${postLang}>${lang}`)
		expect(await pairs(['en', 'ar'], [])).toEqual(['ar>en'])
		expect(await pairs(['it'], ['ar'])).toEqual(['ar>it'])
		expect(await pairs(['ar'], ['en'])).toEqual([])
		expect(await pairs(['en'], ['it'])).toEqual([])
		expect(await pairs([], [])).toEqual([])
		expect((await readWanted(await aMember({ speaks: [], reads: [] }), 'en', null)).speaksSeveral).toBe(false)
	})

	test('most wished for first, then the oldest wish, page by page without a gap', async () => {
		const { topic } = await aQuestion()
		const asking = await Promise.all(Array.from({ length: 3 }, () => aMember()))
		const made: { id: string; wishes: number; at: number }[] = []
		for (let n = 0; n < 45; n += 1) {
			const { id } = await aPostIn(topic, { seq: n + 2 })
			const at = new Date(Date.UTC(2026, 0, 1, 0, (n * 7) % 45))
			const count = 1 + (n % 3)
			await db
				.insert(translationRequests)
				.values(asking.slice(0, count).map((who) => ({ postId: id, lang: 'en', memberId: who.id, at })))
			made.push({ id, wishes: count, at: at.getTime() })
		}
		const translator = await aTranslator()
		const seen: string[] = []
		let after: string | null = null
		do {
			const page = await readWanted(translator, 'en', after)
			expect(page.wanted.length).toBeLessThanOrEqual(20)
			seen.push(...page.wanted.map(({ postId }) => postId))
			after = page.next
		} while (after)
		const expected = made.toSorted((a, b) => b.wishes - a.wishes || a.at - b.at).map(({ id }) => id)
		expect(seen).toEqual(expected)
	})

	test.each(['x', '1_2_3_4', '1_1_x_en', `1_${'9'.repeat(20)}_${crypto.randomUUID()}_en`])(
		'a page after %s is the first',
		async (after) => {
			const { post } = await aQuestion()
			await wishFor(await aMember(), post)
			const page = await readWanted(await aTranslator(), 'en', after)
			expect([page.wanted.length, page.first]).toEqual([1, true])
		},
	)

	test('nothing of what she may not read, of whom she blocks, or what another has taken on', async () => {
		const translator = await aTranslator()
		const wished = async () => {
			const question = await aQuestion()
			await wishFor(await aMember(), question.post)
			return question
		}
		const [closed, gone, hidden, taken, blocked] = [
			await wished(),
			await wished(),
			await wished(),
			await wished(),
			await wished(),
		]
		await db.update(spaces).set({ access: 'invited' }).where(eq(spaces.id, closed.space.id))
		await db.update(posts).set({ deletedAt: new Date() }).where(eq(posts.id, gone.post.id))
		await db.update(topics).set({ hiddenAt: new Date() }).where(eq(topics.id, hidden.topic.id))
		await claim(await aTranslator(), { post: taken.post.id, language: 'en' })
		const [her] = await blocking(translator, blocked.author)
		expect(await wantedBy(her)).toEqual([])
		expect((await wantedBy(translator)).map(({ postId }) => postId)).toEqual([blocked.post.id])
	})

	test('wishes of whom she blocks are not counted for her', async () => {
		const { post } = await aQuestion()
		const asking = await aMember()
		await wishFor(asking, post)
		const [her] = await blocking(await aTranslator(), asking)
		expect(await wantedBy(her)).toEqual([])
	})

	test('what was asked under an alias names nobody, and is not offered to its asker', async () => {
		const asker = await aTranslator({ handle: 'Secret Asker' })
		const { post } = await aQuestion({ author: asker, alias: 3 })
		await wishFor(await aMember(), post)
		const page = await readWanted(await aTranslator(), 'en', null)
		expect(page.wanted).toHaveLength(1)
		expect(JSON.stringify(page)).not.toMatch(new RegExp(`${asker.id}|Secret Asker`))
		expect(await wantedBy(asker)).toEqual([])
	})

	test('a folded text stays folded', async () => {
		const { post } = await aQuestion({ note: 'violence', body: 'كلمات صعبة' })
		await wishFor(await aMember(), post)
		const page = await readWanted(await aTranslator(), 'en', null)
		expect(page.wanted).toMatchObject([{ note: 'violence', excerpt: '' }])
		expect(JSON.stringify(page)).not.toContain('كلمات')
	})
})

describe('a claim', () => {
	test('is one for a post and language, lapses after 48 hours, and can be given back', async () => {
		const { post } = await aQuestion()
		const pair = { post: post.id, language: 'en' }
		const [one, other] = [await aTranslator(), await aTranslator()]
		const outcomes = await Promise.all([one, other].map((who) => codeOf(() => claim(who, pair))))
		expect(outcomes.toSorted()).toEqual(['conflict', 'ok'])
		const [first, second] = outcomes[0] === 'ok' ? [one, other] : [other, one]
		expect((await readWanted(first!, 'en', null)).hers).toMatchObject([{ postId: post.id, lang: 'en' }])
		await release(second!, pair)
		expect(await codeOf(() => claim(second!, pair))).toBe('conflict')
		await db.update(translationClaims).set({ claimedAt: sql`now() - interval '49 hours'` })
		expect((await readWanted(first!, 'en', null)).hers).toEqual([])
		expect(await codeOf(() => claim(second!, pair))).toBe('ok')
		await release(second!, pair)
		expect(await codeOf(() => claim(first!, pair))).toBe('ok')
	})

	test.each([
		['into the original’s language', 'ar', 'forbidden'],
		['into a language she does not speak', 'it', 'forbidden'],
		['into a language that is none', 'xx', 'invalid'],
	])('%s', async (_what, language, code) => {
		const { post } = await aQuestion()
		expect(await codeOf(async () => claim(await aTranslator(), { post: post.id, language }))).toBe(code)
	})
})

describe('publishing', () => {
	test('stands under her handle, in the topic’s languages, once however often the form is sent', async () => {
		const { post, topic } = await aQuestion()
		const her = await aTranslator()
		const form = translationForm(post, { body: 'About **work**' })
		await claim(her, { post: post.id, language: 'en' })
		const sent = await Promise.all(Array.from({ length: 6 }, () => publishTranslation(her, form)))
		expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
		expect(await db.select().from(translations)).toMatchObject([
			{
				authorId: her.id,
				title: 'A question',
				html: '<p>About <strong>work</strong></p>',
				dir: 'ltr',
				ofVersion: 1,
			},
		])
		expect((await db.select().from(topics))[0]?.langs).toEqual(['ar', 'en'])
		expect(await db.$count(translationClaims)).toBe(0)
		expect(sent[0]?.path).toContain(topic.id)
	})

	test('again, it changes hers; thanks stay', async () => {
		const { post } = await aQuestion()
		const first = await aTranslation(post)
		await db.update(translations).set({ thanks: 2 })
		await aTranslation(post, { by: first.author, body: 'Better words' })
		expect(await db.select().from(translations)).toMatchObject([
			{ id: first.id, body: 'Better words', thanks: 2 },
		])
	})

	test('an answer has no title, whatever the form says', async () => {
		const { topic } = await aQuestion()
		const answer = await aPostIn(topic, { seq: 2 })
		expect((await aTranslation(answer, { title: 'Not a title' })).title).toBeNull()
		expect((await db.select().from(topics))[0]?.langs).toEqual(['ar'])
	})

	test('tells who wished for it and the author, once, and nobody across a block', async () => {
		const { post, topic, author } = await aQuestion()
		const [asking, blocked] = [await aMember(), await aMember()]
		for (const one of [asking, blocked]) await wishFor(one, post)
		const [her] = await blocking(await aTranslator(), blocked)
		const form = translationForm(post)
		await publishTranslation(her, form)
		await publishTranslation(her, form)
		const told = { kind: 'translation.published', subjectId: topic.id, placeId: post.id, times: 1 }
		expect(await toldTo(asking)).toEqual([told])
		expect(await toldTo(author)).toEqual([told])
		expect(await toldTo(blocked)).toEqual([])
		expect(await toldTo(her)).toEqual([])
		// Her wish is not granted by what she cannot see.
		expect(await db.select().from(translationRequests)).toMatchObject([{ memberId: blocked.id }])
	})

	test('made from an older text, it is outdated at once', async () => {
		const { post } = await aQuestion()
		await db.update(posts).set({ version: 3, meaningVersion: 3 }).where(eq(posts.id, post.id))
		expect((await aTranslation(post, { of: '2' })).ofVersion).toBe(2)
		expect((await aTranslation(post, { of: '900' })).ofVersion).toBe(3)
	})
})

describe('what is refused, and her words are kept', () => {
	const words = { title: 'My title', body: 'My own words' }
	const refusedFor = (her: Actor, post: { id: string }, fields: Record<string, unknown> = {}) =>
		faultsOf(() => publishTranslation(her, translationForm(post, { ...words, seen: '', ...fields })))

	test('another has just taken it on', async () => {
		const { post } = await aQuestion()
		const her = await aTranslator()
		await claim(await aTranslator(), { post: post.id, language: 'en' })
		expect(await refusedFor(her, post)).toMatchObject({
			code: 'conflict',
			fields: { '': 'translation:refused.taken' },
		})
		expect(await draftOf(her)).toMatchObject({ place: `translation:${post.id}:en`, ...words })
		expect((await readTranslating(her, post.id, 'en')) as object).toMatchObject({
			claim: 'taken',
			text: words,
		})
	})

	test('another has just published: told once, then hers can stand beside it', async () => {
		const { post } = await aQuestion()
		const her = await aTranslator()
		const before = await readTranslating(her, post.id, 'en')
		await aTranslation(post)
		const seen = before.gone ? '' : before.seen
		expect(await refusedFor(her, post, { seen })).toMatchObject({
			code: 'conflict',
			fields: { '': 'translation:refused.faster' },
		})
		expect(await draftOf(her)).toMatchObject(words)
		const now = await readTranslating(her, post.id, 'en')
		if (now.gone) throw new Error('the post is there')
		expect(now.text).toEqual(words)
		expect(now.others).toHaveLength(1)
		expect((await refusedFor(her, post, { seen: now.seen })).code).toBe('ok')
		expect(await draftOf(her)).toBeUndefined()
		expect(await db.$count(translations)).toBe(2)
	})

	test.each([
		['deleted', { deletedAt: new Date() }],
		['hidden', { hiddenAt: new Date() }],
	])('the post was %s while she wrote: her page still has her words', async (_what, change) => {
		const { post } = await aQuestion()
		const her = await aTranslator()
		await db.update(posts).set(change).where(eq(posts.id, post.id))
		expect(await refusedFor(her, post)).toMatchObject({
			code: 'conflict',
			fields: { '': 'translation:refused.gone' },
		})
		const page = await readTranslating(her, post.id, 'en')
		expect(page).toMatchObject({ gone: true, draft: words })
		expect(JSON.stringify(page)).not.toContain(post.body)
		expect(await codeOf(async () => readTranslating(await aTranslator(), post.id, 'en'))).toBe('not-found')
	})

	test('what she asked under an alias: her handle would tell', async () => {
		const her = await aTranslator()
		const { post } = await aQuestion({ author: her, alias: 1 })
		expect(await refusedFor(her, post)).toMatchObject({ fields: { '': 'translation:refused.ownAlias' } })
		expect(await db.$count(translations)).toBe(0)
	})

	test('hers was hidden by the moderators: publishing again does not bring it back', async () => {
		const { post } = await aQuestion()
		const { author, id } = await aTranslation(post)
		await db.update(translations).set({ hiddenAt: new Date() })
		expect((await refusedFor(author, post)).code).toBe('forbidden')
		const [still] = await db.select().from(translations).where(eq(translations.id, id))
		expect(still).toMatchObject({ body: 'A question about work' })
	})

	test.each([
		['the original’s language', { language: 'ar' }, 'forbidden', undefined],
		['a language she does not speak', { language: 'it' }, 'forbidden', undefined],
		['a language that is none', { language: 'tlh' }, 'invalid', 'language'],
		['no words', { body: ' \u202e ' }, 'invalid', 'body'],
		['no title', { title: '' }, 'invalid', 'title'],
		['a title of 500 marks', { title: `a${'\u0301'.repeat(500)}` }, 'invalid', 'title'],
		['100,000 letters', { body: 'a'.repeat(100_000) }, 'invalid', 'body'],
		['a key that is none', { key: 'x' }, 'invalid', 'key'],
		['a version that is none', { of: '-1' }, 'invalid', 'of'],
		['a time that is none', { seen: 'yesterday' }, 'invalid', 'seen'],
	])('%s', async (_what, change, code, field) => {
		const { post } = await aQuestion()
		const refused = await refusedFor(await aTranslator(), post, change)
		expect([refused.code, Object.keys(refused.fields ?? {})[0]]).toEqual([code, field])
		expect(await db.$count(translations)).toBe(0)
	})

	test('a form that was used for another post', async () => {
		const [one, other] = [await aQuestion(), await aQuestion()]
		const her = await aTranslator()
		const key = crypto.randomUUID()
		await publishTranslation(her, translationForm(one.post, { key }))
		expect((await refusedFor(her, other.post, { key })).code).toBe('conflict')
		expect(await db.$count(translations, and(eq(translations.postId, other.post.id)))).toBe(0)
	})
})

import { eq } from 'drizzle-orm'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, topics } from '~/db/schema/forum'
import { blocks } from '~/db/schema/ties'
import { translations, translationThanks } from '~/db/schema/translation'
import { PostTranslation } from '~/features/forum/components/post-translation'
import { GonePage, TranslatingPage } from '~/features/forum/components/translating-page'
import { TranslationPage } from '~/features/forum/components/translation-page'
import { WantedPage } from '~/features/forum/components/wanted-page'
import { readTopicPage } from '~/features/forum/topic-page.server'
import { readTranslation, translationsFor } from '~/features/forum/translation/reading.server'
import { translationSubject } from '~/features/forum/translation/subject.server'
import { readWanted } from '~/features/forum/translation/wanted.server'
import { thankForTranslation, wish } from '~/features/forum/translation/wishes.server'
import { readTranslating } from '~/features/forum/translation/writing.server'
import { accessReportable } from '~/features/moderation/subjects.server'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { subjects } from '~/routes/subjects.server'
import { aMember } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'
import { statementsOf } from '../../factories/statements'
import { aPostIn, aQuestion, aTranslation, aTranslator } from '../../factories/translations'

const readsEnglish = (fields = {}) => aMember({ speaks: ['en'], reads: ['en'], ...fields })

async function shownTo(actor: Actor, post: { id: string }, locale = 'en') {
	const { of, reader } = await translationsFor(actor, locale, [post])
	return { found: of[post.id], reader, best: of[post.id]?.versions[0] }
}

function render(page: ReactElement, locale = 'en') {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
	expect(html.replaceAll(/data-draft="[^"]*"/g, '')).not.toMatch(
		/translation:|common:|errors:|(read|wish|write|wanted)\.\w/,
	)
	return html
}

/** The words of a post as its page shows them to her. */
async function pageOf(actor: Actor, post: typeof posts.$inferSelect, locale = 'en') {
	const { found, reader } = await shownTo(actor, post, locale)
	return render(
		<PostTranslation post={post} found={found} reader={reader}>
			<p>ORIGINAL</p>
		</PostTranslation>,
		locale,
	)
}

describe('which translation she reads', () => {
	test('the one in the language of her pages, else in one she reads', async () => {
		const { post } = await aQuestion()
		const polyglot = await aTranslator({ speaks: ['ar', 'en', 'it', 'bg'] })
		for (const language of ['bg', 'it', 'en'])
			await aTranslation(post, { by: polyglot, language, body: language })
		const reads = async (locale: string, fields: { speaks?: string[]; reads?: string[] }) =>
			(await shownTo(await aMember({ speaks: [], reads: [], ...fields }), post, locale)).best?.lang
		expect(await reads('it', { reads: ['bg'] })).toBe('it')
		expect(await reads('el', { reads: ['bg'] })).toBe('bg')
		expect(await reads('es', { speaks: ['en'] })).toBe('en')
		expect(await reads('es', {})).toBeUndefined()
	})

	test('none of the words where she reads the original', async () => {
		const { post } = await aQuestion()
		await aTranslation(post)
		const { best } = await shownTo(await aTranslator(), post)
		expect(best).toMatchObject({ lang: 'en', html: null, title: null })
	})

	test('an up-to-date one before an outdated one, then the most thanked, then the oldest', async () => {
		const { post } = await aQuestion()
		const made: { id: string }[] = []
		for (let n = 0; n < 4; n += 1) made.push(await aTranslation(post))
		const change = (n: number, to: Partial<typeof translations.$inferInsert>) =>
			db.update(translations).set(to).where(eq(translations.id, made[n]!.id))
		await db.update(posts).set({ version: 2, meaningVersion: 2 })
		for (const n of [0, 1, 2]) await change(n, { ofVersion: 2 })
		await change(3, { thanks: 9 })
		await change(2, { thanks: 3 })
		const { found } = await shownTo(await readsEnglish(), post)
		expect(found?.versions.map(({ id }) => made.findIndex((one) => one.id === id))).toEqual([2, 0, 1, 3])
		expect(found?.versions.map(({ outdated }) => outdated)).toEqual([false, false, false, true])
		expect(found?.versions.filter(({ html }) => html !== null)).toHaveLength(1)
	})

	test('a minor edit leaves translations up to date', async () => {
		const { post } = await aQuestion()
		await aTranslation(post)
		await db.update(posts).set({ version: 2 })
		expect((await shownTo(await readsEnglish(), post)).best?.outdated).toBe(false)
	})

	test('never a hidden one, one by whom she blocks, or one of a post that is gone', async () => {
		const { post } = await aQuestion()
		const [one, other] = [await aTranslation(post), await aTranslation(post)]
		const reader = await readsEnglish()
		await translationSubject.hide(db, one.id, () => {})
		expect((await shownTo(reader, post)).found?.versions.map(({ id }) => id)).toEqual([other.id])
		await db.insert(blocks).values({ blockerId: other.author.id, blockedId: reader.id })
		const her = { ...reader, blocked: [other.author.id] }
		expect((await shownTo(her, post)).found?.versions).toEqual([])
		await db.update(posts).set({ deletedAt: new Date() })
		expect((await shownTo(reader, post)).found).toBeUndefined()
		await db.update(posts).set({ deletedAt: null, hiddenAt: new Date() })
		expect((await shownTo(reader, post)).found).toBeUndefined()
	})

	test('one query for a page of posts, and nothing of a translator but her handle', async () => {
		const { topic } = await aQuestion()
		const author = await aTranslator({ handle: 'Oksana' })
		const page = await Promise.all(Array.from({ length: 20 }, (_, n) => aPostIn(topic, { seq: n + 2 })))
		for (const post of page.slice(0, 3)) await aTranslation(post, { by: author })
		const reader = await readsEnglish()
		let of: Awaited<ReturnType<typeof translationsFor>>['of'] = {}
		const sent = await statementsOf(async () => {
			of = (await translationsFor(reader, 'en', page)).of
		})
		expect(sent).toHaveLength(1)
		expect(Object.keys(of)).toHaveLength(20)
		expect(of[page[0]!.id]?.versions[0]?.author).toBe('Oksana')
		expect(JSON.stringify(of)).not.toContain(author.id)
	})

	test('a translator who left is not named', async () => {
		const { post } = await aQuestion()
		await aTranslation(post)
		await db.update(translations).set({ authorId: null })
		expect((await shownTo(await readsEnglish(), post)).best).toMatchObject({ author: null, hers: false })
	})
})

describe('wishes', () => {
	test('are counted for everyone and named to nobody', async () => {
		const { post } = await aQuestion()
		const [her, other] = [await readsEnglish(), await readsEnglish()]
		for (const actor of [her, other]) await wish(actor, { post: post.id, language: 'en', wants: true })
		const { found } = await shownTo(her, post)
		expect(found?.wishes).toEqual([{ lang: 'en', count: 2, hers: true }])
		expect(JSON.stringify(found)).not.toContain(other.id)
		expect((await shownTo(await readsEnglish(), post)).found?.wishes).toEqual([
			{ lang: 'en', count: 2, hers: false },
		])
	})
})

describe('thanks', () => {
	const thank = (actor: Actor, id: string, thanks = true) =>
		thankForTranslation(actor, { translation: id, thanks })

	test('count once for each woman, and can be taken back', async () => {
		const { post } = await aQuestion()
		const { id } = await aTranslation(post)
		const [one, other] = [await readsEnglish(), await readsEnglish()]
		await Promise.all([thank(one, id), thank(one, id), thank(other, id)])
		expect((await shownTo(one, post)).best).toMatchObject({ thanks: 2, thanked: true })
		await Promise.all([thank(one, id, false), thank(one, id, false)])
		expect((await shownTo(one, post)).best).toMatchObject({ thanks: 1, thanked: false })
		expect(await db.$count(translationThanks)).toBe(1)
	})

	test.each([
		['her own', async () => own(), 'forbidden'],
		['one that is none', async () => ({ actor: await readsEnglish(), id: crypto.randomUUID() }), 'not-found'],
		['a hidden one', async () => hidden(), 'not-found'],
		['one by whom she blocks', async () => blocked(), 'not-found'],
	])('%s', async (_what, make, code) => {
		const { actor, id } = await make()
		expect(await codeOf(() => thank(actor, id))).toBe(code)
	})

	const make = async () => aTranslation((await aQuestion()).post)
	const own = async () => {
		const { author, id } = await make()
		return { actor: author, id }
	}
	const hidden = async () => {
		const { id } = await make()
		await db.update(translations).set({ hiddenAt: new Date() })
		return { actor: await readsEnglish(), id }
	}
	const blocked = async () => {
		const { author, id } = await make()
		return { actor: { ...(await readsEnglish()), blocked: [author.id] }, id }
	}
})

describe('the page', () => {
	test('shows the translation, marked, with its author, thanks, report, and the original one tap away', async () => {
		const { post } = await aQuestion()
		const { id } = await aTranslation(post, { by: await aTranslator({ handle: 'Oksana' }), body: 'My words' })
		const html = await pageOf(await readsEnglish(), post)
		expect(html).toMatch(
			/Translated by.*Oksana.*A question.*<p>My words<\/p>.*<details[^>]*>.*ORIGINAL.*<\/details>/s,
		)
		expect(html).toContain(`lang="en" dir="ltr"`)
		expect(html).toContain(`/report/translation/${id}`)
		expect(html).toContain('action="/forum/translate/thank"')
		await db.update(posts).set({ version: 2, meaningVersion: 2 })
		expect(await pageOf(await readsEnglish(), post)).toMatch(
			/original was changed later.*Please translate into/is,
		)
	})

	test('shows the original where she reads it, and folds what can be done', async () => {
		const { post } = await aQuestion()
		const { id } = await aTranslation(post)
		const html = await pageOf(await aTranslator(), post)
		expect(html).toMatch(/^<p>ORIGINAL<\/p><details/)
		expect(html).toContain(`/forum/translation/${id}`)
		expect(html).toContain(`/forum/translate/${post.id}/en`)
		expect(html).not.toContain('A question about work')
	})

	test('offers a wish where nothing can be read, pressed when it is hers', async () => {
		const { post } = await aQuestion()
		const her = await aMember({ speaks: ['it'], reads: ['it'] })
		expect(await pageOf(her, post, 'it')).toMatch(/ORIGINAL.*name="wanted" value="it"/s)
		await wish(her, { post: post.id, language: 'it', wants: true })
		expect(await pageOf(her, post, 'it')).toMatch(/name="unwanted" value="it" aria-pressed="true"/)
		expect(await pageOf(her, post, 'it')).toContain('1 la chiede')
	})

	test('a folded post keeps its translation folded', async () => {
		const { post } = await aQuestion({ note: 'violence' })
		await aTranslation(post, { body: 'Hard words' })
		const html = await pageOf(await readsEnglish(), post)
		expect(html).toMatch(/<details[^>]*><summary>.*?<\/summary><div class="fold-body">.*Hard words/s)
	})

	test('adds nothing to a deleted post, and little to one she reads and cannot translate', async () => {
		const { post } = await aQuestion()
		await db.update(posts).set({ deletedAt: new Date() })
		expect(await pageOf(await readsEnglish(), post)).toBe('<p>ORIGINAL</p>')
		const own = await aQuestion()
		expect(await pageOf(await aMember({ speaks: ['ar'], reads: [] }), own.post, 'ar')).toBe('<p>ORIGINAL</p>')
	})

	test.each(UI_LOCALES)('every page is in %s', async (locale) => {
		const { post } = await aQuestion({ note: 'violence' })
		const [first] = [await aTranslation(post), await aTranslation(post)]
		const her = await aTranslator()
		await wish(await aMember(), { post: post.id, language: 'it', wants: true })
		const shown = await readTranslation(her, first.id)
		render(<TranslationPage {...shown} />, locale)
		const page = await readTranslating(her, post.id, 'en')
		if (page.gone) throw new Error('the post is there')
		const html = render(<TranslatingPage page={{ ...page, machine: true }} said="saved" />, locale)
		expect(html).toContain('name="title"')
		render(<GonePage lang="en" draft={{ title: 'Title', body: 'Words' }} />, locale)
		const wanted = await readWanted(await aTranslator({ speaks: ['it', 'ar'] }), locale, null)
		expect(wanted.wanted).toHaveLength(1)
		render(<WantedPage {...wanted} />, locale)
		render(<WantedPage wanted={[]} hers={[]} next={null} first speaksSeveral={false} />, locale)
	})
})

describe('moderators', () => {
	test('are shown the translation with its original, and can hide and restore it', async () => {
		const { post, topic } = await aQuestion({ alias: 2, author: await aMember({ handle: 'Secret' }) })
		const { id, author } = await aTranslation(post, { body: 'Bad words' })
		const reader = await readsEnglish()
		const { reported } = await accessReportable(db, subjects, reader, { kind: 'translation', id })
		expect(reported).toMatchObject({
			authorId: author.id,
			body: 'A question\n\nBad words',
			lang: 'en',
			private: false,
			spaceId: topic.spaceId,
			path: `/forum/translation/${id}`,
			around: [{ id: post.id, author: null, body: `سؤال\n\n${post.body}` }],
		})
		expect(JSON.stringify(reported)).not.toContain('Secret')
		const langs = async () => (await db.select().from(topics))[0]?.langs
		await translationSubject.hide(db, id, () => {})
		await translationSubject.hide(db, id, () => {})
		expect(await langs()).toEqual(['ar'])
		expect(await codeOf(() => accessReportable(db, subjects, reader, { kind: 'translation', id }))).toBe(
			'not-found',
		)
		expect(await codeOf(() => readTranslation(reader, id))).toBe('not-found')
		expect((await translationSubject.find(db, id))?.body).toContain('Bad words')
		await translationSubject.restore(db, id, () => {})
		expect(await langs()).toEqual(['ar', 'en'])
	})

	test.each(['x', crypto.randomUUID()])('are shown nothing for %s', async (id) => {
		expect(await translationSubject.find(db, id)).toBeUndefined()
		expect(await translationSubject.mayReport(db, await aMember(), id)).toBe(false)
	})
})

test('on a topic’s page what nobody has translated or asked for can be asked for', async () => {
	const reader = await readsEnglish()
	const { topic, post } = await aQuestion()
	const ids = { space: topic.spaceId, topic: topic.id }
	const page = () => readTopicPage(reader, 'en', ids, new URLSearchParams())
	expect((await page()).translations.of[post.id]).toEqual({ versions: [], wishes: [] })
	await db.update(posts).set({ deletedAt: new Date() }).where(eq(posts.id, post.id))
	expect((await page()).translations.of[post.id]).toBeUndefined()
})

import { expect, test } from '@playwright/test'
import {
	aMark,
	aMember,
	ask,
	expectCalm,
	fillQuestion,
	postWith,
	press,
	spacesOf,
	TONGUES,
	type Tongue,
	tellLanguages,
	WALKS,
} from './forum-steps'
import { closeAll } from './people'

test.describe.configure({ timeout: 90_000 })

const QUESTION = { title: 'Cerco un asilo per mia figlia', body: 'Ha tre anni. Quanto costano gli asili?' }
const CHANGED = 'Ha quattro anni, non tre. Quanto costano gli asili?'

/** The question in the language of who reads it, and another form of one of its words. */
const TRANSLATED: Record<Tongue, { title: string; body: string; searched: string; found: RegExp }> = {
	ar: {
		title: 'أبحث عن حضانة لابنتي',
		body: 'عمرها ثلاث سنوات. كم تكلّف الحضانات؟',
		searched: 'الحضانة',
		found: /حضان/,
	},
	bg: {
		title: 'Търся детска градина за дъщеря си',
		body: 'Тя е на три години. Колко струват градините?',
		searched: 'градината',
		found: /градин/,
	},
}

for (const { locale, scripts } of WALKS) {
	test(`she reads in her language what another translated for her, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
		browser,
	}) => {
		const mark = aMark()
		const hers = TRANSLATED[locale]
		const writer = await aMember(browser, { locale: 'it', scripts }, `Chiara ${mark}`)
		const reader = await aMember(browser, { locale, scripts })
		const translator = await aMember(browser, { locale, scripts })
		const title = `${QUESTION.title} ${mark}`
		const address = await ask(writer.page, { ...QUESTION, title, language: 'it' })
		const space = address.slice(0, address.lastIndexOf('/'))

		// The list leaves out what she does not read, says how much that is, and shows it at one tap.
		const { page } = reader
		await page.goto(space)
		await expect(page.locator('[data-item=topic]', { hasText: title })).toHaveCount(0)
		const all = page.locator('main .meta:has(a[href*="languages=all"])')
		await expect(all).toContainText(/\p{N}/u)
		await all.locator('a').click()
		await page.locator('[data-item=topic] a', { hasText: title }).click()

		// She asks for it in her language; another who speaks both finds it, and takes it on.
		await press(page, `button[name=wanted][value=${locale}]`)
		await expect(page.locator(`button[name=unwanted][value=${locale}]`)).toBeVisible()
		await tellLanguages(translator.page, ['it', locale])
		await translator.page.goto('/forum/translate')
		const wanted = translator.page.locator('[data-item=wanted]', { hasText: title })
		await press(translator.page, wanted.locator(`button[name=language][value=${locale}]`))

		// She writes beside the original, and publishes under her name.
		await expect(translator.page.locator('.beside .original .prose')).toContainText(QUESTION.body)
		await translator.page.fill('#translation [name=title]', `${hers.title} ${mark}`)
		await translator.page.fill('#translation [name=body]', hers.body)
		await press(translator.page, '#translation button[value=save]')
		await expect(translator.page.locator('#translation [name=body]')).toHaveValue(hers.body)
		await press(translator.page, '#translation button[value=publish]')

		// The first reads it, marked as a translation and whose; the original is one tap away.
		await page.goto(address)
		const translation = page.locator('[data-item=translation]')
		await expect(translation.locator('.prose').first()).toHaveText(hers.body)
		await expect(translation.locator('.prose').first()).toHaveAttribute('lang', locale)
		await expect(translation.locator('.translated-band')).toContainText(translator.handle)
		const original = translation.locator('.prose[lang=it]')
		await expect(original).toBeHidden()
		await translation.locator('summary').click()
		await expect(original).toHaveText(QUESTION.body)
		await press(page, translation.locator('button[name=thanks][value=yes]'))
		await expect(translation.locator('button[name=thanks][value=no]')).toBeVisible()

		// A small correction leaves the translation as it is; a change of what is meant marks it.
		for (const minor of [true, false]) {
			await writer.page.goto(address)
			await writer.page.locator('a[href*="/edit/"]').click()
			await writer.page.fill('#edit-form [name=body]', minor ? `${QUESTION.body} Grazie.` : CHANGED)
			if (minor) await writer.page.check('#edit-form [name=minor]')
			await press(writer.page, '#edit-form button[type=submit]:not([name])')
			await page.goto(address)
			await expect(page.locator('[data-item=translation] .outdated')).toHaveCount(minor ? 0 : 1)
		}

		// She finds it again by another form of a word, marked where it was found.
		await page.goto('/search')
		await page.fill('#search [name=q]', hers.searched)
		await page.locator('#search summary').click()
		await page.selectOption('#search [name=time]', { index: 1 })
		await page.selectOption('#search [name=language]', locale)
		await page.click('#search button[type=submit]')
		const hit = page.locator('[data-item=hit]', { hasText: String(mark) })
		await expect(hit.locator('mark').first()).toHaveText(hers.found)
		await hit.locator('a').click()
		await expect(postWith(page, hers.body)).toBeVisible()

		expectCalm([writer, reader, translator])
		await closeAll([writer, reader, translator])
	})
}

for (const locale of TONGUES) {
	test(`she is asked once when her words look like another language, in ${locale}`, async ({ browser }) => {
		const writer = await aMember(browser, { locale, scripts: false })
		const { page } = writer
		const title = `${QUESTION.title} ${aMark()}`
		const [space] = await spacesOf(page)
		await page.goto(`${space}/new`)
		await fillQuestion(page, { ...QUESTION, title, language: locale })
		await press(page, '#question-form button[type=submit]:not([name])')
		await expect(page.locator('#question-form [name=body]')).toHaveValue(QUESTION.body)
		await press(page, 'button[name=confirmed][value=it]')
		await expect(page.locator('[data-item=post] .prose')).toHaveAttribute('lang', 'it')
		expectCalm([writer])
		await closeAll([writer])
	})
}

test('of several translations she reads the most thanked, and can report one', async ({ browser }) => {
	const [locale, scripts, mark] = ['bg', false, aMark()] as const
	const hers = TRANSLATED[locale]
	const writer = await aMember(browser, { locale: 'it', scripts }, `Chiara ${mark}`)
	const [first, second] = [
		await aMember(browser, { locale, scripts }),
		await aMember(browser, { locale, scripts }),
	]
	const reader = await aMember(browser, { locale, scripts })
	const address = await ask(writer.page, { ...QUESTION, title: `${QUESTION.title} ${mark}`, language: 'it' })
	await writer.page.goto(address)
	const post = (await writer.page.locator('[data-item=post]').getAttribute('id'))!.slice('p-'.length)
	for (const [{ page }, ending] of [
		[first, ''],
		[second, ' Благодаря.'],
	] as const) {
		await tellLanguages(page, ['it', locale])
		await page.goto(`/forum/translate/${post}/${locale}`)
		await page.fill('#translation [name=title]', `${hers.title} ${mark}`)
		await page.fill('#translation [name=body]', hers.body + ending)
		await press(page, '#translation button[value=publish]')
	}

	const { page } = reader
	const shown = page.locator('[data-item=translation]')
	await page.goto(address)
	await expect(shown.locator('.translated-band')).toContainText(first.handle)
	const other = page.locator('[data-item=post] li', { hasText: second.handle })
	await expect(other).toBeHidden()
	await page.locator('[data-item=post] details:has(a[href^="/forum/translation/"]) > summary').click()
	await other.locator('a').click()
	await press(page, 'button[name=thanks][value=yes]')
	await page.goto(address)
	await expect(shown.locator('.translated-band')).toContainText(second.handle)
	await expect(shown.locator('.prose').first()).toHaveText(`${hers.body} Благодаря.`)

	await shown.locator('a[href^="/report/translation/"]').click()
	await expect(page.locator('main blockquote')).toContainText(hers.body)
	await page.locator('[name=reason]').first().check()
	await press(page, 'main form button[type=submit]')
	expect(new URL(page.url()).search).toBe('?sent')

	expectCalm([writer, first, second, reader])
	await closeAll([writer, first, second, reader])
})

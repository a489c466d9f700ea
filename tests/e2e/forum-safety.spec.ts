import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import ar from '../../locales/ar/forum.json' with { type: 'json' }
import bg from '../../locales/bg/forum.json' with { type: 'json' }
import {
	aMark,
	aMember,
	answer,
	ask,
	expectCalm,
	openMore,
	postWith,
	press,
	spacesOf,
	TONGUES,
	WORDS,
} from './forum-steps'
import { closeAll } from './people'

const FORMER = { ar: ar.formerMember, bg: bg.formerMember }

/** The id of the first post of a topic. */
async function firstPostOf(page: Page, address: string) {
	await page.goto(address)
	const anchor = await page.locator('[data-item=post]').first().getAttribute('id')
	return anchor!.slice('p-'.length)
}

test.describe.configure({ timeout: 90_000 })

for (const locale of TONGUES) {
	const words = WORDS[locale]

	test(`a question under a flower says nowhere who asked, in ${locale}`, async ({ browser }) => {
		const asker = await aMember(browser, { locale, scripts: false })
		const reader = await aMember(browser, { locale, scripts: false })
		const mark = aMark()
		const title = `${words.title} ${mark}`

		// Only some spaces offer it.
		const spaces = await spacesOf(asker.page)
		const offering: string[] = []
		for (const space of spaces) {
			await asker.page.goto(`${space}/new`)
			if ((await asker.page.locator('#question-form [name=alias]').count()) > 0) offering.push(space)
		}
		expect(offering.length).toBeGreaterThan(0)
		expect(offering.length).toBeLessThan(spaces.length)
		const question = { title, body: words.body, language: locale }
		const address = await ask(asker.page, { ...question, alias: true }, offering[0])
		await answer(asker.page, words.more, locale)
		await reader.page.goto(address)
		await answer(reader.page, words.answer, locale)
		await asker.page.goto(address)
		await press(asker.page, postWith(asker.page, words.answer).locator('button[name=thank]'))

		// Under her handle she writes elsewhere: there her id can be read, and is looked for in all that shows the flower.
		const elsewhere = await ask(asker.page, { ...question, title: `${words.begun} ${aMark()}` }, spaces[0])
		await reader.page.goto(elsewhere)
		const block = await reader.page.locator('a[href^="/me/blocked?person="]').getAttribute('href')
		const id = new URL(block!, 'http://localhost').searchParams.get('person')!
		expect(id).toMatch(/^[0-9a-f-]{36}$/)
		const places = [
			address,
			`${address}?reply=${await firstPostOf(reader.page, address)}`,
			offering[0]!,
			`/search?q=${encodeURIComponent(title)}`,
			'/notices',
		]
		for (const place of places) {
			const reply = await reader.page.request.get(place)
			expect(reply.status(), place).toBe(200)
			const html = await reply.text()
			if (place !== '/notices') expect(html, place).toContain(String(mark))
			expect(html, place).not.toContain(id)
			expect(html, place).not.toContain(asker.handle)
			// The data behind a page is nobody's: whatever a page leaves out cannot be read beside it.
			const [path, query] = place.split('?')
			const data = await reader.page.request.get(`${path}.data${query ? `?${query}` : ''}`)
			expect(data.status(), place).toBe(404)
		}
		await reader.page.goto(`/search?q=${encodeURIComponent(asker.handle)}`)
		await expect(reader.page.locator('[data-item=hit]', { hasText: title })).toHaveCount(0)
		await reader.page.goto(
			`/search?q=${encodeURIComponent(words.title)}&author=${encodeURIComponent(asker.handle)}`,
		)
		await expect(reader.page.locator('[data-item=hit]', { hasText: title })).toHaveCount(0)

		expectCalm([asker, reader])
		await closeAll([asker, reader])
	})

	test(`two women who are blocked see nothing of each other, in ${locale}`, async ({ browser }) => {
		const asker = await aMember(browser, { locale, scripts: false })
		const one = await aMember(browser, { locale, scripts: false })
		const other = await aMember(browser, { locale, scripts: false })
		const title = `${words.title} ${aMark()}`
		const address = await ask(asker.page, { title, body: words.body, language: locale })
		await one.page.goto(address)
		await answer(one.page, words.answer, locale)
		await other.page.goto(address)
		await answer(other.page, words.more, locale)

		await one.page.goto(address)
		const theirs = await openMore(postWith(one.page, words.more))
		await theirs.locator('a[href^="/me/blocked?person="]').click()
		await press(one.page, '#confirm button[value=block]')
		await expect(one.page.locator('[data-item=blocked]', { hasText: other.handle })).toBeVisible()
		for (const [woman, unseen] of [
			[one, other],
			[other, one],
		] as const) {
			await woman.page.goto(address)
			await expect(woman.page.locator('[data-item=post]')).toHaveCount(2)
			expect(await woman.page.content()).not.toContain(unseen.handle)
		}
		await asker.page.goto(address)
		await expect(asker.page.locator('[data-item=post]')).toHaveCount(3)

		// A name of hers in a text is then only text.
		await other.page.goto(address)
		await answer(other.page, `@${one.handle} ${words.begun}`, locale)
		await one.page.goto('/notices')
		await expect(one.page.locator('[data-item=notice]', { hasText: title })).toHaveCount(0)

		await one.page.goto('/me/blocked')
		await press(one.page, 'button[value=unblock]')
		await one.page.goto(address)
		await expect(postWith(one.page, words.more)).toBeVisible()

		expectCalm([asker, one, other])
		await closeAll([asker, one, other])
	})

	test(`she takes her words with her and goes, in ${locale}`, async ({ browser }) => {
		const asker = await aMember(browser, { locale, scripts: false })
		const leaving = await aMember(browser, { locale, scripts: false })
		const title = `${words.title} ${aMark()}`
		const address = await ask(asker.page, { title, body: words.body, language: locale })
		await leaving.page.goto(address)
		await answer(leaving.page, words.answer, locale)

		await leaving.page.goto('/me/data')
		const [download] = await Promise.all([
			leaving.page.waitForEvent('download'),
			leaving.page.click('#take button[value=html]'),
		])
		expect(download.suggestedFilename()).toBe('notes.html')
		expect(await readFile(await download.path(), 'utf8')).toContain(words.answer)

		await leaving.page.goto('/me/data')
		await leaving.page.check('#go [name=words][value=remove]')
		await leaving.page.fill('#go [name=passphrase]', leaving.passphrase)
		await leaving.page.check('#go [name=sure]')
		await press(leaving.page, '#go button[type=submit]')
		await leaving.page.goto('/me')
		await expect(leaving.page).toHaveURL(/\/sign-in/)

		await asker.page.goto(address)
		await expect(asker.page.locator('[data-item=post]')).toHaveCount(2)
		const shell = asker.page.locator('[data-item=post]').last()
		await expect(shell).toContainText(FORMER[locale])
		const page = await asker.page.content()
		expect(page).not.toContain(words.answer)
		expect(page).not.toContain(leaving.handle)

		expectCalm([asker, leaving])
		await closeAll([asker, leaving])
	})
}

test('she takes her words with her for another programme, and leaves them to the others without her name', async ({
	browser,
}) => {
	const [locale, words] = ['bg', WORDS.bg] as const
	const asker = await aMember(browser, { locale, scripts: false })
	const leaving = await aMember(browser, { locale, scripts: false })
	const title = `${words.title} ${aMark()}`
	const address = await ask(asker.page, { title, body: words.body, language: locale })
	const { page } = leaving
	await page.goto(address)
	await answer(page, words.answer, locale)
	await expect(postWith(page, words.answer)).toContainText(leaving.handle)

	await page.goto('/me/data')
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.click('#take button[value=json]'),
	])
	const copy: { posts: { texts: { text: string }[] } } = JSON.parse(
		await readFile(await download.path(), 'utf8'),
	)
	expect(copy.posts.texts.map(({ text }) => text)).toEqual([words.answer])
	expect(JSON.stringify(copy)).not.toContain(words.body)

	await page.goto('/me/data')
	await page.check('#go [name=words][value=keep]')
	await page.fill('#go [name=passphrase]', leaving.passphrase)
	await page.check('#go [name=sure]')
	await press(page, '#go button[type=submit]')
	await asker.page.goto(address)
	const kept = postWith(asker.page, words.answer)
	await expect(kept).toContainText(FORMER[locale])
	expect(await asker.page.content()).not.toContain(leaving.handle)
	await expect(kept.locator('a[href^="/me/blocked"]')).toHaveCount(0)

	expectCalm([asker, leaving])
	await closeAll([asker, leaving])
})

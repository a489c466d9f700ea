import { expect, test } from '@playwright/test'
import {
	aMark,
	aMember,
	answer,
	ask,
	expectCalm,
	fillQuestion,
	openMore,
	postWith,
	press,
	spacesOf,
	WALKS,
	WORDS,
} from './forum-steps'
import { closeAll } from './people'

test.describe.configure({ timeout: 90_000 })

for (const { locale, scripts } of WALKS) {
	const words = WORDS[locale]
	const where = `in ${locale}, scripts ${scripts ? 'on' : 'off'}`

	test(`what she begins is kept, folded, changed and taken back, ${where}`, async ({ browser }) => {
		const title = `${words.title} ${aMark()}`
		const writer = await aMember(browser, { locale, scripts })
		const reader = await aMember(browser, { locale, scripts })
		const { page } = writer

		// She begins, is called away, and finds it again.
		const [space] = await spacesOf(page)
		await page.goto(`${space}/new`)
		if (scripts) {
			const kept = page.waitForResponse((reply) => reply.url().endsWith('/forum/draft'))
			await page.locator('#question-form [name=body]').pressSequentially(words.begun)
			expect((await kept).status()).toBe(204)
		} else {
			await page.fill('#question-form [name=body]', words.begun)
			await press(page, '#question-form button[value=draft]')
		}
		await page.goto('/')
		await page.goto(`${space}/new`)
		await expect(page.locator('#question-form [name=body]')).toHaveValue(words.begun)

		// She asks, with a note: others see what it is about and open it when they want to.
		const draft = { title, body: words.body, language: locale, note: 'children' }
		await fillQuestion(page, draft)
		await press(page, '#question-form button[type=submit]:not([name])')
		const address = new URL(page.url()).pathname
		await page.goto(`${space}/new`)
		await expect(page.locator('#question-form [name=body]')).toHaveValue('')
		await reader.page.goto(address)
		const prose = reader.page.locator('[data-item=post] .prose')
		await expect(prose).toBeHidden()
		await reader.page.locator('[data-item=post] summary').first().click()
		await expect(prose).toBeVisible()
		await expect(prose).toHaveText(words.body)

		// She changes it in two tabs: the second is shown both texts, and nothing is lost.
		await page.goto(address)
		const editing = await page.locator('a[href*="/edit/"]').getAttribute('href')
		const tab = await writer.context.newPage()
		await Promise.all([page.goto(editing!), tab.goto(editing!)])
		await page.fill('#edit-form [name=body]', words.changed)
		await press(page, '#edit-form button[type=submit]:not([name])')
		await expect(page.locator('[data-item=post] .prose')).toHaveText(words.changed)
		await tab.fill('#edit-form [name=body]', words.other)
		const refused = tab.waitForResponse((reply) => reply.request().method() === 'POST')
		await press(tab, '#edit-form button[type=submit]:not([name])')
		expect((await refused).status()).toBe(409)
		await expect(tab.locator('main .bubble-text')).toHaveText(words.changed)
		await expect(tab.locator('#edit-form [name=body]')).toHaveValue(words.other)
		await press(tab, '#edit-form button[type=submit]:not([name])')
		await expect(tab.locator('[data-item=post] .prose')).toHaveText(words.other)

		// What it said before is hers to see, and nobody else's but the moderators'.
		const history = await tab.locator('a[href*="/history/"]').getAttribute('href')
		await tab.goto(history!)
		await expect(tab.locator('[data-item=version]')).toHaveCount(3)
		await expect(tab.locator('[data-item=version]', { hasText: words.body })).toHaveCount(1)
		await reader.page.goto(address)
		await expect(reader.page.locator('a[href*="/history/"]')).toHaveCount(0)
		expect((await reader.page.goto(history!))?.status()).toBe(404)

		// She takes an answer away: the others see only that there was one. Then she takes that back.
		await page.goto(address)
		await answer(page, words.more, locale)
		const more = await openMore(postWith(page, words.more))
		await press(page, more.locator('button[name=delete]'))
		await expect(postWith(page, words.more)).toHaveCount(0)
		await reader.page.goto(address)
		await expect(reader.page.locator('[data-item=post]')).toHaveCount(2)
		expect(await reader.page.content()).not.toContain(words.more)
		await press(page, 'button[name=restore]')
		await expect(postWith(page, words.more)).toBeVisible()
		await reader.page.reload()
		await expect(postWith(reader.page, words.more)).toBeVisible()

		expectCalm([writer, reader])
		await closeAll([writer, reader])
	})

	test(`she is answered, named, thanked and told, ${where}`, async ({ browser }) => {
		const asker = await aMember(browser, { locale, scripts })
		const helper = await aMember(browser, { locale, scripts })
		const title = `${words.title} ${aMark()}`
		const address = await ask(asker.page, { title, body: words.body, language: locale })

		// A reply stands under what it answers; it names the asker.
		await helper.page.goto(address)
		await helper.page.locator('a[href*="?reply="]').click()
		await expect(helper.page.locator('#answer-form .answered-to')).toContainText(words.body)
		await answer(helper.page, `@${asker.handle} ${words.answer}`, locale)
		const helping = postWith(helper.page, words.answer)
		await expect(helping.locator('.answered-to')).toContainText(asker.handle)
		await expect(helping.locator('.prose strong')).toContainText(asker.handle)

		// She sees on every page that something is new; opening it leads to the place.
		for (const path of ['/', '/forum', '/chat', '/me', '/search']) {
			await asker.page.goto(path)
			await expect(asker.page.locator('.bell .count'), path).toHaveCount(1)
		}
		await asker.page.locator('.bell').click()
		await expect(asker.page.locator('[data-item=notice]')).toHaveCount(1)
		await press(asker.page, asker.page.locator('[data-item=notice] button'))
		const there = postWith(asker.page, words.answer)
		expect(new URL(asker.page.url()).hash).toBe(`#${await there.getAttribute('id')}`)
		await expect(there).toBeInViewport()
		await expect(asker.page.locator('.bell .count')).toHaveCount(0)

		// She thanks, says that this answered it, and quotes it.
		await press(asker.page, there.locator('button[name=thank]'))
		await expect(there.locator('button[name=unthank]')).toHaveAttribute('aria-pressed', 'true')
		await press(asker.page, there.locator('button[name=answeredBy]'))
		await expect(
			asker.page.locator(`main .notice a[href*="#${await there.getAttribute('id')}"]`),
		).toBeVisible()
		await (await openMore(there)).locator('a[href*="?quote="]').click()
		await expect(asker.page.locator('#answer-form [name=body]')).toHaveValue(/^> /)
		await answer(asker.page, words.more, locale)
		await expect(postWith(asker.page, words.more).locator('blockquote')).toContainText(words.answer)

		// The helper is told of what was said to her; only the asker says whether it is answered.
		await helper.page.goto(address)
		await expect(helper.page.locator('.bell .count')).toHaveCount(1)
		await expect(helper.page.locator('main button[name=answered]')).toHaveCount(0)
		await expect(helper.page.locator('button[name=thank]')).toHaveCount(2)
		await press(asker.page, 'button[name=answered][value=no]')
		await expect(asker.page.locator('button[name=answered][value=yes]')).toBeVisible()

		expectCalm([asker, helper])
		await closeAll([asker, helper])
	})

	test(`she is shown what is new and where she stopped, ${where}`, async ({ browser }) => {
		const asker = await aMember(browser, { locale, scripts })
		const reader = await aMember(browser, { locale, scripts })
		const title = `${words.title} ${aMark()}`
		const address = await ask(asker.page, { title, body: words.body, language: locale })
		const space = address.slice(0, address.lastIndexOf('/'))
		const { page } = reader
		const row = page.locator('[data-item=topic]', { hasText: title })

		await page.goto(address)
		if (scripts) {
			const told = page.waitForResponse((reply) => reply.url().endsWith('/reading'))
			await page.locator('#reading').scrollIntoViewIfNeeded()
			expect((await told).status()).toBe(204)
		} else {
			await press(page, 'button[name=intent][value=read]')
			await expect(page.locator('button[name=intent][value=read]')).toHaveCount(0)
		}
		await page.goto(space)
		await expect(row).toBeVisible()
		await expect(row.locator('.unread')).toHaveCount(0)

		for (const body of [words.answer, words.more]) await answer(asker.page, body, locale)
		await page.reload()
		await expect(row.locator('.unread')).toHaveCount(1)
		await row.locator('a').click()
		await page.locator(`a.btn[href^="#p-"]`).click()
		await expect(page.locator('[data-item=post]:target')).toContainText(words.answer)

		expectCalm([asker, reader])
		await closeAll([asker, reader])
	})
}

import { expect, test } from '@playwright/test'
import { aMark, aMember, answer, ask, expectCalm, postWith, press, WALKS, WORDS } from './forum-steps'
import { aPerson, closeAll } from './people'

test.describe.configure({ timeout: 90_000 })

for (const { locale, scripts } of WALKS) {
	const words = WORDS[locale]
	const where = `in ${locale}, scripts ${scripts ? 'on' : 'off'}`

	test(`a space for invited women is there for them alone, ${where}`, async ({ browser }) => {
		const mark = aMark()
		const name = `Circle ${mark}`
		const coordinator = await aPerson(browser, { locale, scripts, width: 1280, as: 'coordinator' })
		const woman = await aMember(browser, { locale, scripts })
		const door = coordinator.page

		await door.goto('/coordination/spaces')
		await door.locator('#make-space summary').first().click()
		await door.fill('#make [name=name-en]', name)
		await door.fill('#make [name=description-en]', 'For those who begin.')
		await door.check('#make [name=icon][value=sprout]')
		await door.check('#make [name=access][value=invited]')
		await press(door, '#make button[type=submit]')
		await expect(door.locator('h1')).toHaveText(name)
		const space = `/forum/${new URL(door.url()).pathname.split('/').at(-1)}`
		const settings = door.url()
		await door.fill('#invite [name=handle]', woman.handle)
		await press(door, '#invite button[type=submit]')
		await expect(door.locator('[data-item=invited]', { hasText: woman.handle })).toBeVisible()

		// Invited is not inside: until she says yes, the space is not there for her.
		const { page } = woman
		expect((await page.goto(space))?.status()).toBe(404)
		await page.goto('/forum')
		await expect(page.locator('[data-item=space]', { hasText: name })).toHaveCount(0)
		const invitation = page.locator('[data-item=invitation]', { hasText: name })
		await press(page, invitation.locator('button[value=accept]'))
		await expect(page.locator('h1')).toHaveText(name)
		const title = `${words.title} ${mark}`
		const address = await ask(page, { title, body: words.body, language: locale }, space)

		await door.goto(settings)
		const entry = door.locator('[data-item=invited]', { hasText: woman.handle })
		await press(door, entry.locator('button[value=take]'))
		await expect(entry).toHaveCount(0)
		for (const gone of [space, address]) expect((await page.goto(gone))?.status()).toBe(404)
		await page.goto('/forum')
		await expect(page.locator('main', { hasText: name })).toHaveCount(0)
		await page.goto(`/search?q=${mark}`)
		await expect(page.locator('[data-item=hit]')).toHaveCount(0)

		expectCalm([coordinator, woman])
		await closeAll([coordinator, woman])
	})

	test(`a moderator pins, locks and moves what is asked, ${where}`, async ({ browser }) => {
		const title = `${words.title} ${aMark()}`
		const asker = await aMember(browser, { locale, scripts })
		const helper = await aMember(browser, { locale, scripts })
		const moderator = await aPerson(browser, { locale, scripts, width: 1280, as: 'moderator' })
		const address = await ask(asker.page, { title, body: words.body, language: locale })
		const tools = moderator.page

		await helper.page.goto(address)
		await expect(helper.page.locator('a[href$="/manage"]')).toHaveCount(0)
		expect((await helper.page.request.get(`${address}/manage`)).status()).toBe(404)
		await helper.page.fill('#answer-form [name=body]', words.answer)
		await helper.page.selectOption('#answer-form [name=language]', locale)

		await tools.goto(address)
		await tools.locator('a[href$="/manage"]').click()
		await press(tools, '#pin button')
		await tools.goto(`${address}/manage`)
		await press(tools, '#lock button')

		// She was writing when it was locked: her words are kept, and she is told why.
		await press(helper.page, '#answer-form button[type=submit]:not([name])')
		await expect(helper.page.locator('main .notice.care')).toBeVisible()
		await expect(helper.page.locator('#kept-form [name=body]')).toHaveValue(words.answer)
		await expect(postWith(helper.page, words.answer)).toHaveCount(0)
		await tools.goto(`${address}/manage`)
		await press(tools, '#unpin button')
		await tools.goto(`${address}/manage`)
		await press(tools, '#unlock button')
		await helper.page.goto(address)
		await expect(helper.page.locator('#answer-form [name=body]')).toHaveValue(words.answer)
		await press(helper.page, '#answer-form button[type=submit]:not([name])')
		await expect(postWith(helper.page, words.answer)).toBeVisible()

		// Moved, it says from where; its old address leads on.
		await tools.goto(`${address}/manage`)
		await tools.selectOption('#move [name=to]', { index: 1 })
		const target = await tools.inputValue('#move [name=to]')
		await press(tools, '#move button')
		await asker.page.goto(address)
		const moved = address.replace(/^\/forum\/[^/]+/, `/forum/${target}`)
		expect(moved).not.toBe(address)
		expect(new URL(asker.page.url()).pathname).toBe(moved)
		await expect(asker.page.locator('main ul.points li')).toHaveCount(5)
		await answer(asker.page, words.more, locale)
		await expect(postWith(asker.page, words.more)).toBeVisible()
		await asker.page.goto(moved)
		await expect(asker.page.locator('[data-item=post]')).toHaveCount(3)

		expectCalm([asker, helper, moderator])
		await closeAll([asker, helper, moderator])
	})
}

test('a moderator makes two questions of one, and one of two, and both say so', async ({ browser }) => {
	const [locale, words] = ['ar', WORDS.ar] as const
	const mark = aMark()
	const asker = await aMember(browser, { locale, scripts: false })
	const helper = await aMember(browser, { locale, scripts: false })
	const moderator = await aPerson(browser, { locale, scripts: false, width: 1280, as: 'moderator' })
	const tools = moderator.page
	const first = await ask(asker.page, {
		title: `${words.title} ${mark}`,
		body: words.body,
		language: locale,
	})
	await helper.page.goto(first)
	for (const body of [words.answer, words.more]) await answer(helper.page, body, locale)

	await tools.goto(`${first}/manage`)
	await tools.locator('#split [name=posts]').last().check()
	await tools.fill('#split [name=title]', `${words.other} ${mark}`)
	await tools.selectOption('#split [name=language]', locale)
	await press(tools, '#split button[type=submit]')
	await helper.page.goto(`/search?q=${mark}`)
	await expect(helper.page.locator('[data-item=hit]')).toHaveCount(2)
	const { page } = asker
	await page.goto(first)
	await expect(page.locator('[data-item=post]')).toHaveCount(2)
	const second = await page.locator('main ul.points a').getAttribute('href')
	await page.goto(second!)
	await expect(page.locator('[data-item=post]')).toHaveCount(1)
	await expect(page.locator('[data-item=post]')).toContainText(words.more)
	await expect(page.locator(`main ul.points a[href="${first}"]`)).toBeVisible()

	await tools.goto(`${second}/manage`)
	await tools.fill('#merge [name=into]', new URL(first, tools.url()).href)
	await press(tools, '#merge button[type=submit]')
	await page.goto(second!)
	expect(new URL(page.url()).pathname).toBe(first)
	await expect(page.locator('[data-item=post]')).toHaveCount(3)
	await expect(page.locator('main ul.points li')).toHaveCount(2)
	await helper.page.goto(`/search?q=${mark}`)
	await expect(helper.page.locator('[data-item=hit]')).toHaveCount(1)

	expectCalm([asker, helper, moderator])
	await closeAll([asker, helper, moderator])
})

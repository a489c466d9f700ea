import { expect, type Page, test } from '@playwright/test'
import { aMark, aMember, answer, ask, expectCalm, postWith, press, spacesOf, WORDS } from './forum-steps'
import { closeAll } from './people'

test.describe.configure({ timeout: 90_000 })

test('the lists say what is new, unanswered, followed and her own; following brings news', async ({
	browser,
}) => {
	const [locale, words, mark] = ['bg', WORDS.bg, aMark()] as const
	const asker = await aMember(browser, { locale, scripts: false })
	const reader = await aMember(browser, { locale, scripts: false })
	const [, space] = await spacesOf(asker.page)
	const asking = (title: string) =>
		ask(asker.page, { title: `${title} ${mark}`, body: words.body, language: locale }, space)
	const open = await asking(words.title)
	const answered = await asking(words.other)
	const { page } = reader
	const own = await ask(page, { title: `${words.begun} ${mark}`, body: words.body, language: locale }, space)
	await page.goto(answered)
	await answer(page, words.answer, locale)
	await page.goto(answered)
	await press(page, '#reading button[value=unfollow]')

	const listed = async (list: string) => {
		await page.goto(space!)
		await page.locator(`.pills a[href*="list=${list}"]`).click()
		const links = page.locator('[data-item=topic]', { hasText: String(mark) }).locator('a.row-link')
		return (await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).sort()
	}
	expect(await listed('new')).toEqual([open, answered, own].sort())
	expect(await listed('unanswered')).toEqual([open, own].sort())
	expect(await listed('mine')).toEqual([own])
	expect(await listed('followed')).toEqual([own])
	await page.goto(open)
	await press(page, '#reading button[value=follow]')
	expect(await listed('followed')).toEqual([open, own].sort())

	// An answer in what she follows, and a question in a space she follows, are told; what she stopped following is not.
	await page.goto(space!)
	await press(page, 'button[value=follow]')
	await expect(page.locator('button[value=unfollow]')).toBeVisible()
	for (const topic of [open, answered]) {
		await asker.page.goto(topic)
		await answer(asker.page, words.more, locale)
	}
	await asking(words.changed)
	await page.goto('/notices')
	await expect(page.locator('[data-item=notice]')).toHaveCount(2)
	await expect(page.locator('[data-item=notice]', { hasText: words.title })).toHaveCount(1)
	await expect(page.locator('[data-item=notice]', { hasText: words.other })).toHaveCount(0)
	await page.goto(space!)
	await press(page, 'button[value=unfollow]')
	await expect(page.locator('button[value=follow]')).toBeVisible()

	expectCalm([asker, reader])
	await closeAll([asker, reader])
})

async function lookFor(page: Page, words: string) {
	await page.goto('/search')
	await page.fill('#search [name=q]', words)
	const reply = page.waitForResponse((one) => one.url().includes('/search?'))
	await press(page, '#search button[type=submit]')
	return (await reply).status()
}

test('what she types nearly right, far too long, or without a word leads on', async ({ browser }) => {
	const mark = aMark()
	const woman = await aMember(browser, { locale: 'en', scripts: false })
	const { page } = woman
	const title = `Zibellinenhof Quastenflosser ${mark}`
	const address = await ask(page, { title, body: '我的女儿在那里学中文。', language: 'en' })
	const found = page.locator('[data-item=hit]', { hasText: String(mark) })

	expect(await lookFor(page, 'ibelinenhof uastenflosser')).toBe(200)
	await expect(found).toHaveCount(0)
	await page.locator('main section li a', { hasText: String(mark) }).click()
	await expect(postWith(page, '我的女儿')).toBeVisible()
	expect(new URL(page.url()).pathname).toBe(address)

	expect(await lookFor(page, '学')).toBe(200)
	await expect(found).toHaveCount(1)
	for (const signs of ['"', '-', '& | ! : *', '()<->:*', '%', '_', "'; --"]) {
		expect(await lookFor(page, signs), signs).toBe(200)
		await expect(page.locator('main .notice.info'), signs).toBeVisible()
		await expect(page.locator('[data-item=hit]'), signs).toHaveCount(0)
	}
	expect(await lookFor(page, `Quastenflosser ${mark} ${'w'.repeat(10_000)}`)).toBe(200)
	await expect(page.locator('main .notice.info').first()).toBeVisible()
	await expect(found).toHaveCount(1)

	expectCalm([woman])
	await closeAll([woman])
})

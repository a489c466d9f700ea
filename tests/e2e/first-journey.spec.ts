import { expect, type Page, test } from '@playwright/test'
import { aPerson, closeAll, examplePeople, join, leave, signIn } from './people'

const WORDS = {
	ar: {
		dir: 'rtl',
		handle: 'مها',
		title: 'كيف أجد دورة مجانية؟',
		body: 'وصلت قبل شهرين. أين أبدأ؟',
		ask: 'أحتاج إلى من تتكلم لغتي.',
		hello: 'أهلاً، أنا سعيدة بأن نتكلم.',
		bad: 'كلمات لا مكان لها هنا.',
	},
	bg: {
		dir: 'ltr',
		handle: 'Милена',
		title: 'Как да намеря безплатен курс?',
		body: 'Дойдох преди два месеца. Откъде да започна?',
		ask: 'Търся някого, с когото да говоря.',
		hello: 'Здравей, радвам се да си пишем.',
		bad: 'Думи, на които мястото не е тук.',
	},
} as const

const ANSWER = 'Vai alla biblioteca del quartiere: lì sanno tutto.'

/** What a screen shows after the other side did something: at once with scripts, after a reload without. */
async function look(page: Page, scripts: boolean) {
	if (!scripts) await page.reload()
}

/** Presses a form's button and waits until the server has answered it. */
async function submit(page: Page, button: string) {
	await Promise.all([
		page.waitForResponse((answer) => answer.request().method() === 'POST'),
		page.click(button),
	])
	await page.waitForLoadState()
}

async function ask(page: Page, words: { title: string; body: string }, locale: string) {
	await page.goto('/forum')
	await page.locator('[data-item=space] a').first().click()
	await page.locator('a[href$="/new"]').click()
	await page.fill('[name=title]', words.title)
	await page.fill('[name=body]', words.body)
	await page.selectOption('main [name=language]', locale)
	await page.click('main form:has([name=body]) button[type=submit]')
	await expect(page.locator('[data-item=post]')).toHaveCount(1)
}

/** Writes in a room: over the socket with scripts, by the form without. */
async function write(page: Page, body: string) {
	await page.fill('main form:has([name=key]) [name=body]', body)
	await page.click('main form:has([name=key]) button[type=submit]')
	await expect(page.locator('[data-item=message]', { hasText: body })).toBeVisible()
}

for (const locale of ['ar', 'bg'] as const) {
	for (const scripts of [true, false]) {
		test(`a woman joins, asks, is answered, matched and heard, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
			browser,
		}) => {
			test.setTimeout(180_000)
			// The moderator sees the cases of every journey under way: what she looks for is said only in this one.
			const mark = Math.floor(Math.random() * 1e6)
			const words = { ...WORDS[locale], bad: `${WORDS[locale].bad} ${mark}` }
			const people = examplePeople()
			const handle = `${words.handle} ${mark}`
			const asker = await aPerson(browser, { locale, scripts })
			const helper = await aPerson(browser, { locale: 'it', scripts })
			const mentor = await aPerson(browser, { locale: 'en', scripts })
			const moderator = await aPerson(browser, { locale: 'en', scripts, width: 1280, as: 'moderator' })

			// She arrives, in her language and direction, and joins with nothing but a name and words.
			await asker.page.goto('/')
			await expect(asker.page.locator('html')).toHaveAttribute('lang', locale)
			await expect(asker.page.locator('html')).toHaveAttribute('dir', words.dir)
			await join(asker.page, handle)

			// She asks; another member answers in Italian, shown left to right inside her page.
			await ask(asker.page, words, locale)
			const address = asker.page.url()
			await join(helper.page, `Aiuto ${Math.floor(Math.random() * 1e6)}`)
			await helper.page.goto(address)
			await helper.page.fill('[name=body]', ANSWER)
			await helper.page.selectOption('main [name=language]', 'it')
			await submit(helper.page, '#answer-form button[type=submit]')
			await asker.page.goto(address)
			const answer = asker.page.locator('[data-item=post]', { hasText: ANSWER }).locator('.prose')
			await expect(answer).toHaveAttribute('lang', 'it')
			await expect(answer).toHaveAttribute('dir', 'ltr')

			// She finds a mentor and asks her; the mentor says yes.
			await asker.page.goto(
				locale === 'ar' ? '/mentoring/mentors?language=ar' : '/mentoring/mentors?language=all',
			)
			const card = asker.page.locator('[data-item=mentor]', { hasText: people.mentor!.handle })
			for (let pages = 0; pages < 4 && (await card.count()) === 0; pages += 1)
				await asker.page.locator('a[rel=next]').click()
			await card.locator('a[href*="/mentoring/ask"]').click()
			await asker.page.fill('[name=words]', words.ask)
			await asker.page.click('main form:has([name=words]) button[type=submit]')
			await asker.page.waitForURL(/\/mentoring\/[0-9a-f-]{36}/)
			const match = new URL(asker.page.url()).pathname
			await signIn(mentor.page, people.mentor!)
			await mentor.page.goto(match)
			await expect(mentor.page.locator('main')).toContainText(words.ask)
			await submit(mentor.page, 'button[name=intent][value=accept]')

			// They write in their private room.
			await asker.page.goto(match)
			for (const { page } of [asker, mentor]) {
				await page.locator('main a[href^="/chat/"]').first().click()
				await page.waitForURL(/\/chat\/[0-9a-f-]{36}/)
			}
			await write(asker.page, words.hello)
			await look(mentor.page, scripts)
			await expect(mentor.page.locator('[data-item=message]', { hasText: words.hello })).toBeVisible()
			await write(mentor.page, 'I am here too.')
			await look(asker.page, scripts)
			await expect(asker.page.locator('[data-item=message]', { hasText: 'I am here too.' })).toBeVisible()

			// One message should not be there: the mentor reports it, a moderator reads it under the report and hides it.
			await write(asker.page, words.bad)
			await look(mentor.page, scripts)
			const bad = mentor.page.locator('[data-item=message]', { hasText: words.bad })
			const report = await bad.locator('a[href^="/report/message/"]').getAttribute('href')
			const reporting = await mentor.context.newPage()
			await reporting.goto(report!)
			await reporting.check('[name=reason][value=rude]')
			await submit(reporting, 'main form:has([name=reason]) button[type=submit]')
			await moderator.page.goto('/moderation')
			const cases = moderator.page.locator('[data-item=case] a')
			await openCaseAbout(
				moderator.page,
				await cases.evaluateAll((links) => links.map((link) => link.getAttribute('href')!)),
				words.bad,
			)
			await moderator.page.check('[name=decision][value=hide]')
			await moderator.page.check('[name=rule][value=insult]')
			await submit(moderator.page, 'form:has([name=decision]) button[type=submit]')
			const decidedAt = Date.now()
			for (const { page } of [asker, mentor]) {
				await look(page, scripts)
				await expect(page.locator('[data-item=message]', { hasText: words.bad })).toHaveCount(0)
			}
			if (scripts) expect(Date.now() - decidedAt).toBeLessThan(1_000)
			await expect(asker.page.locator('[data-item=message]', { hasText: words.hello })).toBeVisible()
			await asker.page.goto('/me/decisions')
			await expect(asker.page.locator('main')).toContainText(words.bad.slice(0, 20))

			// She ends it, without a reason.
			await asker.page.goto(match)
			await asker.page.locator('details:has(button[name=intent][value=end]) summary').click()
			await submit(asker.page, 'button[name=intent][value=end]')

			// And she is gone.
			await leave(asker.page)
			await asker.page.goto('/me')
			await expect(asker.page).toHaveURL(/\/sign-in/)
			await asker.page.goBack().catch(() => undefined)
			expect(await asker.page.content()).not.toContain(words.title)

			for (const person of [asker, helper, mentor, moderator]) {
				expect(person.complaints).toEqual([])
				expect(person.foreign).toEqual([])
			}
			await closeAll([asker, helper, mentor, moderator])
		})
	}
}

/** Private content is not in the list: the case is found by opening each one under its report. */
async function openCaseAbout(page: Page, addresses: string[], text: string) {
	for (const address of addresses) {
		await page.goto(address)
		const read = page.locator('form:has([name=intent][value=read]) button')
		if ((await read.count()) === 0) continue
		await read.click()
		await page.waitForLoadState()
		if ((await page.locator('main').textContent())?.includes(text)) return
	}
	throw new Error('no case is about the reported message')
}

import { expect, test } from '@playwright/test'
import { aMember, aModerator, expectCalm, press } from './forum-steps'
import { unfold } from './mentoring-steps'
import { caseAbout, decide, enter, report, SCENES, type Tongue, tabTo, whereSheIs } from './moderation-steps'
import { aPerson, closeAll, signIn } from './people'

test.describe.configure({ timeout: 120_000 })

for (const [at, [kind, scene]] of Object.entries(SCENES).entries()) {
	// Every kind once, half of them right to left with scripts, the others left to right without.
	const locale: Tongue = at % 2 === 0 ? 'ar' : 'bg'
	const scripts = at % 2 === 0
	test(`${kind}: reported, decided, appealed and restored, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
		browser,
	}) => {
		const made = await scene(browser, { locale, scripts })
		const { author, reporter, seenAt, text, comesBack } = made
		await report(reporter, made, 'rude')

		// She reads that it waits; the other one reads nothing at all.
		await reporter.page.goto('/me/decisions')
		await expect(reporter.page.locator('[data-item=report]')).toHaveCount(1)
		await author.page.goto('/me/decisions')
		await expect(author.page.locator('[data-item=decision]')).toHaveCount(0)

		const first = await aPerson(browser, { locale: 'en', scripts, width: 1280, as: 'moderator' })
		await decide(first.page, await caseAbout(author.handle), 'hide')
		if (text && comesBack) {
			await reporter.page.goto(seenAt)
			await expect(reporter.page.locator('main')).not.toContainText(text)
		}

		// She is told why, and asks for another look.
		await author.page.goto('/me/decisions')
		const statement = author.page.locator('[data-item=decision]')
		await expect(statement).toHaveCount(1)
		await expect(statement).not.toContainText(reporter.handle)
		const appeal = statement.locator('form:has([name=intent][value=appeal])')
		await unfold(statement.locator('details:has([name=intent][value=appeal])'))
		await press(author.page, appeal.locator('button[type=submit]'))

		// Whoever decided cannot look again; another moderator restores.
		const again = await caseAbout(author.handle, true)
		await first.page.goto(again)
		await expect(first.page.locator('[name=decision]')).toHaveCount(0)
		const second = await aModerator(browser, { locale: 'bg', scripts, width: 1280 })
		await decide(second.page, again, 'restore')
		await author.page.goto('/me/decisions')
		await expect(author.page.locator('[data-item=decision] .notice.good')).toBeVisible()
		if (text && comesBack) {
			await reporter.page.goto(seenAt)
			await expect(reporter.page.locator('main')).toContainText(text)
		}
		await reporter.page.goto('/me/decisions')
		await expect(reporter.page.locator('[data-item=report]')).toHaveCount(1)

		expectCalm([author, reporter, first, second])
		await closeAll([author, reporter, first, second])
	})
}

for (const { locale, scripts } of [
	{ locale: 'ar', scripts: true },
	{ locale: 'bg', scripts: false },
] as const) {
	test(`a person, by her name: shut out for a week, heard again, let in, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
		browser,
	}) => {
		const [author, reporter] = [
			await aMember(browser, { locale, scripts }),
			await aMember(browser, { locale, scripts }),
		]
		const answers = []
		for (const handle of [author.handle, `${author.handle}0`]) {
			await reporter.page.goto('/report/person')
			await reporter.page.fill('main [name=handle]', handle)
			await reporter.page.check('[name=reason][value=frightens]')
			await press(reporter.page, 'main form:has([name=reason]) button[type=submit]')
			answers.push(await reporter.page.locator('main').textContent())
		}
		// Whether there is such a woman is not told.
		expect(answers[1]).toBe(answers[0])

		const first = await aPerson(browser, { locale: 'en', scripts, width: 1280, as: 'moderator' })
		await decide(first.page, await caseAbout(author.handle), 'warn', ['[name=measure][value=suspended]'])
		const { page } = author
		expect((await page.request.get('/forum', { maxRedirects: 0 })).status()).not.toBe(200)
		await signIn(page, author)
		expect((await page.goto('/forum'))?.status()).toBe(404)
		await page.goto('/me/decisions')
		const statement = page.locator('[data-item=decision]')
		await unfold(statement.locator('details:has([name=intent][value=appeal])'))
		await press(page, statement.locator('form:has([name=intent][value=appeal]) button[type=submit]'))

		const second = await aModerator(browser, { locale: 'bg', scripts, width: 1280 })
		await decide(second.page, await caseAbout(author.handle, true), 'restore')
		expect((await page.goto('/forum'))?.status()).toBe(200)
		expectCalm([author, reporter, first, second])
		await closeAll([author, reporter, first, second])
	})
}

test('a case is found, taken and decided by the keyboard alone, and she sees where she is', async ({
	browser,
}) => {
	const made = await SCENES.post!(browser, { locale: 'bg', scripts: true })
	await report(made.reporter, made, 'danger')
	const address = await caseAbout(made.author.handle)
	const moderator = await aPerson(browser, { locale: 'en', width: 1280, as: 'moderator' })
	const { page } = moderator
	await page.goto('/moderation')
	await tabTo(page, `main a[href="${address}"]`)
	await enter(page)
	await expect(page).toHaveURL(address)
	await tabTo(page, 'main button[value=claim]')
	await enter(page)
	await expect(page.locator('main button[value=give-back]')).toBeVisible()

	for (const [name, wanted] of Object.entries({ decision: 'hide', rule: 'insult' })) {
		const choices = page.locator(`main [name=${name}]`)
		await tabTo(page, `main [name=${name}]`)
		for (const choice of await choices.all()) {
			await expect(choice).toBeFocused()
			expect(await whereSheIs(page)).toBe(true)
			await page.keyboard.press('ArrowDown')
		}
		const chosen = page.locator(`main [name=${name}][value=${wanted}]`)
		for (let at = 0; at < (await choices.count()) && !(await chosen.isChecked()); at += 1)
			await page.keyboard.press('ArrowDown')
		await expect(chosen).toBeChecked()
	}
	await tabTo(page, 'main form:has([name=decision]) button[type=submit]')
	await enter(page)
	await expect(page.locator('main [name=decision]')).toHaveCount(0)
	await expect(page.locator('main form:has([value=undo])')).toBeVisible()

	expectCalm([made.author, made.reporter, moderator])
	await closeAll([made.author, made.reporter, moderator])
})

import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { aRoom, enter, foldOf, said, say, saying } from './chat-steps'
import { aMark, aMember, ask, fillQuestion, press, spacesOf } from './forum-steps'
import { aPerson } from './people'

/** With scripts, and without. */
const WALKS = [{ scripts: true }, { scripts: false }]

const WORDS = 'Una riga "così" & <b>\n\nE un’altra, scritta in fretta.'

/** Chooses another language at the top of the page. */
async function speak(page: Page, tag: string) {
	const { pathname, search } = new URL(page.url())
	await page.click('.top .menu > summary')
	await press(page, page.locator(`.menu-panel > button[value="${tag}"]`))
	await expect(page.locator('html')).toHaveAttribute('lang', tag)
	expect(new URL(page.url())).toMatchObject({ pathname, search })
}

/** What is in a form, but for what no page gives back. */
const typedIn = (form: Locator) =>
	form.evaluate((element: HTMLFormElement) =>
		[...new FormData(element)]
			.map(([name, value]) => `${name}: ${value}`)
			.filter((line) => !/^(key|passphrase):/.test(line)),
	)

/** She goes through two more languages, and all is as she wrote it. */
async function keepsAll(page: Page, form: Locator) {
	const before = await typedIn(form)
	for (const tag of ['ar', 'it']) {
		await speak(page, tag)
		expect(await typedIn(form)).toEqual(before)
		await expect(page.locator('[data-summary]')).toHaveCount(0)
	}
}

async function expectAccessible(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
}

for (const { scripts } of WALKS) {
	test.describe(scripts ? 'with scripts' : 'without scripts', () => {
		test('a visitor keeps the page, its query and what she typed to join', async ({ browser }) => {
			const { page, complaints } = await aPerson(browser, { locale: 'es', scripts })
			await page.goto('/help?for=me')
			await speak(page, 'it')
			await page.goto('/join')
			await page.fill('[name=handle]', `Amira ${aMark()}`)
			await page.check('[name=words][value=own]')
			await page.fill('[name=passphrase]', 'quattro parole mie qui')
			await page.check('[name=device][value=shared]')
			await page.check('[name=age]')
			await keepsAll(page, page.locator('#join'))
			await expect(page.locator('[name=passphrase]')).toHaveValue('')
			if (scripts) await expectAccessible(page)
			// She was not led on: the account is made with what she adds now.
			await page.fill('[name=passphrase]', 'quattro parole mie qui')
			await page.check('[name=rules]')
			await press(page, '#join > button[type=submit]')
			await expect(page).toHaveURL(/\/join\/codes/)
			expect(complaints).toEqual([])
		})

		test('a member keeps what she wrote, wherever she writes', async ({ browser }) => {
			const { page, complaints } = await aMember(browser, { locale: 'it', scripts })
			await page.goto('/me/profile')
			await page.check('#profile [name=reads][value=it]')
			await page.fill('#profile [name=about]', WORDS)
			await keepsAll(page, page.locator('#profile'))

			const [space] = await spacesOf(page)
			const question = { title: 'Chi sa dirmi?', body: WORDS, language: 'it' }
			await page.goto(`${space}/new`)
			await fillQuestion(page, question)
			await keepsAll(page, page.locator('#question-form'))
			if (scripts) await expectAccessible(page)

			const topic = await ask(page, question)
			await page.fill('#answer-form [name=body]', WORDS)
			await keepsAll(page, page.locator('#answer-form'))
			await expect(page.locator('[data-item=post]')).toHaveCount(1)

			await page.goto('/report/person')
			const report = page.locator('main form:has([name=words])')
			await report.locator('[name=handle]').fill('Qualcuna')
			await report.locator('[name=reason]').last().check()
			await report.locator('[name=words]').fill(WORDS)
			await keepsAll(page, report)

			await page.goto('/search?q=lavoro')
			await page.fill('#search [name=q]', 'lavoro a casa')
			await keepsAll(page, page.locator('#search'))

			await page.goto(topic)
			await expect(page.locator('[data-item=post]')).toHaveCount(1)
			expect(complaints).toEqual([])
		})

		test('Enter in a field sends what she typed, and changes no language', async ({ browser }) => {
			const { page, complaints } = await aPerson(browser, { locale: 'bg', scripts })
			await page.goto('/sign-in')
			await page.fill('[name=handle]', 'Nobody here')
			await page.fill('[name=passphrase]', 'quattro parole mie qui')
			const [answer] = await Promise.all([
				page.waitForResponse((one) => one.request().method() === 'POST'),
				page.press('[name=passphrase]', 'Enter'),
			])
			expect(answer.request().postData()).toMatch(/^handle=Nobody\+here&/)
			await expect(page.locator('[name=handle]')).toHaveValue('Nobody here')
			await expect(page.locator('html')).toHaveAttribute('lang', 'bg')
			expect(complaints).toEqual([])
			const member = await aMember(browser, { locale: 'it', scripts })
			await member.page.goto('/search')
			await member.page.fill('#search [name=q]', 'lavoro')
			await member.page.press('#search [name=q]', 'Enter')
			await expect(member.page).toHaveURL(/\/search\?.*q=lavoro/)
			// Another form of a page than the one the languages belong to at first.
			await member.page.goto('/report/person')
			for (const form of await member.page.locator('main form:has(input[type=text])').all()) {
				await form.locator('input[type=text]').first().fill('x')
				const first = await form.evaluate(
					(one: HTMLFormElement) =>
						([...one.elements] as HTMLButtonElement[]).find(({ type }) => type === 'submit')?.name ?? '',
				)
				expect(first).not.toContain('showIn')
			}
		})

		test('in a room her words stay where she writes, and are not sent', async ({ browser }) => {
			const woman = { ...(await aMember(browser, { locale: 'it', scripts })), scripts }
			const { page, complaints } = woman
			const room = await aRoom('it')
			await enter(woman, room)
			await page.fill('#write [name=body]', WORDS)
			await keepsAll(page, page.locator('#write'))
			await enterAgain(woman)
			await expect(page.locator('#write [name=body]')).toHaveValue(WORDS)
			await expect(page.locator('[data-item=message]')).toHaveCount(0)
			if (scripts) await expectAccessible(page)
			await say(woman, 'Eccomi')
			await expect(said(page, 'Eccomi')).toBeVisible()
			if (!scripts) return
			const field = '[id^=edit-] [name=words]'
			const fold = await foldOf(saying(page, 'Eccomi'), field)
			await fold.locator(field).fill(WORDS)
			await speak(page, 'ar')
			await expect(page.locator(field)).toBeVisible()
			await expect(page.locator(field)).toHaveValue(WORDS)
			expect(complaints).toEqual([])
		})
	})
}

/** Waits until the room lives again, where it does. */
async function enterAgain({ page, scripts }: { page: Page; scripts: boolean }) {
	if (scripts) await expect(page.locator('.room-line .connection:not(.trying)')).toBeVisible()
}

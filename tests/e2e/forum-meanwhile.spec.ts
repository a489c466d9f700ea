import { expect, test } from '@playwright/test'
import {
	aMark,
	aMember,
	aModerator,
	answer,
	ask,
	expectCalm,
	openMore,
	postWith,
	press,
	tellLanguages,
	WALKS,
	WORDS,
} from './forum-steps'
import { inExample } from './house'
import { aPerson, closeAll } from './people'

test.describe.configure({ timeout: 90_000 })

const SEND = '#answer-form button[type=submit]:not([name])'

/** The space to which a moderator can take a topic out of everyone's sight. */
const closedSpace = () =>
	inExample(async (sql) => {
		const [space] = await sql`select id from spaces where access = 'practitioners' limit 1`
		return String(space!.id)
	})

for (const { locale, scripts } of WALKS) {
	const words = WORDS[locale]
	const where = `in ${locale}, scripts ${scripts ? 'on' : 'off'}`

	test(`of two moderators who move one question at once one does, and the other is told, ${where}`, async ({
		browser,
	}) => {
		const asker = await aMember(browser, { locale, scripts })
		const moderators = [
			await aPerson(browser, { locale, scripts, as: 'moderator' }),
			await aModerator(browser, { locale, scripts }),
		]
		const title = `${words.title} ${aMark()}`
		const address = await ask(asker.page, { title, body: words.body, language: locale })
		const targets: string[] = []
		for (const [index, { page }] of moderators.entries()) {
			await page.goto(`${address}/manage`)
			await page.selectOption('#move [name=to]', { index })
			targets.push(await page.inputValue('#move [name=to]'))
		}
		expect(new Set(targets).size).toBe(2)
		await Promise.all(moderators.map(({ page }) => press(page, '#move button')))

		const topic = address.slice(address.lastIndexOf('/'))
		await asker.page.goto(address)
		const moved = new URL(asker.page.url()).pathname
		expect(targets.map((space) => `/forum/${space}${topic}`)).toContain(moved)
		await expect(asker.page.locator('main ul.points li')).toHaveCount(1)
		const told = moderators.find(({ page }) => page.url().includes('told=moved'))!
		const done = moderators.find((one) => one !== told)!
		expect(new URL(done.page.url()).pathname).toBe(moved)
		expect(new URL(told.page.url()).pathname).toBe(`${moved}/manage`)
		await expect(told.page.locator('main .notice.care')).toBeVisible()

		expectCalm([asker, ...moderators])
		await closeAll([asker, ...moderators])
	})

	test(`whoever is faster with a translation, the words of the other are kept, ${where}`, async ({
		browser,
	}) => {
		const mark = aMark()
		const writer = await aMember(browser, { locale: 'it', scripts }, `Chiara ${mark}`)
		const her = await aMember(browser, { locale, scripts })
		const other = await aMember(browser, { locale, scripts })
		const title = `Cerco un medico ${mark}`
		const address = await ask(writer.page, { title, body: 'Mia figlia ha la febbre.', language: 'it' })
		await her.page.goto(address)
		await press(her.page, `button[name=wanted][value=${locale}]`)
		for (const { page } of [her, other]) await tellLanguages(page, ['it', locale])
		const take = `[data-item=wanted]:has-text("${mark}") button[name=language][value=${locale}]`
		for (const { page } of [her, other]) await page.goto('/forum/translate')

		// Both see it wanted; the other takes it, and she hears so.
		await press(other.page, take)
		await press(her.page, take)
		await expect(her.page.locator('main .notice.care')).toBeVisible()
		await expect(her.page.locator(take)).toHaveCount(0)

		// She writes all the same: refused while it is taken, and once more when the other has published.
		await her.page.goto(new URL(other.page.url()).pathname)
		const publish = async ({ page }: typeof her, body: string) => {
			await page.fill('#translation [name=title]', `${words.title} ${mark}`)
			await page.fill('#translation [name=body]', body)
			await press(page, '#translation button[value=publish]')
		}
		const field = her.page.locator('#translation [name=body]')
		for (const before of ['taken', 'published']) {
			if (before === 'published') await publish(other, words.answer)
			await publish(her, words.body)
			await expect(her.page.locator('#translation [data-summary]'), before).toBeVisible()
			await expect(field, before).toHaveValue(words.body)
		}
		await expect(her.page.locator('main a[href^="/forum/translation/"]')).toContainText(other.handle)
		await her.page.reload()
		await expect(field).toHaveValue(words.body)

		// Now she knows of it, hers stands beside it.
		await press(her.page, '#translation button[value=publish]')
		for (const handle of [her.handle, other.handle])
			await expect(her.page.locator('[data-item=post]')).toContainText(handle)

		expectCalm([writer, her, other])
		await closeAll([writer, her, other])
	})

	test(`what she quoted and may not read any more is not posted again, ${where}`, async ({ browser }) => {
		const asker = await aMember(browser, { locale, scripts })
		const one = await aMember(browser, { locale, scripts })
		const her = await aMember(browser, { locale, scripts })
		const title = `${words.title} ${aMark()}`
		const address = await ask(asker.page, { title, body: words.body, language: locale })
		await one.page.goto(address)
		await answer(one.page, words.answer, locale)
		const { page } = her
		const field = page.locator('#answer-form [name=body]')
		await page.goto(address)
		await answer(page, words.begun, locale)
		await (await openMore(postWith(page, words.answer))).locator('a[href*="?quote="]').click()
		await expect(field).toHaveValue(`> ${words.answer}\n\n`)
		const quoting = page.url()

		// Blocked meanwhile, she sends a quote alone: it comes back to her, and names nobody.
		await one.page.goto(address)
		const theirs = await openMore(postWith(one.page, words.begun))
		await theirs.locator('a[href^="/me/blocked?person="]').click()
		await press(one.page, '#confirm button[value=block]')
		await page.selectOption('#answer-form [name=language]', locale)
		await press(page, SEND)
		await expect(page.locator('#answer-form [data-summary]')).toBeVisible()
		await expect(page.locator('.answered-to')).toHaveCount(0)
		expect(await page.content()).not.toContain(one.handle)

		// With words of her own she answers, and only they are there for the others.
		await field.fill(`${await field.inputValue()}${words.more}`)
		await press(page, SEND)
		await expect(page.locator('main .notice.care')).toBeVisible()
		await expect(postWith(page, words.more).locator('.prose')).toHaveText(words.more)
		expect(await page.content()).not.toContain(words.answer)
		await asker.page.goto(address)
		await expect(postWith(asker.page, words.answer)).toHaveCount(1)

		// Asked for once more, the quote is not there.
		await page.goto(quoting)
		await expect(field).toHaveValue('')
		expect(await page.content()).not.toContain(words.answer)

		expectCalm([asker, one, her])
		await closeAll([asker, one, her])
	})

	test(`what she wrote to a question that was closed to her is shown to her alone, ${where}`, async ({
		browser,
	}) => {
		const asker = await aMember(browser, { locale, scripts })
		const her = await aMember(browser, { locale, scripts })
		const moderator = await aPerson(browser, { locale, scripts, as: 'moderator' })
		const title = `${words.title} ${aMark()}`
		const address = await ask(asker.page, { title, body: words.body, language: locale })
		const { page } = her
		await page.goto(address)
		await (await openMore(postWith(page, words.body))).locator('a[href*="?quote="]').click()
		const quoting = page.url()
		await page.fill('#answer-form [name=body]', words.answer)
		await page.selectOption('#answer-form [name=language]', locale)

		const target = await closedSpace()
		await moderator.page.goto(`${address}/manage`)
		await moderator.page.selectOption('#move [name=to]', target)
		await press(moderator.page, '#move button')

		const reply = page.waitForResponse((one) => one.request().method() === 'POST')
		await press(page, SEND)
		expect((await reply).status()).toBe(404)
		await expect(page.locator('#unsent')).toHaveValue(words.answer)
		const shown = await page.content()
		for (const secret of [words.body, title, target]) expect(shown).not.toContain(secret)
		const again = await page.request.get(quoting)
		expect(again.status()).toBe(404)
		expect(await again.text()).not.toContain(words.body)

		expectCalm([asker, her, moderator])
		await closeAll([asker, her, moderator])
	})
}

import { type Browser, expect, type Page, test } from '@playwright/test'
import { enter, SAID, say, saying, WALKS } from './chat-steps'
import { aMark, aMember, expectCalm, press } from './forum-steps'
import { unfold } from './mentoring-steps'
import { closeAll } from './people'

async function invite(page: Page, circle: string, handle: string) {
	await page.goto(`${circle}/people`)
	await page.fill('#invite [name=handle]', handle)
	await press(page, '#invite button[type=submit]')
	await expect(page.locator('main .notice.good')).toBeVisible()
}

const invitation = (page: Page, name: string) => page.locator('[data-item=invitation]', { hasText: name })
const listed = (page: Page, name: string) => page.locator('[data-item=circle]', { hasText: name })

async function answerWith(page: Page, name: string, intent: 'accept' | 'refuse') {
	await page.goto('/chat')
	await press(page, invitation(page, name).locator(`form:has([value=${intent}]) button[type=submit]`))
}

/** What cannot be taken back stands in a fold. */
async function actOn(page: Page, within: string, intent: string) {
	const act = `form:has([name=intent][value=${intent}])`
	const fold = page.locator(`${within} details:has(${act})`).first()
	await unfold(fold)
	await press(page, fold.locator(act).locator('button[type=submit]').first())
}

for (const { locale, scripts } of WALKS) {
	test(`a circle from its opening to leaving it, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
		browser,
	}) => {
		test.setTimeout(120_000)
		const words = SAID[locale]
		const name = `${words.room} ${aMark()}`
		const woman = async (browser: Browser) => ({
			...(await aMember(browser, { locale, scripts }, `${words.handle} ${aMark()}`)),
			scripts,
		})
		const [host, friend, other] = await Promise.all([woman(browser), woman(browser), woman(browser)])

		// She opens it, and asks two women; a name that nobody has is answered alike.
		await host.page.goto('/chat/circle')
		await host.page.fill('#circle [name=name]', name)
		await host.page.selectOption('#circle [name=language]', locale)
		await press(host.page, '#circle button[type=submit]')
		const circle = new URL(host.page.url()).pathname.replace('/people', '')
		for (const handle of [friend.handle, other.handle, `${words.handle} 0`])
			await invite(host.page, circle, handle)

		// Until she has said yes she sees no more than its name and who asks.
		expect((await friend.page.goto(circle))?.status()).toBe(404)

		// One tells a moderator, and says no; nobody can ask her again.
		await other.page.goto('/chat')
		await expect(invitation(other.page, name)).toContainText(host.handle)
		const report = invitation(other.page, name).locator('a[href^="/report/circle/"]')
		await other.page.goto((await report.getAttribute('href'))!)
		await other.page.locator('main [name=reason]').first().check()
		await press(other.page, 'main form:has([name=reason]) button[type=submit]')
		await answerWith(other.page, name, 'refuse')
		await invite(host.page, circle, other.handle)
		await other.page.goto('/chat')
		await expect(invitation(other.page, name)).toHaveCount(0)
		expect((await other.page.goto(circle))?.status()).toBe(404)

		// The other says yes, and they talk.
		await answerWith(friend.page, name, 'accept')
		await enter(friend, circle)
		await enter(host, circle)
		await say(friend, words.hello)
		if (!scripts) await enter(host, circle)
		await expect(saying(host.page, words.hello)).toBeVisible()

		// Taken out she reads nothing more of it.
		await host.page.goto(`${circle}/people`)
		await unfold(host.page.locator('[data-item=person] details').first())
		await press(host.page, host.page.locator('[data-item=person] button[value=take-out]').first())
		if (scripts) await expect(saying(friend.page, words.hello)).toHaveCount(0)
		expect((await friend.page.goto(circle))?.status()).toBe(404)
		await friend.page.goto('/chat')
		await expect(listed(friend.page, name)).toHaveCount(0)

		// Asked once more she comes back, and leaves by herself.
		await invite(host.page, circle, friend.handle)
		await answerWith(friend.page, name, 'accept')
		await friend.page.goto('/chat')
		await expect(listed(friend.page, name)).toHaveCount(1)
		await friend.page.goto(`${circle}/people`)
		await expect(friend.page.locator('[data-item=person]')).toHaveCount(2)
		await expect(friend.page.locator('#invite')).toHaveCount(0)
		await actOn(friend.page, 'main', 'leave')
		expect((await friend.page.goto(circle))?.status()).toBe(404)
		await host.page.goto(`${circle}/people`)
		await expect(host.page.locator('[data-item=person]')).toHaveCount(1)
		expectCalm([host, friend, other])
		await closeAll([host, friend, other])
	})
}

import { expect, type Page, test } from '@playwright/test'
import { aMark, aMember, expectCalm, press } from './forum-steps'
import { inExample } from './house'
import { aPerson, closeAll, examplePeople } from './people'

test.describe.configure({ timeout: 90_000 })

/** Types the passphrase again where the page asks for it. */
async function prove(page: Page, form: string, role: string) {
	const field = page.locator(`${form} [name=passphrase]`)
	if ((await field.count()) > 0) await field.fill(examplePeople()[role]!.passphrase)
}

test('two who work at her centre open a lost account again; whoever is signed in can stop it', async ({
	browser,
}) => {
	const handle = `Ada ${aMark()}`
	const one = await aPerson(browser, { locale: 'en', scripts: false, width: 1280, as: 'practitioner' })
	const two = await aPerson(browser, { locale: 'en', scripts: false, width: 1280, as: 'coordinator' })
	await one.page.goto('/coordination/invitations')
	await press(one.page, '#make button[type=submit]')
	const invitation = (await one.page.locator('[data-item=card] bdi.handle').first().textContent())!
	const woman = await aMember(browser, { locale: 'en', scripts: false, invitation }, handle)
	const notice = woman.page.locator('[data-item=recovery]')
	const rowOn = (page: Page) => page.locator('main li[data-item=recovery]', { hasText: handle }).first()

	for (const stopped of [true, false]) {
		await one.page.goto('/coordination/recoveries')
		await one.page.fill('#start [name=handle]', handle)
		await prove(one.page, '#start', 'practitioner')
		await press(one.page, '#start button[type=submit]')
		await two.page.goto('/coordination/recoveries')
		const form = `#${await rowOn(two.page).locator('form:has(button[value=confirm])').getAttribute('id')}`
		await prove(two.page, form, 'coordinator')
		await press(two.page, `${form} button[value=confirm]`)

		for (const path of ['/', '/forum', '/me', '/help']) {
			await woman.page.goto(path)
			await expect(notice, path).toBeVisible()
		}
		if (!stopped) continue
		await press(woman.page, notice.locator('button'))
		await expect(woman.page.locator('main .notice.good')).toBeVisible()
		await expect(notice).toHaveCount(0)
	}

	// Nothing to print for a day.
	await one.page.goto('/coordination/recoveries')
	await expect(rowOn(one.page).locator('button[value=hand]')).toHaveCount(0)
	await inExample(
		(sql) => sql`update recoveries set confirmed_at = confirmed_at - interval '25 hours'
			where member_id = (select id from members where handle = ${handle})`,
	)
	await one.page.reload()
	const form = `#${await rowOn(one.page).locator('form:has(button[value=hand])').getAttribute('id')}`
	await prove(one.page, form, 'practitioner')
	await press(one.page, `${form} button[value=hand]`)
	const card = one.page.locator('[data-item=card]')
	await expect(card).not.toContainText(handle)
	const code = (await card.locator('bdi.handle').textContent())!

	const phone = await aPerson(browser, { locale: 'en', scripts: false })
	await phone.page.goto('/recover')
	await phone.page.fill('[name=handle]', handle)
	await phone.page.fill('[name=recoveryCode]', code)
	await phone.page.check('[name=words][value=offered]')
	await press(phone.page, '#recover button[type=submit]')
	await expect(phone.page.locator('#codes li')).toHaveCount(10)
	await expect(phone.page.locator('[data-item=recovery]')).toHaveCount(0)
	await woman.page.goto('/me')
	await expect(woman.page).toHaveURL(/\/sign-in/)

	expectCalm([one, two, woman, phone])
	await closeAll([one, two, woman, phone])
})

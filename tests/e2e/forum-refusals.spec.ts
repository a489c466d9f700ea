import { expect, type Page, test } from '@playwright/test'
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
	WORDS,
} from './forum-steps'
import { closeAll } from './people'

test.describe.configure({ timeout: 90_000 })

const [LOCALE, OTHERS] = ['ar', WORDS.ar] as const
const SEND = 'button[type=submit]:not([name])'

/** Sends a form that is refused: it says what to do, and every word is still there. */
async function refuse(page: Page, form: string, field: string, text: string) {
	await page.fill(`${form} [name=${field}]`, text)
	const reply = page.waitForResponse((one) => one.request().method() === 'POST')
	await press(page, `${form} ${SEND}`)
	expect((await reply).status()).toBe(422)
	await expect(page.locator(`${form} [data-summary] a`).first()).toHaveAttribute(
		'href',
		new RegExp(`-${field}$`),
	)
	await expect(page.locator(`${form} [name=${field}]`)).toHaveValue(text)
}

test('what cannot be posted is refused in words, and nothing she wrote is lost', async ({ browser }) => {
	const woman = await aMember(browser, { locale: LOCALE, scripts: false })
	const { page } = woman
	const [space] = await spacesOf(page)
	await page.goto(`${space}/new`)
	await page.fill('#question-form [name=body]', OTHERS.body)
	await page.selectOption('#question-form [name=language]', LOCALE)
	const marks = `a${'\u0301'.repeat(500)}`
	await refuse(page, '#question-form', 'title', marks)
	await expect(page.locator('#question-form [name=body]')).toHaveValue(OTHERS.body)
	await page.fill('#question-form [name=title]', `${OTHERS.title} ${aMark()}`)
	await press(page, `#question-form ${SEND}`)
	await expect(page.locator('[data-item=post]')).toHaveCount(1)

	await refuse(page, '#answer-form', 'body', '\u200e\u200f\u202a\u202b\u202c\u2066\u2069')
	await refuse(page, '#answer-form', 'body', 'w'.repeat(100_000))
	await page.goto(page.url())
	await expect(page.locator('[data-item=post]')).toHaveCount(1)

	expectCalm([woman])
	await closeAll([woman])
})

test('an answer to what was deleted meanwhile stands by itself, and says so', async ({ browser }) => {
	const asker = await aMember(browser, { locale: LOCALE, scripts: false })
	const helper = await aMember(browser, { locale: LOCALE, scripts: false })
	const title = `${OTHERS.title} ${aMark()}`
	const address = await ask(asker.page, { title, body: OTHERS.body, language: LOCALE })
	await answer(asker.page, OTHERS.more, LOCALE)

	const { page } = helper
	await page.goto(address)
	await postWith(page, OTHERS.more).locator('a[href*="?reply="]').click()
	await page.fill('#answer-form [name=body]', OTHERS.answer)
	await page.selectOption('#answer-form [name=language]', LOCALE)
	await press(asker.page, (await openMore(postWith(asker.page, OTHERS.more))).locator('button[name=delete]'))
	await press(page, `#answer-form ${SEND}`)
	await expect(page.locator('main .notice.care')).toBeVisible()
	await expect(postWith(page, OTHERS.answer)).toBeVisible()
	await expect(postWith(page, OTHERS.answer).locator('.answered-to')).toHaveCount(0)
	expect(await page.content()).not.toContain(OTHERS.more)

	expectCalm([asker, helper])
	await closeAll([asker, helper])
})

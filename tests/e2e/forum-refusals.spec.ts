import { expect, type Page, test } from '@playwright/test'
import ar from '../../locales/ar/errors.json' with { type: 'json' }
import bg from '../../locales/bg/errors.json' with { type: 'json' }
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
	TONGUES,
	WALKS,
	WORDS,
} from './forum-steps'
import { closeAll } from './people'

test.describe.configure({ timeout: 90_000 })

const [LOCALE, OTHERS] = ['ar', WORDS.ar] as const
const SEND = 'button[type=submit]:not([name])'

/** Puts a text into a field in one go: letter by letter, as `fill` does it, a browser takes minutes for a long one. */
const paste = (page: Page, field: string, text: string) =>
	page.locator(field).evaluate((area: HTMLTextAreaElement, pasted) => {
		area.value = pasted
		area.dispatchEvent(new Event('input', { bubbles: true }))
	}, text)

/** Sends a form that is refused: it says what to do, and every word is still there. */
async function refuse(page: Page, form: string, field: string, text: string) {
	await paste(page, `${form} [name=${field}]`, text)
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
	await page.goto(page.url())
	await expect(page.locator('[data-item=post]')).toHaveCount(1)

	expectCalm([woman])
	await closeAll([woman])
})

/** A text of so many characters, in lines as one that is pasted has them. */
const longText = (line: string, size: number) =>
	`${line}\n`
		.repeat(size / line.length)
		.slice(0, size - 1)
		.trimEnd()
		.padEnd(size, '.')

const TOO_LARGE = { ar: ar['too-large'], bg: bg['too-large'] }

for (const { locale, scripts } of WALKS) {
	const words = WORDS[locale]

	test(`a hundred thousand letters stay hers until she has made them fewer, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
		browser,
	}) => {
		const woman = await aMember(browser, { locale, scripts })
		const { page } = woman
		const title = `${words.title} ${aMark()}`
		const address = await ask(page, { title, body: words.body, language: locale })
		const field = page.locator('#answer-form [name=body]')
		const long = longText(words.answer, 100_000)
		await page.selectOption('#answer-form [name=language]', locale)
		if (scripts) {
			// She is told below the field, and what would only come back is not sent.
			let sent = 0
			page.on('request', (request) => {
				if (request.method() === 'POST' && request.isNavigationRequest()) sent += 1
			})
			await paste(page, '#answer-form [name=body]', long)
			const count = page.locator('#answer-form .count.over')
			await expect(count).toContainText(/\p{N}/u)
			await page.click(`#answer-form ${SEND}`)
			await expect(field).toBeFocused()
			await expect(field).toHaveValue(long)
			expect(sent).toBe(0)
		} else {
			await refuse(page, '#answer-form', 'body', long)
		}

		// Kept as a draft it waits for her, in its whole length; made shorter it goes.
		await press(page, '#answer-form button[value=draft]')
		await page.goto(address)
		await expect(field).toHaveValue(long)
		await field.fill(words.answer)
		await press(page, `#answer-form ${SEND}`)
		await expect(postWith(page, words.answer)).toBeVisible()

		expectCalm([woman])
		await closeAll([woman])
	})
}

for (const locale of TONGUES) {
	const words = WORDS[locale]

	test(`a text larger than any form is refused in her words, in ${locale}`, async ({ browser }) => {
		const woman = await aMember(browser, { locale, scripts: false })
		const { page } = woman
		const title = `${words.title} ${aMark()}`
		await ask(page, { title, body: words.body, language: locale })
		await paste(page, '#answer-form [name=body]', longText(words.answer, 300_000))
		const reply = page.waitForResponse((one) => one.request().method() === 'POST')
		await press(page, `#answer-form ${SEND}`)
		expect((await reply).status()).toBe(413)
		await expect(page.locator('main')).toContainText(TOO_LARGE[locale])
		await expect(page.locator('html')).toHaveAttribute('lang', locale)

		expectCalm([woman])
		await closeAll([woman])
	})
}

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

import { type Browser, expect, type Page, test } from '@playwright/test'
import { aPerson, join } from './people'

/** Bytes of fonts that a page asks for, and what they are served with; `also` asks for more. */
async function fontsOf(page: Page, path: string, also = async () => {}) {
	const fonts: { name: string; bytes: number; kept: string }[] = []
	page.on('response', async (answer) => {
		if (answer.request().resourceType() !== 'font') return
		const { 'cache-control': kept = '' } = answer.headers()
		const bytes = (await answer.body()).length
		fonts.push({ name: new URL(answer.url()).pathname, bytes, kept })
	})
	await page.goto(path)
	await page.evaluate(() => document.fonts.ready.then(() => undefined))
	await also()
	await page.waitForLoadState('networkidle')
	page.removeAllListeners('response')
	return fonts
}

/** Has the browser load the file behind a face of the style sheet, and read it. */
const loadFace = (page: Page, letters: string) =>
	page.evaluate(async (name) => {
		const sheets = [...document.styleSheets].map((sheet) =>
			fetch(sheet.href ?? '').then((file) => file.text()),
		)
		const css = (await Promise.all(sheets)).join('\n')
		const address = new RegExp(`url\\("?([^")]*${name}[^")]*)`).exec(css)?.[1]
		await new FontFace('Sent', `url(${address})`).load()
	}, letters)

/** A page in a language, by a browser that asks for it. */
async function inLanguage(browser: Browser, locale: string) {
	const person = await aPerson(browser, { locale: 'en' })
	await person.context.addCookies([{ name: 'language', value: locale, domain: 'localhost', path: '/' }])
	return person
}

for (const locale of ['it', 'en', 'ar', 'bn', 'ur', 'zh-Hans', 'el']) {
	test(`${locale} is set in the device's own letters`, async ({ browser }) => {
		const { page } = await inLanguage(browser, locale)
		expect(await fontsOf(page, '/help')).toEqual([])
		// Nor for the languages that name themselves in the menu.
		await page.locator('.top details.menu summary').first().click()
		expect(
			await page.evaluate(() => [...document.fonts].filter(({ status }) => status !== 'unloaded').length),
		).toBe(0)
	})
}

for (const [locale, letters] of [
	['ti', 'ethiopic'],
	['ka', 'georgian'],
] as const) {
	test(`${locale} comes with at most one light font`, async ({ browser }) => {
		const { page, foreign } = await inLanguage(browser, locale)
		// A machine that has the letters itself asks for none: what it would be sent is asked for by hand.
		const fonts = await fontsOf(page, '/help', () => loadFace(page, letters))
		await expect(page.locator('html')).toHaveAttribute('data-letters', letters)
		expect(new Set(fonts.map(({ name }) => name)).size).toBe(1)
		for (const { name, bytes, kept } of fonts) {
			expect(name).toMatch(new RegExp(`^/assets/${letters}-[\\w-]+\\.woff2$`))
			expect(bytes).toBeLessThanOrEqual(45 * 1024)
			expect(kept).toBe('public, max-age=31536000, immutable')
		}
		expect(foreign).toEqual([])
	})

	test(`${locale} comes without one where data is saved`, async ({ browser }) => {
		const { page, context } = await inLanguage(browser, locale)
		await context.setExtraHTTPHeaders({ 'save-data': 'on' })
		expect(await fontsOf(page, '/help')).toEqual([])
	})
}

test('Nastaliq comes to who ticked it, and reads Urdu', async ({ browser }) => {
	const { page, context } = await aPerson(browser, { locale: 'en' })
	await join(page, `Nida${Math.floor(Math.random() * 1e9)}`)
	await page.goto('/me/profile')
	await expect(page.locator('[name=nastaliq]')).toHaveCount(0)
	await page.locator('#pages [value=ur]').check()
	await page.locator('#pages button[type=submit]').click()
	await expect(page.locator('html')).toHaveAttribute('lang', 'ur')
	await page.locator('[name=nastaliq]').check()
	await page.locator('#letters button[type=submit]').click()
	await expect(page.locator('html')).toHaveAttribute('data-letters', 'nastaliq')
	const lines = await page
		.locator('main p')
		.first()
		.evaluate((one) => {
			const { lineHeight, fontSize } = getComputedStyle(one)
			return Number.parseFloat(lineHeight) / Number.parseFloat(fontSize)
		})
	expect(lines).toBeGreaterThanOrEqual(1.99)
	await context.close()
})

const LINES = { it: 1.6, el: 1.6, ti: 1.8, ar: 1.8, bn: 1.8, fa: 1.8, ur: 1.8 }
for (const [locale, least] of Object.entries(LINES)) {
	test(`${locale} is written large and wide enough`, async ({ browser }) => {
		const { page } = await inLanguage(browser, locale)
		await page.goto('/help')
		const body = await page
			.locator('.told p:not(.told-title)')
			.first()
			.evaluate((one) => {
				const { lineHeight, fontSize } = getComputedStyle(one)
				return {
					size: Number.parseFloat(fontSize),
					lines: Number.parseFloat(lineHeight) / Number.parseFloat(fontSize),
				}
			})
		expect(body.size).toBeGreaterThanOrEqual(16)
		expect(body.lines).toBeGreaterThanOrEqual(least - 0.01)
		for (const width of [320, 360, 768]) {
			await page.setViewportSize({ width, height: 740 })
			expect(
				await page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				),
				`at ${width} px`,
			).toBeLessThanOrEqual(0)
		}
	})
}

test('in Arabic the keyboard goes the way the eye does', async ({ browser }) => {
	const { page } = await inLanguage(browser, 'ar')
	await page.setViewportSize({ width: 1280, height: 740 })
	await page.goto('/help')
	const tops: { top: number; start: number }[] = []
	for (let times = 0; times < 12; times += 1) {
		await page.keyboard.press('Tab')
		tops.push(
			await page.evaluate(() => {
				const { top, bottom, right } = document.activeElement!.getBoundingClientRect()
				return { top: (top + bottom) / 2 + scrollY, start: right }
			}),
		)
	}
	for (const [at, { top, start }] of tops.entries()) {
		const before = tops[at - 1]
		// The two that jump over the page lie in its corner.
		if (!before || at < 3) continue
		const sameLine = Math.abs(before.top - top) < 16
		expect(sameLine ? before.start > start : before.top < top, `stop ${at}`).toBe(true)
	}
})

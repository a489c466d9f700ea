import { expect, test } from '@playwright/test'
import { named, PAGES, tooWide, visit } from './pages'

/** Long words in one direction, and the other direction. The pages each woman meets are looked at so in every language (languages.spec). */
for (const locale of ['bg', 'ar'])
	for (const what of PAGES)
		test(`${locale} ${named(what)} with letters twice as large`, async ({ browser }) => {
			const { page } = await visit(browser, locale, what)
			await page.setViewportSize({ width: 360, height: 740 })
			await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
			expect(await tooWide(page)).toBeLessThanOrEqual(0)
			await page.close()
		})

test('where the keyboard goes past the bar, the way out stays in sight', async ({ browser }) => {
	const { page } = await visit(browser, 'bg', { path: 'help' })
	await page.setViewportSize({ width: 360, height: 740 })
	for (const size of ['100%', '200%']) {
		await page.evaluate((to) => document.documentElement.style.setProperty('font-size', to), size)
		await page.locator('a.skip').first().focus()
		const [skip, leave] = await Promise.all(
			['a.skip >> nth=0', '#leave'].map((one) => page.locator(one).boundingBox()),
		)
		expect(skip!.y, size).toBeGreaterThanOrEqual(leave!.y + leave!.height)
	}
	await page.close()
})

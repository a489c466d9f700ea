import { type Browser, expect, type Page, test } from '@playwright/test'
import { dirOf } from '../../app/platform/i18n/languages'
import { KEY_PAGES, named, tooWide, UI_TAGS, type Visited, violationsOn, visit } from './pages'

/** Buttons, and links that look like them, whose words do not all show. */
const cutOff = (page: Page) =>
	page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>('button, a.btn, .nav a span, .leave')]
			.filter((each) => each.offsetWidth > 1 && getComputedStyle(each).overflow !== 'visible')
			.filter((each) => each.scrollWidth > each.clientWidth + 1)
			.map((each) => each.textContent?.trim()),
	)

const TOPIC = KEY_PAGES.find(({ path }) => path === 'forum/:space/:topic')!

/** Where a key page was found, so that the next language goes there straight away. */
const found = new Map<Visited, string>()

async function look(browser: Browser, locale: string, what: Visited) {
	const at = found.get(what)
	const seen = await visit(browser, locale, at ? { ...what, from: undefined, at } : what)
	found.set(what, new URL(seen.page.url()).pathname.slice(1))
	return seen
}

/** In each language one of them is asked for accessibility, another one in the next; all in all of them by `npm run gate`. */
const isAxed = (language: number, page: number) =>
	Boolean(process.env.EVERY_LOCALE) || page === language % KEY_PAGES.length

for (const [language, locale] of UI_TAGS.entries()) {
	for (const [at, what] of KEY_PAGES.entries()) {
		test(`${locale} ${named(what)}`, async ({ browser }) => {
			const { page, complaints } = await look(browser, locale, what)
			await expect(page.locator('html')).toHaveAttribute('lang', locale)
			await expect(page.locator('html')).toHaveAttribute('dir', dirOf(locale))
			await expect(page).toHaveTitle(/^Mimosa( · [^·]{1,30})?$/)
			if (isAxed(language, at)) expect(await violationsOn(page)).toEqual([])
			for (const width of [320, 390]) {
				await page.setViewportSize({ width, height: 740 })
				expect(await tooWide(page), `at ${width} px`).toBeLessThanOrEqual(0)
				expect(await cutOff(page), `at ${width} px`).toEqual([])
			}
			// Twice as large, as phones and browsers let her set it.
			await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
			expect(await tooWide(page), 'with letters twice as large').toBeLessThanOrEqual(0)
			expect(complaints).toEqual([])
			await page.close()
		})
	}

	test(`${locale}: the way out, help, reporting and the languages are reached by keyboard`, async ({
		browser,
	}) => {
		const { page } = await look(browser, locale, TOPIC)
		const reached = new Set<string>()
		for (let presses = 0; presses < 120; presses += 1) {
			await page.keyboard.press('Tab')
			const where = await page.evaluate(() => {
				const at = document.activeElement
				if (at?.matches('#leave')) return 'leave'
				if (at?.matches('a[href="/help"]')) return 'help'
				if (at?.matches('a[href^="/report/"]')) return 'report'
				return at?.matches('[data-menu] summary') ? 'languages' : ''
			})
			reached.add(where)
			if (reached.size === 5) break
		}
		expect([...reached].filter(Boolean).sort()).toEqual(['help', 'languages', 'leave', 'report'])
		await page.close()
	})
}

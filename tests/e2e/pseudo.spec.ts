import { expect, type Page, test } from '@playwright/test'
import { PSEUDO_LOCALES } from '../../app/platform/i18n/pseudo'
import { named, PAGES, tooWide, visit } from './pages'

/**
 * Words on the page in plain Latin letters that no catalogue said: every text of ours has lost its plain letters. What
 * people wrote, names, times and the names of languages are marked as theirs, and so left out.
 */
function plainWords(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { lang } = document.documentElement
		/** Not of the catalogue: somebody's words, a name, a code, a time. */
		const THEIRS = `bdi, time, code, samp, kbd, [translate=no], [lang]:not([lang="${lang}"]), [data-user], script, style, svg, textarea`
		const known = new Set(
			[...document.querySelectorAll(THEIRS)].map((each) => each.textContent?.trim() ?? '').filter(Boolean),
		)
		const longestFirst = [...known].sort((a, b) => b.length - a.length)
		const ours = (text: string) =>
			longestFirst
				.reduce((rest, name) => rest.replaceAll(name, ''), text)
				// Values that are put into a text stand between isolates.
				.replace(/\u2068[^\u2069]*\u2069/g, '')
				.replace(/Mimosa|https?:\S+/g, '')
		const found: string[] = []
		const look = (text: string | null, where: string) => {
			const words = ours(text ?? '').match(/[A-Za-z]{3,}/g)
			if (words) found.push(`${where}: ${text?.trim().slice(0, 80)}`)
		}
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
		while (walker.nextNode()) {
			const parent = walker.currentNode.parentElement
			if (parent && !parent.closest(THEIRS))
				look(walker.currentNode.textContent, parent.tagName.toLowerCase())
		}
		for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
			for (const each of document.body.querySelectorAll(`[${name}]`))
				if (!each.closest(THEIRS)) look(each.getAttribute(name), `${each.tagName.toLowerCase()}[${name}]`)
		return found
	})
}

for (const locale of PSEUDO_LOCALES) {
	for (const what of PAGES.filter(({ path }) => path !== 'design')) {
		test(`${locale} ${named(what)}: no word that was not translated`, async ({ browser }) => {
			const { page, complaints } = await visit(browser, locale, what)
			await expect(page.locator('html')).toHaveAttribute('lang', locale)
			await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar-XB' ? 'rtl' : 'ltr')
			expect(await plainWords(page)).toEqual([])
			for (const width of [320, 1280]) {
				await page.setViewportSize({ width, height: 740 })
				expect(await tooWide(page), `at ${width} px`).toBeLessThanOrEqual(0)
			}
			expect(complaints).toEqual([])
			await page.close()
		})
	}
}

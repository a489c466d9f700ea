import { expect, type Page, test } from '@playwright/test'
import { named, PAGES, visit } from './pages'

/**
 * T14: screenshots of a page and its mirror image differ in their letters, boxes need not.
 * Lays the same page out in both directions, so that its words take as much room, and names every box that does not lie
 * where a mirror would show it. What stands in a line of text follows its letters, not the page; what says its direction
 * itself keeps it.
 */
const outOfPlace = (page: Page) =>
	page.evaluate(() => {
		const STRAY_AT_MOST_PX = 1
		const { documentElement: root, body } = document
		const inLine = (each: Element) => getComputedStyle(each).display.startsWith('inline')
		const boxesIn = (parent: Element): Element[] =>
			[...parent.children]
				.filter((each) => !inLine(each) && each.tagName !== 'svg')
				.flatMap((each) => [each, ...(each.hasAttribute('dir') ? [] : boxesIn(each))])
		const boxes = boxesIn(body).filter((each) => each.clientWidth > 1)
		// Each line runs as its letters do: a full stop that changes its end would give it another width.
		const lines = new CSSStyleSheet()
		lines.replaceSync('* { unicode-bidi: plaintext !important }')
		document.adoptedStyleSheets.push(lines)
		const places = () => boxes.map((each) => each.getBoundingClientRect())
		const before = places()
		root.dir = root.dir === 'rtl' ? 'ltr' : 'rtl'
		const after = places()
		const width = root.clientWidth
		const strays = boxes.filter((_, at) => {
			const [one, other] = [before[at]!, after[at]!]
			const by = [
				width - one.right - other.left,
				width - one.left - other.right,
				one.top - other.top,
				one.height - other.height,
			]
			return by.some((px) => Math.abs(px) > STRAY_AT_MOST_PX)
		})
		return {
			looked: boxes.length,
			// The outermost alone: what lies in it strays with it.
			strays: strays
				.filter((each) => !strays.some((other) => other !== each && other.contains(each)))
				.map((each) => `${each.tagName} ${each.className} ${each.textContent?.slice(0, 40)}`),
		}
	})

for (const width of [360, 1280]) {
	for (const what of PAGES) {
		test(`${named(what)} is its own mirror image, ${width} px wide`, async ({ browser }) => {
			const { page } = await visit(browser, 'en', what)
			await page.setViewportSize({ width, height: 740 })
			const { looked, strays } = await outOfPlace(page)
			expect(looked).toBeGreaterThan(20)
			expect(strays).toEqual([])
			await page.close()
		})
	}
}

import type { BrowserContext, Page } from '@playwright/test'

/** What the next frame after a wish to leave shows. */
interface Frame {
	/** From the tap or the key until nothing was left. */
	ms: number
	shown: string
	text: string
	title: string
}

const WAYS = {
	tap: (page: Page) => page.click('#leave', { noWaitAfter: true }),
	'skip link': async (page: Page) => {
		await page.locator('a.skip[href="/exit"]').focus()
		await page.keyboard.press('Enter')
	},
	Escape: (page: Page) => presses(page, 'Escape'),
	Shift: (page: Page) => presses(page, 'Shift'),
}

async function presses(page: Page, key: string) {
	// As fast as a finger: quicker ones would wait for each other in the queue of the browser.
	for (let times = 0; times < 3; times += 1) await page.keyboard.press(key, { delay: 120 })
}

/** Leaves while the server has nothing to show instead, and tells what the page shows in the very next frame. */
export async function blankAfterLeave(page: Page, way: keyof typeof WAYS = 'tap'): Promise<Frame> {
	// No content: the browser stays where it is, so that one can look.
	await page.route('**/exit', (route) => route.fulfill({ status: 204 }))
	await page.evaluate(() => {
		const watch = (event: Event) => {
			const { documentElement: root, body } = document
			if (body.firstChild || 'left' in window) return
			const ms = performance.now() - event.timeStamp
			requestAnimationFrame(() => {
				const shown = getComputedStyle(root).display
				Object.assign(window, { left: { ms, shown, text: body.textContent, title: document.title } })
			})
		}
		// After the page's own: the first event that finds nothing is the one that was the wish.
		for (const kind of ['click', 'keydown', 'keyup']) addEventListener(kind, watch, true)
	})
	await WAYS[way](page)
	const left = await page.waitForFunction(() => (window as unknown as { left?: Frame }).left)
	return (await left.jsonValue()) as Frame
}

/** Whether a screenshot is one plain surface. */
export async function isBlankPicture(context: BrowserContext, picture: Buffer): Promise<boolean> {
	const page = await context.newPage()
	const colours = await page.evaluate(async (base64) => {
		const image = new Image()
		image.src = `data:image/png;base64,${base64}`
		await image.decode()
		const canvas = new OffscreenCanvas(image.width, image.height)
		const pen = canvas.getContext('2d')!
		pen.drawImage(image, 0, 0)
		const { data } = pen.getImageData(0, 0, image.width, image.height)
		return new Set(new Uint32Array(data.buffer)).size
	}, picture.toString('base64'))
	await page.close()
	return colours === 1
}

import { expect, type Page, test } from '@playwright/test'
import { aReader, aRoom, aSpeaker, enter, SAID, say, saying } from './chat-steps'
import { closeAll } from './people'

/** What a browser's own translator does to a page: every text ends up in elements of its own, with other words. */
const translateByBrowser = (page: Page) =>
	page.evaluate(() => {
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
		const texts: Text[] = []
		while (walker.nextNode()) texts.push(walker.currentNode as Text)
		for (const text of texts) {
			const parent = text.parentElement
			if (!text.data.trim() || !parent || parent.closest('script, style, textarea, [translate=no]')) continue
			const outer = document.createElement('font')
			const inner = outer.appendChild(document.createElement('font'))
			inner.textContent = `«${text.data}»`
			text.replaceWith(outer)
		}
	})

test('a room goes on living after the browser has translated it', async ({ browser }) => {
	test.setTimeout(120_000)
	const [speaker, reader] = await Promise.all([
		aSpeaker(browser, { locale: 'it', scripts: true }),
		aReader(browser),
	])
	const room = await aRoom('it')
	await Promise.all([enter(speaker, room), enter(reader, room)])
	await say(speaker, SAID.it.hello)
	await expect(saying(reader.page, SAID.it.hello)).toBeVisible()
	await translateByBrowser(reader.page)
	await translateByBrowser(speaker.page)

	await say(speaker, SAID.it.second)
	await expect(saying(reader.page, SAID.it.second)).toBeVisible()
	await say(reader, 'How good, we are glad.')
	await expect(saying(speaker.page, 'How good, we are glad.')).toBeVisible()

	// The words for the state of the connection are taken away and come back.
	await reader.page.context().setOffline(true)
	await speaker.page.context().setOffline(true)
	await expect(reader.page.locator('.room-line .connection.trying')).toBeVisible({ timeout: 40_000 })
	await reader.page.context().setOffline(false)
	await speaker.page.context().setOffline(false)
	await expect(reader.page.locator('.room-line .connection:not(.trying)')).toBeVisible({ timeout: 40_000 })
	await say(speaker, SAID.it.changed)
	await expect(saying(reader.page, SAID.it.changed)).toBeVisible()
	for (const { complaints } of [speaker, reader])
		expect(complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|WebSocket/.test(one))).toEqual([])
	await closeAll([speaker, reader])
})

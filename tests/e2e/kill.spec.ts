import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, type Page, test } from '@playwright/test'
import { removeDatabase } from '../../scripts/postgres-place.mjs'
import { startHouse } from './house'
import { aPerson, closeAll, signIn } from './people'

const DATA_DIR = path.resolve(`.data/test-${process.pid}2`)
const PORT = '34570'
const own = { DATA_DIR, PORT, EXAMPLE: '1', LOG_LEVEL: 'silent' }
/** Together below what one person may write in half a minute. */
const MESSAGES = 12
const KILLED_AFTER = 4

test.afterAll(() => removeDatabase(DATA_DIR))

/** Only what the server has confirmed has its own place; what is on its way is marked by its key. */
const CONFIRMED = '[data-item=message][id^="m-"]'

/** What a screen shows of this test as confirmed, in its order. */
async function confirmed(page: Page): Promise<string[]> {
	const said = await page.locator(CONFIRMED).allTextContents()
	return said.flatMap((text) => /kill-\w+-\d+/.exec(text)?.[0] ?? [])
}

/** The liveliest of the open rooms: nothing that is said in it has to wait for anyone. */
async function enterRoom(page: Page) {
	await page.goto('/chat')
	const rooms = page.locator('[data-item=room] a.row-link', { hasNot: page.locator('bdi') })
	const href = await rooms.first().getAttribute('href')
	await page.goto(href!)
	await expect(page.locator('.connection.trying')).toHaveCount(0)
}

/** Writes on while the house falls and comes back: her page never stops her. */
async function writeOn(page: Page, name: string) {
	for (let number = 0; number < MESSAGES; number += 1) {
		await page.fill('#write [name=body]', `kill-${name}-${number}`)
		await page.click('#write button[type=submit]')
		await sleep(120)
	}
}

test('kill -9 in mid-chat: nothing confirmed is lost, nothing is double, the order is the same for both', async ({
	browser,
}) => {
	test.setTimeout(90_000)
	const house = await startHouse(own)
	const baseURL = `http://localhost:${PORT}`
	const asker = await aPerson(browser, { locale: 'ar', baseURL })
	const mentor = await aPerson(browser, { locale: 'en', baseURL })
	await signIn(asker.page, house.signIns.member!)
	await signIn(mentor.page, house.signIns.mentor!)
	await enterRoom(asker.page)
	await mentor.page.goto(asker.page.url())

	const writing = Promise.all([writeOn(asker.page, 'asker'), writeOn(mentor.page, 'mentor')])
	await expect.poll(async () => (await confirmed(asker.page)).length).toBeGreaterThan(KILLED_AFTER)
	await house.stop('SIGKILL')
	const before = [...(await confirmed(asker.page)), ...(await confirmed(mentor.page))]
	const again = await startHouse(own)
	await writing

	const all = ['asker', 'mentor'].flatMap((name) =>
		Array.from({ length: MESSAGES }, (_, number) => `kill-${name}-${number}`),
	)
	expect(before.length).toBeLessThan(2 * all.length)
	for (const { page } of [asker, mentor])
		await expect.poll(async () => (await confirmed(page)).length, { timeout: 30_000 }).toBe(all.length)
	const live = await confirmed(asker.page)
	expect(live).toEqual(expect.arrayContaining(before))
	expect([...live].sort()).toEqual([...all].sort())
	expect(await confirmed(mentor.page)).toEqual(live)
	// Hers stand in the order she wrote them, and a fresh page says the same as the living one.
	for (const name of ['asker', 'mentor'])
		expect(live.filter((text) => text.includes(name))).toEqual(all.filter((text) => text.includes(name)))
	await asker.page.reload()
	expect(await confirmed(asker.page)).toEqual(live)

	await closeAll([asker, mentor])
	expect(await again.stop()).toBe(0)
})

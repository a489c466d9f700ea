import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { blankAfterLeave, isBlankPicture } from './blank'
import { E2E_PORT } from './house'
import { aPerson, closeAll, join, leave } from './people'

const BLANK_WITHIN_MS = 50
const SISTERS_WITHIN_MS = 300
const REVOKED_WITHIN_MS = 1_000
const COMES_TO_LIFE_WITHIN_MS = 1_500

/** A woman of her own, for what ends her session. */
async function aMember(browser: Browser, scripts = true) {
	const person = await aPerson(browser, { locale: 'en', scripts })
	const handle = `Mirta${Math.floor(Math.random() * 1e9)}`
	await join(person.page, handle)
	return { ...person, handle, cookie: await cookieOf(person.context) }
}

async function cookieOf(context: BrowserContext) {
	const cookie = (await context.cookies()).find(({ name }) => name === 'mimosa')
	return `mimosa=${cookie!.value}`
}

/** Whether the server still knows a session, asked past the browser. */
async function isSignedIn(cookie: string) {
	const answer = await fetch(`http://localhost:${E2E_PORT}/me`, { headers: { cookie }, redirect: 'manual' })
	return answer.status === 200
}

async function openRoom(page: Page) {
	await page.goto('/chat')
	const href = await page.locator('[data-item=room] a.row-link').last().getAttribute('href')
	await page.goto(href!)
	return href!.split('#')[0]!
}

const askedToLeave = (page: Page) =>
	page.waitForRequest((request) => new URL(request.url()).pathname === '/exit')

/** Five times Back, and each time nothing of hers. */
async function expectNothingBehind(page: Page, words: string[]) {
	for (let times = 0; times < 5; times += 1) {
		await page.goBack({ timeout: 3_000 }).catch(() => undefined)
		const seen = await read(page)
		for (const word of words) expect(seen).not.toContain(word)
	}
}

/** The document as it is; a page on its way to another is asked again. */
async function read(page: Page): Promise<string> {
	let seen = ''
	await expect(async () => {
		seen = await page.content()
	}).toPass({ timeout: 5_000 })
	return seen
}

for (const way of ['tap', 'skip link', 'Escape', 'Shift'] as const) {
	test(`the next frame is empty, by ${way}`, async ({ browser }) => {
		const { page, context } = await aPerson(browser, { locale: 'en', as: 'member' })
		await openRoom(page)
		const left = await blankAfterLeave(page, way)
		expect(left).toMatchObject({ shown: 'none', text: '', title: 'New page' })
		expect(left.ms).toBeLessThan(BLANK_WITHIN_MS)
		expect(await isBlankPicture(context, await page.screenshot())).toBe(true)
		await context.close()
	})
}

test('a page that was left before it came to life stays empty', async ({ browser }) => {
	const { page, context } = await aPerson(browser, { locale: 'en', as: 'member' })
	const room = await openRoom(page)
	// The scripts of the living page come late, as on a slow line.
	let arrive = () => {}
	const arrived = new Promise<void>((resolve) => {
		arrive = resolve
	})
	await page.route(/\/assets\/(?!enhance).*\.js$/, async (route) => {
		await arrived
		await route.continue()
	})
	await page.goto(`${room}?slow`, { waitUntil: 'commit' })
	await page.locator('#write').waitFor()
	await blankAfterLeave(page)
	let sockets = 0
	page.on('websocket', () => {
		sockets += 1
	})
	const came = page.waitForEvent('requestfinished', (request) => /entry\.client/.test(request.url()))
	arrive()
	await came
	// Long enough to draw itself and to connect, if it would.
	await page.waitForTimeout(COMES_TO_LIFE_WITHIN_MS)
	expect(sockets).toBe(0)
	expect(await page.evaluate(() => document.body.textContent)).toBe('')
	expect(await isBlankPicture(context, await page.screenshot())).toBe(true)
	await context.close()
})

test('without a network nothing comes back, and she is signed out once there is one', async ({ browser }) => {
	const { page, context, handle, cookie } = await aMember(browser)
	for (const path of ['/me/profile', '/me', '/forum']) await page.goto(path)
	await context.setOffline(true)
	await page.click('#leave', { noWaitAfter: true })
	await expectNothingBehind(page, [handle])
	expect(await isSignedIn(cookie)).toBe(true)
	await context.setOffline(false)
	await Promise.all([askedToLeave(page), page.goto('/me').catch(() => undefined)])
	await expect.poll(() => isSignedIn(cookie)).toBe(false)
	await context.close()
})

for (const way of ['tap', 'skip link'] as const) {
	test(`a plain link without scripts, by ${way}`, async ({ browser }) => {
		const { page, context, handle, cookie } = await aMember(browser, false)
		await page.goto('/me')
		if (way === 'tap') await leave(page)
		else {
			await page.locator('a.skip[href="/exit"]').focus()
			await Promise.all([askedToLeave(page), page.keyboard.press('Enter')])
		}
		await expect.poll(() => page.url()).not.toContain('localhost')
		expect(await isSignedIn(cookie)).toBe(false)
		await expectNothingBehind(page, [handle])
		await context.close()
	})
}

test('Back shows nothing of hers', async ({ browser }) => {
	const { page, context, handle } = await aMember(browser)
	for (const path of ['/me', '/me/profile', '/forum', '/me']) await page.goto(path)
	expect(await read(page)).toContain(handle)
	await leave(page)
	await expectNothingBehind(page, [handle])
	await context.close()
})

test('four tabs go blank with the one that is left, and the server ends the session and its socket', async ({
	browser,
}) => {
	const person = await aMember(browser)
	const { context, cookie } = person
	const tabs = [person.page]
	while (tabs.length < 4) tabs.push(await context.newPage())
	const [first, room, ...others] = tabs as [Page, Page, Page, Page]
	const socket = room.waitForEvent('websocket')
	await openRoom(room)
	const closed = (await socket).waitForEvent('close')
	for (const page of others) await page.goto('/me')
	for (const page of [room, ...others]) await noteWhenBlank(page)
	await first.goto('/forum')

	const began = Date.now()
	await first.click('#leave', { noWaitAfter: true })
	await expect.poll(() => isSignedIn(cookie), { intervals: [20] }).toBe(false)
	await closed
	expect(Date.now() - began).toBeLessThan(REVOKED_WITHIN_MS)
	for (const page of [room, ...others]) {
		const blankAt = await page.waitForFunction(() => (window as { blankAt?: number }).blankAt)
		expect(((await blankAt.jsonValue()) ?? 0) - began).toBeLessThan(SISTERS_WITHIN_MS)
		expect(await page.evaluate(() => document.body.textContent)).toBe('')
	}
	expect(await context.cookies()).toEqual([])
	await closeAll([person])
})

test('a page the browser kept goes when someone else has signed in since', async ({ browser }) => {
	const { page, context, handle } = await aMember(browser)
	await page.goto('/me')
	const own = await page.locator('html').getAttribute('data-session')
	expect(own).toMatch(/^[0-9a-f]{16}$/)
	expect(await comeBack(page)).toBe(false)

	// The same browser, another woman: her tab's memory is what this tab would hold after she had used it.
	const other = await context.newPage()
	await other.goto('/me')
	await other.click('form[action="/sign-out"] button')
	await other.waitForURL('/')
	expect(await other.locator('html').getAttribute('data-session')).toBeNull()
	const next = `Rosa${Math.floor(Math.random() * 1e9)}`
	await join(other, next)
	const held = await other.evaluate(() => ({ ...sessionStorage }))
	await page.evaluate((memory) => Object.assign(sessionStorage, memory), held)
	const loaded = page.waitForEvent('load')
	expect(await comeBack(page)).toBe(true)
	await loaded
	expect(await read(page)).not.toContain(handle)
	expect(await read(page)).toContain(next)
	expect(await page.locator('html').getAttribute('data-session')).not.toBe(own)
	await context.close()
})

/** A page is shown again from the browser's memory, as by Back; tells whether it hides at once. */
const comeBack = (page: Page) =>
	page.evaluate(() => {
		dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
		return document.documentElement.hidden
	})

/** A sister tab writes down when it went blank; it asks for /exit too, and is kept from going there so that one can look. */
async function noteWhenBlank(page: Page) {
	await page.route('**/exit', (route) => route.fulfill({ status: 204 }))
	await page.evaluate(() => {
		const look = new MutationObserver(() => {
			if (document.body.firstChild) return
			Object.assign(window, { blankAt: Date.now() })
			look.disconnect()
		})
		look.observe(document, { childList: true, subtree: true })
	})
}

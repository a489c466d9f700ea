import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test'
import { join, leave, serveElsewhere } from './people'

/** Long and odd enough that nothing else in a profile, and no other run, contains them. */
const secrets = () => {
	const mark = Math.floor(Math.random() * 1e6)
	return {
		handle: `Zafirelda${mark}`,
		title: `Quervanto domanda ${mark}`,
		question: `Sbrinzolava ieri notte ${mark}`,
		message: `Trombazuldi nel quartiere ${mark}`,
		unsent: `Nuvolestrina mai spedita ${mark}`,
		begun: `Crispolandia appena cominciata ${mark}`,
	}
}

/** Left behind on purpose, elsewhere: finding it shows that the profile was written, and read to the end. */
const CONTROL = 'Controlliquerta'

const WAYS: Record<string, (page: Page) => Promise<unknown>> = {
	'Leave now': leave,
	'signing out': async (page) => {
		await page.goto('/me')
		await page.click('form[action="/sign-out"] button')
		await page.waitForURL('/')
	},
}

/** Opens a browser whose profile lies in a folder, as hers does. */
async function openProfile(folder: string): Promise<BrowserContext> {
	const { launchOptions, baseURL } = test.info().project.use
	const context = await chromium.launchPersistentContext(folder, { ...launchOptions, baseURL, locale: 'en' })
	await serveElsewhere(context)
	return context
}

/** Everything she would not want found: a question, a conversation, and words that never went out. */
async function liveHere(page: Page, hers: ReturnType<typeof secrets>): Promise<string> {
	await join(page, hers.handle)
	await page.goto('/forum')
	await page.locator('[data-item=space] a').first().click()
	await page.locator('a[href$="/new"]').click()
	await page.fill('[name=title]', hers.title)
	await page.fill('[name=body]', hers.question)
	await page.selectOption('main [name=language]', 'it')
	await page.click('main form:has([name=body]) button[type=submit]')
	await expect(page.locator('[data-item=post]')).toHaveCount(1)
	await page.goto('/chat')
	const room = page.locator('[data-item=room] a.row-link').first()
	const name = (await room.locator('.row-title').textContent())!
	await room.click()
	await expect(page.locator('.connection.trying')).toHaveCount(0)
	await write(page, hers.message)
	await expect(page.locator('[data-item=message][id^="m-"]', { hasText: hers.message })).toBeVisible()
	// From here the line is dead: what she writes waits in the tab.
	await page.routeWebSocket(/\/socket\.io\//, () => {})
	await page.route('**/socket.io/**', (route) => route.abort())
	await page.reload()
	await expect(page.locator('[data-item=message].sending')).toHaveCount(0)
	await write(page, hers.unsent)
	await expect(page.locator('[data-item=message].sending', { hasText: hers.unsent })).toBeVisible()
	await page.fill('#write [name=body]', hers.begun)
	// A browser writes what a tab holds to its disk when it likes, and deleted it stays there: no word may be readable in it.
	const inTab = () => page.evaluate(() => Object.entries(sessionStorage).flat().join('\n'))
	for (const shelf of ['outbox:', 'draft:']) await expect.poll(inTab).toContain(shelf)
	for (const word of Object.values(hers)) expect(await inTab()).not.toContain(word)
	return name
}

async function write(page: Page, body: string) {
	await page.fill('#write [name=body]', body)
	await page.click('#write button[type=submit]')
}

async function filesOf(folder: string) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true })
	return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}

/** Where in a profile these words stand, in either of the ways a browser writes text. */
async function find(folder: string, words: string[]): Promise<string[]> {
	const found: string[] = []
	for (const file of await filesOf(folder)) {
		const bytes = await readFile(file)
		for (const word of words) {
			const forms = [Buffer.from(word), Buffer.from(word, 'utf16le'), Buffer.from(encodeURIComponent(word))]
			if (forms.some((form) => bytes.includes(form))) found.push(`${path.relative(folder, file)}: ${word}`)
		}
	}
	return found
}

/** Addresses of ours in the browser's stores. Pages are kept compressed, so none may be there: only scripts and pictures. */
async function keptPages(folder: string): Promise<string[]> {
	const stores = (await filesOf(folder)).filter((file) => file.includes('Cache'))
	const texts = await Promise.all(stores.map((file) => readFile(file, 'latin1')))
	return texts.flatMap((text) => text.match(/localhost:\d+\/(?!assets\/|favicon)\w[\w/-]*/g) ?? [])
}

for (const [way, go] of Object.entries(WAYS)) {
	test(`nothing on the device tells the story after ${way}`, async () => {
		test.setTimeout(90_000)
		const folder = await mkdtemp(path.join(tmpdir(), 'mimosa-profile-'))
		const context = await openProfile(folder)
		const page = context.pages()[0]!
		const titles = new Set<string>()
		page.on('domcontentloaded', async () => {
			if (page.url().startsWith(test.info().project.use.baseURL!))
				// Asked of the page itself: Playwright has a title of its own for one that is leaving.
				titles.add(await page.evaluate(() => document.title).catch(() => ''))
		})
		const hers = secrets()
		const room = await liveHere(page, hers)
		await go(page)
		await page.goto('https://www.wikipedia.org/')
		await page.evaluate((word) => localStorage.setItem('control', word), CONTROL)
		await context.close()

		expect(await find(folder, [CONTROL])).not.toEqual([])
		expect(await find(folder, [...Object.values(hers), room])).toEqual([])
		expect(await keptPages(folder)).toEqual([])
		for (const title of titles) expect(title).toMatch(/^(Mimosa( · [^·]{1,30})?|)$/)
		await rm(folder, { recursive: true, force: true })
	})
}

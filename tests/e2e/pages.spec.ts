import { readdirSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { dirOf } from '../../app/platform/i18n/languages'
import { PSEUDO_LOCALES } from '../../app/platform/i18n/pseudo'
import routes from '../../app/routes'
import { blankAfterLeave } from './blank'
import { ELSEWHERE, named, PAGES, tooWide, UI_TAGS, violationsOn, visit } from './pages'
import { aPerson } from './people'
import { plainWords } from './plain-words'
import { touching } from './touching'

/**
 * Two languages nobody speaks, one in each direction: what they show as wrong is wrong in every one, and their words are
 * the longest. All that women do speak take longer (`npm run gate`); the pages each of them meets are in languages.spec.
 */
const LOCALES: readonly string[] = process.env.EVERY_LOCALE ? UI_TAGS : PSEUDO_LOCALES
/** Accessibility hangs on the direction, hardly on the words, and takes longer than all else that is looked at. */
const AXE_LOCALES: readonly string[] = process.env.EVERY_LOCALE ? UI_TAGS : ['ar-XB']

/** The word for a page is short; one that nobody speaks is twice as long. */
const TITLE = process.env.EVERY_LOCALE ? /^Mimosa( · [^·]{1,30})?$/ : /^Mimosa( · [^·]{1,80})?$/
/** Where a page shows the catalogue itself, which these two have not. */
const SPOKEN: Record<string, string> = { 'en-XA': 'it', 'ar-XB': 'ar' }
const isPseudo = (locale: string) => (PSEUDO_LOCALES as readonly string[]).includes(locale)
const NAMESPACES = readdirSync('locales/en')
	.filter((file) => !file.startsWith('_'))
	.map((file) => file.replace('.json', ''))

test('every address is looked at', async () => {
	const known = new Set([...PAGES.map(({ path }) => path), ...ELSEWHERE])
	const addresses = (await routes).map(({ path, index }) => (index ? '' : (path ?? '')))
	expect(addresses.filter((path) => !known.has(path))).toEqual([])
})

for (const asked of LOCALES) {
	for (const what of PAGES) {
		const locale = what.ofCatalogue ? (SPOKEN[asked] ?? asked) : asked
		test(`${locale} ${named(what)}`, async ({ browser }) => {
			const { page, complaints, foreign } = await visit(browser, locale, what)
			await expect(page.locator('html')).toHaveAttribute('lang', locale)
			await expect(page.locator('html')).toHaveAttribute('dir', dirOf(locale))
			await expect(page).toHaveTitle(TITLE)
			if (what.shows) await expect(page.locator(what.shows).first()).toBeVisible()
			if (AXE_LOCALES.includes(asked)) expect(await violationsOn(page)).toEqual([])
			for (const width of [320, 360, 768, 1280]) {
				await page.setViewportSize({ width, height: 740 })
				expect(await tooWide(page), `at ${width} px`).toBeLessThanOrEqual(0)
				expect(await touching(page), `at ${width} px`).toEqual([])
			}
			if (isPseudo(locale) && what.path !== 'design') expect(await plainWords(page)).toEqual([])
			// No key of the catalogue is left standing in for a sentence.
			expect(await page.locator('body').textContent()).not.toMatch(
				new RegExp(`\\b(${NAMESPACES.join('|')}):[a-z]`),
			)
			expect(complaints).toEqual([])
			expect(foreign).toEqual([])
			// The same in every language.
			if (asked === 'en-XA') expect(await blankAfterLeave(page)).toMatchObject({ shown: 'none', text: '' })
			await page.close()
		})
	}
}

/** Bytes on the wire, as the browser counts them. */
async function weigh(page: Page, action: () => Promise<unknown>) {
	const client = await page.context().newCDPSession(page)
	await client.send('Network.enable')
	const kinds = new Map<string, string>()
	const sums: Record<string, number> = {}
	client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
	client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const kind = kinds.get(requestId) ?? 'Other'
		sums[kind] = (sums[kind] ?? 0) + encodedDataLength
	})
	await action()
	await page.waitForLoadState('networkidle')
	return {
		script: 0,
		...sums,
		all: Object.values(sums).reduce((sum, bytes) => sum + bytes, 0),
		script_: sums.Script ?? 0,
		document: sums.Document ?? 0,
	}
}

test('a first visit to a topic of twenty posts is light', async ({ browser }) => {
	const finder = await aPerson(browser, { locale: 'en', as: 'member' })
	await finder.page.goto('/forum/all?languages=all')
	const full = finder.page.locator('[data-item=topic]', { hasText: /\b(19|[2-9]\d) answers/ }).locator('a')
	for (let pages = 0; pages < 12 && (await full.count()) === 0; pages += 1)
		await finder.page.locator('a[rel=next]').click()
	const long = await full.first().getAttribute('href')
	expect(long, 'the example has a topic of twenty posts and more').toBeTruthy()
	const { page } = await aPerson(browser, { locale: 'en', as: 'member' })
	const weight = await weigh(page, () => page.goto(long!))
	expect(weight.all).toBeLessThanOrEqual(40 * 1024)
	expect(weight.script_).toBeLessThanOrEqual(5 * 1024)
})

test('a chat room’s script is as light as promised', async ({ browser }) => {
	const { page } = await aPerson(browser, { locale: 'en', as: 'member' })
	await page.goto('/chat')
	const href = await page.locator('[data-item=room] a[href^="/chat/"]').first().getAttribute('href')
	const fresh = await aPerson(browser, { locale: 'en', as: 'member' })
	const weight = await weigh(fresh.page, () => fresh.page.goto(href!))
	// The promise is 130 KB; what is below it is room to grow.
	expect(weight.script_).toBeLessThanOrEqual(118_000)
	expect(weight.document).toBeLessThanOrEqual(60_000)
})

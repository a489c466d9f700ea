import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { aPerson } from './people'

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A woman's page with a worker's language beside it: one pair that runs both ways, one in two alphabets. */
const PAIRS = [
	{ locale: 'ar', also: 'it', width: 360 },
	{ locale: 'bg', also: 'en', width: 1280 },
] as const

const PAGES = [
	{ path: '/help' },
	{ path: '/rules' },
	{ path: '/join' },
	{ path: '/sign-in' },
	{ path: '/me/profile', as: 'member' },
	{ path: '/mentoring/offer', as: 'member' },
	{ path: '/mentoring/ask', as: 'member' },
	{ path: '/me/referrals', as: 'member' },
	{
		path: '/mentoring',
		as: 'mentor',
		link: '[data-item=match]:has(a[href^="/chat/"]) a[href^="/mentoring/"]',
	},
]

const speaks = (context: BrowserContext, language: string) =>
	context.addCookies([{ name: 'language', value: language, domain: 'localhost', path: '/' }])

const wider = (page: Page) =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

async function violationsOn(page: Page) {
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(AXE_TAGS).analyze()
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)
}

for (const { locale, also, width } of PAIRS) {
	test(`pages in ${locale} with ${also} beside it`, async ({ browser }, info) => {
		test.setTimeout(240_000)
		for (const { path, as, link } of PAGES) {
			const { context, page, complaints } = await aPerson(browser, { locale, width, as })
			await speaks(context, locale)
			await page.goto(path)
			const at = link ? await page.locator(link).first().getAttribute('href') : path
			await page.goto(`${at}?with=${also}`)
			const second = page.locator('main .with')
			await expect(second.first()).toBeVisible()
			const marked = await second.evaluateAll((all) =>
				all.map((one) => `${one.getAttribute('lang')} ${one.getAttribute('dir')}`),
			)
			expect([...new Set(marked)], path).toEqual([`${also} ltr`])
			await page.screenshot({
				path: info.outputPath(`${at!.slice(1, 20).replaceAll('/', '-')}.png`),
				fullPage: true,
			})
			expect(await violationsOn(page), path).toEqual([])
			for (const narrow of [320, width]) {
				await page.setViewportSize({ width: narrow, height: 740 })
				expect(await wider(page), `${path} at ${narrow} px`).toBeLessThanOrEqual(0)
			}
			expect(complaints).toEqual([])
			await context.close()
		}
	})
}

for (const scripts of [true, false]) {
	test(`two at one desk join, ${scripts ? 'with' : 'without'} scripts`, async ({ browser }) => {
		const { context, page } = await aPerson(browser, { locale: 'ar', scripts })
		await speaks(context, 'ar')
		await page.goto('/join?code=abc')
		await page.fill('[name=handle]', 'نور')
		await page.click('main .also-fold > summary')
		await page.click('main .also-fold button[value="+it"]')
		await expect(page.locator('h1 .with')).toHaveAttribute('lang', 'it')
		await expect(page.locator('[name=handle]')).toHaveValue('نور')
		// What is refused is said in both, and the next page is too.
		await page.click('#join button[type=submit]')
		await expect(page.locator('[data-summary] .with').first()).toHaveAttribute('lang', 'it')
		await expect(page.locator('[name=handle]')).toHaveValue('نور')
		await page.goto('/sign-in')
		await expect(page.locator('h1 .with')).toHaveAttribute('lang', 'it')
		await page.click('main .also > button[value="-"]')
		await expect(page.locator('h1')).toBeVisible()
		await expect(page.locator('.with')).toHaveCount(0)
		await page.goto('/help')
		await expect(page.locator('.with')).toHaveCount(0)
		await context.close()
	})
}

test('a room of the chat is in one language', async ({ browser }) => {
	const { context, page, complaints } = await aPerson(browser, { locale: 'it', as: 'member' })
	await page.goto('/chat?with=ar')
	await expect(page.locator('main .with').first()).toBeVisible()
	const room = await page.locator('[data-item=room] a[href^="/chat/"]').first().getAttribute('href')
	await page.goto(`${room}?with=ar`)
	await expect(page.locator('.composer')).toBeVisible()
	await expect(page.locator('.both')).toHaveCount(0)
	expect(complaints).toEqual([])
	await context.close()
})

test('signing out ends it', async ({ browser }) => {
	const { context, page } = await aPerson(browser, { locale: 'it' })
	await context.addCookies([{ name: 'with', value: 'ar', domain: 'localhost', path: '/' }])
	await page.goto('/help')
	await expect(page.locator('main .with').first()).toBeVisible()
	await page.evaluate(() => fetch('/sign-out', { method: 'POST', body: new URLSearchParams() }))
	await page.goto('/help')
	await expect(page.locator('.with')).toHaveCount(0)
	await context.close()
})

for (const [locale, also] of [
	['ar', 'it'],
	['bg', 'el'],
]) {
	test(`the rules in ${locale} and ${also} go on paper`, async ({ browser }, info) => {
		const { context, page } = await aPerson(browser, { locale: locale!, width: 800 })
		await speaks(context, locale!)
		await page.goto(`/rules?with=${also}`)
		await expect(page.locator('[data-print]')).toBeVisible()
		const pages = async () =>
			(await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
		const both = await pages()
		await page.emulateMedia({ media: 'print' })
		await page.screenshot({ path: info.outputPath('paper.png'), fullPage: true })
		await expect(page.locator('.also')).toBeHidden()
		await expect(page.locator('h1 .with')).toBeVisible()
		await page.goto('/rules')
		expect(both).toBeGreaterThan(0)
		expect(both).toBeLessThanOrEqual(2 * (await pages()) + 1)
		await context.close()
	})
}

test('the language menu scrolls within the smallest screen', async ({ browser }) => {
	const { context, page } = await aPerson(browser, { locale: 'it', width: 320, as: 'member' })
	await page.goto('/me')
	await page.click('.menu > summary')
	const buttons = page.locator('.menu-panel > button')
	expect(await buttons.count()).toBeGreaterThanOrEqual(20)
	await expect(buttons.first()).toHaveAttribute('aria-current', 'true')
	await page.locator('.menu-panel .also-fold > summary').click()
	const last = page.locator('.menu-panel .also-list button').last()
	await last.scrollIntoViewIfNeeded()
	await expect(last).toBeInViewport({ ratio: 1 })
	expect(await wider(page)).toBeLessThanOrEqual(0)
	await context.close()
})

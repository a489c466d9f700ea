import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import type { SignIn } from './house'

/** Where "Leave now" leads. The test browser finds no other host than ours, so the page there stays an empty one. */
const ELSEWHERE = 'https://www.wikipedia.org/'

interface PersonOptions {
	locale: string
	scripts?: boolean
	width?: number
	/** One of the example's people, already signed in. */
	as?: string
	/** Another house than the one all journeys share. */
	baseURL?: string
}

/** Puts a page where "Leave now" leads. */
export const serveElsewhere = (context: BrowserContext) =>
	context.route(`${ELSEWHERE}**`, (route) =>
		route.fulfill({
			contentType: 'text/html',
			body: '<!doctype html><title>Elsewhere</title><p>Elsewhere</p>',
		}),
	)

/** The line she comes by: the balancer in front of the house names it. All of them on one would be too many joining. */
const anAddress = () => `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}`

/** A woman with a browser and a line of her own. Anything her page complains of in the console is collected. */
export async function aPerson(
	browser: Browser,
	{ locale, scripts = true, width = 360, as, ...where }: PersonOptions,
) {
	const context = await browser.newContext({
		locale,
		javaScriptEnabled: scripts,
		viewport: { width, height: 740 },
		extraHTTPHeaders: { 'x-forwarded-for': anAddress() },
		...where,
	})
	await serveElsewhere(context)
	if (as) {
		const sessions = JSON.parse(process.env.MIMOSA_SESSIONS ?? '{}') as Record<string, string>
		await context.addCookies([
			{
				name: 'mimosa',
				value: sessions[as]!,
				domain: 'localhost',
				path: '/',
				httpOnly: true,
				sameSite: 'Lax',
			},
		])
	}
	const complaints: string[] = []
	const foreign: string[] = []
	context.on('console', (message) => {
		if (message.type() === 'error' && !isExpectedStatus(message.text())) complaints.push(message.text())
	})
	context.on('weberror', (error) => complaints.push(String(error.error())))
	context.on('request', (request) => {
		const { hostname, protocol } = new URL(request.url())
		if (protocol.startsWith('http') && hostname !== 'localhost' && !request.url().startsWith(ELSEWHERE))
			foreign.push(request.url())
	})
	const page = await context.newPage()
	return { context, page, complaints, foreign }
}

/** The browser itself reports every 4xx document in its console; those that a test provokes are not complaints. */
const isExpectedStatus = (text: string) =>
	/Failed to load resource: the server responded with a status of 4\d\d/.test(text)

/** Joins with the offered words, on her own device, and keeps her codes. Ends on /welcome; gives the words. */
export async function join(page: Page, handle: string, invitation?: string) {
	await page.goto(invitation ? `/join?code=${invitation}` : '/join')
	const words = await page.inputValue('[name=offered]')
	await page.fill('[name=handle]', handle)
	await page.check('[name=words][value=offered]')
	await page.check('[name=device][value=own]')
	await page.check('[name=rules]')
	await page.check('[name=age]')
	await page.click('#join button[type=submit]')
	await page.waitForURL('**/join/codes')
	await page.check('[name=kept]')
	await page.click('main form:has([name=kept]) button[type=submit]')
	await page.waitForURL('**/welcome')
	return words
}

/** Signs in as one of the example's people, through the page. */
export async function signIn(page: Page, { handle, passphrase }: SignIn) {
	await page.goto('/sign-in')
	await page.fill('[name=handle]', handle)
	await page.fill('[name=passphrase]', passphrase)
	await page.check('[name=device][value=own]')
	await page.click('main form button[type=submit]')
	await expect(page).not.toHaveURL(/\/sign-in$/)
}

/** Presses "Leave now" and sees that she is sent away with everything cleared. */
export async function leave(page: Page) {
	const isExit = (url: string) => new URL(url).pathname === '/exit'
	const [left] = await Promise.all([
		page.waitForResponse((answer) => isExit(answer.url())),
		page.click('#leave'),
	])
	expect(left.status()).toBe(303)
	expect(await left.allHeaders()).toMatchObject({
		location: ELSEWHERE,
		'clear-site-data': '"cache", "cookies", "storage"',
	})
	await expect.poll(() => page.url()).not.toContain('localhost')
}

/** The people that `npm start` named in the terminal. */
export const examplePeople = () => JSON.parse(process.env.MIMOSA_SIGN_INS ?? '{}') as Record<string, SignIn>

export async function closeAll(people: { context: BrowserContext }[]) {
	await Promise.all(people.map(({ context }) => context.close()))
}

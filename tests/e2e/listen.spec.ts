import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { aPerson } from './people'

interface Device {
	voices?: string[]
	/** Voices that live on somebody's server. */
	remote?: string[]
	/** The device names its voices only after so long. */
	lateMs?: number
	/** Clips can be played. */
	plays?: boolean
}

declare global {
	interface Window {
		speaking?: { onend?: () => void; text: string }
		playing?: HTMLMediaElement
		tell(line: string): void
	}
}

/** A device that tells what it says and plays instead of doing so, and when it is silenced. */
async function onDevice(page: Page, device: Device) {
	const heard: string[] = []
	await page.exposeFunction('tell', (line: string) => void heard.push(line))
	await page.addInitScript(({ voices = [], remote = [], lateMs = 0, plays = true }: Device) => {
		let named = lateMs === 0
		const all = [
			...voices.map((lang) => ({ lang, localService: true })),
			...remote.map((lang) => ({ lang, localService: false })),
		]
		const synth = Object.assign(new EventTarget(), {
			getVoices: () => (named ? all : []),
			speak(said: NonNullable<Window['speaking']> & { lang: string }) {
				window.speaking = said
				window.tell(`${said.lang}: ${said.text}`)
			},
			cancel() {
				if (window.speaking) window.tell('silence')
				window.speaking = undefined
			},
		})
		Object.defineProperty(window, 'speechSynthesis', { value: synth })
		Object.defineProperty(window, 'SpeechSynthesisUtterance', {
			value: class {
				constructor(readonly text: string) {}
			},
		})
		if (lateMs > 0)
			setTimeout(() => {
				named = true
				synth.dispatchEvent(new Event('voiceschanged'))
			}, lateMs)
		HTMLMediaElement.prototype.canPlayType = () => (plays ? 'probably' : '')
		HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
			window.playing = this
			window.tell(`plays ${new URL(this.src).pathname}`)
			return Promise.resolve()
		}
		HTMLMediaElement.prototype.pause = () => {
			if (window.playing) window.tell('silence')
			window.playing = undefined
		}
	}, device)
	return heard
}

const play = (page: Page) => page.locator('[data-listen=play]')
const none = (page: Page) => page.locator('[data-listen=none]')

/** What is being said has been said. */
const end = (page: Page) =>
	page.evaluate(() => {
		const said = window.speaking
		window.speaking = undefined
		said?.onend?.()
	})

/** Hears a page to its end. */
async function hearAll(page: Page) {
	await play(page).click()
	for (let times = 0; times < 300 && (await page.evaluate(() => Boolean(window.speaking))); times += 1)
		await end(page)
}

async function aListener(
	browser: Browser,
	device: Device,
	person: Partial<Parameters<typeof aPerson>[1]> = {},
) {
	const { page, complaints, context } = await aPerson(browser, { locale: 'en', ...person })
	const heard = await onDevice(page, device)
	return { page, heard, complaints, context }
}

test('a page is read to her in its order, when she asks for it, part by part', async ({ browser }) => {
	const { page, heard, complaints } = await aListener(browser, { voices: ['en-GB', 'fr-FR'] })
	await page.goto('/rules')
	await expect(play(page)).toBeVisible()
	await expect(none(page)).toBeHidden()
	await expect(page.locator('.listen .hint').first()).toBeVisible()
	expect(heard).toEqual([])
	await play(page).click()
	const title = await page.locator('h1').innerText()
	await expect.poll(() => heard).toEqual([`en-GB: ${title}`])
	await expect(page.locator('h1')).toHaveClass(/heard/)
	await end(page)
	await expect.poll(() => heard.length).toBe(2)
	await expect(page.locator('h1')).not.toHaveClass(/heard/)
	// She pauses, and goes on where she was.
	await play(page).click()
	await expect.poll(() => heard.at(-1)).toBe('silence')
	await play(page).click()
	await expect.poll(() => heard.at(-1)).toBe(heard[1])
	await page.locator('[data-listen=stop]').click()
	await expect(play(page)).toBeFocused()
	await expect(page.locator('.heard')).toHaveCount(0)
	await hearAll(page)
	const said = heard.slice(heard.lastIndexOf('silence') + 1)
	expect(said.length).toBeGreaterThan(10)
	for (const line of said) expect(line.length).toBeLessThanOrEqual(190)
	const words = (await page.locator('main').innerText()).replace(/\s+/g, '')
	let at = 0
	for (const line of said) {
		const next = words.indexOf(line.slice('en-GB: '.length).replace(/\s+/g, ''), at)
		expect(next, line).toBeGreaterThanOrEqual(at)
		at = next
	}
	expect(complaints).toEqual([])
})

test('words of another language are said by a voice of theirs, or left out', async ({ browser }) => {
	const { page, heard } = await aListener(browser, { voices: ['en-GB', 'fr-FR'] })
	await page.goto('/rules')
	await page.locator('h1').evaluate((title) => {
		title.insertAdjacentHTML(
			'afterend',
			'<p>One <i lang="fr">deux</i> three</p><p lang="el">Καλημέρα</p><details><summary>Fold</summary><p>Folded</p></details>',
		)
	})
	await hearAll(page)
	expect(heard.slice(1, 5)).toEqual(['en-GB: One', 'fr-FR: deux', 'en-GB: three', 'en-GB: Fold'])
	expect(heard.filter((line) => /Καλημέρα|Folded/.test(line))).toEqual([])
})

for (const [what, device] of [
	['no voice at all', {}],
	['voices for other languages only', { voices: ['fr-FR'] }],
	['a voice that lives on a server', { remote: ['en-GB'] }],
] as const) {
	test(`a device with ${what} says so`, async ({ browser }) => {
		const { page, heard } = await aListener(browser, device as Device)
		await page.goto('/help')
		await expect(none(page)).toBeVisible()
		await expect(play(page)).toBeHidden()
		expect(heard).toEqual([])
	})
}

test('a device that names its voices late is waited for', async ({ browser }) => {
	const { page } = await aListener(browser, { voices: ['en-GB'], lateMs: 1_500 })
	await page.goto('/help')
	await expect(play(page)).toBeVisible()
	await expect(none(page)).toBeHidden()
})

test('without scripts there is no button', async ({ browser }) => {
	const { page } = await aPerson(browser, { locale: 'en', scripts: false })
	await page.goto('/help')
	await expect(page.locator('h1')).toBeVisible()
	await expect(page.locator('.listen')).toBeHidden()
})

for (const [way, leaving] of [
	['her tap', () => document.getElementById('leave')!.click()],
	[
		'the keys',
		() => {
			for (let times = 0; times < 3; times += 1)
				dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
		},
	],
] as const) {
	test(`leaving by ${way} silences it at once`, async ({ browser }) => {
		const { page, heard } = await aListener(browser, { voices: ['en-GB'] })
		await page.goto('/help')
		await play(page).click()
		await expect.poll(() => heard.length).toBe(1)
		await page.evaluate(leaving)
		// Told within the same moment, before the network is asked for anything.
		await expect.poll(() => heard.slice(1)).toEqual(['silence'])
		await expect.poll(() => page.url()).not.toContain('localhost')
		expect(heard).toHaveLength(2)
	})
}

test('leaving silences it in the same moment as the page goes blank', async ({ browser }) => {
	const { page } = await aListener(browser, { voices: ['en-GB'] })
	await page.goto('/help')
	await play(page).click()
	const after = await page.evaluate(() => {
		const before = Boolean(window.speaking)
		document.getElementById('leave')!.click()
		return { before, speaking: Boolean(window.speaking), children: document.body.childElementCount }
	})
	expect(after).toEqual({ before: true, speaking: false, children: 0 })
})

test('it stops when she goes to another page, and when she no longer sees it', async ({ browser }) => {
	const { page, heard } = await aListener(browser, { voices: ['en-GB'] })
	await page.goto('/help')
	await play(page).click()
	await expect.poll(() => heard.length).toBe(1)
	await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
	await expect.poll(() => heard.slice(1)).toEqual(['silence'])
	await play(page).click()
	await expect.poll(() => heard.length).toBe(3)
	await page.evaluate(() => {
		Object.defineProperty(document, 'hidden', { value: true })
		document.dispatchEvent(new Event('visibilitychange'))
	})
	await expect.poll(() => heard.at(-1)).toBe('silence')
	await expect(page.locator('[data-while=off]')).toBeVisible()
})

test('the passphrase she is offered is never said', async ({ browser }) => {
	const { page, heard } = await aListener(browser, { voices: ['en-GB', 'it-IT'] })
	await page.goto('/join')
	const words = await page.inputValue('[name=offered]')
	await hearAll(page)
	expect(heard.length).toBeGreaterThan(5)
	for (const word of words.split(/[\s-]+/).filter((part) => part.length > 3))
		expect(heard.join('\n').toLowerCase()).not.toContain(word.toLowerCase())
})

test.describe('a recording', () => {
	// They share a file.
	test.describe.configure({ mode: 'serial' })
	const FOLDER = 'public/audio/en'
	test.beforeAll(() => {
		mkdirSync(FOLDER, { recursive: true })
		writeFileSync(`${FOLDER}/safety.privacy.lead.opus`, 'sound')
	})
	test.afterAll(() => {
		rmSync(FOLDER, { recursive: true })
		// What others have recorded stays.
		try {
			rmdirSync('public/audio')
		} catch {}
	})

	test('is played instead of her device’s voice', async ({ browser }) => {
		const { page, heard, context } = await aListener(browser, { voices: ['en-GB'] })
		await page.goto('/privacy')
		const lead = page.locator('[data-clip]')
		await expect(lead).toHaveCount(1)
		await play(page).click()
		await end(page)
		await expect.poll(() => heard.at(-1)).toBe('plays /audio/en/safety.privacy.lead.opus')
		await expect(lead).toHaveClass(/heard/)
		await page.evaluate(() => window.playing?.dispatchEvent(new Event('ended')))
		await expect.poll(() => heard.at(-1)).toMatch(/^en-GB: /)
		const words = await lead.innerText()
		expect(heard.filter((line) => line.includes(words.slice(0, 20)))).toEqual([])
		// From our own server, for good.
		const file = await context.request.get((await lead.getAttribute('data-clip'))!)
		expect(file.status()).toBe(200)
		expect(file.headers()).toMatchObject({
			'content-type': 'audio/ogg',
			'cache-control': 'public, max-age=31536000, immutable',
			'x-content-type-options': 'nosniff',
		})
	})

	test('is enough where the device has no voice', async ({ browser }) => {
		const { page, heard } = await aListener(browser, {})
		await page.goto('/privacy')
		await play(page).click()
		await expect.poll(() => heard).toEqual(['plays /audio/en/safety.privacy.lead.opus'])
		await page.evaluate(() => document.getElementById('leave')!.click())
		await expect.poll(() => heard.at(-1)).toBe('silence')
	})

	test('that the device cannot play is said by its voice', async ({ browser }) => {
		const { page, heard } = await aListener(browser, { voices: ['en-GB'], plays: false })
		await page.goto('/privacy')
		const words = await page.locator('[data-clip]').innerText()
		await hearAll(page)
		expect(heard.filter((line) => line.startsWith('plays'))).toEqual([])
		expect(heard.join(' ').replaceAll('en-GB: ', '')).toContain(words)
	})
})

test('only pages that can be heard carry the script, and it is light', async ({ browser }) => {
	const { page } = await aPerson(browser, { locale: 'en', as: 'member' })
	await page.goto('/forum')
	await expect(page.locator('script[src*="/assets/listen-"]')).toHaveCount(0)
	for (const path of ['help', 'rules', 'privacy', 'welcome', 'me/safety', 'rules/accept']) {
		await page.goto(`/${path}`)
		const here = new URL(page.url()).pathname === `/${path}`
		await expect(page.locator('script[src*="/assets/listen-"]')).toHaveCount(here ? 1 : 0)
	}
	await page.goto('/help')
	const script = await page.locator('script[src*="/assets/listen-"]').getAttribute('src')
	const sent = await page.request.get(script!, { headers: { 'accept-encoding': 'br' } })
	expect(Number(sent.headers()['content-length'])).toBeLessThanOrEqual(3 * 1024)
})

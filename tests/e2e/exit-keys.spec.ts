import { expect, type Page, test } from '@playwright/test'
import { blankAfterLeave } from './blank'
import { aPerson } from './people'

const CHARACTERS = 10_000
/** What people of the community write: capitals, accents, other scripts. */
const TEXT =
	'Ciao! Sono Élodie, vivo a Forlì. PERCHÉ NO? Ñandú, ¿QUÉ TAL? Здравей, аз съм МИЛЕНА. Привіт, я ЇЖАЧОК. ' +
	'Γειά σου ΕΛΈΝΗ. أنا مها، أسكن هنا. من مینا هستم؟ ሰላም፣ ስሜ ሰናይት እዩ። '

/** Each of these, three times over, is somebody writing or selecting: none is a wish to leave. */
const NOT_A_WISH: Record<string, (page: Page) => Promise<unknown>> = {
	'a letter after two': (page) => pressAll(page, ['Shift', 'Shift', 'a', 'Shift', 'a']),
	'an arrow after two': (page) => pressAll(page, ['Shift', 'ArrowLeft', 'Shift', 'Shift', 'ArrowLeft']),
	'a letter between Escapes': (page) => pressAll(page, ['Escape', 'Escape', 'a', 'Escape', 'a']),
	'two of one key, two of the other': (page) => pressAll(page, ['Shift', 'Shift', 'Escape', 'Escape']),
	'another layout by Alt and Shift': (page) => page.keyboard.press('Alt+Shift'),
	'another layout by Shift and Alt': (page) => page.keyboard.press('Shift+Alt'),
	'another layout by Control and Shift': (page) => page.keyboard.press('Control+Shift'),
	'Escape with Shift': (page) => page.keyboard.press('Shift+Escape'),
	'a word selected': (page) => page.keyboard.press('Shift+Control+ArrowLeft'),
	'text selected with a click': (page) => page.click('[name=body]', { modifiers: ['Shift'] }),
	'Shift held down': async (page) => {
		for (let times = 0; times < 5; times += 1) await page.keyboard.down('Shift')
		await page.keyboard.up('Shift')
		await page.keyboard.press('a')
	},
	'an input method at work': async (page) => {
		const input = await page.context().newCDPSession(page)
		await input.send('Input.imeSetComposition', { text: 'ሰላ', selectionStart: 2, selectionEnd: 2 })
		await pressAll(page, ['Shift', 'Shift', 'Shift'])
		await input.send('Input.insertText', { text: 'ሰላም' })
		await input.detach()
	},
}

async function pressAll(page: Page, keys: string[]) {
	for (const key of keys) await page.keyboard.press(key)
}

/** A writer with an empty form before her, and how often her page asked to leave. */
async function aWriter(browser: Parameters<typeof aPerson>[0]) {
	const person = await aPerson(browser, { locale: 'en', as: 'member' })
	const asked: string[] = []
	person.page.on('request', (request) => {
		if (new URL(request.url()).pathname === '/exit') asked.push(request.url())
	})
	await person.page.route('**/exit', (route) => route.fulfill({ status: 204 }))
	await person.page.goto('/forum')
	const space = await person.page.locator('[data-item=space] a').first().getAttribute('href')
	await person.page.goto(`${space}/new`)
	await person.page.focus('[name=body]')
	return { ...person, asked }
}

/** As a keyboard gives it: Shift goes down and up for every capital. */
async function type(page: Page, text: string) {
	for (const character of text) {
		const isCapital = character !== character.toLowerCase()
		if (isCapital) await page.keyboard.down('Shift')
		await page.keyboard.type(character)
		if (isCapital) await page.keyboard.up('Shift')
	}
}

/** The same events made inside the page, for more than a test can type. Every fourth accent comes by a dead key. */
const typeInside = (page: Page, text: string) =>
	page.locator('[name=body]').evaluate(
		(area, characters) => {
			const send = (kind: string, key: string, more = {}) =>
				area.dispatchEvent(new KeyboardEvent(kind, { key, bubbles: true, ...more }))
			const tap = (key: string, shiftKey: boolean) => {
				send('keydown', key, { shiftKey })
				send('keyup', key, { shiftKey })
			}
			characters.forEach((character, index) => {
				const capital = character !== character.toLowerCase()
				if (capital) send('keydown', 'Shift', { shiftKey: true })
				if (character !== character.normalize('NFD') && index % 4 === 0) tap('Dead', capital)
				tap(character, capital)
				if (capital) send('keyup', 'Shift')
			})
		},
		[...text],
	)

test('ten thousand characters with capitals and accents are no wish to leave', async ({ browser }) => {
	const { page, context, asked } = await aWriter(browser)
	await type(page, TEXT)
	expect(await page.inputValue('[name=body]')).toBe(TEXT)
	await typeInside(page, TEXT.repeat(Math.ceil(CHARACTERS / TEXT.length)))
	expect(asked).toEqual([])
	await expect(page.locator('[name=body]')).toBeVisible()
	await context.close()
})

test('what looks like the keys for leaving and is none', async ({ browser }) => {
	const { page, context, asked } = await aWriter(browser)
	for (const [what, act] of Object.entries(NOT_A_WISH)) {
		for (let times = 0; times < 3; times += 1) await act(page)
		await page.keyboard.press('b')
		expect(asked, what).toEqual([])
		await expect(page.locator('[name=body]'), what).toBeVisible()
	}
	await context.close()
})

for (const key of ['Shift', 'Escape'] as const) {
	test(`${key} three times leaves, also while she writes`, async ({ browser }) => {
		const { page, context } = await aWriter(browser)
		await page.keyboard.type('Half a sen')
		expect(await blankAfterLeave(page, key)).toMatchObject({ shown: 'none', text: '' })
		await context.close()
	})
}

test('presses further apart than five seconds do not count together', async ({ browser }) => {
	const { page, context, asked } = await aWriter(browser)
	await page.clock.install()
	await page.reload()
	await pressAll(page, ['Shift', 'Shift'])
	await expect(page.locator('.sr-only[role=status]')).toHaveText('Press one more time to leave.')
	await page.clock.runFor(5_100)
	await expect(page.locator('.sr-only[role=status]')).toHaveText('You are still here.')
	await page.keyboard.press('Shift')
	expect(asked).toEqual([])
	await context.close()
})

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from '@playwright/test'
import { KEY_PAGES, UI_TAGS, visit } from './pages'

const FOLDER = '.data/sheet'
/** Pictures beside each other that an eye still takes in. */
const LANGUAGES_ON_ONE = 5

const pictureOf = (locale: string, index: number) => `${FOLDER}/${locale}-${index}.png`

mkdirSync(FOLDER, { recursive: true })

test('every key page in every language, on a few sheets', async ({ browser }) => {
	for (const locale of UI_TAGS) {
		for (const [index, what] of KEY_PAGES.entries()) {
			const { page } = await visit(browser, locale, what)
			await page.setViewportSize({ width: 360, height: 740 })
			await page.screenshot({ path: pictureOf(locale, index) })
			await page.close()
		}
	}
	const page = await browser.newPage({ viewport: { width: 1840, height: 1000 } })
	const row = (locale: string) =>
		KEY_PAGES.map((_, index) => {
			const bytes = readFileSync(pictureOf(locale, index)).toString('base64')
			return `<img width="290" src="data:image/png;base64,${bytes}">`
		}).join('')
	for (let from = 0; from < UI_TAGS.length; from += LANGUAGES_ON_ONE) {
		const shown = UI_TAGS.slice(from, from + LANGUAGES_ON_ONE)
		const rows = shown.map((tag) => `<h2>${tag}</h2><div style="display:flex;gap:10px">${row(tag)}</div>`)
		await page.setContent(`<body style="font-family:sans-serif">${rows.join('')}</body>`)
		writeFileSync(
			`${FOLDER}/sheet-${from / LANGUAGES_ON_ONE + 1}.png`,
			await page.screenshot({ fullPage: true }),
		)
	}
})

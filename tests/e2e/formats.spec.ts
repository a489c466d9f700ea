import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { build } from 'esbuild'
import { UI_TAGS } from './pages'
import { aPerson } from './people'

/** The module as browsers get it, with the cases of the golden file (tests/platform/format.test.ts). */
async function bundle() {
	const built = await build({
		stdin: {
			contents: `
				export { keepPack } from './app/platform/i18n/format-packs'
				export { formatCases } from './tests/platform/format-cases'`,
			resolveDir: process.cwd(),
			loader: 'ts',
		},
		alias: { '~': `${process.cwd()}/app` },
		bundle: true,
		minify: true,
		format: 'iife',
		globalName: 'formats',
		target: 'es2020',
		write: false,
	})
	return built.outputFiles[0]!.text
}

interface Formats {
	keepPack: (locale: string, pack: unknown) => void
	formatCases: (locale: string) => Record<string, string>
}

test('T15: a browser says every date, number and list as the server does, byte for byte', async ({
	page,
}) => {
	const golden = JSON.parse(readFileSync('tests/platform/formats.golden.json', 'utf8')) as Record<
		string,
		Record<string, string>
	>
	expect(Object.keys(golden).sort()).toEqual(UI_TAGS.toSorted())
	await page.goto('about:blank')
	await page.addScriptTag({ content: await bundle() })
	for (const locale of UI_TAGS) {
		const pack: unknown = JSON.parse(readFileSync(`locales/${locale}/_intl.json`, 'utf8'))
		const said = await page.evaluate(
			([tag, own]) => {
				const { keepPack, formatCases } = (window as unknown as { formats: Formats }).formats
				keepPack(tag, own)
				return formatCases(tag)
			},
			[locale, pack] as const,
		)
		expect(said, locale).toEqual(golden[locale])
	}
})

test('a page that stays open fetches the words of its language once, and says them as the server does', async ({
	browser,
}) => {
	const { page } = await aPerson(browser, { locale: 'sq', as: 'member' })
	await page.clock.install()
	const fetched: string[] = []
	page.on('request', (request) => {
		if (request.url().includes('_intl')) fetched.push(request.url())
	})
	await page.goto('/forum/all?languages=all')
	const age = page.locator('time[data-relative]').first()
	await expect(page.locator('html')).toHaveAttribute('lang', 'sq')
	await expect(age).toBeVisible()
	expect(fetched).toEqual([])
	await page.clock.runFor(61_000)
	await expect.poll(() => fetched.length).toBe(1)
	await page.clock.runFor(61_000)
	await expect(age).not.toHaveText(/ago|now/)
	expect(fetched).toHaveLength(1)
})

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/**
 * What formats by the data of whoever runs it: a browser has none for some of our languages, and says nothing of it. To ask
 * which plural forms a language has is something else.
 */
const BY_ITS_OWN_DATA =
	/\.toLocale\w*\(|\.localeCompare\(|\bIntl\s*\.\s*(DateTimeFormat|NumberFormat|ListFormat|RelativeTimeFormat|DurationFormat|DisplayNames|Collator|PluralRules)\s*\((?![^)]*\)\.resolvedOptions\()/
/** docs/decisions/023 says why each of them may. */
const MAY = ['format.ts', 'format-clock.ts', 'format-names.ts'].map((name) => `app/platform/i18n/${name}`)

const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

test('dates, numbers, lists and names are formatted in one place', () => {
	const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(tsx?|mjs)$/.test(name))
		.map((name) => `app/${name.replaceAll('\\', '/')}`)
	const wrong = [...files, 'server.ts'].filter((file) => BY_ITS_OWN_DATA.test(code(file)))
	expect(wrong.filter((file) => !MAY.includes(file))).toEqual([])
})

/** What a file loads when it runs. */
const loadedBy = (file: string) =>
	[...code(file).matchAll(/^(?:import|export)\s(?!type\s)[^'"]*?from '\.\/([^']+)'/gm)].map(
		([, name]) => `${name}.ts`,
	)

test('what lives in the browser takes nothing from the names that only Node has in every language', () => {
	const folder = 'app/platform/i18n'
	for (const file of ['format.ts', 'format-clock.ts', 'format-packs.ts', 'moments.ts', 'living-texts.ts'])
		expect(loadedBy(`${folder}/${file}`), file).not.toContain('format-names.ts')
})

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { speak, type Texts, useTranslation } from '~/platform/i18n/living-texts'

const catalogueOf = (locale: string): Texts =>
	Object.fromEntries(
		readdirSync(`locales/${locale}`)
			.filter((file) => !file.startsWith('_'))
			.map((file) => [
				file.replace('.json', ''),
				JSON.parse(readFileSync(`locales/${locale}/${file}`, 'utf8')) as Texts,
			]),
	)

const FORM = /_(zero|one|two|few|many|other)$/

/** Every text by its key, without the ending that says how many. */
function* textsOf(texts: Texts, path = ''): Generator<[string, { text: string; counts: boolean }]> {
	for (const [word, text] of Object.entries(texts)) {
		if (typeof text === 'object') yield* textsOf(text, path === '' ? `${word}:` : `${path}${word}.`)
		else yield [(path + word).replace(FORM, ''), { text, counts: FORM.test(word) }]
	}
}

const NUMBERS = [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000]
/** Words that could be taken for signs of the machine. */
const WORDS = [
	'Amal',
	'أمل',
	'+39 06 1522',
	'$&',
	'{{nobody}}',
	'$t(common:actions.save)',
	'<b>',
	undefined,
	null,
	7,
]

describe.each(UI_LOCALES)('what a living page says in %s', (locale) => {
	const catalogue = catalogueOf(locale)
	const { t: stock } = i18nFor(locale)
	const asked = new Map(textsOf(catalogue))

	test('is what i18next says', () => {
		speak(locale, catalogue)
		const { t, i18n } = useTranslation()
		expect(i18n.language).toBe(locale)
		expect(asked.size).toBeGreaterThan(1_000)
		for (const [key, { text, counts }] of asked) {
			expect(t(key), key).toBe(stock(key))
			// Most texts have no place for a value: they are asked with one that they must leave alone.
			const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!)
			for (const [at, word] of (names.length > 0 ? WORDS : WORDS.slice(0, 1)).entries()) {
				const values = { ...Object.fromEntries(names.map((name) => [name, word])), count: NUMBERS[at] }
				expect(t(key, values), key).toBe(stock(key, values))
			}
			if (!counts) continue
			for (const count of NUMBERS) expect(t(key, { count }), `${key} ${count}`).toBe(stock(key, { count }))
		}
	})

	test('leaves what somebody wrote as she wrote it, also where i18next would fill it in', () => {
		speak(locale, { room: { told: '{{name}}: {{count}}' } })
		const said = useTranslation().t('room:told', { name: '{{count}}', count: 2 })
		// Where Latin letters are the strangers, they come isolated (isolates.test.ts).
		expect(said.replace(/[\u2068\u2069]/g, '')).toBe('{{count}}: 2')
	})

	test('is the word of the key where there is no text', () => {
		speak(locale, catalogue)
		const { t } = useTranslation()
		for (const key of ['chat:none.such', 'chat:none', 'nowhere:some.word', 'chat:write.label.more'])
			expect(t(key), key).toBe(stock(key))
	})
})

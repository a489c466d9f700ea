import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { LANGUAGE_TAGS } from '../../app/platform/i18n/languages'
import { inExample } from './house'

type Tree = { [key: string]: string | Tree }
const leaves = (tree: Tree): string[] =>
	Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : leaves(value)))

/** Words that no catalogue says: of dates, spans of time, countries, languages and zones, as ICU has them in English. */
function wordsOfFormats(): string[] {
	const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
	const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
	const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
	const countries = letters.flatMap((one) => letters.map((two) => regions.of(one + two)))
	const packed = leaves(JSON.parse(readFileSync('locales/en/_intl.json', 'utf8')) as Tree)
	const said = [...countries, ...LANGUAGE_TAGS.map((tag) => languages.of(tag)), ...packed, ...ZONE_WORDS]
	return said.flatMap((text) => text?.match(/[A-Za-z]{3,}/g) ?? [])
}
const ZONE_WORDS = [
	'Central',
	'Eastern',
	'Western',
	'European',
	'Time',
	'São Paulo',
	'New York',
	'Toronto',
	'Canarias',
	'México',
]

/** What the people of the example called their spaces, rooms and centres. */
const namesOfExample = () =>
	inExample(
		(sql) =>
			sql<{ text: string }[]>`
				select value as text from spaces, jsonb_each_text(names) union
				select value from spaces, jsonb_each_text(descriptions) union
				select value from rooms, jsonb_each_text(names) union
				select name from organisations`,
	)

const FORMATS = wordsOfFormats()
let known: Promise<string[]> | undefined

/**
 * Words on the page in plain Latin letters that no catalogue said: every text of ours has lost its plain letters. What
 * people wrote, names, times and the names of languages are marked as theirs, and so left out.
 */
export async function plainWords(page: Page): Promise<string[]> {
	known ??= namesOfExample().then((rows) => rows.map(({ text }) => text))
	return page.evaluate(
		([names, formats]) => {
			const { lang } = document.documentElement
			/** Not of the catalogue: somebody's words, a name, a code, a time. */
			const THEIRS = `bdi, time, code, samp, kbd, [translate=no], [lang]:not([lang="${lang}"]), [data-user], script, style, svg, textarea`
			const marked = [...document.querySelectorAll(THEIRS)].map((each) => each.textContent?.trim() ?? '')
			const longestFirst = [...new Set([...names, ...marked])]
				.filter((text) => text.length > 1)
				.sort((a, b) => b.length - a.length)
			const ours = (text: string) =>
				longestFirst
					.reduce((rest, name) => rest.replaceAll(name, ''), text)
					// Values that are put into a text stand between isolates; addresses are the same everywhere.
					.replace(/\u2068[^\u2068\u2069]*\u2069/g, '')
					.replace(/https?:\S+|\b[\w-]+(\.[\w-]+)+\b/g, '')
			const allowed = new Set([...formats, 'Mimosa'])
			const found: string[] = []
			const look = (text: string | null, where: string) => {
				const words = ours(text ?? '').match(/[A-Za-z]{3,}/g) ?? []
				if (words.some((word) => !allowed.has(word))) found.push(`${where}: ${text?.trim().slice(0, 80)}`)
			}
			const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
			while (walker.nextNode()) {
				const parent = walker.currentNode.parentElement
				if (parent && !parent.closest(THEIRS))
					look(walker.currentNode.textContent, parent.tagName.toLowerCase())
			}
			for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
				for (const each of document.body.querySelectorAll(`[${name}]`))
					if (!each.closest(THEIRS)) look(each.getAttribute(name), `${each.tagName.toLowerCase()}[${name}]`)
			return found
		},
		[await known, FORMATS] as const,
	)
}

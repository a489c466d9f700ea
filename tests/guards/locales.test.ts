import { readdirSync, readFileSync } from 'node:fs'
import i18next from 'i18next'
import { describe, expect, test } from 'vitest'
import { ownLetters } from '~/features/members/sentences/sentence-rules'
import { isLanguage } from '~/platform/i18n/languages'

type Tree = { [key: string]: string | Tree }

const SUFFIX = /_(zero|one|two|few|many|other)$/
const tags = readdirSync('locales').filter((name) => !name.startsWith('_'))
/** Files that begin with `_` say something of the language, not in it. */
const isCatalogue = (name: string) => name.endsWith('.json') && !name.startsWith('_')
const namespaces = readdirSync('locales/en').filter(isCatalogue)
const others = tags.filter((tag) => tag !== 'en')

const source = (tag: string, file: string) => readFileSync(`locales/${tag}/${file}`, 'utf8')
const read = (tag: string, file: string) => JSON.parse(source(tag, file)) as Tree

function flat(tree: Tree, prefix = ''): [string, string][] {
	return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
		typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
	)
}

const all = (tag: string) =>
	namespaces.flatMap((file) => flat(read(tag, file), `${file.replace('.json', '')}:`))
const english = new Map(all('en'))
const base = (key: string) => key.replace(SUFFIX, '')
const plurals = new Set([...english.keys()].filter((key) => SUFFIX.test(key)).map(base))
const placeholders = (text: string) => (text.match(/\{\{\s*\w+\s*\}\}|\$t\(|<\/?\d+>/g) ?? []).sort()

describe('T1 files', () => {
	test.each(tags)('%s has every file, no other, sorted, with no key twice', (tag) => {
		expect(isLanguage(tag)).toBe(true)
		expect(readdirSync(`locales/${tag}`).filter(isCatalogue).sort()).toEqual(namespaces.toSorted())
		for (const file of namespaces) {
			const sorted = JSON.stringify(read(tag, file), null, '\t')
			expect(`${tag}/${file} ${source(tag, file).trimEnd() === sorted}`).toBe(`${tag}/${file} true`)
			for (const keys of levels(read(tag, file))) expect(keys).toEqual(inOrder(keys))
		}
	})
})

/** Sorted as far as an object can be: names that are numbers (`alias.0`) come first, counted. */
const inOrder = (keys: string[]) => Object.keys(Object.fromEntries(keys.toSorted().map((key) => [key, ''])))

function levels(tree: Tree): string[][] {
	return [
		Object.keys(tree),
		...Object.values(tree).flatMap((value) => (typeof value === 'string' ? [] : levels(value))),
	]
}

describe('T2 keys', () => {
	const code = readdirSync('app', { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.tsx?$/.test(name))
		.map((name) => readFileSync(`app/${name}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))
		.join('\n')
	/** Events of the bus are named alike; they are declared as `'chat:message': { … }`. */
	const events = new Set([...code.matchAll(/'([a-z]+:[\w.-]+)': \{/g)].map(([, name]) => name!))
	const quoted = [...code.matchAll(/['"`]([a-z]+:[\w.-]+)['"`]/g)].map(([, key]) => key!)
	const literals = new Set(quoted.filter((key) => !events.has(key)))
	/** Beginnings of keys that are put together from a code, a role or an enum: `errors:${code}`. */
	const beginnings = [...code.matchAll(/['"`]([a-z]+:[\w.-]*)(?:\$\{|['"`]\s*\+)/g)].map(([, key]) => key!)
	const asked = new Set(namespaces.map((file) => file.replace('.json', '')))

	test('every key the code asks for is there', () => {
		const keys = new Set([...english.keys()].flatMap((key) => [key, base(key)]))
		const missing = [...literals].filter((key) => asked.has(key.split(':')[0]!) && !keys.has(key))
		expect(missing).toEqual([])
	})

	test('every key there is asked for', () => {
		const titles = [...code.matchAll(/titleFor\(args, '([\w.]+)'\)/g)].map(([, key]) => `common:${key}`)
		const used = new Set([...literals, ...titles])
		const unused = [...english.keys()].filter(
			(key) => !used.has(key) && !used.has(base(key)) && !beginnings.some((start) => key.startsWith(start)),
		)
		expect(unused).toEqual([])
	})

	test.each(namespaces)('%s is documented for translators, key by key', (file) => {
		const documented = new Set(
			flat(JSON.parse(readFileSync(`locales/_meta/${file}`, 'utf8')) as Tree).map(([key]) => key),
		)
		const keys = new Set(flat(read('en', file)).map(([key]) => base(key)))
		expect([...keys].filter((key) => !documented.has(`${key}.where`))).toEqual([])
		const known = [...documented].map((key) => key.replace(/\.(where|max)$/, ''))
		expect(known.filter((key) => !keys.has(key))).toEqual([])
	})

	test.each(others)('%s has the keys of English, and no others', (tag) => {
		const keys = (list: Iterable<string>) => [...new Set([...list].map(base))].sort()
		expect(keys(new Map(all(tag)).keys())).toEqual(keys(english.keys()))
	})
})

/** Whether a plural form stands for exactly one number, so that it may leave the number out. */
function namesOneNumber(tag: string, category: string) {
	const rules = new Intl.PluralRules(tag)
	return Array.from({ length: 1001 }, (_, n) => n).filter((n) => rules.select(n) === category).length === 1
}

describe('T3 plurals', () => {
	test.each(tags)('%s has every form its language has', (tag) => {
		const texts = new Map(all(tag))
		const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories
		const wrong: string[] = []
		for (const key of plurals) {
			const forms = [...texts.keys()].filter((name) => SUFFIX.test(name) && base(name) === key)
			const expected = categories.map((category) => `${key}_${category}`)
			if (forms.toSorted().join() !== expected.toSorted().join()) wrong.push(`${key}: ${forms.join(', ')}`)
			for (const category of categories) {
				const text = texts.get(`${key}_${category}`) ?? ''
				if (!text.trim()) wrong.push(`${key}_${category} is empty`)
				const counts = english.get(`${key}_other`)?.includes('{{count}}')
				if (counts && !text.includes('{{count}}') && !namesOneNumber(tag, category))
					wrong.push(`${key}_${category} hides its number`)
			}
		}
		expect(wrong).toEqual([])
	})
})

describe('T4 placeholders', () => {
	test.each(others)('%s uses those of English', (tag) => {
		const wrong = all(tag).filter(([key, text]) => {
			const model = english.get(key) ?? english.get(`${base(key)}_other`) ?? ''
			const without = (list: string[]) =>
				list.filter((name) => !(SUFFIX.test(key) && name.includes('count'))).join()
			return (
				without(placeholders(text)) !== without(placeholders(model)) || /(?<!\{)\{(?!\{)(?!n\})|%s/.test(text)
			)
		})
		expect(wrong).toEqual([])
	})
})

describe('T5 at run time', () => {
	test.each(tags)('%s answers every count itself', async (tag) => {
		const instance = i18next.createInstance()
		const resources = {
			[tag]: Object.fromEntries(namespaces.map((file) => [file.replace('.json', ''), read(tag, file)])),
		}
		await instance.init({
			lng: tag,
			fallbackLng: false,
			resources,
			initImmediate: false,
			interpolation: { escapeValue: false },
		})
		const wrong: string[] = []
		for (const key of plurals) {
			for (const count of [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000, 1.5]) {
				if (!instance.exists(key, { count })) wrong.push(`${key} for ${count}`)
			}
		}
		expect(wrong).toEqual([])
	})
})

/** The same in English and elsewhere on purpose. */
const SAME_EVERYWHERE =
	/^(england|scotland|wales|forum|chat|mentor|mentoring|ok|no|mimosa|home|pin|totp|qr|email|handle|post)$/i
/** At most this share of a language's texts may equal the English (LANGUAGES.md T6). */
const SAME_AT_MOST = 0.02

describe('T6 translated', () => {
	test.each(others)('%s is not English', (tag) => {
		const texts = all(tag).filter(([, text]) => /\p{L}{3}/u.test(text.replace(/\{\{\w+\}\}/g, '')))
		const same = texts.filter(
			([key, text]) => english.get(key) === text && !SAME_EVERYWHERE.test(text.trim()),
		)
		expect(same.length / texts.length, JSON.stringify(same.slice(0, 10))).toBeLessThanOrEqual(SAME_AT_MOST)
		expect(same.filter(([key]) => key.startsWith('safety:'))).toEqual([])
	})
})

/** Words that keep their own letters in any script. */
const LATIN_WORDS =
	/regular expressions|pattern|asylum|RE2|Mimosa|QR|TOTP|Escape|Esc|Shift|GPS|Wi-?Fi|PDF|SMS|WhatsApp|https?\S*|[\w.]+\.(org|eu|com|it|es|gr|bg|gov|uk|se|no|fr|ie)\S*/g

/** Letters of a neighbour: another spelling, another keyboard, or a letter that only looks the same. */
const FOREIGN: Record<string, RegExp> = {
	ar: /[\u06a9\u06cc]/,
	bg: /[ыэёіїєґ]/i,
	fa: /[\u0643\u064a]/,
	ro: /[şţ]/i,
	ru: /[іїєґ]/i,
	uk: /[ыэъё]/i,
	ur: /[\u0643\u064a]/,
}

/** Letters that look like Latin ones: in a language of another script they are a typing accident, as is a lone Latin one. */
const ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}]/u
const LONE_LATIN = /(?<![\p{L}\p{N}])[ABCEHIKMOPTXYaceiopxy](?![\p{L}\p{N}])/u

describe('T7 letters', () => {
	test.each(tags)('%s is written in its own script, composed', (tag) => {
		const wrong = all(tag).filter(([, text]) => {
			if (text !== text.normalize('NFC') || text.includes('\ufeff')) return true
			const plain = text.replace(/\{\{\w+\}\}|\{n\}/g, '').replace(LATIN_WORDS, '')
			const letters = plain.match(/\p{L}/gu) ?? []
			const script = ownLetters(tag)
			const own = letters.filter((letter) => script.test(letter)).length
			if (letters.length > 0 && own / letters.length < 0.5) return true
			if (letters.some((letter) => ALIKE.test(letter) && !script.test(letter))) return true
			if (ALIKE.test(letters.join('')) && LONE_LATIN.test(plain)) return true
			// A Cyrillic or Greek letter inside a Latin word, or the other way round, is a typing accident.
			if (
				/\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u.test(
					plain,
				)
			)
				return true
			return FOREIGN[tag]?.test(plain)
		})
		expect(wrong).toEqual([])
	})
})

/** Signs that a language writes in its own way; addresses and times of day keep theirs. */
const MISWRITTEN: Record<string, RegExp> = {
	ar: /\p{Script=Arabic}[\p{M}\s]*[?,;]/u,
	el: /\u037e|(?<!\()\?/,
	es: /(?:^|[.!?]\s)[^¿.!?]*\?|(?:^|[.!?]\s)[^¡.!?]*!/,
	fa: /\p{Script=Arabic}[\p{M}\s]*[?,;]/u,
	fr: /[^\u202f\u00a0?!][;:!?»]|«[^\u202f\u00a0]/,
	ti: /\p{Script=Ethiopic}\s*[;,]/u,
	ur: /\p{Script=Arabic}[\p{M}\s]*[?,;]/u,
	'zh-Hans': /\p{Script=Han}\s*[,.?!:;]|[,?!;]\s*\p{Script=Han}/u,
}

describe('T9 spaces and punctuation', () => {
	test.each(tags)('%s follows its own rules', (tag) => {
		const wrong = all(tag).filter(([key, text]) => {
			const model = english.get(key) ?? english.get(`${base(key)}_other`) ?? text
			if (/^\s|\s$/.test(text) !== /^\s|\s$/.test(model) || /\S {2,}\S/.test(text)) return true
			return MISWRITTEN[tag]?.test(text.replace(/https?:\S*|\d:\d/g, ''))
		})
		expect(wrong).toEqual([])
	})
})

import type { i18n } from 'i18next'
import { once } from '../once.server'
import { i18nFor } from './i18n.server'
import { Marks, type Spoken } from './marks.server'
import { FALLBACK_LOCALE } from './match'
import { speakingBoth } from './spoken'

/** The catalogues: the instance that speaks a language, and the keys it has no words for. */
export interface Catalogues {
	of(locale: string): i18n
	holesOf(locale: string): ReadonlySet<string>
}

interface Asked {
	/** In which languages a text is looked for, the page's first (`chainOf`). */
	chain: readonly string[]
	/** The language the page is shown in besides its own. */
	also?: string
}

/** What a page speaks with. */
export interface Speech {
	/** For what stands around every page, which stays in her language. */
	frame: i18n
	/** For the page itself. */
	page: i18n
	/** Around the rendering, for what is formatted while it goes on. */
	during<T>(render: () => T): T
	/** Writes out what the texts carried, once the page is HTML. */
	writtenOut(html: string): string
}

type Values = Record<string, unknown>
type Look = (key: string, values?: Values) => string
type Namespace = string | readonly string[] | null | undefined

/** Every text of a catalogue: "namespace:word.word". */
function keysOf(texts: object, path = ''): string[] {
	return Object.entries(texts).flatMap(([word, text]) => {
		const key = path ? `${path}${path.includes(':') ? '.' : ':'}${word}` : word
		return typeof text === 'object' ? keysOf(text, key) : key
	})
}

const PLURAL = /_(zero|one|two|few|many|other)$/

/** What English says and a locale cannot: keys it lacks, and texts that count without one of the forms it needs. */
export function holesIn(texts: object, english: object, locale: string): ReadonlySet<string> {
	const own = new Set(keysOf(texts))
	const wanted = new Set(keysOf(english))
	const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
	const counts = (key: string) => wanted.has(`${key}_other`)
	const holes = [...wanted].flatMap((key) => {
		const base = key.replace(PLURAL, '')
		if (!counts(base)) return own.has(key) ? [] : [key]
		return forms.every((form) => own.has(`${base}_${form}`)) ? [] : [base]
	})
	return new Set(holes)
}

/** The catalogue of a locale, without the files that hold no texts (`_about`). */
const textsOf = (locale: string) =>
	Object.fromEntries(
		Object.entries(i18nFor(locale).getDataByLanguage(locale) ?? {}).filter(([name]) => !name.startsWith('_')),
	)

const known = once('holes of catalogues', () => new Map<string, ReadonlySet<string>>())

function holesOf(locale: string): ReadonlySet<string> {
	const before = known.get(locale)
	if (before) return before
	const { language } = i18nFor(locale)
	const holes = holesIn(textsOf(language), textsOf(FALLBACK_LOCALE), language)
	known.set(locale, holes)
	return holes
}

const OURS: Catalogues = { of: i18nFor, holesOf }

/** A way to look up texts along a chain, which says in what language it found each. */
function lookAlong(chain: readonly string[], catalogues: Catalogues, namespace: Namespace) {
	const [home = FALLBACK_LOCALE] = chain
	const holes = catalogues.holesOf(home)
	const first = [namespace].flat()[0] ?? 'common'
	return (key: string, values?: Values): Spoken => {
		const full = key.includes(':') ? key : `${first}:${key}`
		const lang = holes.has(full)
			? (chain.find((tag) => !catalogues.holesOf(tag).has(full)) ?? FALLBACK_LOCALE)
			: home
		const t = catalogues.of(lang).getFixedT(null, first) as Look
		return { lang, text: values ? t(full, values) : t(full) }
	}
}

/** What was formatted for the page's language, said in both. What it was made of may carry both already. */
const formatsIn =
	(marks: Marks, locale: string, also: string) => (asked: string, say: (tag: string) => string) =>
		asked === locale
			? marks.mark(
					{ lang: locale, text: marks.half(say(locale), 0) },
					{ lang: also, text: marks.half(say(also), 1) },
				)
			: say(asked)

/** The same instance of i18next to its components, but for what `t` answers. */
function answering(own: i18n, lookFor: (namespace: Namespace) => Look): i18n {
	const getFixedT = (tag: string | null, namespace: Namespace, prefix?: string) =>
		(tag && tag !== own.language) || prefix
			? own.getFixedT(tag as string, namespace as string, prefix)
			: Object.assign(lookFor(namespace), { lng: tag, ns: namespace })
	return Object.assign(Object.create(own) as i18n, { getFixedT, t: lookFor(null) })
}

/** A page in the one language of its locale, where nothing may stand but what the catalogue says. */
export function plainSpeech(locale: string, catalogues = OURS): Speech {
	const own = catalogues.of(locale)
	return { frame: own, page: own, during: (render) => render(), writtenOut: (html) => html }
}

/**
 * What a page is said with (docs/decisions/024). Where her catalogue is whole and she asked for no second language, that
 * is the plain instance of her locale, and nothing is done to the page.
 */
export function speechOf({ chain, also }: Asked, catalogues = OURS): Speech {
	const [locale = FALLBACK_LOCALE] = chain
	const whole = catalogues.holesOf(locale).size === 0
	if (whole && !also) return plainSpeech(locale, catalogues)
	const own = catalogues.of(locale)
	const marks = new Marks()
	const halves = (values: Values | undefined, which: 0 | 1) =>
		values && Object.fromEntries(Object.entries(values).map(([name, one]) => [name, marks.half(one, which)]))
	const one = (said: Spoken) => (said.lang === locale ? said.text : marks.mark(said))
	const frame = answering(own, (namespace) => {
		const look = lookAlong(chain, catalogues, namespace)
		return (key, values) => one(look(key, halves(values, 0)))
	})
	const page = also
		? answering(own, (namespace) => {
				const look = lookAlong(chain, catalogues, namespace)
				const lookAlso = lookAlong([also, FALLBACK_LOCALE], catalogues, namespace)
				return (key, values) => {
					const said = look(key, halves(values, 0))
					const other = lookAlso(key, halves(values, 1))
					return said.text === other.text ? one(said) : marks.mark(said, other)
				}
			})
		: frame
	return {
		frame: whole ? own : frame,
		page,
		during: (render) => (also ? speakingBoth(formatsIn(marks, locale, also), render) : render()),
		writtenOut: (html) => marks.writtenOut(html, locale, also),
	}
}

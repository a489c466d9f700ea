import i18next, { type i18n, type Resource } from 'i18next'
import { RemixI18Next } from 'remix-i18next/server'
import type { Actor } from '../actor'
import { cookieIn } from '../cookies.server'
import { usesPseudoLocales } from '../env.server'
import { once } from '../once.server'
import './format-packs.server'
import { intoSentence } from './isolate'
import { acceptedTags, FALLBACK_LOCALE, hostLocale, matchLocale } from './match'
import { PSEUDO_LOCALES, pseudoTexts } from './pseudo'

/** Every catalogue, at build time: nothing is read from disk for a request (docs/decisions/004). */
const files = import.meta.glob<Record<string, unknown>>('/locales/*/[!_]*.json', {
	eager: true,
	import: 'default',
})

function readCatalogues(): Resource {
	const resources: Resource = {}
	for (const [path, texts] of Object.entries(files)) {
		const [, tag = '', namespace = ''] = /^\/locales\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? []
		if (tag.startsWith('_')) continue
		resources[tag] = { ...resources[tag], [namespace]: texts as Record<string, string> }
	}
	if (usesPseudoLocales())
		for (const locale of PSEUDO_LOCALES) resources[locale] = pseudoTexts(locale, resources[FALLBACK_LOCALE]!)
	return resources
}

const catalogues = once('catalogues', readCatalogues)

/** The languages of the interface: a folder in `locales/` is all one needs. */
export const UI_LOCALES: readonly string[] = Object.keys(catalogues).sort()

export const isUiLocale = (tag: unknown): tag is string => typeof tag === 'string' && UI_LOCALES.includes(tag)

const options = (locale: string) => ({
	lng: locale,
	fallbackLng: FALLBACK_LOCALE,
	supportedLngs: [...UI_LOCALES],
	load: 'currentOnly' as const,
	ns: Object.keys(catalogues[FALLBACK_LOCALE] ?? {}),
	defaultNS: 'common',
	nsSeparator: ':',
	keySeparator: '.',
	returnNull: false,
	initImmediate: false,
	interpolation: {
		// React escapes; `$t(...)` inside what a person wrote must stay text (SAFETY 2F 94).
		escapeValue: false,
		skipOnVariables: true,
		// No text of ours names a format: this is where every value passes, in the language it is filled into.
		alwaysFormat: true,
		format: (value: unknown, _format?: string, tag = locale) => intoSentence(tag, value) as string,
	},
})

/** By locale, then by key ("mentoring:need.cv"). */
export type OwnWords = ReadonlyMap<string, ReadonlyMap<string, string>>

const own = once('own words', (): { words: OwnWords; edition: number } => ({ words: new Map(), edition: 0 }))

/** Has pages say a community's own words where the catalogue has others: texts without a value to fill in. */
export function sayInstead(words: OwnWords) {
	own.words = words
	own.edition += 1
}

/** Changes with the community's own words: what was said before may be said otherwise now. */
export const editionOfWords = () => own.edition

/**
 * A page asks for some hundred texts, most of them without a value to fill in: those are looked up once. Only texts the
 * catalogue has are kept, so that the memory is no larger than it.
 */
function rememberPlainTexts(instance: i18n) {
	type Look = (key: string, ...values: unknown[]) => string
	const texts = new Map<string, string>()
	const getFixedT = instance.getFixedT.bind(instance) as unknown as (...scope: unknown[]) => Look
	const remembering = (tag: unknown, namespace: unknown, prefix: unknown) => {
		const t = getFixedT(tag, namespace, prefix)
		if ((tag && tag !== instance.language) || prefix) return t
		const look: Look = (key, ...values) => {
			if (values.length > 0 || !key.includes(':')) return t(key, ...values)
			const known = own.words.get(instance.language)?.get(key) ?? texts.get(key)
			if (known !== undefined) return known
			const text = t(key)
			if (instance.exists(key)) texts.set(key, text)
			return text
		}
		return Object.assign(look, t)
	}
	instance.getFixedT = remembering as unknown as i18n['getFixedT']
}

function openInstance(locale: string): i18n {
	const instance = i18next.createInstance()
	void instance.init({ ...options(locale), resources: catalogues })
	rememberPlainTexts(instance)
	return instance
}

const instances = once('i18n', () => new Map(UI_LOCALES.map((tag) => [tag, openInstance(tag)])))

/** The ready instance of a locale; one for each, shared by all requests. */
export const i18nFor = (locale: string): i18n => instances.get(locale) ?? instances.get(FALLBACK_LOCALE)!

/** `t` of a locale, for titles and for code outside React. */
export const fixedT = (locale: string) => i18nFor(locale).getFixedT(locale)

export const LANGUAGE_COOKIE = 'language'

/** What was chosen in this browser, from a Cookie header. */
export function cookieLocale(header: string | null | undefined) {
	const value = cookieIn(header, LANGUAGE_COOKIE, '[\\w-]{2,12}')
	return isUiLocale(value) ? value : undefined
}

/** remix-i18next with an own matcher: its stock one tries only the first tag the runtime knows (LANGUAGES.md P2). */
const detector = new RemixI18Next({
	detection: {
		supportedLanguages: [...UI_LOCALES],
		fallbackLanguage: FALLBACK_LOCALE,
		order: ['custom'],
		findLocale: async (request) =>
			matchLocale(acceptedTags(request.headers.get('accept-language')), UI_LOCALES) ?? null,
	},
})

/**
 * Her language: profile, cookie, browser, host country, English, in this order. A link never changes it. `country` is that
 * of the installation, for who has said none.
 */
export async function localeOf(request: Request, actor: Actor | null, country = ''): Promise<string> {
	if (isUiLocale(actor?.locale)) return actor.locale
	const chosen = cookieLocale(request.headers.get('cookie'))
	if (chosen) return chosen
	const named = request.headers.has('accept-language') ? await detector.getLocale(request) : FALLBACK_LOCALE
	if (named !== FALLBACK_LOCALE) return named
	// English is also what is found for who names no language of ours.
	const tags = acceptedTags(request.headers.get('accept-language'))
	if (tags.some((tag) => /^en\b/i.test(tag))) return named
	const host = hostLocale(actor?.hostCountry || country)
	return isUiLocale(host) ? host : FALLBACK_LOCALE
}

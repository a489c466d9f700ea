/** The language everything is written in first, and the last resort. */
export const FALLBACK_LOCALE = 'en'

/** Other names that a browser may have for our languages (LANGUAGES.md 1.2). */
const SAME: Record<string, string> = {
	aeb: 'ar',
	apc: 'ar',
	arz: 'ar',
	ary: 'ar',
	prs: 'fa',
	pes: 'fa',
	mo: 'ro',
	cmn: 'zh-Hans',
	zh: 'zh-Hans',
	tl: 'fil',
	ku: 'kmr',
	tir: 'ti',
}

/** Another language, for those who name none of ours: what most readers of the first can also read. */
const NEAREST: Record<string, string> = {
	fil: 'en',
	tl: 'en',
	sh: 'en',
	sr: 'en',
	hr: 'en',
	bs: 'en',
	zh: 'zh-Hans',
}

/** Who writes Chinese with the old letters reads the new ones with effort: only where she names nothing better. */
const TRADITIONAL_CHINESE = /^zh-(tw|hk|mo|hant)\b/
const KURMANJI = /^(ku|kmr)\b/
const HEADER_TAGS_AT_MOST = 20

/** Tags of an Accept-Language header, most wanted first. */
export function acceptedTags(header: string | null): string[] {
	if (!header) return []
	return header
		.slice(0, 500)
		.split(',')
		.slice(0, HEADER_TAGS_AT_MOST)
		.map((part) => {
			const [tag = '', ...parameters] = part.trim().split(';')
			const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((value) => value !== undefined)
			return { tag: tag.trim(), q: q === undefined ? 1 : Number(q) }
		})
		.filter(({ tag, q }) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && q > 0)
		.sort((a, b) => b.q - a.q)
		.map(({ tag }) => tag)
}

const baseOf = (tag: string) => tag.split('-')[0] ?? tag

/** What a tag may be called here, in lower case, the most exact name first. `wanted` is the whole list it stands in. */
function namesOf(tag: string, wanted: readonly string[]): string[] {
	if (TRADITIONAL_CHINESE.test(tag)) return []
	const base = baseOf(tag)
	const names = [tag, SAME[tag], base, SAME[base]]
	// Many who read Kurmanji went to school in Turkish; only those who say so are led there.
	if (KURMANJI.test(tag) && wanted.some((other) => baseOf(other) === 'tr')) names.push('tr')
	return names.filter((name) => name !== undefined).map((name) => name.toLowerCase())
}

/**
 * Those of `wanted` that we have, through exact tags, other names and base languages, most wanted first. The whole list
 * is walked: a woman who asks for Wolof, then French, gets French, not English. Only where nothing of it is ours, the
 * nearest language.
 */
export function matchLocales(wanted: readonly string[], have: readonly string[]): string[] {
	const tags = wanted.map((tag) => tag.toLowerCase())
	const byLower = new Map(have.map((tag) => [tag.toLowerCase(), tag]))
	const ours = (names: readonly string[]) => names.map((name) => byLower.get(name)).find(Boolean)
	const found = tags.map((tag) => ours(namesOf(tag, tags)))
	const near = tags.map((tag) => ours([NEAREST[baseOf(tag)]?.toLowerCase() ?? '']))
	return [...new Set([...found, ...near].filter((tag) => tag !== undefined))]
}

/** The most wanted of those languages that we have. */
export const matchLocale = (wanted: readonly string[], have: readonly string[]): string | undefined =>
	matchLocales(wanted, have)[0]

/** The main language of the countries we serve, for those whose browser names no language of ours. */
const HOST_LOCALES: Record<string, string> = {
	IT: 'it',
	ES: 'es',
	GR: 'el',
	CY: 'el',
	BG: 'bg',
	GB: 'en',
	FR: 'fr',
	SE: 'sv',
}

export const hostLocale = (country: string | null | undefined) =>
	country ? HOST_LOCALES[country] : undefined

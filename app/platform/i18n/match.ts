/** The language everything is written in first, and the last resort. */
export const FALLBACK_LOCALE = 'en'

/** Other names of our languages, and the nearest of ours for some we do not have (LANGUAGES.md 1.2). */
const ALIASES: Record<string, string[]> = {
	aeb: ['ar'],
	apc: ['ar'],
	arz: ['ar'],
	ary: ['ar'],
	prs: ['fa'],
	pes: ['fa'],
	mo: ['ro'],
	cmn: ['zh-Hans'],
	'zh-cn': ['zh-Hans'],
	'zh-sg': ['zh-Hans'],
	zh: ['zh-Hans'],
	tl: ['fil', 'en'],
	fil: ['en'],
	ku: ['kmr', 'tr'],
	kmr: ['tr'],
	tir: ['ti'],
	sh: ['en'],
	sr: ['en'],
	hr: ['en'],
	bs: ['en'],
}
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

/**
 * The first of `wanted` that we have, through exact tags, aliases and base languages. The whole list is walked:
 * a woman who asks for Wolof, then French, gets French, not English.
 */
export function matchLocale(wanted: readonly string[], have: readonly string[]): string | undefined {
	const byLower = new Map(have.map((tag) => [tag.toLowerCase(), tag]))
	for (const tag of wanted) {
		const lower = tag.toLowerCase()
		const base = lower.split('-')[0] ?? lower
		const candidates = [lower, ...(ALIASES[lower] ?? []), base, ...(ALIASES[base] ?? [])]
		for (const candidate of candidates) {
			const found = byLower.get(candidate.toLowerCase())
			if (found) return found
		}
	}
	return undefined
}

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

export type Direction = 'ltr' | 'rtl'

/**
 * The languages people write in here, each named in itself (LANGUAGES.md 1.1 and the list after it). The languages
 * of the interface are those of them that have a folder in `locales/`.
 */
const ENDONYMS: Record<string, string> = {
	am: 'አማርኛ',
	ar: 'العربية',
	ary: 'الدارجة',
	bg: 'Български',
	bm: 'Bamanankan',
	bn: 'বাংলা',
	ckb: 'کوردیی ناوەندی',
	cs: 'Čeština',
	de: 'Deutsch',
	el: 'Ελληνικά',
	en: 'English',
	es: 'Español',
	fa: 'فارسی',
	ff: 'Pulaar',
	fil: 'Filipino',
	fr: 'Français',
	hi: 'हिन्दी',
	hr: 'Hrvatski',
	it: 'Italiano',
	ka: 'ქართული',
	kmr: 'Kurmancî',
	ln: 'Lingála',
	lt: 'Lietuvių',
	mk: 'Македонски',
	ne: 'नेपाली',
	nl: 'Nederlands',
	om: 'Oromoo',
	pa: 'ਪੰਜਾਬੀ',
	pl: 'Polski',
	ps: 'پښتو',
	pt: 'Português',
	ro: 'Română',
	rom: 'Romani',
	ru: 'Русский',
	si: 'සිංහල',
	so: 'Soomaali',
	sq: 'Shqip',
	sr: 'Српски',
	sv: 'Svenska',
	sw: 'Kiswahili',
	ta: 'தமிழ்',
	th: 'ไทย',
	ti: 'ትግርኛ',
	tr: 'Türkçe',
	uk: 'Українська',
	ur: 'اردو',
	vi: 'Tiếng Việt',
	wo: 'Wolof',
	yo: 'Yorùbá',
	'zh-Hans': '简体中文',
}
const RTL = new Set(['ar', 'ar-XB', 'ary', 'ckb', 'fa', 'he', 'ps', 'ur'])

/** Tags a post or a profile may carry, in the order of their own names. */
export const LANGUAGE_TAGS = Object.keys(ENDONYMS).sort((a, b) => (ENDONYMS[a]! < ENDONYMS[b]! ? -1 : 1))

export const isLanguage = (tag: string) => Object.hasOwn(ENDONYMS, tag)

/** The language's own name for itself; the tag where we have none. */
export const endonym = (tag: string) => ENDONYMS[tag] ?? tag

export const dirOf = (tag: string): Direction => (RTL.has(tag) ? 'rtl' : 'ltr')

import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { hostLocale } from '~/platform/i18n/match'

interface Known {
	reads: readonly string[]
	speaks: readonly string[]
	hostCountry: string | null
}

/** All languages she may tick: hers, those of her pages, her country and the likely ones (`locales`) within reach, then the rest. */
export function languagesToTick(known: Known, locale: string, locales: readonly string[]) {
	const likely = [...known.reads, ...known.speaks, locale, hostLocale(known.hostCountry), ...locales]
	const near = [...new Set(likely)].filter(
		(tag): tag is string => tag !== undefined && LANGUAGE_TAGS.includes(tag),
	)
	return { near, others: LANGUAGE_TAGS.filter((tag) => !near.includes(tag)) }
}

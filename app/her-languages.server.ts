import { setting } from '~/features/members/settings/settings.server'
import type { Actor } from '~/platform/actor'
import { alsoOf, namedBy, readerOf } from '~/platform/i18n/also.server'
import { chainOf, menuOrder } from '~/platform/i18n/chain'
import { localeOf, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { hostLocale } from '~/platform/i18n/match'

/** In which languages a request is answered: the page's, where its texts are looked for, and how the menu lists them. */
export async function herLanguages(request: Request, actor: Actor | null) {
	const locale = await localeOf(request, actor)
	const reader = readerOf(request, actor, locale, setting('hostCountry'))
	const probable = [
		reader.secondLocale,
		...(actor?.reads ?? []),
		...namedBy(request),
		hostLocale(reader.hostCountry),
	]
	return {
		locale,
		locales: menuOrder(locale, probable, UI_LOCALES),
		chain: chainOf(locale, reader),
		also: alsoOf(request, locale),
	}
}

import { setting } from '~/features/members/settings/settings.server'
import type { Actor } from '~/platform/actor'
import { alsoOf, namedBy, readerOf } from '~/platform/i18n/also.server'
import { chainOf, menuOrder } from '~/platform/i18n/chain'
import { localeOf, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { acceptedTags, hostLocale, matchLocale } from '~/platform/i18n/match'

/** The language that a link to us names (`?lng=`): offered first in the menu, and hers only when she picks it there. */
const offeredBy = (request: Request) =>
	matchLocale(acceptedTags(new URL(request.url).searchParams.get('lng')), UI_LOCALES)

/** In which languages a request is answered: the page's, where its texts are looked for, and how the menu lists them. */
export async function herLanguages(request: Request, actor: Actor | null) {
	const country = setting('hostCountry')
	const locale = await localeOf(request, actor, country)
	const reader = readerOf(request, actor, locale, country)
	const probable = [
		offeredBy(request),
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

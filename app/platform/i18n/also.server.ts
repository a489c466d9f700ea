import type { Actor } from '../actor'
import { cookieIn, setCookie } from '../cookies.server'
import { type Reader, secondOf } from './chain'
import { isUiLocale, UI_LOCALES } from './i18n.server'
import { acceptedTags, matchLocales } from './match'

const COOKIE = 'with'
const PARAMETER = 'with'

/** The language that the address asks for (this page alone), or that she or a worker chose for this visit. */
export function alsoAsked(request: Request): string | undefined {
	const asked = new URL(request.url).searchParams.get(PARAMETER)
	const chosen = cookieIn(request.headers.get('cookie'), COOKIE, '[\\w-]*')
	const also = asked ?? chosen
	return isUiLocale(also) ? also : undefined
}

/** The language a page is shown in besides its own. */
export function alsoOf(request: Request, locale: string): string | undefined {
	const also = alsoAsked(request)
	return also === locale ? undefined : also
}

/** Set-Cookie for the choice; without a language of ours it ends. It is gone with the browser, and when she signs out. */
export const alsoCookie = (also?: unknown): string =>
	isUiLocale(also) ? setCookie(COOKIE, also) : setCookie(COOKIE, '', { maxAge: 0 })

/** The languages of ours that her browser names, most wanted first. */
export const namedBy = (request: Request) =>
	matchLocales(acceptedTags(request.headers.get('accept-language')), UI_LOCALES)

/** Whom the texts of a page are for. A visitor has no profile: her browser says what she reads besides. */
export const readerOf = (request: Request, actor: Actor | null, locale: string, country: string): Reader =>
	actor ?? { secondLocale: secondOf(locale, namedBy(request)), hostCountry: country || null }

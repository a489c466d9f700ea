import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { renderToString } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { env } from '~/platform/env.server'
import { aboutLocale } from '~/platform/i18n/about.server'
import { menuOrder } from '~/platform/i18n/chain'
import { packAddress } from '~/platform/i18n/format-packs.server'
import { cookieLocale, i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { dirOf } from '~/platform/i18n/languages'
import { lettersFor } from '~/platform/i18n/letters'
import { acceptedTags, FALLBACK_LOCALE, matchLocale } from '~/platform/i18n/match'
import { once } from '~/platform/once.server'
import { Frame } from '~/ui/frame'
import theme from '~/ui/theme.css?url'
import { Trouble } from '~/ui/trouble'

/** Nobody's words are on the page: what may run there is the same for all, and so is the page. */
const nonce = once('busy:nonce', () => randomBytes(16).toString('base64'))
const RETRY_AFTER_S = '30'

interface Page {
	plain: Buffer
	br: Buffer
	gzip: Buffer
}
const pages = once('busy:pages', () => new Map<string, Page>())

/** The page of the site that says that it does not work just now, with the way out and the way to help, for anyone. */
function render(locale: string) {
	const letters = lettersFor(locale, false, new Request('http://busy.invalid'))
	return renderToString(
		<I18nextProvider i18n={i18nFor(locale)}>
			<html lang={locale} dir={dirOf(locale)} data-letters={letters}>
				<head>
					<meta charSet="utf-8" />
					<meta name="viewport" content="width=device-width, initial-scale=1" />
					<meta name="robots" content="noindex" />
					<meta name="color-scheme" content="light dark" />
					<title>Mimosa</title>
					<link rel="stylesheet" href={theme} />
					<link rel="icon" href="/favicon.svg" type="image/svg+xml" />
					<script src={__ENHANCE_URL__} data-formats={packAddress(locale)} nonce={nonce} defer />
				</head>
				<body>
					<Frame
						path="/"
						locale={locale}
						locales={menuOrder(locale, [], UI_LOCALES)}
						nav={[]}
						example={env().example}
						reviewed={aboutLocale(locale)?.reviewed}
					>
						<Trouble code="unavailable" />
					</Frame>
				</body>
			</html>
		</I18nextProvider>,
	)
}

function pageIn(locale: string): Page {
	const known = pages.get(locale)
	if (known) return known
	const plain = Buffer.from(`<!DOCTYPE html>${render(locale)}`)
	const page = { plain, br: brotliCompressSync(plain), gzip: gzipSync(plain) }
	pages.set(locale, page)
	return page
}

function encodingFor(accepted: string) {
	if (/\bbr\b/.test(accepted)) return 'br'
	return /\bgzip\b/.test(accepted) ? 'gzip' : undefined
}

/** What she chose in this browser, or what it asks for; whose it is nobody looks up now. */
function localeFor({ headers }: IncomingMessage) {
	const accepted = acceptedTags(headers['accept-language'] ?? null)
	return cookieLocale(headers.cookie) ?? matchLocale(accepted, UI_LOCALES) ?? FALLBACK_LOCALE
}

/**
 * Answers that the server has too much to do (503): in the language of her cookie or her browser, rendered and
 * compressed once, with the security headers that the response has already.
 */
export function busy(request: IncomingMessage, response: ServerResponse) {
	const locale = localeFor(request)
	const encoding = encodingFor(String(request.headers['accept-encoding'] ?? ''))
	const body = pageIn(locale)[encoding ?? 'plain']
	const policy = String(response.getHeader('content-security-policy') ?? '')
	response.statusCode = 503
	response.setHeader('content-security-policy', policy.replace(/'nonce-[^']+'/g, `'nonce-${nonce}'`))
	response.setHeader('content-type', 'text/html; charset=utf-8')
	response.setHeader('content-language', locale)
	response.setHeader('content-length', body.length)
	if (encoding) response.setHeader('content-encoding', encoding)
	response.setHeader('cache-control', 'no-store')
	response.setHeader('retry-after', RETRY_AFTER_S)
	response.setHeader('vary', 'Cookie, Accept-Language, Accept-Encoding')
	response.end(request.method === 'HEAD' ? undefined : body)
}

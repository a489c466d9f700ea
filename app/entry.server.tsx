import type { EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import type { ReactNode } from 'react'
import { renderToStaticMarkup, renderToString } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { Fragments } from '~/platform/fragments.server'
import { fileIn, goTo } from '~/platform/http.server'
import { plainSpeech, speechOf } from '~/platform/i18n/both.server'
import { chainOf } from '~/platform/i18n/chain'
import { localeOf } from '~/platform/i18n/i18n.server'
import { logFault } from '~/platform/log.server'
import type { RenderPage } from '~/platform/request-handler.server'
import { IconSheetContext } from '~/ui/icon-sheet'
import type { IconName } from '~/ui/icons'
import { joinButtons, type Keeping, KeepingContext } from '~/ui/keeping'
import { LivingContext, type LivingScript } from '~/ui/living'
import { RememberContext } from '~/ui/remembered'
import { NonceContext } from './nonce'
import { PageSpeechContext } from './page-speech'
import { rememberIn, sayMoment } from './remembering.server'

export { house } from './house.server'

type RootData = { root?: { locale: string; chain: string[]; also?: string } }

/**
 * Remix brings no page to life: it then writes no data into them. Nor do they lead on to other routes, each of which
 * Remix would make an element of.
 */
function withoutLife(context: EntryContext): EntryContext {
	const { manifest, staticHandlerContext } = context
	const routes = staticHandlerContext.matches.map(({ route }) => [route.id, manifest.routes[route.id]!])
	return {
		...context,
		serverHandoffStream: undefined,
		manifest: { ...manifest, routes: Object.fromEntries(routes) },
	}
}

/** Where the browser finds what goes on with a living part; while developing, first what keeps it up to date. */
function livingScript({ manifest }: EntryContext, nonce: string): LivingScript {
	const { hmr, entry } = manifest as typeof manifest & { hmr?: { runtime: string } }
	return { nonce, modules: hmr ? [hmr.runtime, entry.module] : [entry.module], parts: entry.imports }
}

/** Whether a part of the page goes on in the browser: that can say only what was rendered in one language. */
const isAlive = ({ routeModules, staticHandlerContext }: EntryContext) =>
	staticHandlerContext.matches.some(
		({ route }) => (routeModules[route.id]?.handle as { lives?: boolean } | undefined)?.lives === true,
	)

const addressOf = ({ url }: Request) => url.slice(new URL(url).origin.length)

/**
 * Renders a page in one go: nothing of ours is deferred, so a stream would only cost time, and the status is always
 * decided before the first byte. Where the form was answered with a file, that is the answer.
 */
const renderPage: RenderPage = async (request, status, headers, remixContext, loadContext) => {
	const file = fileIn(loadContext)
	if (file) return file
	const { root } = remixContext.staticHandlerContext.loaderData as RootData
	const locale = root?.locale ?? (await localeOf(request, null))
	const { chain = chainOf(locale), also } = root ?? {}
	const alive = isAlive(remixContext)
	const speech = alive ? plainSpeech(locale) : speechOf({ chain, also })
	const { nonce } = loadContext
	const saidIn = (inside: ReactNode) => <I18nextProvider i18n={speech.page}>{inside}</I18nextProvider>
	const render = (keeping: Keeping) => {
		const fragments = new Fragments()
		const page = (
			<NonceContext.Provider value={nonce}>
				<LivingContext.Provider value={livingScript(remixContext, nonce)}>
					<KeepingContext.Provider value={keeping}>
						<RememberContext.Provider value={alive ? undefined : rememberIn(speech.page, locale, fragments)}>
							<IconSheetContext.Provider value={alive ? undefined : (fragments.icons as Set<IconName>)}>
								<I18nextProvider i18n={speech.frame}>
									<PageSpeechContext.Provider value={saidIn}>
										<RemixServer context={withoutLife(remixContext)} url={request.url} nonce={nonce} />
									</PageSpeechContext.Provider>
								</I18nextProvider>
							</IconSheetContext.Provider>
						</RememberContext.Provider>
					</KeepingContext.Provider>
				</LivingContext.Provider>
			</NonceContext.Provider>
		)
		return {
			html: speech.during(() => (alive ? renderToString(page) : renderToStaticMarkup(page))),
			fragments,
		}
	}
	const keeping: Keeping = { kept: loadContext.kept }
	const { html: rendered, fragments } = render(keeping)
	// Nothing of hers was in the form: she goes to a page that asks for no sending again when she comes back to it.
	if (keeping.kept && rendered === render({ ...keeping, withheld: true }).html)
		return goTo(addressOf(request), headers)
	const joined = speech.writtenOut(joinButtons(rendered, keeping))
	const body = fragments.writtenOut(`<!DOCTYPE html>${joined}`, sayMoment(locale, new Date()))
	headers.set('content-type', 'text/html; charset=utf-8')
	headers.set('content-language', also ? `${locale}, ${also}` : locale)
	headers.set('cache-control', 'no-store')
	headers.append('vary', 'Cookie, Accept-Language')
	return { status, headers, body }
}
export default renderPage

/** Faults of ours, on their way to the error page; expected refusals are responses and never come here. */
export function handleError(error: unknown, { request }: { request: Request }) {
	if (!request.signal.aborted) logFault('page', error)
}

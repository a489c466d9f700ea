import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { fileIn, goTo } from '~/platform/http.server'
import { plainSpeech, speechOf } from '~/platform/i18n/both.server'
import { chainOf } from '~/platform/i18n/chain'
import { localeOf } from '~/platform/i18n/i18n.server'
import { logFault } from '~/platform/log.server'
import { joinButtons, type Keeping, KeepingContext } from '~/ui/keeping'
import { LivingContext, type LivingScript } from '~/ui/living'
import { NonceContext } from './nonce'
import { PageSpeechContext } from './page-speech'

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
export default async function handleRequest(
	request: Request,
	status: number,
	headers: Headers,
	remixContext: EntryContext,
	loadContext: AppLoadContext,
) {
	const file = fileIn(loadContext)
	if (file) return file
	const { root } = remixContext.staticHandlerContext.loaderData as RootData
	const locale = root?.locale ?? (await localeOf(request, null))
	const { chain = chainOf(locale), also } = root ?? {}
	const speech = isAlive(remixContext) ? plainSpeech(locale) : speechOf({ chain, also })
	const { nonce } = loadContext
	const saidIn = (inside: ReactNode) => <I18nextProvider i18n={speech.page}>{inside}</I18nextProvider>
	const render = (keeping: Keeping) =>
		speech.during(() =>
			renderToString(
				<NonceContext.Provider value={nonce}>
					<LivingContext.Provider value={livingScript(remixContext, nonce)}>
						<KeepingContext.Provider value={keeping}>
							<I18nextProvider i18n={speech.frame}>
								<PageSpeechContext.Provider value={saidIn}>
									<RemixServer context={withoutLife(remixContext)} url={request.url} nonce={nonce} />
								</PageSpeechContext.Provider>
							</I18nextProvider>
						</KeepingContext.Provider>
					</LivingContext.Provider>
				</NonceContext.Provider>,
			),
		)
	const keeping: Keeping = { kept: loadContext.kept }
	const rendered = render(keeping)
	// Nothing of hers was in the form: she goes to a page that asks for no sending again when she comes back to it.
	if (keeping.kept && rendered === render({ ...keeping, withheld: true }))
		return goTo(addressOf(request), headers)
	const html = speech.writtenOut(joinButtons(rendered, keeping))
	headers.set('content-type', 'text/html; charset=utf-8')
	headers.set('content-language', also ? `${locale}, ${also}` : locale)
	headers.set('cache-control', 'no-store')
	headers.append('vary', 'Cookie, Accept-Language')
	// As bytes: a string would be looked through once more for halves of letters, which React's has not.
	return new Response(Buffer.from(`<!DOCTYPE html>${html}`), { status, headers })
}

/** Faults of ours, on their way to the error page; expected refusals are responses and never come here. */
export function handleError(error: unknown, { request }: { request: Request }) {
	if (!request.signal.aborted) logFault('page', error)
}

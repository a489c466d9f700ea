import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import type { ReactElement } from 'react'
import { renderToPipeableStream, renderToString } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { fileIn } from '~/platform/http.server'
import { i18nFor, localeOf } from '~/platform/i18n/i18n.server'
import { logFault } from '~/platform/log.server'
import { NonceContext } from './nonce'

export { house } from './house.server'

type RootData = { root?: { locale?: string } }

/** Whether a page goes on living in the browser. What stands in for a page that cannot be shown does not. */
function isAlive({ staticHandlerContext: { matches, errors }, routeModules }: EntryContext) {
	if (errors) return false
	return matches.some(
		({ route }) => (routeModules[route.id]?.handle as { alive?: boolean } | undefined)?.alive,
	)
}

/**
 * Pages without a living part need no data in the browser: Remix then writes none into the page. Nor do they lead on to
 * other routes, each of which Remix would make an element of.
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

/** Remix hands an alive page its data inside a Suspense boundary; only the streaming renderer waits for it. */
function renderWhole(page: ReactElement, nonce: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const { pipe } = renderToPipeableStream(page, {
			nonce,
			onAllReady: () => void text(pipe(new PassThrough())).then(resolve, reject),
			onError: reject,
		})
	})
}

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
	const data = remixContext.staticHandlerContext.loaderData as RootData
	const locale = data.root?.locale ?? (await localeOf(request, null))
	const { nonce } = loadContext
	const alive = isAlive(remixContext)
	const context = alive ? remixContext : withoutLife(remixContext)
	const page = (
		<NonceContext.Provider value={nonce}>
			<I18nextProvider i18n={i18nFor(locale)}>
				<RemixServer context={context} url={request.url} nonce={nonce} />
			</I18nextProvider>
		</NonceContext.Provider>
	)
	const html = alive ? await renderWhole(page, nonce) : renderToString(page)
	headers.set('content-type', 'text/html; charset=utf-8')
	headers.set('content-language', locale)
	headers.set('cache-control', 'no-store')
	headers.append('vary', 'Cookie, Accept-Language')
	// As bytes: a string would be looked through once more for halves of letters, which React's has not.
	return new Response(Buffer.from(`<!DOCTYPE html>${html}`), { status, headers })
}

/** Faults of ours, on their way to the error page; expected refusals are responses and never come here. */
export function handleError(error: unknown, { request }: { request: Request }) {
	if (!request.signal.aborted) logFault('page', error)
}

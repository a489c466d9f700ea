import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { renderToString } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { i18nFor, localeOf } from '~/platform/i18n/i18n.server'
import { logFault } from '~/platform/log.server'
import { NonceContext } from './nonce'

export { house } from './house.server'

type RootData = { root?: { locale?: string } }

/** Pages without a living part need no data in the browser: Remix then writes none into the page. */
function withoutData(context: EntryContext): EntryContext {
	const { matches } = context.staticHandlerContext
	const modules = context.routeModules
	const alive = matches.some(
		({ route }) => (modules[route.id]?.handle as { alive?: boolean } | undefined)?.alive,
	)
	return alive ? context : { ...context, serverHandoffStream: undefined }
}

/**
 * Renders a page in one go: nothing of ours is deferred, so a stream would only cost time, and the status is always
 * decided before the first byte.
 */
export default async function handleRequest(
	request: Request,
	status: number,
	headers: Headers,
	remixContext: EntryContext,
	loadContext: AppLoadContext,
) {
	const data = remixContext.staticHandlerContext.loaderData as RootData
	const locale = data.root?.locale ?? (await localeOf(request, null))
	const html = renderToString(
		<NonceContext.Provider value={loadContext.nonce}>
			<I18nextProvider i18n={i18nFor(locale)}>
				<RemixServer context={withoutData(remixContext)} url={request.url} nonce={loadContext.nonce} />
			</I18nextProvider>
		</NonceContext.Provider>,
	)
	headers.set('content-type', 'text/html; charset=utf-8')
	headers.set('content-language', locale)
	headers.set('cache-control', 'no-store')
	headers.append('vary', 'Cookie, Accept-Language')
	return new Response(`<!DOCTYPE html>${html}`, { status, headers })
}

/** Faults of ours, on their way to the error page; expected refusals are responses and never come here. */
export function handleError(error: unknown, { request }: { request: Request }) {
	if (!request.signal.aborted) logFault('page', error)
}

import type { AppLoadContext, EntryContext, ServerBuild } from '@remix-run/node'
import {
	type AgnosticDataRouteObject,
	type AgnosticRouteMatch,
	createStaticHandler,
	getStaticContextFromError,
	isRouteErrorResponse,
	matchRoutes,
	type StaticHandler,
	type StaticHandlerContext,
} from '@remix-run/router'

/** A page as it is sent: the status, its headers and the whole document. */
export interface Page {
	status: number
	headers: Headers
	body: Buffer
}

/** Renders what the loaders found; `app/entry.server.tsx` is one. */
export type RenderPage = (
	request: Request,
	status: number,
	headers: Headers,
	entry: EntryContext,
	context: AppLoadContext,
) => Promise<Response | Page>

export type RequestHandler = (request: Request, context: AppLoadContext) => Promise<Response | Page>

type BuiltRoute = NonNullable<ServerBuild['routes'][string]>

/** One address: what runs its loaders and actions, and whether there is a page to show of them. */
interface Place {
	id: string
	isPage: boolean
	handler: StaticHandler
}

/** Nobody is shown what went wrong in ours; the log has it. */
const faceless = () => Object.assign(new Error('Unexpected Server Error'), { stack: undefined })

/** A route as the router runs it. Remix itself makes two new requests for each loader, to take parameters out that we never send. */
function routeOf({ id, path, index, module }: BuiltRoute): AgnosticDataRouteObject {
	const { loader, action } = module
	return {
		id,
		path,
		hasErrorBoundary: id === 'root' || module.ErrorBoundary != null,
		loader: loader && ((args) => loader({ ...args, context: args.context as AppLoadContext })),
		action: action && ((args) => action({ ...args, context: args.context as AppLoadContext })),
		handle: module.handle,
		...(index ? { index: true } : {}),
	} as AgnosticDataRouteObject
}

const FUTURE = { v7_relativeSplatPath: true, v7_throwAbortReason: true }

function handlerOf(root: BuiltRoute, leaf?: BuiltRoute): StaticHandler {
	const children = leaf ? [routeOf(leaf)] : []
	return createStaticHandler([{ ...routeOf(root), index: undefined, children }], { future: FUTURE })
}

/** The route that answers where no other does. */
const EVERYTHING = '*'
const segmentOf = (path: string) => path.split('/', 1)[0]!

/**
 * Finds the route of an address, all of which begin with a word of their own. The router goes through all that it is given for every request, and ranks them anew: it
 * is given only those that begin alike.
 */
function placesOf(root: BuiltRoute, leaves: readonly BuiltRoute[]) {
	const groups = new Map<string, (AgnosticDataRouteObject & { place: Place })[]>()
	for (const leaf of leaves) {
		const { id, path = '', index, module } = leaf
		const isPage = module.default != null || module.ErrorBoundary != null
		const place = { id, isPage, handler: handlerOf(root, leaf) }
		const route = { id, path, ...(index ? { index: true } : {}), place } as never
		const alike = groups.get(segmentOf(path))
		if (alike) alike.push(route)
		else groups.set(segmentOf(path), [route])
	}
	const found = (segment: string, pathname: string) => {
		const [match] = matchRoutes(groups.get(segment) ?? [], pathname) ?? []
		return (match as AgnosticRouteMatch<string, { id: string; place: Place }> | undefined)?.route.place
	}
	const placeOf = (pathname: string) =>
		found(segmentOf(pathname.slice(1)), pathname) ?? found(EVERYTHING, pathname)
	return { placeOf, rest: groups.get(EVERYTHING)?.[0]?.place }
}

/** Cookies that loaders and actions set, also those of a route whose error is shown. */
function headersOf({ actionHeaders, loaderHeaders }: StaticHandlerContext): Headers {
	const set = [...Object.values(actionHeaders), ...Object.values(loaderHeaders)]
	const headers = new Headers()
	for (const cookie of new Set(set.flatMap((one) => one.getSetCookie()))) headers.append('set-cookie', cookie)
	return headers
}

/** What routes throw to be shown by their boundary; all else is a fault of ours. */
const isExpected = (error: unknown) => isRouteErrorResponse(error) && !('error' in error && error.error)

/**
 * Answers requests by the application's routes: their loaders and actions, run by Remix' router, and its pages. It stands
 * in for the handler of @remix-run/server-runtime, which also makes a data stream of every page (ours carry none), two
 * copies of the request for each loader, and goes through all routes twice (docs/decisions/034).
 */
export function createRequestHandler(build: ServerBuild): RequestHandler {
	const routes = Object.values(build.routes) as BuiltRoute[]
	const root = routes.find(({ id }) => id === 'root')!
	const { placeOf, rest } = placesOf(
		root,
		routes.filter((route) => route !== root),
	)
	const nowhere: Place = rest ?? { id: 'root', isPage: true, handler: handlerOf(root) }
	const routeModules = Object.fromEntries(routes.map(({ id, module }) => [id, module]))
	const { default: render, handleError } = build.entry.module as unknown as {
		default: RenderPage
		handleError(error: unknown, args: { request: Request }): void
	}

	const entryOf = (staticHandlerContext: StaticHandlerContext) =>
		({
			manifest: build.assets,
			routeModules,
			staticHandlerContext,
			future: build.future,
			isSpaMode: build.isSpaMode,
			serializeError: faceless,
		}) as unknown as EntryContext

	/** Faults of ours are told to the log, and their words go no further. */
	function withoutFaults(shown: StaticHandlerContext, request: Request): StaticHandlerContext {
		if (!shown.errors) return shown
		const errors = Object.entries(shown.errors).map(([id, error]) => {
			if (isExpected(error)) return [id, error]
			handleError(error, { request })
			return [id, error instanceof Error ? faceless() : error]
		})
		return { ...shown, errors: Object.fromEntries(errors) }
	}

	async function show(place: Place, request: Request, context: AppLoadContext, fault?: unknown) {
		const { query, dataRoutes } = place.handler
		const found = await query(request, { requestContext: context })
		if (found instanceof Response) return found
		const failed = fault === undefined ? found : getStaticContextFromError(dataRoutes, found, fault)
		const shown = withoutFaults(failed, request)
		const headers = headersOf(shown)
		if (shown.statusCode === 204) return new Response(null, { status: 204, headers })
		try {
			return await render(request, shown.statusCode, headers, entryOf(shown), context)
		} catch (error) {
			handleError(error, { request })
			const again = getStaticContextFromError(dataRoutes, shown, faceless())
			return render(request, again.statusCode, headers, entryOf(again), context)
		}
	}

	/** A route without a page: what its loader or action returned is the answer, and a refusal that of a missing address. */
	async function run({ handler, id: routeId }: Place, request: Request, context: AppLoadContext) {
		try {
			return (await handler.queryRoute(request, { routeId, requestContext: context })) as Response
		} catch (error) {
			return error instanceof Response ? error : show(nowhere, request, context, error)
		}
	}

	return (request, context) => {
		const place = placeOf(new URL(request.url).pathname) ?? nowhere
		return place.isPage ? show(place, request, context) : run(place, request, context)
	}
}

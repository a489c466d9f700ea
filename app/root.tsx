import type { LinksFunction, MetaFunction } from '@remix-run/node'
import {
	isRouteErrorResponse,
	Links,
	Meta,
	Outlet,
	useRouteError,
	useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { isForTwo } from '~/both-pages'
import { RecoveryNotice } from '~/features/members/components/recovery-notice'
import { RulesNotice } from '~/features/members/editions/components/rules-notice'
import { agreeUntil, mustAgreeFirst } from '~/features/members/editions/in-force.server'
import { betterFrom } from '~/features/members/sentences/better-path'
import { readActor } from '~/features/members/session.server'
import { herLanguages } from '~/her-languages.server'
import { navigation } from '~/navigation'
import { clipsOf } from '~/platform/clips.server'
import { env } from '~/platform/env.server'
import type { RequestArgs } from '~/platform/http.server'
import { aboutLocale } from '~/platform/i18n/about.server'
import { packAddress } from '~/platform/i18n/format-packs.server'
import { dirOf } from '~/platform/i18n/languages'
import { lettersFor } from '~/platform/i18n/letters'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { keyedHash } from '~/platform/secret.server'
import { AlsoBar } from '~/ui/also-in'
import { Frame } from '~/ui/frame'
import { IconSheet } from '~/ui/icon-sheet'
import { Listen, NoVoice } from '~/ui/listen'
import { ClipsContext, NO_CLIPS } from '~/ui/recorded'
import theme from '~/ui/theme.css?url'
import { Trouble, type TroubleProps } from '~/ui/trouble'
import { isHeard } from './heard-pages'
import { NonceContext } from './nonce'
import { PageSpeechContext } from './page-speech'

export const links: LinksFunction = () => [
	{ rel: 'stylesheet', href: theme },
	{ rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

/** For a page that has no name of its own, or could not be shown. */
export const meta: MetaFunction = () => [{ title: 'Mimosa' }]

export async function loader(args: RequestArgs) {
	const actor = await readActor(args)
	const languages = await herLanguages(args.request, actor)
	const { locale, also } = languages
	const { pathname, search } = new URL(args.request.url)
	return {
		...languages,
		forTwo: also !== undefined || isForTwo(pathname),
		letters: lettersFor(locale, actor?.nastaliq ?? false, args.request),
		formats: packAddress(locale),
		path: pathname + search,
		reviewed: aboutLocale(locale)?.reviewed,
		betterTo: actor?.status === 'active' ? betterFrom(pathname) : undefined,
		example: env().example,
		handle: actor?.handle,
		// To who waits or is suspended nothing is told that she could not read.
		unread: actor?.status === 'active' ? actor.unread : undefined,
		// What of a page that can be heard somebody has spoken.
		clips: isHeard(pathname) ? clipsOf(locale) : undefined,
		recovery: actor?.recovery ?? undefined,
		// The page that asks says it itself.
		newRules:
			actor && pathname !== '/rules/accept' && agreeUntil(actor)
				? { first: mustAgreeFirst(actor) }
				: undefined,
		// Told to the page, so that one kept by the browser notices another session; it leads back to nothing.
		mark: actor ? keyedHash('page', actor.sessionId).slice(0, 16) : undefined,
		nav: navigation(actor, pathname),
		now: new Date().toISOString(),
	}
}

/** The document around every page. It stays as it is: what lives in the browser is a part of a page (app/ui/living.tsx). */
export function Layout({ children }: { children: ReactNode }) {
	const root = useRouteLoaderData<typeof loader>('root')
	const nonce = useContext(NonceContext)
	const saidIn = useContext(PageSpeechContext)
	const { i18n } = useTranslation()
	const locale = root?.locale ?? i18n.language ?? FALLBACK_LOCALE
	return (
		<html lang={locale} dir={dirOf(locale)} data-session={root?.mark} data-letters={root?.letters}>
			<head>
				<meta charSet="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="robots" content="noindex" />
				<meta name="color-scheme" content="light dark" />
				<Meta />
				<Links />
				{/* Scripts that wait for the page run in its order: the one she leaves by is the first, whatever else comes. */}
				<script src={__ENHANCE_URL__} data-formats={root?.formats} nonce={nonce} defer />
			</head>
			<body>
				<Frame
					path={root?.path ?? '/'}
					locale={locale}
					locales={root?.locales ?? [locale]}
					also={root?.also}
					nav={root?.nav ?? []}
					example={root?.example ?? false}
					handle={root?.handle}
					unread={root?.unread}
					reviewed={root?.reviewed}
					betterTo={root?.betterTo}
				>
					{saidIn(
						<>
							{root?.forTwo ? (
								<AlsoBar {...root}>{root.clips ? <Listen nonce={nonce} /> : null}</AlsoBar>
							) : null}
							{root?.recovery ? <RecoveryNotice organisation={root.recovery} /> : null}
							{root?.newRules ? <RulesNotice {...root.newRules} /> : null}
							<ClipsContext.Provider value={root?.clips ?? NO_CLIPS}>{children}</ClipsContext.Provider>
							{root?.clips ? <NoVoice /> : null}
						</>,
					)}
				</Frame>
				<IconSheet />
			</body>
		</html>
	)
}

export default function App() {
	return <Outlet />
}

/** What is shown instead of a page. Missing and refused are the same page; a fault of ours says nothing of itself. */
export function ErrorBoundary() {
	const error = useRouteError()
	if (!isRouteErrorResponse(error)) return <Trouble code="unavailable" />
	const { code, ...refused } = (error.data ?? {}) as Partial<TroubleProps>
	return <Trouble code={code ?? (error.status === 404 ? 'not-found' : 'unavailable')} {...refused} />
}

import { redirect } from '@remix-run/node'
import { noSessionCookie, tokenIn } from '~/features/members/session.server'
import { leaveNow } from '~/features/members/session-ends.server'
import { setting } from '~/features/members/settings/settings.server'
import type { RequestArgs } from '~/platform/http.server'
import { alsoCookie } from '~/platform/i18n/also.server'

/**
 * Quick exit: the one GET that changes something, so that a plain link works without scripts. A page of another site
 * cannot use it to sign her out. She goes within a second, whatever the database does.
 */
export async function loader(args: RequestArgs) {
	const crossSite = args.request.headers.get('sec-fetch-site') === 'cross-site'
	if (!crossSite) await leaveNow(tokenIn(args.request.headers.get('cookie')))
	const headers = new Headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
	if (!crossSite) {
		headers.set('clear-site-data', '"cache", "cookies", "storage"')
		for (const cookie of [noSessionCookie(), alsoCookie()]) headers.append('set-cookie', cookie)
	}
	return redirect(setting('exitUrl'), { status: 303, headers })
}

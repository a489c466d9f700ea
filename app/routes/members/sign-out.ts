import type { ActionFunctionArgs } from '@remix-run/node'
import { signOut } from '~/features/members/account.server'
import { noSessionCookie, readActor } from '~/features/members/session.server'
import { goTo, leadOn } from '~/platform/http.server'
import { alsoCookie } from '~/platform/i18n/also.server'

export { NoPage as default } from '~/ui/trouble'

/** Opened by hand it changes nothing: only the form signs her out. */
export const loader = () => goTo('/')

/** Ends this session and leaves nothing of it in the browser. Her language stays, a second one beside it goes. */
export const action = (args: ActionFunctionArgs) =>
	leadOn(args, async () => {
		const actor = await readActor(args)
		if (actor) await signOut(actor, {})
		const headers = new Headers({ 'clear-site-data': '"cache", "storage"' })
		for (const cookie of [noSessionCookie(), alsoCookie()]) headers.append('set-cookie', cookie)
		return goTo('/', headers)
	})

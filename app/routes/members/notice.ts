import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { localeFor } from '~/features/members/locale.server'
import { openNotice } from '~/features/members/notice-list.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, leadOn, page } from '~/platform/http.server'
import { placesOf } from './notice-places.server'

export { NoPage as default } from '~/ui/trouble'

/** Opened by hand, the address leads to the list: only her tap marks a notice as read. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		await requireActor(args)
		return goTo('/notices')
	})

/** Marks a notice as read and leads to what it is about. */
export const action = (args: ActionFunctionArgs) =>
	leadOn(args, async () => {
		const actor = await requireActor(args)
		const notice = await openNotice(actor, { id: args.params.id })
		const places = await placesOf(actor, await localeFor(args), [notice])
		return goTo(places.get(notice.id)?.path ?? '/notices')
	})

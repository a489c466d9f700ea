import { saveDraft } from '~/features/forum/drafts.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, leadOn, page, quietly, type RequestArgs } from '~/platform/http.server'

export { NoPage as default } from '~/ui/trouble'

/** Opened by hand, the address has nothing to show. */
export const loader = (args: RequestArgs) =>
	page(args, async () => {
		await requireActor(args)
		return goTo('/forum')
	})

/** Keeps what she types, sent by the browser script. */
export const action = (args: RequestArgs) =>
	leadOn(args, async (fields) => {
		await saveDraft(await requireActor(args), fields)
		throw quietly()
	})

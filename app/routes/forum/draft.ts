import { saveDraft } from '~/features/forum/drafts.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, type RequestArgs, respond } from '~/platform/http.server'

/** Opened by hand, the address has nothing to show. */
export const loader = (args: RequestArgs) =>
	page(args, async () => {
		await requireActor(args)
		return goTo('/forum')
	})

/** Keeps what she types, sent by the browser script. */
export const action = (args: RequestArgs) =>
	respond(args, async (fields) => {
		await saveDraft(await requireActor(args), fields)
		return new Response(null, { status: 204 })
	})

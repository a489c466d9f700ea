import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { recordReading } from '~/features/forum/reading.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, leadOn, page, quietly } from '~/platform/http.server'
import { isUuid } from '~/platform/text'

export { NoPage as default } from '~/ui/trouble'

/** Opened by hand, the address has nothing to show but its topic. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		await requireActor(args)
		return goTo(`/forum/${args.params.space}/${args.params.topic}`)
	})

/** Marks how far she read, or follows; then back to the page, where a page asks and not its script. */
export const action = (args: ActionFunctionArgs) =>
	leadOn(args, async ({ quiet, from, ...fields }) => {
		const { space = '', topic = '' } = args.params
		const path = await recordReading(await requireActor(args), { ...fields, space, topic })
		if (quiet) throw quietly()
		const page = typeof from === 'string' && isUuid(from) ? `?from=${from}` : ''
		return goTo(`${path}${page}#reading`)
	})

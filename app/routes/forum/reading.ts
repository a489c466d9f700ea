import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { recordReading } from '~/features/forum/reading.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'
import { isUuid } from '~/platform/text'

/** Opened by hand, the address has nothing to show but its topic. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		await requireActor(args)
		return goTo(`/forum/${args.params.space}/${args.params.topic}`)
	})

/** Marks how far she read, or follows; then back to the page, where a page asks and not its script. */
export const action = (args: ActionFunctionArgs) =>
	respond(args, async ({ quiet, from, ...fields }) => {
		const { space = '', topic = '' } = args.params
		const path = await recordReading(await requireActor(args), { ...fields, space, topic })
		if (quiet) return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
		const page = typeof from === 'string' && isUuid(from) ? `?from=${from}` : ''
		return goTo(`${path}${page}#reading`)
	})

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { countWaiting } from '~/features/chat/holding/pages.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { Care } from '~/features/moderation/components/care'
import { Duty, HeldLink } from '~/features/moderation/components/duty'
import { Queue } from '~/features/moderation/components/queue'
import { beginDuty, endDuty, readOwnDuty } from '~/features/moderation/duty.server'
import { countLooks, listCases } from '~/features/moderation/queue.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const asked = new URL(args.request.url).searchParams
		const show = asked.get('show') === 'decided' ? 'decided' : 'open'
		return {
			title: await titleFor(args, 'nav.moderation'),
			...(await listCases(actor, show, asked.get('after'), asked.get('only'))),
			own: await readOwnDuty(actor),
			waiting: await countWaiting(actor),
			looks: await countLooks(actor),
		}
	})

const ACTS = { 'on-duty': beginDuty, 'off-duty': endDuty } as const

/** Says that she is there now, or goes. */
export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const { intent } = fields
		if (intent !== 'on-duty' && intent !== 'off-duty') throw new AppError('not-found')
		await ACTS[intent](actor, fields)
		return goTo('/moderation')
	})

export default function QueueRoute() {
	const { title: _title, own, waiting, looks, ...queue } = useLoaderData<typeof loader>()
	return (
		<Queue
			{...queue}
			held={<HeldLink count={waiting} />}
			duty={<Duty {...own} />}
			care={<Care looks={looks} />}
		/>
	)
}

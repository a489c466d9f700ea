import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { ReceivedPage } from '~/features/moderation/referrals/components/received'
import { closeReferral, listReceived, takeReferral } from '~/features/moderation/referrals/receiving.server'
import { holds } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		return {
			received: await listReceived(actor),
			coordinates: holds(actor, 'coordinator'),
			title: await titleFor(args, 'nav.coordination'),
		}
	})

const ACTS = { take: takeReferral, close: closeReferral } as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const { intent } = fields
		if (intent !== 'take' && intent !== 'close') throw new AppError('not-found')
		await ACTS[intent](actor, fields)
		return goTo('/coordination/referrals')
	})

export default function Referrals() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <ReceivedPage {...shown} result={useActionData<typeof action>()} />
}

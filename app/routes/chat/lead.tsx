import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { actInSession } from '~/features/chat/led/acting.server'
import { LeadPage } from '~/features/chat/led/components/lead-page'
import { readLead } from '~/features/chat/led/pages.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.chat'),
		shown: await readLead(await requireActor(args), args.params.room),
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await actInSession(await requireActor(args), { ...fields, room: args.params.room })
		return goTo(`/chat/${args.params.room}/lead`)
	})

export default function Lead() {
	return <LeadPage {...useLoaderData<typeof loader>().shown} result={useActionData<typeof action>()} />
}

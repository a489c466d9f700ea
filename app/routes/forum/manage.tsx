import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ManagePage } from '~/features/forum/components/manage-page'
import { manageTopic } from '~/features/forum/tools/manage.server'
import { readManaged } from '~/features/forum/tools/manage-page.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const { space = '', topic = '' } = args.params
		const asked = new URL(args.request.url).searchParams
		const managed = await readManaged(actor, await localeFor(args), { space, topic }, asked.get('after'))
		if (managed.movedTo !== undefined) throw goTo(managed.movedTo)
		return { title: await titleFor(args, 'nav.forum'), told: asked.get('told'), ...managed }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { space = '', topic = '' } = args.params
		return goTo(await manageTopic(await requireActor(args), { space, topic }, fields))
	})

export default function Manage() {
	const { title: _title, ...managed } = useLoaderData<typeof loader>()
	return <ManagePage {...managed} result={useActionData<typeof action>()} />
}

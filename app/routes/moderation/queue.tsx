import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { Queue } from '~/features/moderation/components/queue'
import { listCases } from '~/features/moderation/queue.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const asked = new URL(args.request.url).searchParams
		const show = asked.get('show') === 'decided' ? 'decided' : 'open'
		return {
			title: await titleFor(args, 'nav.moderation'),
			...(await listCases(actor, show, asked.get('after'))),
		}
	})

export default function QueueRoute() {
	const { title: _title, ...queue } = useLoaderData<typeof loader>()
	return <Queue {...queue} />
}

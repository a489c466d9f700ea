import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { Log } from '~/features/moderation/components/log'
import { listRecords } from '~/features/moderation/queue.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const before = new URL(args.request.url).searchParams.get('before')
		return {
			title: await titleFor(args, 'nav.moderation'),
			...(await listRecords(await requireActor(args), before)),
		}
	})

export default function LogRoute() {
	const { title: _title, ...log } = useLoaderData<typeof loader>()
	return <Log {...log} />
}

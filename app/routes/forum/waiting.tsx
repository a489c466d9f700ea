import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { WaitingPage } from '~/features/forum/components/waiting-page'
import { readWaiting } from '~/features/forum/waiting.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.forum'),
		waiting: await readWaiting(await requireActor(args)),
	}))

export default function Waiting() {
	return <WaitingPage waiting={useLoaderData<typeof loader>().waiting} />
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireAnyActor } from '~/features/members/session.server'
import { WelcomePage } from '~/features/safety/components/welcome-page'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const { status } = await requireAnyActor(args)
		return { title: await titleFor(args, 'nav.home'), status }
	})

export default function Welcome() {
	return <WelcomePage status={useLoaderData<typeof loader>().status} />
}

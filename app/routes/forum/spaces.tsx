import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SpaceList } from '~/features/forum/components/space-list'
import { listSpaces } from '~/features/forum/spaces.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.forum'),
		spaces: await listSpaces(await requireActor(args), await localeFor(args)),
	}))

export default function Spaces() {
	return <SpaceList spaces={useLoaderData<typeof loader>().spaces} />
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { roomsWith } from '~/features/chat/rooms.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { OverviewPage } from '~/features/mentoring/components/overview-page'
import { readMentoring } from '~/features/mentoring/overview.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.mentoring'),
		...(await readMentoring(await requireActor(args), roomsWith)),
	}))

export default function Mentoring() {
	return <OverviewPage {...useLoaderData<typeof loader>()} />
}

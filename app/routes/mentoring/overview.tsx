import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { roomsWith } from '~/features/chat/rooms.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { OverviewPage } from '~/features/mentoring/components/overview-page'
import { moveInLine } from '~/features/mentoring/finding/line.server'
import { readMentoring } from '~/features/mentoring/overview.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.mentoring'),
		...(await readMentoring(await requireActor(args), roomsWith)),
	}))

/** Changes the order of her line. */
export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await moveInLine(await requireActor(args), fields)
		return goTo('/mentoring')
	})

export default function Mentoring() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <OverviewPage {...shown} />
}

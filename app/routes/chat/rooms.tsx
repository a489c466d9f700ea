import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { answerInvitation } from '~/features/chat/circles/acting.server'
import { CircleLists } from '~/features/chat/circles/components/circle-lists'
import { listCircles } from '~/features/chat/circles/lists.server'
import { RoomList } from '~/features/chat/components/room-list'
import { listSessions } from '~/features/chat/led/cards.server'
import { SessionLists } from '~/features/chat/led/components/session-cards'
import { listRooms } from '~/features/chat/room-lists.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const locale = await localeFor(args)
		return {
			title: await titleFor(args, 'nav.chat'),
			rooms: await listRooms(actor, locale),
			sessions: await listSessions(actor, locale),
			circles: await listCircles(actor),
		}
	})

/** Answers an invitation into a circle. */
export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => goTo(await answerInvitation(await requireActor(args), fields)))

export default function Rooms() {
	const { rooms, sessions, circles } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return (
		<RoomList
			{...rooms}
			sessions={<SessionLists {...sessions} />}
			circles={<CircleLists {...circles} result={result} />}
		/>
	)
}

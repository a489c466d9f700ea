import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RoomList } from '~/features/chat/components/room-list'
import { listRooms } from '~/features/chat/rooms.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.chat'),
		rooms: await listRooms(await requireActor(args), await localeFor(args)),
	}))

export default function Rooms() {
	return <RoomList {...useLoaderData<typeof loader>().rooms} />
}

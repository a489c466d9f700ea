import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RoomPage } from '~/features/chat/components/room-page'
import { readRoomPage } from '~/features/chat/messages.server'
import { leaveRoom } from '~/features/chat/rooms.server'
import { editMessage, removeMessage, sendMessage } from '~/features/chat/writing.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

/** The one page that goes on living in the browser. */
export const handle = { alive: true }

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const before = new URL(args.request.url).searchParams.get('before')
		const shown = await readRoomPage(actor, args.params.room, { locale: await localeFor(args), before })
		return { title: await titleFor(args, 'nav.chat'), shown, now: new Date().toISOString() }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const input = { ...fields, room: args.params.room }
		const path = `/chat/${args.params.room}`
		switch (fields.intent) {
			case 'edit':
				return goTo(`${path}#m-${(await editMessage(actor, input)).id}`)
			case 'remove':
				await removeMessage(actor, input)
				return goTo(`${path}#end`)
			case 'leave':
				await leaveRoom(actor, input)
				return goTo('/chat')
			default:
				await sendMessage(actor, input)
				return goTo(`${path}#end`)
		}
	})

export default function Room() {
	const { shown, now } = useLoaderData<typeof loader>()
	return <RoomPage {...shown} now={now} result={useActionData<typeof action>()} />
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { LivingRoom } from '~/features/chat/components/living-room'
import { actInSession } from '~/features/chat/led/acting.server'
import { DoorPage } from '~/features/chat/led/components/door-page'
import { readRoomOrDoor } from '~/features/chat/led/pages.server'
import { isSessionIntent, pathAfter } from '~/features/chat/led/session.intents'
import { askedBy } from '~/features/chat/room-page.server'
import { leaveRoom } from '~/features/chat/rooms.server'
import { actInTalk } from '~/features/chat/talk-acts.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

/** The browser goes on with it, in the one language it has the texts of (app/entry.server.tsx). */
export const handle = { lives: true }

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const { searchParams } = new URL(args.request.url)
		const asked = { locale: await localeFor(args), ...askedBy(searchParams) }
		const found = await readRoomOrDoor(actor, args.params.room, asked)
		return { title: await titleFor(args, 'nav.chat'), ...found, now: new Date().toISOString() }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const input = { ...fields, room: args.params.room }
		const path = `/chat/${args.params.room}`
		if (isSessionIntent(fields.intent)) {
			await actInSession(actor, input)
			return goTo(pathAfter(fields.intent, path))
		}
		switch (fields.intent) {
			case 'leave':
				await leaveRoom(actor, input)
				return goTo('/chat')
			default:
				return goTo(`${path}#${await actInTalk(actor, input)}`)
		}
	})

export default function Room() {
	const { door, shown, now } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return door ? <DoorPage {...door} result={result} /> : <LivingRoom {...shown} now={now} result={result} />
}

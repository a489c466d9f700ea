import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RoomSettingPage } from '~/features/chat/open/components/rooms-page'
import { changeRoom, closeRoom, readRoomSettings, reopenRoom } from '~/features/chat/open/opening.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const locale = await localeFor(args)
		return {
			title: await titleFor(args, 'nav.coordination'),
			room: await readRoomSettings(await requireActor(args), args.params.room, locale),
			locales: [...new Set([locale, ...UI_LOCALES])],
			saved: new URL(args.request.url).searchParams.has('saved'),
		}
	})

const CHANGES = { save: changeRoom, close: closeRoom, reopen: reopenRoom } as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const { intent } = fields
		if (intent !== 'save' && intent !== 'close' && intent !== 'reopen') throw new AppError('not-found')
		await CHANGES[intent](actor, { ...fields, room: args.params.room })
		return goTo(`/coordination/rooms/${args.params.room}?saved`)
	})

export default function Room() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <RoomSettingPage {...shown} result={useActionData<typeof action>()} />
}

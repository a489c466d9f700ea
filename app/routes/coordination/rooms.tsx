import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RoomsPage } from '~/features/chat/open/components/rooms-page'
import { listRoomSettings, openRoom } from '~/features/chat/open/opening.server'
import { allSpaces } from '~/features/forum/spaces.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const [actor, locale] = [await requireActor(args), await localeFor(args)]
		return {
			title: await titleFor(args, 'nav.coordination'),
			rooms: await listRoomSettings(actor, locale),
			spaces: await allSpaces(actor, locale),
			space: new URL(args.request.url).searchParams.get('space'),
			locales: [...new Set([locale, ...UI_LOCALES])],
			formKey: crypto.randomUUID(),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		if (fields.intent !== 'open') throw new AppError('not-found')
		return goTo(`/coordination/rooms/${(await openRoom(actor, fields)).id}?saved`)
	})

export default function Rooms() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <RoomsPage {...shown} result={useActionData<typeof action>()} />
}

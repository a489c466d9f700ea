import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SpaceRooms } from '~/features/chat/components/room-list'
import { listOpenRooms } from '~/features/chat/room-lists.server'
import { TopicList } from '~/features/forum/components/topic-list'
import { readTopicList } from '~/features/forum/lists.server'
import { followSpace } from '~/features/forum/reading.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const asked = new URL(args.request.url).searchParams
		const locale = await localeFor(args)
		const list = await readTopicList(actor, locale, {
			space: args.params.space ?? '',
			list: asked.get('list'),
			languages: asked.get('languages'),
			before: asked.get('before'),
			after: asked.get('after'),
		})
		return {
			title: await titleFor(args, 'nav.forum'),
			...list,
			rooms: list.space ? await listOpenRooms(actor, locale, list.space.id) : [],
		}
	})

/** Follows the space, or stops. */
export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { space = '' } = args.params
		await followSpace(await requireActor(args), { ...fields, space })
		return goTo(`/forum/${space}`)
	})

export default function Space() {
	const { title: _title, rooms, ...list } = useLoaderData<typeof loader>()
	return <TopicList {...list} rooms={<SpaceRooms rooms={rooms} />} />
}

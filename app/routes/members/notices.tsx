import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { NoticesPage } from '~/features/members/components/notices-page'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { listNotices, readAllNotices } from '~/features/members/notice-list.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'
import { placesOf } from './notice-places.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const before = new URL(args.request.url).searchParams.get('before')
		const { notices, ...list } = await listNotices(actor, before)
		const places = await placesOf(actor, await localeFor(args), notices)
		// What she may no longer see is not spoken of either.
		const shown = notices.flatMap(({ id, kind, times, at, unread }) => {
			const place = places.get(id)
			return place
				? [{ id, kind, times, at, unread, topic: place.topic, space: place.space, when: place.when }]
				: []
		})
		const title = await titleFor(args, 'notices.label')
		return { title, notices: shown, ...list, anyUnread: actor.unread > 0 }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await readAllNotices(await requireActor(args), fields)
		return goTo('/notices')
	})

export default function Notices() {
	const { title: _title, ...list } = useLoaderData<typeof loader>()
	return <NoticesPage {...list} />
}

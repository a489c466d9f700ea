import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { HistoryPage } from '~/features/forum/components/history-page'
import { readHistory } from '~/features/forum/edits.server'
import { postPath } from '~/features/forum/posts.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const { space = '', topic = '', post = '' } = args.params
		const { now, versions, ...place } = await readHistory(await requireActor(args), { space, topic, post })
		return {
			title: await titleFor(args, 'nav.forum'),
			path: postPath(place.spaceId, place.post),
			now,
			versions,
		}
	})

export default function PostHistory() {
	return <HistoryPage {...useLoaderData<typeof loader>()} />
}

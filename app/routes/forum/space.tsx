import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { TopicList } from '~/features/forum/components/topic-list'
import { readSpace } from '~/features/forum/topics.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const before = new URL(args.request.url).searchParams.get('before')
		const space = await readSpace(actor, await localeFor(args), args.params.space ?? '', before)
		return { title: await titleFor(args, 'nav.forum'), ...space }
	})

export default function Space() {
	return <TopicList {...useLoaderData<typeof loader>()} />
}

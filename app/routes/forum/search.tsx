import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SearchPage } from '~/features/forum/components/search-page'
import { readAsked } from '~/features/forum/search/asked'
import { search } from '~/features/forum/search/search.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'
import { take } from '~/platform/limits.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const asked = readAsked(new URL(args.request.url).searchParams)
		if (asked.words.length > 0) await take('forum.search', actor.id)
		return {
			title: await titleFor(args, 'nav.search'),
			...(await search(actor, await localeFor(args), asked)),
		}
	})

export default function Search() {
	return <SearchPage {...useLoaderData<typeof loader>()} />
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { WordingPage } from '~/features/members/wording/components/wording-page'
import { seeWording } from '~/features/members/wording/seeing.server'
import { page } from '~/platform/http.server'
import { worded } from '../worded.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const state = new URL(args.request.url).searchParams.get('state')
		return {
			...(await seeWording(worded, await requireActor(args), await localeFor(args), state)),
			title: await titleFor(args, 'nav.coordination'),
		}
	})

export default function Wording() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <WordingPage {...shown} />
}

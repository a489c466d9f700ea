import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { ModerationFigures } from '~/features/moderation/figures/components/figures-page'
import { readFigures } from '~/features/moderation/figures/figures.server'
import { holds } from '~/platform/actor'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		return {
			title: await titleFor(args, 'nav.coordination'),
			figures: await readFigures(actor),
			coordinates: holds(actor, 'coordinator'),
		}
	})

export default function Figures() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <ModerationFigures {...shown} />
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { VettingPage } from '~/features/mentoring/offers/components/vetting-page'
import { decideOffer, listOffers } from '~/features/mentoring/offers/vetting.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const query = new URL(args.request.url).searchParams
		const shown = await listOffers(await requireActor(args), query.get('status'), query.get('after'))
		return { title: await titleFor(args, 'nav.coordination'), ...shown }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await decideOffer(await requireActor(args), fields)
		return goTo(`/coordination/mentors${new URL(args.request.url).search}`)
	})

export default function MentorOffers() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <VettingPage {...shown} result={useActionData<typeof action>()} />
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { OfferPage } from '~/features/mentoring/components/offer-form'
import { readOwnOffer, saveOffer } from '~/features/mentoring/offers.server'
import { startWriting } from '~/features/mentoring/writing.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		return {
			title: await titleFor(args, 'nav.mentoring'),
			offer: await readOwnOffer(actor),
			writing: startWriting(actor, await localeFor(args)),
			speaks: actor.speaks,
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await saveOffer(await requireActor(args), fields)
		return goTo('/mentoring')
	})

export default function Offer() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <OfferPage {...shown} result={useActionData<typeof action>()} />
}

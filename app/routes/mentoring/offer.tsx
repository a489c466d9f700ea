import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { OfferPage } from '~/features/mentoring/offers/components/offer-form'
import { ownZone, pauseOffer, readOwnOffer, saveOffer } from '~/features/mentoring/offers/offers.server'
import { readTraining } from '~/features/mentoring/offers/training.server'
import { startWriting } from '~/features/mentoring/writing.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		return {
			title: await titleFor(args, 'nav.mentoring'),
			offer: await readOwnOffer(actor),
			training: await readTraining(actor),
			zone: await ownZone(actor),
			writing: startWriting(actor, await localeFor(args)),
			speaks: actor.speaks,
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		if (fields.intent) {
			await pauseOffer(actor, fields)
			return goTo('/mentoring/offer')
		}
		await saveOffer(actor, fields)
		return goTo('/mentoring')
	})

export default function Offer() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <OfferPage {...shown} result={useActionData<typeof action>()} />
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { TrainingPage } from '~/features/mentoring/offers/components/training-page'
import { readOwnOffer } from '~/features/mentoring/offers/offers.server'
import { readTraining } from '~/features/mentoring/offers/training.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const [offer, training] = await Promise.all([readOwnOffer(actor), readTraining(actor)])
		return { title: await titleFor(args, 'nav.mentoring'), training, offered: offer !== null }
	})

export default function Training() {
	const { training, offered } = useLoaderData<typeof loader>()
	return <TrainingPage training={training} offered={offered} />
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CoordinationPage } from '~/features/members/components/coordination-page'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'

import { countWaitingOffers } from '~/features/mentoring/offers/vetting.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.coordination'),
		waitingOffers: await countWaitingOffers(await requireActor(args)),
	}))

export default function Coordination() {
	return <CoordinationPage waitingOffers={useLoaderData<typeof loader>().waitingOffers} />
}

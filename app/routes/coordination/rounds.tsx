import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { RoundsPage } from '~/features/mentoring/rounds/components/rounds-page'
import { drawRound, listRounds } from '~/features/mentoring/rounds/rounds.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const before = new URL(args.request.url).searchParams.get('before')
		const shown = await listRounds(await requireActor(args), before)
		return { title: await titleFor(args, 'nav.coordination'), ...shown }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { id } = await drawRound(await requireActor(args), fields)
		return goTo(`/coordination/rounds/${id}`)
	})

export default function Rounds() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <RoundsPage {...shown} result={useActionData<typeof action>()} />
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { closePrivateRoom, openPrivateRoom, roomsWith } from '~/features/chat/rooms.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { MatchPage } from '~/features/mentoring/components/match-page'
import { actOnMatch, readMatch } from '~/features/mentoring/matches.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.mentoring'),
		match: await readMatch(await requireActor(args), args.params.match, roomsWith),
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const act = actOnMatch({ open: openPrivateRoom, close: closePrivateRoom })
		const match = await act(await requireActor(args), { ...fields, match: args.params.match })
		return goTo(`/mentoring/${match.id}`)
	})

export default function Match() {
	return <MatchPage match={useLoaderData<typeof loader>().match} result={useActionData<typeof action>()} />
}

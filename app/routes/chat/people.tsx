import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { actInCircle } from '~/features/chat/circles/acting.server'
import { CirclePage } from '~/features/chat/circles/components/circle-page'
import { readCircle } from '~/features/chat/circles/lists.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.chat'),
		shown: {
			...(await readCircle(await requireActor(args), args.params.room)),
			asked: new URL(args.request.url).searchParams.has('asked'),
		},
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) =>
		goTo(await actInCircle(await requireActor(args), { ...fields, room: args.params.room })),
	)

export default function CirclePeople() {
	return <CirclePage {...useLoaderData<typeof loader>().shown} result={useActionData<typeof action>()} />
}

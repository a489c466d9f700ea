import { randomUUID } from 'node:crypto'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { openCircle } from '~/features/chat/circles/circles.server'
import { NewCirclePage } from '~/features/chat/circles/components/new-circle-page'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const { speaks } = await requireActor(args)
		const shown = { formKey: randomUUID(), speaks, locale: await localeFor(args) }
		return { title: await titleFor(args, 'nav.chat'), shown }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { id } = await openCircle(await requireActor(args), fields)
		return goTo(`/chat/${id}/people`)
	})

export default function NewCircle() {
	return <NewCirclePage {...useLoaderData<typeof loader>().shown} result={useActionData<typeof action>()} />
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { askMentor, readAsk } from '~/features/mentoring/asks.server'
import { AskPage } from '~/features/mentoring/components/ask-page'
import { startWriting } from '~/features/mentoring/writing.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		return {
			title: await titleFor(args, 'nav.mentoring'),
			writing: startWriting(actor, await localeFor(args)),
			...(await readAsk(actor, new URL(args.request.url).searchParams.get('mentor'))),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const match = await askMentor(await requireActor(args), fields)
		return goTo(`/mentoring/${match.id}`)
	})

export default function Ask() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <AskPage {...shown} result={useActionData<typeof action>()} />
}

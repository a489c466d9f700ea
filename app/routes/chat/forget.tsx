import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ForgetPage } from '~/features/chat/keeping/components/forget-page'
import { forgetMe, readForgetting } from '~/features/chat/keeping/forgetting.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.chat'),
		shown: await readForgetting(await requireActor(args), args.params.room, await localeFor(args)),
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async () => {
		const { room } = args.params
		const { kind } = await forgetMe(await requireActor(args), { room })
		return goTo(kind === 'open' ? `/chat/${room}` : '/chat')
	})

export default function Forget() {
	return <ForgetPage {...useLoaderData<typeof loader>().shown} result={useActionData<typeof action>()} />
}

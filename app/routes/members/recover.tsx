import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { arrivalOf, enterTo } from '~/features/members/arrival.server'
import { RecoverForm } from '~/features/members/components/recover-form'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { offerFor } from '~/features/members/passphrase.server'
import { recover } from '~/features/members/recover.server'
import { readActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		if (await readActor(args)) throw goTo('/')
		return { title: await titleFor(args, 'auth:signIn.title'), offer: offerFor(await localeFor(args)) }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const entered = await recover(await arrivalOf(args), fields)
		return enterTo(entered.newCodes ? '/join/codes?next=/' : '/', entered)
	})

export default function RecoverRoute() {
	return <RecoverForm offer={useLoaderData<typeof loader>().offer} result={useActionData<typeof action>()} />
}

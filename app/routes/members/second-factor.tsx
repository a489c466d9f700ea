import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { arrivalOf } from '~/features/members/arrival.server'
import { SecondFactorForm } from '~/features/members/components/second-factor-form'
import { isFresh } from '~/features/members/fresh.server'
import { titleFor } from '~/features/members/locale.server'
import { passSecondFactor, readSecondFactor } from '~/features/members/second-factor.server'
import { requireAnyActor, sessionCookie } from '~/features/members/session.server'
import { goTo, ownPath, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		const next = ownPath(new URL(args.request.url).searchParams.get('next')) ?? '/'
		if (actor.secondFactorDue === 'no') throw goTo(next)
		const title = await titleFor(args, 'auth:signIn.title')
		return { title, state: readSecondFactor(actor), fresh: await isFresh(actor), next }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireAnyActor(args)
		const token = await passSecondFactor(actor, await arrivalOf(args), fields)
		return goTo(ownPath(fields.next) ?? '/', { 'set-cookie': sessionCookie(token, actor.device) })
	})

export default function SecondFactorRoute() {
	const { state, fresh, next } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return <SecondFactorForm state={state} fresh={fresh} next={next} result={result} />
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PlanPage } from '~/features/chat/led/components/plan-page'
import { planSession, readNewPlan } from '~/features/chat/led/planning.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.chat'),
		shown: { ...(await readNewPlan(await requireActor(args))), locale: await localeFor(args) },
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { id } = await planSession(await requireActor(args), fields)
		return goTo(`/chat/${id}`)
	})

export default function NewSession() {
	return <PlanPage {...useLoaderData<typeof loader>().shown} result={useActionData<typeof action>()} />
}

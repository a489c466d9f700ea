import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PlanPage } from '~/features/chat/led/components/plan-page'
import { cancelSession, changePlan, readPlan } from '~/features/chat/led/planning.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const plan = await readPlan(await requireActor(args), args.params.room)
		// It has begun meanwhile.
		if (!plan) throw goTo(`/chat/${args.params.room}`)
		return { title: await titleFor(args, 'nav.chat'), shown: { ...plan, locale: await localeFor(args) } }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const input = { ...fields, room: args.params.room }
		await (fields.intent === 'cancel' ? cancelSession(actor, input) : changePlan(actor, input))
		return goTo(`/chat/${args.params.room}`)
	})

export default function Plan() {
	return <PlanPage {...useLoaderData<typeof loader>().shown} result={useActionData<typeof action>()} />
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { answerRules, newRulesFor } from '~/features/members/editions/agreeing.server'
import { NewRulesPage } from '~/features/members/editions/components/new-rules-page'
import { alsoFor, localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, ownPath, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

const START = '/'

/** Asks about new rules; where there is nothing to ask, she goes on to where she was going. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const next = ownPath(new URL(args.request.url).searchParams.get('next')) ?? START
		const rules = await newRulesFor(actor, await localeFor(args), await alsoFor(args))
		if (!rules) throw goTo(next)
		return { title: await titleFor(args, 'footer.rules'), rules, next }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await answerRules(await requireActor(args), fields)
		return goTo(ownPath(fields.next) ?? START)
	})

export default function AcceptRules() {
	const { rules, next } = useLoaderData<typeof loader>()
	return <NewRulesPage rules={rules} next={next} result={useActionData<typeof action>()} />
}
